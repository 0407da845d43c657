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
    guard source.count <= Self.capacity else { return nil }
    for index in 0..<source.count { bytes[index] = source[index] }
    count = source.count
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
    guard var read = WireBytes(source) else { return nil }
    var cursor = WireCursor(reading: true, to: read.count)
    var bytes = read.bytes.mutableSpan
    codeSigned(&cursor, &bytes)
    codeSignatures(&cursor, &bytes)
    guard !cursor.failed, cursor.offset == source.count, let again = encoded,
      again.count == source.count
    else { return nil }
    for index in 0..<source.count where again.bytes[index] != source[index] { return nil }
  }

  /// Its bytes; nil where a field holds what it may not hold.
  public var encoded: WireBytes? { encode(signatures: true) }

  /// What is signed; nil where a field holds what it may not hold.
  public var signedBytes: WireBytes? { encode(signatures: false) }

  private func encode(signatures: Bool) -> WireBytes? {
    var copy = self
    var out = WireBytes()
    var cursor = WireCursor(reading: false, to: WireBytes.capacity)
    var bytes = out.bytes.mutableSpan
    copy.codeSigned(&cursor, &bytes)
    if signatures { copy.codeSignatures(&cursor, &bytes) }
    guard !cursor.failed else { return nil }
    out.count = cursor.offset
    return out
  }

  /// SHA-256 of what is signed, without the signatures; nil where it cannot be encoded.
  public func hash(_ crypto: some LinkCrypto) -> Bytes32? {
    signedBytes.map { crypto.sha256($0.bytes.span.extracting(0..<$0.count)) }
  }

  /// The signature of a key over it; nil where it cannot be encoded.
  public func signature(by seed: Bytes32, _ crypto: some LinkCrypto) -> KeySignature? {
    guard let signed = signedBytes else { return nil }
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
    guard let signed = signedBytes else { return false }
    return crypto.isValid(
      signature.signature,
      of: signed.bytes.span.extracting(0..<signed.count),
      by: key
    )
  }
}
