import OrderText

/// The fields of a form or a query, urlencoded; no name may come twice.
public struct FormFields: Equatable, Sendable {
  private var fields: [String: String] = [:]

  /// How many fields a form may have.
  static let countMax = 500

  /// A field as it was typed, empty or not; nothing where it is missing.
  public subscript(name: String) -> String? { fields[name] }

  /// The names that came.
  public var names: Set<String> { Set(fields.keys) }

  /// - Parameter text: `name=value` joined by `&`.
  /// - Throws: where a name comes twice, an escape is broken, or a text is not UTF-8.
  public init(_ text: some Sequence<UInt8>) throws(WebError) {
    for part in Array(text).split(separator: UInt8(ascii: "&")) {
      let pair = part.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard let name = Self.decoded(pair[0]),
        let value = Self.decoded(pair.count == 2 ? pair[1] : [])
      else { throw Self.fault(nil, given: "an escape or a text that is broken") }
      guard fields[name] == nil else { throw Self.fault(name, given: "the field twice") }
      fields[name] = value
      guard fields.count <= Self.countMax else {
        throw Self.fault(nil, given: "more than \(Self.countMax) fields")
      }
    }
  }

  private static func fault(_ field: String?, given: String) -> WebError {
    WebError(
      400,
      "badForm",
      "The form cannot be read.",
      field: field.map { String($0.prefix(60)) },
      given: given,
      expected: "application/x-www-form-urlencoded, each name once",
      todo: "Open the page again."
    )
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "%"):
        guard index + 2 < bytes.endIndex,
          let value = Hex.bytes(
            String(decoding: bytes[index + 1...index + 2], as: UTF8.self).lowercased()
          )
        else { return nil }
        result += value
        index += 3
      case UInt8(ascii: "+"):
        result.append(UInt8(ascii: " "))
        index += 1
      default:
        result.append(bytes[index])
        index += 1
      }
    }
    return String(validating: result, as: UTF8.self)
  }
}
