package import PumpLink

/// Bytes as hexadecimal digits, in lower case.
package enum Hex {
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  package static func text(_ bytes: Bytes16) -> String { text((0..<16).map { bytes[$0] }) }
  package static func text(_ bytes: Bytes32) -> String { text((0..<32).map { bytes[$0] }) }

  /// Groups of four digits, to be read aloud and compared.
  package static func spoken(_ bytes: Bytes16) -> String {
    stride(from: 0, to: 16, by: 2).map { text([bytes[$0], bytes[$0 + 1]]) }
      .joined(separator: " ")
  }

  /// The bytes of digits in lower case; nothing where there is anything else.
  package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  package static func bytes16(_ text: String) -> Bytes16? {
    guard let bytes = bytes(text), bytes.count == 16 else { return nil }
    var result = Bytes16()
    for index in 0..<16 { result[index] = bytes[index] }
    return result
  }

  package static func bytes32(_ text: String) -> Bytes32? {
    guard let bytes = bytes(text), bytes.count == 32 else { return nil }
    return Bytes32(bytes.span)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
