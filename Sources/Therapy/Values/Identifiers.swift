/// A name of something in a restricted alphabet, so that it can stand in a path, a log and a page.
public protocol RestrictedText: Codable, Hashable, Sendable, CustomStringConvertible {
  var text: String { get }
  /// Where the text is not of the alphabet or the length, nothing.
  init?(_ text: String)
  /// What is expected, in words.
  static var expectation: String { get }
}

extension RestrictedText {
  public var description: String { text }

  public init(from decoder: any Decoder) throws {
    let box = try decoder.singleValueContainer()
    guard let value = Self(try box.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: box,
        debugDescription: "expected \(Self.expectation)"
      )
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(text)
  }
}

/// A patient of the clinic: 1 to 40 of `A-Z a-z 0-9 -`.
public struct PatientID: RestrictedText {
  public let text: String
  public static let expectation = "1 to 40 letters, digits or hyphens"

  public init?(_ text: String) {
    guard Alphabet.isName(text, besides: "-") else { return nil }
    self.text = text
  }
}

/// A person who signs in, or the clinic's server: 1 to 40 of `A-Z a-z 0-9 - . _`.
public struct PersonID: RestrictedText {
  public let text: String
  public static let expectation = "1 to 40 letters, digits, hyphens, points or underscores"

  public init?(_ text: String) {
    guard Alphabet.isName(text, besides: "-._") else { return nil }
    self.text = text
  }
}

/// The hash of a request's bytes: 64 hex digits, in small letters.
public struct RequestID: RestrictedText {
  public let text: String
  public static let expectation = "64 hex digits in small letters"

  public init?(_ text: String) {
    guard Alphabet.isHex(text, count: 64) else { return nil }
    self.text = text
  }
}

/// The hash of an order's bytes: 64 hex digits, in small letters.
public struct OrderID: RestrictedText {
  public let text: String
  public static let expectation = "64 hex digits in small letters"

  public init?(_ text: String) {
    guard Alphabet.isHex(text, count: 64) else { return nil }
    self.text = text
  }
}

/// The number of a pump that speaks: 32 hex digits, in small letters.
public struct PumpID: RestrictedText {
  public let text: String
  public static let expectation = "32 hex digits in small letters"

  public init?(_ text: String) {
    guard Alphabet.isHex(text, count: 32) else { return nil }
    self.text = text
  }
}

/// A public Ed25519 key: 64 hex digits, in small letters.
public struct KeyText: RestrictedText {
  public let text: String
  public static let expectation = "64 hex digits in small letters"

  public init?(_ text: String) {
    guard Alphabet.isHex(text, count: 64) else { return nil }
    self.text = text
  }
}

/// Bytes as base64 with its padding, 4 to 65,536 characters.
public struct Base64Text: RestrictedText {
  public let text: String
  public static let expectation = "4 to 65,536 characters of base64 with its padding"

  public init?(_ text: String) {
    guard Alphabet.isBase64(text) else { return nil }
    self.text = text
  }
}

/// An event of a patient's stream: its position there, from 1.
public struct EventID: Hashable, Comparable, Sendable, Codable {
  public let position: Int

  public init(position: Int) {
    self.position = position
  }

  public init(from decoder: any Decoder) throws {
    position = try decoder.singleValueContainer().decode(Int.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(position)
  }

  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.position < rhs.position }
}

/// What characters a text may have.
enum Alphabet {
  static func isName(_ text: String, besides others: String) -> Bool {
    (1...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { isLetterOrDigit($0) || others.utf8.contains($0) }
  }

  static func isHex(_ text: String, count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  static func isBase64(_ text: String) -> Bool {
    let bytes = text.utf8
    guard (4...65_536).contains(bytes.count), bytes.count.isMultiple(of: 4) else { return false }
    let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    return padding <= 2
      && bytes.dropLast(padding).allSatisfy { byte in
        isLetterOrDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
      }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
