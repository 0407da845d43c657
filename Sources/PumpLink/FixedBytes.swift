/// A key, a hash or a shared secret: 32 bytes as a value, without a heap; `bytes.span` lends them.
public struct Bytes32: Sendable {
  public var bytes: InlineArray<32, UInt8>

  public init(repeating byte: UInt8 = 0) { bytes = InlineArray(repeating: byte) }

  /// The first 32 bytes; nil where there are fewer.
  public init?(_ source: Span<UInt8>) {
    guard source.count >= 32 else { return nil }
    bytes = InlineArray { source[$0] }
  }

  public subscript(index: Int) -> UInt8 {
    get { bytes[index] }
    set { bytes[index] = newValue }
  }
}

extension Bytes32: Equatable {
  /// Compares all bytes in the same time whatever they hold.
  public static func == (left: Self, right: Self) -> Bool {
    var difference: UInt8 = 0
    for index in 0..<32 { difference |= left.bytes[index] ^ right.bytes[index] }
    return difference == 0
  }
}

/// An Ed25519 signature: 64 bytes as a value, without a heap; `bytes.span` lends them.
public struct Bytes64: Sendable {
  public var bytes: InlineArray<64, UInt8>

  public init(repeating byte: UInt8 = 0) { bytes = InlineArray(repeating: byte) }

  /// The first 64 bytes; nil where there are fewer.
  public init?(_ source: Span<UInt8>) {
    guard source.count >= 64 else { return nil }
    bytes = InlineArray { source[$0] }
  }

  public subscript(index: Int) -> UInt8 {
    get { bytes[index] }
    set { bytes[index] = newValue }
  }
}

extension Bytes64: Equatable {
  /// Compares all bytes in the same time whatever they hold.
  public static func == (left: Self, right: Self) -> Bool {
    var difference: UInt8 = 0
    for index in 0..<64 { difference |= left.bytes[index] ^ right.bytes[index] }
    return difference == 0
  }
}
