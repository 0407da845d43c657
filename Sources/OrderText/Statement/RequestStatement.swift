public import PumpCore
public import PumpLink
import PumpLinkCrypto
import Quantities

/// What the bytes of a request say, for whoever signs them: a small act, valid for two minutes.
///
/// Read out of the very bytes, as an order's statement is; nothing that a server says of it stands here.
public struct RequestStatement: Sendable {
  /// What it asks of the pump, in one line.
  public let headline: String
  /// Every field of the bytes.
  public let rows: [OrderStatement.Row]
  /// The hash that receipts name the request by.
  public let hash: Bytes32

  package let request: Request

  /// - Parameter request: as it was read from its bytes.
  /// - Throws: ``SigningError/Kind/malformed`` where it cannot be written.
  public init(_ request: Request) throws(SigningError) {
    guard let hash = request.hash(SwiftCrypto()) else {
      throw SigningError(.malformed, "given a request that cannot be written")
    }
    self.request = request
    self.hash = hash
    func row(_ title: String, _ value: String) -> OrderStatement.Row {
      OrderStatement.Row(title: title, value: value, note: nil)
    }
    var rows = [row("Pump", Hex.text(request.pump))]
    switch request.content {
    case .patientDose: headline = "Ask for a patient dose"
    case .cancelBolus: headline = "Cancel the bolus that runs"
    case .cancelPending(let order):
      headline = "Cancel a pending order"
      rows.append(row("Order that is cancelled", Hex.text(order)))
    case .acknowledge(let alarm):
      headline = "Acknowledge an alarm: \(alarm)"
      rows.append(row("Alarm", "\(alarm)"))
    }
    rows.append(row("Valid from", "pump time \(request.notBefore.milliseconds) ms"))
    rows.append(row("Valid for", (request.notAfter - request.notBefore).text))
    rows.append(row("Nonce", Hex.text(request.nonce)))
    self.rows = rows
  }

  /// The row of the authority table that it is.
  public var act: Act {
    switch request.content {
    case .patientDose: .patientDose
    case .cancelBolus: .cancelBolus
    case .cancelPending: .cancelPending
    case .acknowledge: .acknowledge
    }
  }
}

extension Request {
  /// Reads a request, signed or not; nothing where the bytes are not the one encoding of a request.
  public init?(bytes: [UInt8]) { self.init(decoding: bytes.span) }

  /// Its bytes as an array; nothing where a field holds what it may not hold.
  public var array: [UInt8]? {
    encoded.map { wire in (0..<wire.count).map { wire.bytes[$0] } }
  }

  /// Whether bytes begin as those of a request do.
  public static func isLabel(of bytes: [UInt8]) -> Bool {
    bytes.starts(with: Array("cisterna.reqst.1".utf8))
  }
}

/// What is found of the signature of a request.
public struct RequestVerification: Sendable {
  public let signer: Certificate

  /// Checks the signature and its certificate against a root.
  ///
  /// - Parameters:
  ///   - request: as it was read from its bytes.
  ///   - certificates: of all who may have signed.
  ///   - root: the clinic's public key.
  ///   - revocation: the newest list of the root; none where there is none.
  ///   - now: by the clock on the wall.
  /// - Throws: ``SigningError/Kind/notGenuine`` or ``SigningError/Kind/expired``.
  public init(
    _ request: Request,
    _ certificates: [Certificate],
    root: Bytes32,
    revocation: Revocation?,
    at now: LocalTime
  ) throws(SigningError) {
    let crypto = SwiftCrypto()
    let signature = request.signature
    let name = Hex.text(signature.key)
    if let revocation, !revocation.isValid(revocation.signature, by: root, crypto) {
      throw SigningError(.notGenuine, "the list of revoked keys is not signed by the root")
    }
    let known = certificates.first {
      $0.use == .signing && Bytes16(of: $0.key, crypto) == signature.key
    }
    guard let known else {
      throw SigningError(.notGenuine, "no certificate for the signing key \(name) was given")
    }
    try known.check(root: root, at: now)
    if let revocation,
      revocation.contains(signature.key) || revocation.contains(known.signature.key)
    {
      throw SigningError(.notGenuine, "the key \(name) is revoked")
    }
    guard request.isValid(signature, by: known.key, crypto) else {
      throw SigningError(.notGenuine, "the signature by key \(name) is not over these bytes")
    }
    signer = known
  }
}
