import Quantities

/// What can be asked of a pump inside a session: the rows of the authority table, and nothing else.
///
/// The first byte names the message; a message fills its bytes to the last.
public enum LinkMessage: Sendable {
  case identify
  /// The patient's own controller is answered with a summary.
  case status
  /// Entries of the journal from a sequence on, oldest first.
  case journal(from: UInt32)
  case receipt(Bytes32)
  /// The kept receipt of an order, 0 for the newest.
  case receiptAt(age: UInt8)
  case order(CertificatePair, WireBytes)
  case request(CertificatePair, WireBytes)
  case revocation(Revocation)
  /// A fresh challenge, at the near-field port only.
  case challenge
  case emergency(EmergencyAct)
  /// The first message of a session: certificates of the session's own key, and the challenge read
  /// at the near-field port; zeros where there was none.
  case introduce(CertificatePair, challenge: Bytes32)

  private enum Kind: UInt8 {
    case identify = 0x01
    case status, journal, receipt, receiptAt, order, request, revocation, challenge
    case emergencySafeRate, emergencySuspend, introduce
  }

  private var kind: Kind {
    switch self {
    case .identify: .identify
    case .status: .status
    case .journal: .journal
    case .receipt: .receipt
    case .receiptAt: .receiptAt
    case .order: .order
    case .request: .request
    case .revocation: .revocation
    case .challenge: .challenge
    case .emergency(.safeRate): .emergencySafeRate
    case .emergency(.suspend): .emergencySuspend
    case .introduce: .introduce
    }
  }

  private init(reading kind: Kind) {
    switch kind {
    case .identify: self = .identify
    case .status: self = .status
    case .journal: self = .journal(from: 0)
    case .receipt: self = .receipt(Bytes32())
    case .receiptAt: self = .receiptAt(age: 0)
    case .order: self = .order(CertificatePair(), WireBytes())
    case .request: self = .request(CertificatePair(), WireBytes())
    case .revocation: self = .revocation(Revocation())
    case .challenge: self = .challenge
    case .emergencySafeRate: self = .emergency(.safeRate)
    case .emergencySuspend: self = .emergency(.suspend(.zero))
    case .introduce: self = .introduce(CertificatePair(), challenge: Bytes32())
    }
  }

  /// Whether a message asks for the status.
  static func isStatus(_ message: Span<UInt8>) -> Bool {
    message.count == 1 && message[0] == Kind.status.rawValue
  }

  /// Reads a message; nil where the bytes are malformed.
  public init?(decoding source: Span<UInt8>) {
    guard var read = WireBytes(source) else { return nil }
    var cursor = WireCursor(reading: true, to: read.count)
    var bytes = read.bytes.mutableSpan
    self = .identify
    code(&cursor, &bytes)
    guard !cursor.failed, cursor.offset == source.count else { return nil }
  }

  /// Its bytes; nil where they would be more than a message may have.
  public var encoded: WireBytes? {
    var copy = self
    var out = WireBytes()
    var cursor = WireCursor(reading: false, to: WireBytes.capacity)
    var bytes = out.bytes.mutableSpan
    copy.code(&cursor, &bytes)
    guard !cursor.failed else { return nil }
    out.count = cursor.offset
    return out
  }

  private mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    var kind = self.kind
    cursor.code(&kind, &bytes)
    guard !cursor.failed else { return }
    if cursor.isReading { self = LinkMessage(reading: kind) }
    switch self {
    case .identify, .status, .challenge, .emergency(.safeRate): break
    case .journal(var from):
      cursor.code(&from, &bytes)
      self = .journal(from: from)
    case .receipt(var hash):
      cursor.code(&hash, &bytes)
      self = .receipt(hash)
    case .receiptAt(var age):
      cursor.code(&age, &bytes)
      self = .receiptAt(age: age)
    case .order(var certificates, var object):
      certificates.code(&cursor, &bytes)
      object.code(&cursor, &bytes)
      self = .order(certificates, object)
    case .request(var certificates, var object):
      certificates.code(&cursor, &bytes)
      object.code(&cursor, &bytes)
      self = .request(certificates, object)
    case .revocation(var list):
      list.codeSigned(&cursor, &bytes)
      list.codeSignatures(&cursor, &bytes)
      self = .revocation(list)
    case .emergency(.suspend(var span)):
      cursor.code(&span, &bytes)
      if span <= .zero { cursor.fail() }
      self = .emergency(.suspend(span))
    case .introduce(var certificates, var challenge):
      certificates.code(&cursor, &bytes)
      cursor.code(&challenge, &bytes)
      self = .introduce(certificates, challenge: challenge)
    }
  }
}

extension CertificatePair {
  /// A count, then the certificates.
  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    var number = count
    cursor.code(&number, in: 0...2, &bytes)
    guard !cursor.failed else { return }
    for place in 0..<number {
      var certificate = cursor.isReading ? Certificate() : self[place]
      certificate.codeSigned(&cursor, &bytes)
      certificate.codeSignatures(&cursor, &bytes)
      if cursor.isReading { _ = append(certificate) }
    }
  }
}

extension WireBytes {
  /// A length of two bytes, then the bytes.
  mutating func code(_ cursor: inout WireCursor, _ target: inout MutableSpan<UInt8>) {
    var length = UInt16(count)
    cursor.code(&length, &target)
    guard !cursor.failed, Int(length) <= WireBytes.capacity else {
      cursor.fail()
      return
    }
    var block = bytes.mutableSpan
    cursor.code(&block, count: Int(length), &target)
    if !cursor.failed { count = Int(length) }
  }
}
