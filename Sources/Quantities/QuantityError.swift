#if !hasFeature(Embedded)
/// Why a text is not a quantity of the kind that was expected.
public struct QuantityError: Error, Equatable, Sendable {
  /// What is wrong with the text.
  public enum Reason: Equatable, Sendable {
    /// There is no number at the start.
    case noNumber
    case plusSign, comma, exponent
    /// `.5`: a zero before the point is forced (SR-120).
    case noDigitBeforePoint
    /// `5.`: a digit after the point is forced.
    case noDigitAfterPoint
    /// `007`: zeros before the first digit that counts.
    case leadingZeros
    case negative
    case noUnit
    /// A space before the number or after the unit.
    case surroundingSpace
    case unknownUnit(String)
    /// A unit in another case, and the right spelling.
    case wrongCase(String, spelling: String)
    /// A unit of another kind.
    case wrongKind(QuantityKind)
    case tooLarge
    /// Finer than the unit in which the value is stored.
    case notExact
    case tooLong
  }

  /// The text as it was given.
  public let given: String
  /// What was to be read.
  public let expected: QuantityKind
  public let reason: Reason

  public init(given: String, expected: QuantityKind, reason: Reason) {
    self.given = given
    self.expected = expected
    self.reason = reason
  }

  /// What was expected, and why the text is not it; one line.
  public var expectation: String { "\(expected.expectation) (\(explanation))" }

  private var explanation: String {
    switch reason {
    case .noNumber: "it begins with no number"
    case .plusSign: "no plus sign is taken"
    case .comma: "no comma is taken: the decimal sign is a point and digits are not grouped"
    case .exponent: "no exponent is taken: write the number out"
    case .noDigitBeforePoint: "write a zero before the point"
    case .noDigitAfterPoint: "write a digit after the point, or no point"
    case .leadingZeros: "write no zeros before the number"
    case .negative: "it cannot be negative"
    case .noUnit: "the unit is missing"
    case .surroundingSpace: "no space before the number or after the unit"
    case .unknownUnit(let unit): "unknown unit \(Self.quoted(unit)); case matters"
    case .wrongCase(let unit, let spelling):
      "unknown unit \(Self.quoted(unit)); case matters: \"\(spelling)\""
    case .wrongKind(let kind): "this is \(kind.name)"
    case .tooLarge: "the value is too large to be held"
    case .notExact: "it is not a whole number of \(expected.storedUnit)"
    case .tooLong: "the text is too long"
    }
  }

  /// A text in quotation marks, on one line: control characters escaped, the end of a long one cut.
  static func quoted(_ text: String) -> String {
    var line = "\""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < 60 else { return line + "…\"" }
      count += 1
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        line += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        if scalar == "\"" || scalar == "\\" { line += "\\" }
        line.unicodeScalars.append(scalar)
      }
    }
    return line + "\""
  }
}

extension QuantityError: CustomStringConvertible {
  /// One line, as in `"0.15 ml/d": expected a flow rate such as "0.15 mL/d" (…)`.
  public var description: String { "\(Self.quoted(given)): expected \(expectation)" }
}
#endif
