import JSONText
import PumpCatalog
import PumpScenario
import Quantities

/// Reads a fact: a value with its source and confidence, in one of three forms.
///
///     {"value": "20 mg/mL", "source": "…", "confidence": "medium", "note": "…"}
///     {"from": "0.2 mg/d", "to": "1 mg/d", "source": "…", "confidence": "high"}
///     {"values": ["10 mg/mL", "25 mg/mL"], "source": "…", "confidence": "high"}
///
/// Beside these may stand the members that say for whom it is meant, `also`.
enum DrugFactReader {
  private static let standing = ["source", "confidence", "note"]

  /// A fact with one value.
  static func value<Value>(
    _ field: ScenarioField,
    also: [String] = [],
    _ read: (ScenarioField) throws(PlanError) -> Value
  ) throws(PlanError) -> DrugFact<Value> {
    let object = try field.object(["value"] + standing + also)
    return try fact(try read(try object.required("value", "a value")), object)
  }

  /// A fact with a range, or with one value that is both of its ends.
  static func range<Value: Comparable>(
    _ field: ScenarioField,
    also: [String] = [],
    _ read: (ScenarioField) throws(PlanError) -> Value
  ) throws(PlanError) -> DrugFact<ClosedRange<Value>> {
    let object = try field.object(["value", "from", "to"] + standing + also)
    if let single = object.optional("value") {
      for name in ["from", "to"] {
        if let field = object.optional(name) {
          throw field.fault(given: "a range beside a value", expected: "one of them")
        }
      }
      let value = try read(single)
      return try fact(value...value, object)
    }
    let low = try read(try object.required("from", "\"from\" and \"to\", or \"value\""))
    let highField = try object.required("to", "the upper end of the range")
    let high = try read(highField)
    guard low <= high else {
      throw highField.fault(
        given: highField.cursor.value.kindName,
        expected: "at least \"from\""
      )
    }
    return try fact(low...high, object)
  }

  /// A fact with several values, in ascending order.
  static func values<Value: Comparable>(
    _ field: ScenarioField,
    also: [String] = [],
    _ read: (ScenarioField) throws(PlanError) -> Value
  ) throws(PlanError) -> DrugFact<[Value]> {
    let object = try field.object(["values"] + standing + also)
    let list = try object.required("values", "an array of values")
    var values: [Value] = []
    for element in try list.array() {
      let value = try read(element)
      if let last = values.last, last >= value {
        throw element.fault(
          given: element.cursor.value.kindName,
          expected: "more than the value before it"
        )
      }
      values.append(value)
    }
    guard !values.isEmpty else {
      throw list.fault(given: "no value", expected: "at least one")
    }
    return try fact(values, object)
  }

  private static func fact<Value>(
    _ value: Value,
    _ object: ScenarioObject
  ) throws(PlanError) -> DrugFact<Value> {
    DrugFact(
      value: value,
      source: try words(try object.required("source", "where it comes from")),
      confidence: try object.required("confidence", "how sure it is").word([
        ("high", Confidence.high), ("medium", .medium), ("low", .low),
      ]),
      note: try object.optional("note").map { field throws(PlanError) in try words(field) }
    )
  }

  // MARK: Values

  /// A quantity greater than nothing.
  static func quantity<Quantity: QuantityText>(
    _ field: ScenarioField
  ) throws(PlanError) -> Quantity {
    try field.quantity(in: 1...Int64.max)
  }

  /// `"10 %"`, from 0 to 100 %.
  static func percent(_ field: ScenarioField) throws(PlanError) -> Rational {
    let expected = "a percentage such as \"10 %\", at most \"100 %\""
    let text = try field.string(expected)
    guard text.hasSuffix(" %"), let number = decimal(text.dropLast(2)),
      number <= Rational(100)
    else { throw field.fault(given: PlanError.quoted(text), expected: expected) }
    return number
  }

  /// `"300:1"`, both sides greater than nothing.
  static func ratio(_ field: ScenarioField) throws(PlanError) -> ConvertRatios.Ratio {
    let expected = "a ratio such as \"300:1\""
    let text = try field.string(expected)
    let sides = text.split(separator: ":", omittingEmptySubsequences: false)
    guard sides.count == 2, let from = decimal(sides[0]), let to = decimal(sides[1]),
      from > .zero, to > .zero
    else { throw field.fault(given: PlanError.quoted(text), expected: expected) }
    return ConvertRatios.Ratio(from: from, to: to, text: text)
  }

  /// A whole number greater than nothing, such as an age in years or a factor.
  static func count(_ field: ScenarioField) throws(PlanError) -> Int {
    try field.integer(in: 1...120)
  }

  /// A text that is not empty, on one line.
  static func words(_ field: ScenarioField) throws(PlanError) -> String {
    let text = try field.string("a text")
    let isLine = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard !text.isEmpty, isLine, text.first != " ", text.last != " " else {
      throw field.fault(given: PlanError.quoted(text), expected: "a line of text")
    }
    return text
  }

  /// One of the words of a type.
  static func word<Word: RawRepresentable & CaseIterable>(
    _ field: ScenarioField
  ) throws(PlanError) -> Word where Word.RawValue == String {
    try field.word(Word.allCases.map { ($0.rawValue, $0) })
  }

  /// Some of the words of a type, each once; all of them where the member is missing.
  static func words<Word: RawRepresentable & CaseIterable & Equatable>(
    _ field: ScenarioField?
  ) throws(PlanError) -> [Word] where Word.RawValue == String {
    guard let field else { return Array(Word.allCases) }
    var words: [Word] = []
    for element in try field.array() {
      let word: Word = try word(element)
      guard !words.contains(word) else {
        throw element.fault(given: "\"\(word.rawValue)\" again", expected: "each word once")
      }
      words.append(word)
    }
    guard !words.isEmpty else { throw field.fault(given: "no word", expected: "at least one") }
    return words
  }

  /// Digits with at most one point between them, exactly.
  private static func decimal(_ text: Substring) -> Rational? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard (1...2).contains(parts.count), digits.utf8.count <= 12,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let number = Int64(digits)
    else { return nil }
    var divisor: Int64 = 1
    for _ in 0..<(parts.count == 2 ? parts[1].utf8.count : 0) { divisor *= 10 }
    return Rational(number, over: divisor)
  }
}
