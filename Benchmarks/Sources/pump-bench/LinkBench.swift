import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import VirtualPump

/// Handshakes, orders and status reads of a caller and a pump in one process, on one core: both ends,
/// frames included, beside the bare primitives that they cannot do without, in the same run.
struct LinkBench {
  let count: Int
  private let crypto = SwiftCrypto()
  private let root = Bytes32(repeating: 2)
  private let person = Bytes32(repeating: 10)
  private let session = Bytes32(repeating: 110)
  private let secrets = PumpSecrets(
    id: Bytes16(repeating: 0xC1),
    signingSeed: Bytes32(repeating: 1),
    sessionKey: Bytes32(repeating: 0x51),
    pairing: Bytes32(repeating: 0x91)
  )

  private func certificate(_ key: Bytes32, _ use: KeyUse) -> Certificate {
    var certificate = Certificate()
    certificate.key = key
    certificate.use = use
    certificate.name = Bytes16(repeating: 10)
    certificate.role = .prescriber
    certificate.notBefore = LocalTime(milliseconds: 1_000_000_000_000)
    certificate.notAfter = LocalTime(milliseconds: 4_000_000_000_000)
    certificate.signature = certificate.signature(by: root, crypto) ?? KeySignature()
    return certificate
  }

  /// A message that brings a signed order of commissioning: the first that a pump takes.
  private var commissioning: [UInt8] {
    var content = CommissioningContent()
    content.keys.root = crypto.ed25519PublicKey(of: root)
    content.local = LocalTime(milliseconds: 1_767_600_000_000)
    var order = Order()
    order.pump = secrets.id
    order.sequence = 1
    order.notAfter = PumpTime(milliseconds: 600_000)
    order.content = .commissioning(content)
    if let signature = order.signature(by: person, crypto) { _ = order.append(signature) }
    var certificates = CertificatePair()
    _ = certificates.append(certificate(crypto.ed25519PublicKey(of: person), .signing))
    guard let bytes = order.encoded else { return [] }
    return LinkMessage.order(certificates, bytes).encoded?.array ?? []
  }

  private func blank() -> Line? {
    let world = PumpWorld(secrets: secrets, entropy: { Bytes32(repeating: 0x44) })
    let local = LocalTime(milliseconds: 1_767_600_000_000)
    let pump = VirtualPump(
      recovering: SimulatedMemory(blank: world, local: local),
      at: .commissioning,
      linkTime: .commissioning,
      world
    )
    return pump.map { Line(pump: $0, secrets: secrets, session: session) }
  }

  var report: String {
    guard var line = blank(), line.open(.xxpsk3), let receipt = line.ask(commissioning),
      case .receipt(let told)? = LinkReply(decoding: receipt.span), told.outcome == .applied
    else { return "link bench: the pump was not commissioned" }
    let order = commissioning
    let handshakes = smallest(of: 3) { for _ in 0..<count { _ = line.open(.ik) } }
    guard line.open(.xxpsk3),
      line.introduce(certificate(crypto.x25519PublicKey(of: session), .session))
    else { return "link bench: no session" }
    // The same order again is verified anew, and answered with the receipt that is kept.
    let orders = smallest(of: 3) { for _ in 0..<count { _ = line.ask(order) } }
    let status = LinkMessage.status.encoded?.array ?? []
    let reads = smallest(of: 3) { for _ in 0..<count { _ = line.ask(status) } }
    let bare = (shake: shake(), order: verify(order), read: sealAndOpen(order: nil))
    let carried = sealAndOpen(order: order)
    return """
      The link, caller and pump on one core, frames included; smallest of 3 runs of \(count).
        handshakes (IK)    \(row(handshakes, bare.shake)) (8 X25519, 4 public keys, 4 seals)
        orders verified    \(row(orders, bare.order + carried)) (2 Ed25519, 2 SHA-256, 4 seals)
        status reads       \(row(reads, bare.read)) (4 seals)
      """
  }

  private func row(_ milliseconds: Double, _ bare: Double) -> String {
    "\(rounded(Double(count) / milliseconds * 1e3, 0))/s, \(rounded(milliseconds / bare, 2)) times the primitives"
  }

  // MARK: Bare primitives

  private func shake() -> Double {
    let peer = crypto.x25519PublicKey(of: session)
    let text = [UInt8](repeating: 7, count: 64)
    return smallest(of: 3) {
      for _ in 0..<count {
        for _ in 0..<8 { _ = crypto.x25519(session, peer) }
        for _ in 0..<4 { _ = crypto.x25519PublicKey(of: session) }
        for _ in 0..<4 { seal(text, 32) }
      }
    }
  }

  private func verify(_ message: [UInt8]) -> Double {
    let key = crypto.ed25519PublicKey(of: person)
    let signature = crypto.sign(message.span, seed: person)
    return smallest(of: 3) {
      for _ in 0..<count {
        for _ in 0..<2 {
          _ = crypto.isValid(signature, of: message.span, by: key)
          _ = crypto.sha256(message.span)
        }
      }
    }
  }

  /// Sealing and opening, each way, of a question and a full answer.
  private func sealAndOpen(order: [UInt8]?) -> Double {
    let question = [UInt8](repeating: 1, count: (order?.count ?? 1) + 16)
    let answer = [UInt8](repeating: 2, count: 420)
    return smallest(of: 3) {
      for _ in 0..<count {
        for text in [question, question, answer, answer] { seal(text, text.count - 16) }
      }
    }
  }

  private func seal(_ text: [UInt8], _ count: Int) {
    var copy = text
    var bytes = copy.mutableSpan
    crypto.seal(&bytes, count: count, key: root, nonce: 1, authenticating: Span<UInt8>())
  }
}

/// A caller and a pump, and bytes carried from one to the other.
private struct Line {
  var pump: VirtualPump<SimulatedMemory>
  let secrets: PumpSecrets
  let session: Bytes32
  private var call: LinkCall?
  private var connection = 0
  private var time = PumpTime.commissioning
  private let crypto = SwiftCrypto()

  init(pump: VirtualPump<SimulatedMemory>, secrets: PumpSecrets, session: Bytes32) {
    self.pump = pump
    self.secrets = secrets
    self.session = session
  }

  mutating func open(_ pattern: NoisePattern) -> Bool {
    pump.close(connection)
    // A token comes back in 100 s.
    time = time + TimeSpan(milliseconds: 100_000)
    guard let number = pump.open(.bedside, at: time) else { return false }
    connection = number
    let keys = HandshakeKeys(
      own: session,
      ephemeral: Bytes32(repeating: 0x33),
      peer: pattern == .ik ? crypto.x25519PublicKey(of: secrets.sessionKey) : nil,
      pairingSecret: pattern == .ik ? nil : secrets.pairing
    )
    do throws(HandshakeError) {
      call = try LinkCall(
        SessionOpening(pattern, .person),
        prologue: LinkPrologue(pump: secrets.id.bytes, role: .person, way: .near),
        keys: keys,
        connection: UInt32(truncatingIfNeeded: number),
        at: time,
        crypto
      )
    } catch {
      return false
    }
    return carry(until: .opened)
  }

  mutating func introduce(_ certificate: Certificate) -> Bool {
    var pair = CertificatePair()
    _ = pair.append(certificate)
    guard let message = LinkMessage.introduce(pair, challenge: Bytes32()).encoded?.array,
      let answer = ask(message), case .identity? = LinkReply(decoding: answer.span)
    else { return false }
    return true
  }

  mutating func ask(_ message: [UInt8]) -> [UInt8]? {
    // A known peer is answered four times a second, by link time.
    time = time + TimeSpan(milliseconds: 250)
    _ = carry(until: nil)
    guard var open = call, open.send(message.span, at: time, crypto) else { return nil }
    call = open
    guard carry(until: .message) else { return nil }
    return call?.message.array
  }

  /// Carries bytes until something comes of them, or nothing moves.
  private mutating func carry(until wanted: CallEvent?) -> Bool {
    guard var open = call else { return false }
    defer { call = open }
    var frame = FrameBytes()
    for _ in 0..<64 {
      var moved = false
      while open.write(into: &frame, at: time) {
        moved = true
        pump.receive((0..<frame.count).map { frame[$0] }, on: connection, at: time)
      }
      for byte in pump.takeOutput(of: connection) {
        moved = true
        open.take(byte, at: time)
        if let event = open.next(at: time, crypto), event == wanted { return true }
      }
      if !moved { return wanted == nil }
    }
    return false
  }
}
