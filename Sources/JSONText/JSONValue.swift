/// A JSON value as it stands in a text: members in order, numbers as they were written.
public enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// The digits as written: no number is turned into floating point.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// In the order of the text; no two members have the same name.
  case object([JSONMember])

  /// Reads one JSON text (RFC 8259), strictly.
  ///
  /// - Parameter bytes: UTF-8 with no byte-order mark, at most ``JSONLimits/bytes``.
  /// - Throws: the first fault, with line, column and path. Refused too are two members of one name,
  ///   lone surrogates, and nesting deeper than ``JSONLimits/depth``.
  public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.document()
  }

  /// What it is, in words with an article.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): "the number \(JSONPath.cut(digits))"
    case .string(let text): "the text \(JSONPath.quoted(text))"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// A name and its value in a JSON object.
public struct JSONMember: Equatable, Sendable {
  public let name: String
  public let value: JSONValue

  public init(name: String, value: JSONValue) {
    self.name = name
    self.value = value
  }
}

/// How much JSON is read at most.
public enum JSONLimits {
  /// 16 MiB.
  public static let bytes = 16 * 1024 * 1024
  /// Objects and arrays inside of each other.
  public static let depth = 64
}

/// A place where a text is not JSON, or is not the strict JSON that is read here.
public struct JSONSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1.
  public let line: Int
  /// In bytes from the start of the line, from 1.
  public let column: Int
  /// The value that was being read, as in `$.events[2]`.
  public let path: String
  /// What is wrong there; one line.
  public let message: String

  /// One line.
  public var description: String { "\(path): line \(line), column \(column): \(message)" }
}

/// The way to a value from the root, as in `$.program.basal.steps[2].at`.
public enum JSONPath {
  /// The root.
  public static let root = "$"

  /// The path of a member.
  ///
  /// A name that is not a plain word stands in brackets and quotation marks.
  public static func member(_ name: String, of path: String) -> String {
    let isWord =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
    return isWord ? "\(path).\(cut(name))" : "\(path)[\(quoted(name))]"
  }

  /// The path of an element, from 0.
  public static func element(_ index: Int, of path: String) -> String {
    "\(path)[\(index)]"
  }

  /// A text in quotation marks on one line: control characters escaped, the end of a long one cut.
  public static func quoted(_ text: String) -> String { "\"\(cut(text))\"" }

  /// A text on one line: control characters escaped, the end of a long one cut.
  static func cut(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < 60 else {
        line.append("…")
        break
      }
      count += 1
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        line.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default:
        if scalar == "\"" || scalar == "\\" { line.append("\\") }
        line.append(scalar)
      }
    }
    return String(line)
  }
}
