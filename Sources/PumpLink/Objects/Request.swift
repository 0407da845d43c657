public import PumpCore
public import Quantities

/// What a request asks for.
public enum RequestContent: Equatable, Sendable {
  case patientDose
  case cancelBolus
  /// The hash of the order that is pending.
  case cancelPending(Bytes32)
  case acknowledge(Alarm)

  fileprivate enum Kind: UInt8 {
    case patientDose = 1
    case cancelBolus, cancelPending, acknowledge
  }

  fileprivate var kind: Kind {
    switch self {
    case .patientDose: .patientDose
    case .cancelBolus: .cancelBolus
    case .cancelPending: .cancelPending
    case .acknowledge: .acknowledge
    }
  }

  /// What the journal keeps of it: the kind, and 256 × the alarm above it.
  var journalValue: Int64 {
    let kind = Int64(self.kind.rawValue)
    guard case .acknowledge(let alarm) = self else { return kind }
    return kind | Int64(alarm.rawValue) << 8
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    var kind = self.kind
    cursor.code(&kind, &bytes)
    guard !cursor.failed else { return }
    switch kind {
    case .patientDose: self = .patientDose
    case .cancelBolus: self = .cancelBolus
    case .cancelPending:
      var hash = Bytes32()
      if case .cancelPending(let known) = self { hash = known }
      cursor.code(&hash, &bytes)
      self = .cancelPending(hash)
    case .acknowledge:
      var alarm = Alarm.motorStall
      if case .acknowledge(let known) = self { alarm = known }
      cursor.code(&alarm, &bytes)
      self = .acknowledge(alarm)
    }
  }
}

/// A small signed act, valid for two minutes.
public struct Request: WireObject {
  public var pump = Bytes16()
  /// Drawn anew for each request: two of the same content are not one.
  public var nonce = Bytes16()
  /// By pump time, both included.
  public var notBefore = PumpTime.commissioning
  public var notAfter = PumpTime.commissioning
  public var content = RequestContent.cancelBolus
  public var signature = KeySignature()

  public init() {}

  public mutating func codeSigned(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(.request, &bytes)
    cursor.code(&pump, &bytes)
    cursor.code(&nonce, &bytes)
    cursor.code(&notBefore, &bytes)
    cursor.code(&notAfter, &bytes)
    content.code(&cursor, &bytes)
    if notAfter < notBefore { cursor.fail() }
  }

  public mutating func codeSignatures(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    signature.code(&cursor, &bytes)
  }
}
