/// A fault of a scenario: where it is, what was given and what was expected.
///
/// The texts are one line each, whatever the input holds.
public struct ScenarioError: Error, Equatable, Sendable {
  /// The JSON path, as in `$.program.basal.steps[2].at`.
  public let path: String
  /// As in `given "0.15", expected a flow rate such as "0.15 mL/d"`.
  public let message: String

  /// A fault in the common form.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - given: what stands there; see ``quoted(_:)`` for texts.
  ///   - expected: what should stand there.
  public init(path: String, given: String, expected: String) {
    self.init(path: path, message: "given \(given), expected \(expected)")
  }

  /// A fault told in other words, such as malformed JSON.
  public init(path: String, message: String) {
    self.path = Self.line(path, scalarsMax: 300)
    self.message = Self.line(message, scalarsMax: 600)
  }

  /// A text in quotation marks on one line, a long one cut.
  public static func quoted(_ text: String) -> String {
    "\"\(line(text, scalarsMax: 60))\""
  }

  private static func line(_ text: String, scalarsMax: Int) -> String {
    var line = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < scalarsMax else {
        line.append("…")
        break
      }
      count += 1
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        line.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default:
        line.append(scalar)
      }
    }
    return String(line)
  }
}

extension ScenarioError: CustomStringConvertible {
  /// One line: path, what was given, what was expected.
  public var description: String { "\(path): \(message)" }
}
