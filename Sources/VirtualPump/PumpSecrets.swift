public import PumpLink

/// The secrets that a pump is made with, and that never leave it but for the pairing secret.
public struct PumpSecrets: Sendable {
  public let id: Bytes16
  /// Ed25519: signs receipts.
  public let signingSeed: Bytes32
  /// X25519: the static key of sessions.
  public let sessionKey: Bytes32
  /// What pairing at the bedside is keyed with; 256 bits of chance (SR-108).
  public let pairing: Bytes32

  public init(id: Bytes16, signingSeed: Bytes32, sessionKey: Bytes32, pairing: Bytes32) {
    self.id = id
    self.signingSeed = signingSeed
    self.sessionKey = sessionKey
    self.pairing = pairing
  }
}

/// The text that is handed over at the bedside: which pump, and its pairing secret.
///
///     CP1-<id, 32 hexadecimal digits>-<secret, 64>-<the first 4 of SHA-256 of both>
public struct PairingCode: Equatable, Sendable {
  public let id: Bytes16
  public let secret: Bytes32

  public init(id: Bytes16, secret: Bytes32) {
    self.id = id
    self.secret = secret
  }

  /// Reads a code; nil where it is not whole or a digit is wrong.
  public init?(_ text: String, _ crypto: some LinkCrypto) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "CP1",
      let id = Hexadecimal.bytes(String(parts[1])), let id = Bytes16(bytes: id),
      let secret = Hexadecimal.bytes(String(parts[2])), let secret = Bytes32(bytes: secret)
    else { return nil }
    self.init(id: id, secret: secret)
    guard parts[3].lowercased() == check(crypto) else { return nil }
  }

  public func text(_ crypto: some LinkCrypto) -> String {
    "CP1-\(Hexadecimal.text(id.array))-\(Hexadecimal.text(secret.array))-\(check(crypto))"
  }

  private func check(_ crypto: some LinkCrypto) -> String {
    let hash = crypto.sha256((id.array + secret.array).span)
    return Hexadecimal.text([hash[0], hash[1]])
  }
}

/// Bytes as text: two digits each, lower case.
public enum Hexadecimal {
  public static func text(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil where a digit is none, or one is missing.
  public static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Bytes16 {
  public init?(bytes source: [UInt8]) {
    guard source.count == 16 else { return nil }
    self.init()
    for index in 0..<16 { self[index] = source[index] }
  }

  public var array: [UInt8] { (0..<16).map { self[$0] } }
}

extension Bytes32 {
  public init?(bytes source: [UInt8]) {
    guard source.count == 32 else { return nil }
    self.init()
    for index in 0..<32 { self[index] = source[index] }
  }

  public var array: [UInt8] { (0..<32).map { self[$0] } }
}

extension WireBytes {
  public var array: [UInt8] {
    unsafe bytes.span.extracting(0..<count).withUnsafeBufferPointer { unsafe Array($0) }
  }
}
