import Quantities
import Therapy

/// What a form's fields mean; each fault names its field, what was given and what is expected.
extension FormFields {
  static func fault(_ field: String, given: String?, expected: String) -> WebError {
    WebError(
      422,
      "badField",
      "A field is not what it must be; nothing was changed.",
      field: field,
      given: given ?? "nothing",
      expected: expected,
      todo: "Correct it and send the form again."
    )
  }

  func needed(_ name: String, _ expected: String = "some text") throws(WebError) -> String {
    guard let text = text(name) else { throw Self.fault(name, given: nil, expected: expected) }
    return text
  }

  func needed<Quantity: QuantityText>(
    _ name: String,
    unit: String
  ) throws(WebError) -> Quantity {
    guard let value: Quantity = try optional(name, unit: unit) else {
      throw Self.fault(name, given: nil, expected: "a number, such as 1 \(unit)")
    }
    return value
  }

  func optional<Quantity: QuantityText>(
    _ name: String,
    unit: String
  ) throws(WebError) -> Quantity? {
    guard let text = try quantity(name, unit: unit) else { return nil }
    do { return try Quantity(text: text) } catch {
      throw Self.fault(name, given: "\"\(text)\"", expected: "a number, such as 1 \(unit)")
    }
  }

  func day(_ name: String) throws(WebError) -> Day? {
    guard let text = text(name) else { return nil }
    guard let day = Day(text) else {
      throw Self.fault(name, given: "\"\(text)\"", expected: "a day such as 2026-01-05")
    }
    return day
  }

  func neededDay(_ name: String) throws(WebError) -> Day {
    guard let day = try day(name) else {
      throw Self.fault(name, given: nil, expected: "a day such as 2026-01-05")
    }
    return day
  }

  func instant(_ name: String) throws(WebError) -> Instant {
    let text = try needed(name, "a day and a time")
    guard let instant = Instant(field: text) else {
      throw Self.fault(name, given: "\"\(text)\"", expected: "such as 2026-01-05T08:12")
    }
    return instant
  }

  func whole(_ name: String) throws(WebError) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text) else {
      throw Self.fault(name, given: "\"\(text)\"", expected: "a whole number")
    }
    return number
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ name: String,
    of type: Word.Type = Word.self
  ) throws(WebError) -> Word where Word.RawValue == String {
    let text = try needed(name, "one of the choices")
    guard let word = Word(rawValue: text) else {
      throw Self.fault(
        name,
        given: "\"\(text)\"",
        expected: Word.allCases.map(\.rawValue).joined(separator: ", ")
      )
    }
    return word
  }

  func isYes(_ name: String) -> Bool { self[name] == "yes" }
}
