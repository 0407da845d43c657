import Crypto

/// A SHA-256 hash: 32 bytes, written as 64 lower-case hexadecimal digits.
public struct LedgerHash: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// What stands for the hash before the first event of a stream.
  public static let zero = LedgerHash(unchecked: [UInt8](repeating: 0, count: 32))

  /// Nothing where there are not 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    self.bytes = Array(bytes)
  }

  /// Reads 64 lower-case hexadecimal digits; anything else gives nothing.
  public init?(hexadecimal text: String) {
    guard text.utf8.count == 64 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in text.utf8 {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self.bytes = bytes
  }

  private init(unchecked bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The hash of some bytes (FIPS 180-4).
  public init(of bytes: [UInt8]) {
    self.bytes = unsafe SHA256.hash(data: bytes).withUnsafeBytes { unsafe Array($0) }
  }

  /// The hash of some bytes and those after them, which may be too many to copy.
  init(of bytes: [UInt8], _ rest: [UInt8]) {
    var hash = SHA256()
    hash.update(data: bytes)
    hash.update(data: rest)
    self.bytes = Array(hash.finalize())
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
