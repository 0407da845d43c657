import Formulary
import JSONText
import OrderText
import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Signer
import VirtualPump

/// A virtual pump being implanted: paired, commissioned and filled at its near port, with orders
/// that the demonstration's people sign, as anyone would.
struct DemoPump {
  let contact: PumpContact
  /// The receipt of the last order.
  private(set) var receipt: [UInt8]?

  private let code: PairingCode
  private let keys: DemoKeys
  private let call: (LinkTarget) throws -> LinkClient
  static let crypto = SwiftCrypto()

  /// Pairs.
  ///
  /// - Parameters:
  ///   - code: of the pump, as it was printed when it was made.
  ///   - remote: its remote port.
  ///   - near: its near port.
  ///   - keys: of the people who do it.
  ///   - call: opens a session; over TCP without.
  /// - Throws: where the pump does not answer, or is another one.
  init(
    code: PairingCode,
    remote: String,
    near: String,
    keys: DemoKeys,
    call: @escaping (LinkTarget) throws -> LinkClient = { try LinkClient($0) }
  ) throws {
    self.code = code
    self.keys = keys
    self.call = call
    let client = try call(Self.target(code, near, keys, nil))
    guard case .identity(let identity) = try client.ask(.identify), identity.id == code.id,
      let sessionKey = client.pumpKey
    else { throw DemoError("the pump at \(near) is not the one of its pairing code") }
    contact = PumpContact(
      id: identity.id,
      sessionKey: sessionKey,
      signingKey: identity.key,
      remote: remote,
      near: near
    )
  }

  private static func target(
    _ code: PairingCode,
    _ near: String,
    _ keys: DemoKeys,
    _ pumpKey: Bytes32?
  ) throws -> LinkTarget {
    guard let session = keys["ada"].secrets.session else {
      throw DemoError("a person has a session key")
    }
    return LinkTarget(
      address: near,
      way: .bedside,
      pump: code.id,
      pumpKey: pumpKey,
      secret: code.secret,
      key: session,
      role: .person,
      certificates: CertificatePair()
    )
  }

  /// Takes the pump into the clinic.
  ///
  /// - Parameters:
  ///   - local: what the clock on the wall shows.
  ///   - patientKeys: of the patient's own controller, where there is one.
  /// - Throws: where the pump does not apply it.
  mutating func commission(local: LocalTime, patientKeys: SecretKeys?) throws {
    var fields = "\"root\": \"\(Hexadecimal.text(keys.rootFile.signing.array))\""
    if let patientKeys, let session = patientKeys.session {
      fields +=
        ", \"patient\": \"\(Hexadecimal.text(Self.crypto.ed25519PublicKey(of: patientKeys.signing).array))\""
      fields +=
        ", \"patientSession\": \"\(Hexadecimal.text(Self.crypto.x25519PublicKey(of: session).array))\""
    }
    try order(
      "{\"do\": \"commissioning\", \"from\": \"0 ms\", \"validFor\": \"7 d\", \"keys\": {\(fields)}}",
      by: ["ada"],
      DraftKnown(pump: contact.id, root: keys.rootFile.signing, local: local)
    )
  }

  /// Says how long the way to the tip is, and that it is full.
  mutating func setPath(_ volume: String) throws {
    try order(
      "{\"do\": \"catheter\", \"pathVolume\": \"\(volume)\", \"path\": \"full\"}",
      by: ["ada"]
    )
  }

  /// Fills it and sets its program; a prescriber and a nurse sign.
  mutating func fill(_ fill: String, program: String) throws {
    try order(
      "{\"do\": \"refill\", \"aspirated\": \"0 mL\", \"fill\": \(fill), \"program\": \(program)}",
      by: ["ada", "noor"]
    )
  }

  private mutating func order(
    _ draft: String,
    by names: [String],
    _ known: DraftKnown? = nil
  ) throws {
    let pump = KnownPump(id: contact.id, key: contact.signingKey)
    let last = try receipt.map { try VerifiedReceipt(bytes: $0, of: pump) }
    let draft = try OrderDraft(
      bytes: Array(draft.utf8),
      receipt: last,
      known: known ?? DraftKnown(pump: contact.id)
    )
    var order = draft.order
    var pair = CertificatePair()
    for name in names {
      let person = keys[name]
      guard let signature = order.signature(by: person.secrets.signing, Self.crypto),
        order.append(signature), let certificate = person.certificates.signing
      else { throw DemoError("\(name) cannot sign") }
      _ = pair.append(certificate)
    }
    guard let bytes = order.encoded else { throw DemoError("an order that cannot be written") }
    let client = try call(Self.target(code, contact.near, keys, contact.sessionKey))
    let reply = try client.ask(.order(pair, bytes))
    guard case .receipt(let answer) = reply, contact.vouches(for: answer, Self.crypto),
      answer.outcome == .applied
    else {
      throw DemoError("the pump at \(contact.near) did not apply \(draft.order.content.kind)")
    }
    receipt = answer.array
  }
}

/// Why the demonstration cannot be founded or started.
struct DemoError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
