import PumpCore
public import PumpLink
import PumpLinkCrypto
import Quantities
public import VirtualPump

/// What the pump last answered to a request.
enum ControllerAnswer: Equatable, Sendable {
  /// A dose is being given; the next one is possible then.
  case dose(next: PumpTime?)
  case bolusStopped, changeStopped
  /// It did not do what was asked for.
  case refused(Refusal, RequestContent)
  /// It was sent and no genuine answer came.
  case unknown
  /// Nothing was sent: the pump was not reached.
  case notReached
}

/// What is known at an instant.
struct ControllerLook: Sendable {
  var status: PumpStatus?
  /// Seconds since the pump said so.
  var age: Int64 = 0
  /// Whether it did not answer just now.
  var isSilent = false
  /// From when on the next dose is possible, as the pump said; nothing where it has not yet.
  var nextDose: PumpTime?
  var answer: ControllerAnswer?
  /// Whether a request was sent whose outcome is not known and that can be asked about again.
  var hasOpen = false
  /// Whether there was one that is not asked about any more: its two minutes are over, or a stop came after it.
  var wasOpen = false
}

/// The patient's own controller: their key, and a line of its own to their pump (contract: authority.md).
///
/// A dose is a request that this key signs. It goes to the pump and nowhere else: neither the clinic nor any
/// relay of it is on the way. The pump decides; nothing here knows a limit, so nothing here can pass one.
public actor ControllerDesk {
  /// Asks the pump one thing, in a session of the patient's.
  public typealias Question = @Sendable (LinkMessage) async -> Result<LinkReply, LinkFailure>

  private struct Open {
    let bytes: WireBytes
    let hash: Bytes32
    let content: RequestContent
    let sentAt: Int64
  }

  private let contact: PumpContact
  private let signing: Bytes32
  private let chance: @Sendable () -> Bytes16?
  private let seconds: @Sendable () -> Int64
  private let ask: Question
  private let crypto = SwiftCrypto()

  private var known = ControllerLook()
  private var toldAt: Int64 = 0
  private var open: Open?
  private var isBusy = false

  /// - Parameters:
  ///   - contact: the pump, with the key that signs its receipts.
  ///   - signing: the patient's Ed25519 seed.
  ///   - chance: 16 bytes that nobody can guess.
  ///   - seconds: from any fixed instant.
  ///   - ask: asks the pump.
  public init(
    _ contact: PumpContact,
    signing: Bytes32,
    chance: @escaping @Sendable () -> Bytes16?,
    seconds: @escaping @Sendable () -> Int64,
    ask: @escaping Question
  ) {
    (self.contact, self.signing, self.chance) = (contact, signing, chance)
    (self.seconds, self.ask) = (seconds, ask)
  }

  /// Asks the pump what it does.
  func look() async -> ControllerLook {
    switch await ask(.status) {
    case .success(.summary(let status)), .success(.status(let status)):
      known.status = status
      toldAt = seconds()
      known.isSilent = false
    case .success, .failure: known.isSilent = true
    }
    return current
  }

  private var current: ControllerLook {
    var look = known
    look.age = seconds() - toldAt
    if let open, seconds() - open.sentAt > 120 {
      // The pump takes it no more; what it did before then nobody has heard.
      (self.open, known.wasOpen, look.wasOpen) = (nil, true, true)
    }
    look.hasOpen = open != nil
    return look
  }

  /// Signs a request and brings it to the pump.
  ///
  /// While the outcome of one is not known no dose is asked for: the same bytes are asked about again.
  /// A stop never waits for a dose of unknown outcome, and never brings that dose: from then on the dose
  /// is not brought again, and what became of it stays unknown (contract: authority.md, cancel at any time).
  func request(_ content: RequestContent) async -> ControllerAnswer {
    guard !isBusy else { return .notReached }
    isBusy = true
    defer { isBusy = false }
    if current.hasOpen, let open {
      if content == .patientDose || content == open.content { return await bring() }
      (self.open, known.wasOpen) = (nil, true)
    }
    let look = await look()
    guard !look.isSilent, let status = look.status, let nonce = chance() else {
      return tell(.notReached)
    }
    var request = Request()
    (request.pump, request.nonce, request.content) = (contact.id, nonce, content)
    // The pump's own time is what a request's validity is told in.
    request.notBefore = status[.demand].time
    request.notAfter = request.notBefore + 2 * .minute
    guard let signature = request.signature(by: signing, crypto) else { return tell(.notReached) }
    request.signature = signature
    guard let bytes = request.encoded, let hash = request.hash(crypto) else {
      return tell(.notReached)
    }
    open = Open(bytes: bytes, hash: hash, content: content, sentAt: seconds())
    if content == .patientDose { known.wasOpen = false }
    return await bring()
  }

  /// Brings the open request, again if it was brought before: it takes effect once.
  func bringAgain() async -> ControllerAnswer {
    guard !isBusy, current.hasOpen else { return known.answer ?? .unknown }
    isBusy = true
    defer { isBusy = false }
    return await bring()
  }

  private func bring() async -> ControllerAnswer {
    guard let open else { return tell(.notReached) }
    for _ in 0..<2 {
      switch await ask(.request(CertificatePair(), open.bytes)) {
      case .success(.receipt(let receipt)):
        guard receipt.hash == open.hash, contact.vouches(for: receipt, crypto) else { continue }
        self.open = nil
        return tell(answer(receipt, to: open.content))
      case .success(.refused(let refusal)):
        // Not signed: the session vouches for it, and the pump did not take the request.
        self.open = nil
        return tell(.refused(refusal, open.content))
      case .success, .failure: continue
      }
    }
    return tell(.unknown)
  }

  private func answer(_ receipt: Receipt, to content: RequestContent) -> ControllerAnswer {
    guard receipt.outcome == .applied else {
      let refusal = receipt.refusal
      if refusal.reason == .bolus, refusal.limit > 0 {
        known.nextDose = PumpTime(milliseconds: refusal.limit)
      }
      return .refused(refusal, content)
    }
    switch content {
    case .patientDose:
      known.nextDose = receipt.until > receipt.time ? receipt.until : nil
      return .dose(next: known.nextDose)
    case .cancelPending: return .changeStopped
    case .cancelBolus, .acknowledge: return .bolusStopped
    }
  }

  private func tell(_ answer: ControllerAnswer) -> ControllerAnswer {
    known.answer = answer
    return answer
  }
}
