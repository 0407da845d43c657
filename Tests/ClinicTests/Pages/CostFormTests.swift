import Testing
import Therapy

@testable import Clinic

/// The clinic's own figures of cost, as a form has them.
struct CostFormTests {
  private static func fields(_ more: String = "") throws -> FormFields {
    let text =
      "currency=CAD&months=60&pumpOnce.0.name=device&pumpOnce.0.amount=14200.5"
      + "&pumpMonthly.0.name=refills&pumpMonthly.0.amount=210"
      + "&conventionalMonthly.0.name=medicines&conventionalMonthly.0.amount=600.25" + more
    return try FormFields(Array(text.utf8))
  }

  @Test
  func `amounts become whole cents, and nothing is rounded`() throws {
    let question = try CostForm.question(try Self.fields())
    #expect(question.pumpOnce == [CostItem(name: "device", cents: 1_420_050)])
    #expect(question.pumpMonthly.map(\.cents) == [21_000])
    #expect(question.conventionalMonthly.map(\.cents) == [60_025])
    #expect(question.replacement == nil && question.discountBasisPoints == nil)
    #expect(try CostCourse(question).months.count == 60)
  }

  @Test(arguments: ["1,5", "1.234", "-3", "1e3", "", ".", "12.", "999999999999"])
  func `an amount that is none is refused with its field`(amount: String) throws {
    let error = #expect(throws: WebError.self) {
      try CostForm.cents(amount, "pumpOnce.0.amount")
    }
    #expect(error?.field == "pumpOnce.0.amount")
  }

  @Test
  func `a name without its amount, or the other way round, is refused at the other field`() throws {
    let named = try Self.fields("&pumpMonthly.1.name=visits")
    #expect(
      #expect(throws: WebError.self) { try CostForm.question(named) }?.field
        == "pumpMonthly.1.amount"
    )
    let priced = try Self.fields("&pumpMonthly.1.amount=20")
    #expect(
      #expect(throws: WebError.self) { try CostForm.question(priced) }?.field
        == "pumpMonthly.1.name"
    )
  }

  @Test
  func `a clinic that gave no figures has none`() async throws {
    let world = try await PatientWorld()
    #expect(await world.care.records.costs() == nil)
    #expect(CostForm.fields(nil).flatMap(\.fields).allSatisfy { $0.value.isEmpty })
  }
}
