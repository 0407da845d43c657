public import Quantities

/// What a named person signs: the only thing that changes therapy (contract: Orders).
public struct Order: WireObject {
  /// The pump that it is for, and no other.
  public var pump = Bytes16()
  /// Greater than that of every order the pump has taken before.
  public var sequence: UInt64 = 0
  /// The hash of the order in force that the signer has seen; zeros before the first.
  public var previous = Bytes32()
  /// By pump time, both included.
  public var notBefore = PumpTime.commissioning
  public var notAfter = PumpTime.commissioning
  public var content = OrderContent.safeRate
  public private(set) var signatureCount = 0
  private var first = KeySignature()
  private var second = KeySignature()

  public init() {}

  /// The signature at a place below ``signatureCount``.
  public func signature(_ place: Int) -> KeySignature { place == 0 ? first : second }

  /// Adds a signature; false where there are two.
  public mutating func append(_ signature: KeySignature) -> Bool {
    guard signatureCount < 2 else { return false }
    if signatureCount == 0 { first = signature } else { second = signature }
    signatureCount += 1
    return true
  }

  public mutating func codeSigned(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(.order, &bytes)
    cursor.code(&pump, &bytes)
    cursor.code(&sequence, &bytes)
    cursor.code(&previous, &bytes)
    cursor.code(&notBefore, &bytes)
    cursor.code(&notAfter, &bytes)
    content.code(&cursor, &bytes)
    if notAfter < notBefore { cursor.fail() }
  }

  public mutating func codeSignatures(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(&signatureCount, in: 0...2, &bytes)
    guard !cursor.failed else {
      signatureCount = 0
      return
    }
    if signatureCount > 0 { first.code(&cursor, &bytes) }
    if signatureCount > 1 { second.code(&cursor, &bytes) }
  }
}
