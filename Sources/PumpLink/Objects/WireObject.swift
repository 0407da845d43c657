/// Names the kind and the version of an object: the first 16 bytes of it, ASCII.
enum WireLabel: Sendable {
  case order, request, certificate, revocation, receipt

  /// `cisterna.` + five letters + `.1`.
  var bytes: InlineArray<16, UInt8> {
    let name: InlineArray<5, UInt8> =
      switch self {
      case .order: [0x6F, 0x72, 0x64, 0x65, 0x72]  // order
      case .request: [0x72, 0x65, 0x71, 0x73, 0x74]  // reqst
      case .certificate: [0x63, 0x65, 0x72, 0x74, 0x69]  // certi
      case .revocation: [0x72, 0x65, 0x76, 0x6F, 0x6B]  // revok
      case .receipt: [0x72, 0x65, 0x63, 0x70, 0x74]  // recpt
      }
    return [
      0x63, 0x69, 0x73, 0x74, 0x65, 0x72, 0x6E, 0x61, 0x2E,
      name[0], name[1], name[2], name[3], name[4], 0x2E, 0x31,
    ]
  }
}

/// A signature and the id of the key that made it.
public struct KeySignature: Equatable, Sendable {
  public var key = Bytes16()
  public var signature = Bytes64()

  public init() {}

  public init(key: Bytes16, signature: Bytes64) {
    self.key = key
    self.signature = signature
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&key, &bytes)
    cursor.code(&signature, &bytes)
  }
}

/// Room for the bytes of one object.
public struct WireBytes: Sendable {
  /// No object, and no message, is longer.
  public static let capacity = 4_096
  public var bytes = InlineArray<4096, UInt8>(repeating: 0)
  public var count = 0

  public init() {}

  /// Copies bytes; nil where there are more than it holds.
  public init?(_ source: Span<UInt8>) {
    guard set(source) else { return nil }
  }

  /// Copies bytes over what is held; false, and nothing is changed, where there are too many.
  @discardableResult
  public mutating func set(_ source: Span<UInt8>) -> Bool {
    guard source.count <= Self.capacity else { return false }
    var room = bytes.mutableSpan
    room.copy(source, from: 0, count: source.count, to: 0)
    count = source.count
    return true
  }
}

/// An object that is signed: it has one encoding and no other.
public protocol WireObject: Sendable {
  /// An object to read into.
  init()
  /// The label and all that is signed.
  mutating func codeSigned(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>)
  /// The signatures behind it.
  mutating func codeSignatures(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>)
}

extension WireObject {
  /// Reads an object that fills all of the bytes; nil where they are malformed, which includes any
  /// encoding but the one that ``encoded`` gives.
  public init?(decoding source: Span<UInt8>) {
    self.init()
    var buffer = WireBytes()
    guard buffer.set(source) else { return nil }
    var cursor = WireCursor(reading: true, to: source.count)
    var bytes = buffer.bytes.mutableSpan
    codeSigned(&cursor, &bytes)
    codeSignatures(&cursor, &bytes)
    guard !cursor.failed, cursor.offset == source.count,
      encode(into: &buffer, signatures: true), buffer.count == source.count
    else { return nil }
    let again = buffer.bytes.span
    for index in 0..<source.count where again[index] != source[index] { return nil }
  }

  /// Its bytes; nil where a field holds what it may not hold.
  public var encoded: WireBytes? {
    var out = WireBytes()
    return encode(into: &out, signatures: true) ? out : nil
  }

  /// What is signed; nil where a field holds what it may not hold.
  public var signedBytes: WireBytes? {
    var out = WireBytes()
    return encode(into: &out, signatures: false) ? out : nil
  }

  /// Writes its bytes over what a buffer holds; false where a field holds what it may not hold.
  private func encode(into out: inout WireBytes, signatures: Bool) -> Bool {
    var copy = self
    var cursor = WireCursor(reading: false, to: WireBytes.capacity)
    var bytes = out.bytes.mutableSpan
    copy.codeSigned(&cursor, &bytes)
    if signatures { copy.codeSignatures(&cursor, &bytes) }
    out.count = cursor.offset
    return !cursor.failed
  }

  /// SHA-256 of what is signed, without the signatures; nil where it cannot be encoded.
  public func hash(_ crypto: some LinkCrypto) -> Bytes32? {
    var signed = WireBytes()
    guard encode(into: &signed, signatures: false) else { return nil }
    return crypto.sha256(signed.bytes.span.extracting(0..<signed.count))
  }

  /// The signature of a key over it; nil where it cannot be encoded.
  public func signature(by seed: Bytes32, _ crypto: some LinkCrypto) -> KeySignature? {
    var signed = WireBytes()
    guard encode(into: &signed, signatures: false) else { return nil }
    let key = crypto.ed25519PublicKey(of: seed)
    return KeySignature(
      key: Bytes16(of: key, crypto),
      signature: crypto.sign(signed.bytes.span.extracting(0..<signed.count), seed: seed)
    )
  }

  /// Whether a signature over it is a key's.
  public func isValid(
    _ signature: KeySignature,
    by key: Bytes32,
    _ crypto: some LinkCrypto
  ) -> Bool {
    var signed = WireBytes()
    guard encode(into: &signed, signatures: false) else { return false }
    return crypto.isValid(
      signature.signature,
      of: signed.bytes.span.extracting(0..<signed.count),
      by: key
    )
  }
}
