/// A path with places for values: `/patients/{patient}/orders/{order}`.
public struct RouteTemplate: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible
{
  enum Part: Hashable, Sendable {
    case word(String)
    case place(String)
  }

  let parts: [Part]
  public let description: String

  /// - Parameter text: a path; a part in braces is a place.
  public init(_ text: String) {
    description = text
    parts = Self.split(text).map { part in
      part.hasPrefix("{") && part.hasSuffix("}")
        ? .place(String(part.dropFirst().dropLast())) : .word(part)
    }
  }

  public init(stringLiteral text: String) { self.init(text) }

  /// The names of its places.
  public var places: [String] {
    parts.compactMap { part in
      if case .place(let name) = part { return name }
      return nil
    }
  }

  /// What a value in a path may be: what ids, keys and dates are made of.
  ///
  /// Nothing is decoded: a path with an escape in it is of no route.
  static func isValue(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count) && text != "." && text != ".."
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  /// The values at its places; nothing where a path is not of this form.
  func values(in path: [String]) -> [String: String]? {
    guard path.count == parts.count else { return nil }
    // Most templates that are asked are another's: found out before anything is made.
    for (part, given) in zip(parts, path) {
      if case .word(let word) = part, word != given { return nil }
    }
    var values: [String: String] = [:]
    for (part, given) in zip(parts, path) {
      switch part {
      case .word: continue
      case .place(let name):
        guard Self.isValue(given) else { return nil }
        values[name] = given
      }
    }
    return values
  }

  /// The parts of a path; a slash at the end makes another path.
  static func split(_ path: String) -> [String] {
    path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }

  /// Two templates that could both be of one path, which is refused at the start.
  func overlaps(_ other: RouteTemplate) -> Bool {
    parts.count == other.parts.count
      && zip(parts, other.parts).allSatisfy { one, two in
        if case .word(let one) = one, case .word(let two) = two { return one == two }
        return true
      }
  }
}
