/// A value that is not what a reader expected, and where it stands.
public struct JSONMismatch: Error, Equatable, Sendable, CustomStringConvertible {
  /// As in `$.program.basal.steps[2].at`.
  public let path: String
  /// What stands there, in words.
  public let given: String
  /// What should stand there, in words.
  public let expected: String

  public init(path: String, given: String, expected: String) {
    self.path = path
    self.given = given
    self.expected = expected
  }

  /// One line.
  public var description: String { "\(path): given \(given), expected \(expected)" }
}

/// A value inside of a JSON text that knows its path, so that each fault can name its place.
public struct JSONCursor: Sendable {
  public let value: JSONValue
  public let path: String

  /// The root of a text.
  public init(root: JSONValue) {
    self.init(value: root, path: JSONPath.root)
  }

  init(value: JSONValue, path: String) {
    self.value = value
    self.path = path
  }

  /// The fault that another value was expected here.
  public func mismatch(expected: String) -> JSONMismatch {
    JSONMismatch(path: path, given: value.kindName, expected: expected)
  }

  /// The members of an object of which all names are known.
  ///
  /// - Parameter known: every name that may stand here.
  /// - Returns: its members, each with its path.
  /// - Throws: where it is no object, or has another name; the nearest known one is suggested.
  public func object(_ known: [String]) throws(JSONMismatch) -> JSONObject {
    let object = try anyObject()
    for member in object.members where !known.contains(where: { Self.same($0, member.name) }) {
      let names = known.map { "\"\($0)\"" }.joined(separator: ", ")
      let near = EditDistance.nearest(to: member.name, in: known)
      throw JSONMismatch(
        path: JSONPath.member(member.name, of: path),
        given: "an unknown field",
        expected: near.map { "\"\($0)\"?" } ?? (known.isEmpty ? "none" : "one of \(names)")
      )
    }
    return object
  }

  /// The members of an object whose names are data.
  ///
  /// - Returns: its members, each with its path.
  /// - Throws: where it is no object.
  public func anyObject() throws(JSONMismatch) -> JSONObject {
    guard case .object(let members) = value else { throw mismatch(expected: "an object") }
    return JSONObject(members: members, path: path)
  }

  /// The elements of an array, each with its path.
  ///
  /// - Returns: the elements in order.
  /// - Throws: where it is no array.
  public func array() throws(JSONMismatch) -> [JSONCursor] {
    guard case .array(let elements) = value else { throw mismatch(expected: "an array") }
    return elements.enumerated().map { index, element in
      JSONCursor(value: element, path: JSONPath.element(index, of: path))
    }
  }

  /// A text.
  ///
  /// - Parameter expected: what it should be, for the fault.
  /// - Returns: the text, escapes resolved.
  /// - Throws: where it is no text.
  public func string(expected: String = "a text") throws(JSONMismatch) -> String {
    guard case .string(let text) = value else { throw mismatch(expected: expected) }
    return text
  }

  /// A truth value.
  ///
  /// - Returns: the value.
  /// - Throws: where it is neither `true` nor `false`.
  public func bool() throws(JSONMismatch) -> Bool {
    guard case .bool(let value) = value else { throw mismatch(expected: "true or false") }
    return value
  }

  /// A whole number, written with neither point nor exponent.
  ///
  /// - Parameter range: the values that are taken.
  /// - Returns: the number.
  /// - Throws: where it is no such number, or is outside of the range.
  public func integer(in range: ClosedRange<Int>) throws(JSONMismatch) -> Int {
    guard case .number(let digits) = value, digits != "-0", let number = Int(digits),
      range.contains(number)
    else {
      throw mismatch(expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  static func same(_ lhs: String, _ rhs: String) -> Bool {
    lhs.utf8.elementsEqual(rhs.utf8)
  }
}

/// The members of a JSON object, each with its path.
public struct JSONObject: Sendable {
  let members: [JSONMember]
  public let path: String

  /// All members in the order of the text.
  public var all: [(name: String, value: JSONCursor)] {
    members.map { member in
      (
        member.name,
        JSONCursor(value: member.value, path: JSONPath.member(member.name, of: path))
      )
    }
  }

  /// A member, or nothing where there is none of the name.
  public func optional(_ name: String) -> JSONCursor? {
    members.first { JSONCursor.same($0.name, name) }.map {
      JSONCursor(value: $0.value, path: JSONPath.member(name, of: path))
    }
  }

  /// A member that must be there.
  ///
  /// - Parameters:
  ///   - name: of the member.
  ///   - expected: what it should be, for the fault.
  /// - Returns: the member.
  /// - Throws: where there is none of the name.
  public func required(
    _ name: String,
    expected: String = "this field"
  ) throws(JSONMismatch) -> JSONCursor {
    guard let member = optional(name) else {
      throw JSONMismatch(
        path: JSONPath.member(name, of: path),
        given: "nothing",
        expected: expected
      )
    }
    return member
  }
}

/// How far two words are from each other, to guess what a slip of the pen meant.
public enum EditDistance {
  /// The nearest of some words, where it is near enough to be meant.
  ///
  /// - Parameters:
  ///   - word: as given.
  ///   - known: what may have been meant.
  /// - Returns: nothing where none is within a third of its length, and at least one letter.
  public static func nearest(to word: String, in known: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let ranked = known.map { (name: $0, distance: between(word, $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.name.count / 3) ? best.name : nil
  }

  /// How many letters must be put in, taken out, changed or swapped with the next one; case is not
  /// looked at.
  static func between(_ lhs: String, _ rhs: String) -> Int {
    let (lhs, rhs) = (Array(lhs.lowercased()), Array(rhs.lowercased()))
    var rows = [Array(0...rhs.count)]
    for i in lhs.indices {
      let above = rows[i]
      var row = [i + 1]
      for j in rhs.indices {
        var least = min(above[j + 1] + 1, row[j] + 1, above[j] + (lhs[i] == rhs[j] ? 0 : 1))
        if i > 0, j > 0, lhs[i] == rhs[j - 1], lhs[i - 1] == rhs[j] {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[lhs.count][rhs.count]
  }
}
