public import JSONText
public import PumpScenario
package import Quantities

/// A request to a calculator: strict JSON, read by the rules of a scenario (contract: plan.md).
public struct PlanRequest: Sendable {
  let root: JSONValue

  /// Reads a request.
  ///
  /// - Parameter bytes: UTF-8 JSON.
  /// - Throws: where it is no JSON, or not the strict JSON that is taken.
  public init(bytes: [UInt8]) throws(PlanError) {
    do {
      self.init(root: try JSONValue(parsing: bytes))
    } catch {
      throw PlanError(
        path: error.path,
        message: "given malformed JSON at line \(error.line), column \(error.column) "
          + "(\(error.message)), expected a request"
      )
    }
  }

  /// A request that is JSON already.
  public init(root: JSONValue) {
    self.root = root
  }

  /// The fields of the request; others than those known are refused.
  ///
  /// A field's value is had by `object.quantity("dose", in: ScenarioRange.mass)`,
  /// `object.required("drug", "the name of a drug").drugName()`, `.word([("naive", …)])` and the
  /// like; each fault names its path.
  package func object(_ known: [String]) throws(PlanError) -> ScenarioObject {
    try ScenarioField(cursor: JSONCursor(root: root)).object(known)
  }
}

extension ScenarioField {
  /// The name of a drug, one line of 1 to 64 characters.
  package func drugName() throws(PlanError) -> String {
    try FillReader.name(self)
  }

  /// A decimal number without an exponent, such as a percentage.
  package func decimal() throws(PlanError) -> Rational {
    let expected = "a decimal number such as 14.5"
    guard case .number(let digits) = cursor.value else {
      throw fault(given: cursor.value.kindName, expected: expected)
    }
    var value: Int64 = 0
    var divisor: Int64 = 1
    var isFraction = false
    for byte in digits.utf8.drop(while: { $0 == UInt8(ascii: "-") }) {
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), value < 1_000_000_000_000_000
      else {
        throw fault(
          given: cursor.value.kindName,
          expected: "\(expected), of at most 15 digits and without an exponent"
        )
      }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      if isFraction { divisor *= 10 }
    }
    return Rational(digits.utf8.first == UInt8(ascii: "-") ? -value : value, over: divisor)
  }
}

extension ScenarioObject {
  /// A quantity that may be missing.
  package func optionalQuantity<Quantity: QuantityText>(
    _ name: String,
    in range: ClosedRange<Int64>
  ) throws(PlanError) -> Quantity? {
    guard let field = optional(name) else { return nil }
    return try field.quantity(in: range)
  }
}

extension QuantityText {
  /// Its count of stored units, for exact arithmetic.
  package var exact: Rational { Rational(storedUnits) }
}
