/// A key's id, a person's or a pump's: 16 bytes as a value.
///
/// A key's id is the first 16 bytes of the SHA-256 of its 32 bytes.
public struct Bytes16: Sendable {
  public var bytes: InlineArray<16, UInt8>

  public init(repeating byte: UInt8 = 0) { bytes = InlineArray(repeating: byte) }

  /// The id of a key.
  public init(of key: Bytes32, _ crypto: some LinkCrypto) {
    let hash = crypto.sha256(key.bytes.span)
    bytes = InlineArray { hash[$0] }
  }

  public subscript(index: Int) -> UInt8 {
    get { bytes[index] }
    set { bytes[index] = newValue }
  }
}

extension Bytes16: Equatable {
  public static func == (left: Self, right: Self) -> Bool {
    var difference: UInt8 = 0
    for index in 0..<16 { difference |= left.bytes[index] ^ right.bytes[index] }
    return difference == 0
  }
}
