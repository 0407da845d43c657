import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import VirtualPump

/// Handshakes, orders and status reads of a caller and a pump in one process, on one core: both ends,
/// frames included, beside the bare primitives that they cannot do without, in the same run.
///
/// The primitives are those of both ends, on bytes as long as those that went over the line in the
/// run: what is sealed by one end is opened by the other, and each frame's check is made and checked.
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
    var unopened = 0
    let handshakes = smallest(of: 3) { for _ in 0..<count where !line.open(.ik) { unopened += 1 } }
    guard line.open(.xxpsk3),
      line.introduce(certificate(crypto.x25519PublicKey(of: session), .session))
    else { return "link bench: no session" }
    // The same order again is verified anew, and answered with the receipt that is kept.
    let receiptLength = line.ask(order)?.count ?? 0
    var missing = 0
    let orders = smallest(of: 3) {
      for _ in 0..<count where line.ask(order)?.count != receiptLength { missing += 1 }
    }
    let status = LinkMessage.status.encoded?.array ?? []
    let statusLength = line.ask(status)?.count ?? 0
    let reads = smallest(of: 3) {
      for _ in 0..<count where line.ask(status)?.count != statusLength { missing += 1 }
    }
    guard unopened == 0, missing == 0, receiptLength > 0, statusLength > 0 else {
      return "link bench: \(unopened) handshakes and \(missing) answers are missing"
    }
    let bare = (
      shake: shake(), order: verify(order) + carry(order.count, receiptLength),
      read: carry(status.count, statusLength)
    )
    return """
      The link, caller and pump on one core, frames included; smallest of 3 runs of \(count).
        handshakes (IK)    \(row(handshakes, bare.shake)) (8 X25519, 4 public keys, 4 seals)
        orders verified    \(row(orders, bare.order)) (2 Ed25519, 3 SHA-256, then as a read)
        status reads       \(row(reads, bare.read)) (2 seals, 2 opens, CRC-32 of each frame twice)
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

  /// The order's signature and the certificate's; the order's hash and the ids of two keys.
  private func verify(_ message: [UInt8]) -> Double {
    var certificates = CertificatePair()
    var order = Order()
    if case .order(let carried, let object)? = LinkMessage(decoding: message.span) {
      certificates = carried
      order = Order(decoding: object.bytes.span.extracting(0..<object.count)) ?? order
    }
    let signed = order.signedBytes?.array ?? []
    let certified = certificates[0].signedBytes?.array ?? []
    let (key, rootKey) = (crypto.ed25519PublicKey(of: person), crypto.ed25519PublicKey(of: root))
    let signature = order.signature(0).signature
    let rootSignature = certificates[0].signature.signature
    var valid = 0
    let time = smallest(of: 3) {
      for _ in 0..<count {
        if crypto.isValid(signature, of: signed.span, by: key) { valid += 1 }
        if crypto.isValid(rootSignature, of: certified.span, by: rootKey) { valid += 1 }
        _ = crypto.sha256(signed.span)
        _ = crypto.sha256(key.bytes.span)
        _ = crypto.sha256(rootKey.bytes.span)
      }
    }
    precondition(valid == 2 * 3 * count, "the primitives are timed on genuine signatures")
    return time
  }

  /// A question and its answer, each sealed and opened, and the checks of the frames that carry them.
  private func carry(_ questionLength: Int, _ answerLength: Int) -> Double {
    let texts = [questionLength, answerLength].map { [UInt8](repeating: 7, count: $0 + 16) }
    let frame = [UInt8](repeating: 9, count: FrameLimits.frame)
    // Of a frame the marker and the check itself are not checked.
    let bare = FrameLimits.overhead - 6
    var opened = 0
    var checks: UInt32 = 0
    let time = smallest(of: 3) {
      for _ in 0..<count {
        for text in texts {
          var copy = text
          var bytes = copy.mutableSpan
          let plain = text.count - 16
          crypto.seal(&bytes, count: plain, key: root, nonce: 1, authenticating: Span<UInt8>())
          let isGenuine = crypto.open(
            &bytes,
            count: text.count,
            key: root,
            nonce: 1,
            authenticating: Span<UInt8>()
          )
          if isGenuine { opened += 1 }
          var rest = text.count
          while rest > 0 {
            let piece = min(rest, FrameLimits.payload)
            rest -= piece
            // The piece and its acknowledgement, where they are written and where they are read.
            for length in [piece + bare, piece + bare, bare, bare] {
              checks |= CRC32.of(frame.span, from: 0, count: length)
            }
          }
        }
      }
    }
    precondition(checks != 0 && opened == 2 * 3 * count, "what was sealed opens")
    return time
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
  private let pumpKey: Bytes32
  private var call: LinkCall?
  private var frame = FrameBytes()
  private var connection = 0
  private var time = PumpTime.commissioning
  private let crypto = SwiftCrypto()

  init(pump: VirtualPump<SimulatedMemory>, secrets: PumpSecrets, session: Bytes32) {
    self.pump = pump
    self.secrets = secrets
    self.session = session
    pumpKey = crypto.x25519PublicKey(of: secrets.sessionKey)
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
      peer: pattern == .ik ? pumpKey : nil,
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
    let crypto = crypto
    guard call?.send(message.span, at: time, crypto) == true else { return nil }
    guard carry(until: .message) else { return nil }
    return call?.message.array
  }

  /// Carries bytes until something comes of them, or nothing moves.
  private mutating func carry(until wanted: CallEvent?) -> Bool {
    let crypto = crypto
    for _ in 0..<64 {
      var moved = false
      while call?.write(into: &frame, at: time) == true {
        moved = true
        let bytes = frame.bytes.span.extracting(0..<frame.count)
        pump.receive(bytes, on: connection, at: time)
      }
      let output = pump.takeOutput(of: connection)
      var taken = 0
      var hasCome = false
      while taken < output.count, let count = call?.take(output.span, from: taken, at: time) {
        moved = true
        taken += count
        while let event = call?.next(at: time, crypto) { if event == wanted { hasCome = true } }
      }
      if hasCome { return true }
      if !moved { return wanted == nil }
    }
    return false
  }
}
