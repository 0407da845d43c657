import Testing

@testable import Clinic

struct TypedNumberTests {
  @Test(
    "blanks around a number and the field's own unit behind it are what a paste brings along (SR-120)",
    arguments: [
      ("412", "ug/d", "412 ug/d"), (" 412 ", "ug/d", "412 ug/d"), ("412 ug/d", "ug/d", "412 ug/d"),
      ("412 µg/d", "ug/d", "412 ug/d"), ("412 μg/d", "ug/d", "412 ug/d"),
      ("412mcg/d", "ug/d", "412 ug/d"), ("\u{a0}0.5\u{202f}mL", "mL", "0.5 mL"),
      ("\u{2212}3", "mL", "-3 mL"), ("many", "mL", "many mL"),
    ]
  )
  func taken(_ typed: String, _ unit: String, _ text: String) throws {
    #expect(try TypedNumber(typed, unit: unit).text == text)
  }

  @Test(
    "what could be another amount is not guessed, and says what is expected (SR-120, H-08)",
    arguments: [
      ("1,5", "mL", "a point"), ("1,500", "ug/d", "a point"),
      ("1 500", "ug/d", "between its digits"),
      ("1'500", "ug/d", "between its digits"), (".5", "mL", "a zero before"),
      ("300 mg/d", "ug/d", "ug/d"), ("18 uL", "mL", "mL"), ("18 ug", "ug/d", "ug/d"),
      ("1e3", "ug/d", "ug/d"),
    ]
  )
  func refused(_ typed: String, _ unit: String, _ word: String) {
    let fault = #expect(throws: TypedNumber.Fault.self) { try TypedNumber(typed, unit: unit) }
    #expect(fault?.expected.contains(word) == true, "\(String(describing: fault))")
  }

  @Test("a number that is refused stands in its field again as it was typed, beside the same unit")
  func kept() throws {
    let fields = try FormFields("rate=300+mg&rate.unit=ug%2Fd".utf8)
    let state = FormState(form: "program", fields)
    let html = Field("rate", "All day", .quantity(["ug/d", "mg/d"])).markup(state).html
    #expect(html.contains("value=\"300 mg\""))
    #expect(html.contains("<option selected>ug/d</option>"))
  }

  @Test("a fault of the record is told at the field of the form that it is of")
  func place() {
    let fault = FormFault(field: "$.order.over", "no", expected: "a span")
    #expect(fault.at(["over", "volume"]).field == "over")
    #expect(fault.at(["patientDose.over", "volume"]).field == "patientDose.over")
    #expect(fault.at(["a.over", "b.over"]).field == "$.order.over")
  }
}
