import PumpLink
import Quantities

/// One connection to the pump: what has come, what is to go, and how far it has got.
struct PumpConnection: Sendable {
  enum Phase: Sendable {
    case opening
    case handshake(Handshake)
    case session(LinkSession)
  }

  /// A stranger gets so many bytes in, messages answered, and so long, before it must be known.
  static let strangerBytes = 4_096
  static let strangerMessages = 4
  static let strangerTime = TimeSpan(milliseconds: 10_000)
  /// Output that a peer does not take is not kept beyond this.
  static let outputMax = 16_384

  let way: Way
  let opened: PumpTime
  var frames = FrameLink()
  var phase = Phase.opening
  var pattern = NoisePattern.ik
  var role = LinkRole.person
  /// Known, or at the bedside with the pairing secret.
  var peer: Peer?
  /// Somebody vouches for the peer, or it has the pairing secret or the card.
  var isKnown: Bool { peer != nil }
  /// The keys and the list of revoked ones by which the peer is known.
  var standing: KeyStanding?
  /// The challenge that was given here.
  var challenge: Bytes32?
  /// The next message, until the answer to the one before is delivered; none is empty.
  var waiting = WireBytes()
  /// The next answer, until the one before is delivered; none is empty.
  var outbox = WireBytes()
  private var frame = FrameBytes()
  var output: [UInt8] = []
  var bytesIn = 0
  /// nJ that it has cost the budget for strangers.
  var charged: Int64 = 0
  var messages = 0
  /// What a known peer may ask for: forty messages at once, four a second.
  var allowance: TrafficBudget
  var isOver = false

  init(_ way: Way, at time: PumpTime) {
    self.way = way
    opened = time
    allowance = TrafficBudget(capacity: 40, every: TimeSpan(milliseconds: 250), at: time)
  }

  var linkWay: LinkWay { way == .bedside ? .near : .remote }

  /// Whether a message can be worked on: there is room for its answer.
  ///
  /// That the answer before was delivered need not be acknowledged yet: who asks again has it.
  var isFree: Bool { outbox.count == 0 }

  /// Takes the message that has come whole.
  mutating func received() {
    guard waiting.count == 0, frames.copyReceived(into: &waiting) else {
      // Whoever sends the next message before the answer to two is not a client of ours.
      isOver = true
      return
    }
  }

  /// Hands the next answer to the frames, and puts frames that are due on the line.
  mutating func flush(at time: PumpTime) {
    do throws(FrameError) {
      try frames.send(from: &outbox, at: time)
    } catch {
      isOver = true
    }
    while frames.write(into: &frame, at: time) {
      let bytes = frame.bytes.span.extracting(0..<frame.count)
      unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }
    if frames.isLost || output.count > Self.outputMax { isOver = true }
  }

  /// Flushes for the last time in a turn.
  ///
  /// - Returns: whether it is over and all has gone out: what was answered last still goes.
  mutating func isDone(at time: PumpTime) -> Bool {
    flush(at: time)
    return isOver && output.isEmpty
  }

  /// Whether it has to make way: nobody known, or nothing heard for too long.
  mutating func isStale(at time: PumpTime) -> Bool {
    if !isKnown, time - opened > Self.strangerTime { return true }
    guard case .session(var session) = phase else { return false }
    let ended = session.hasEnded(by: time)
    phase = .session(session)
    return ended
  }
}

/// What a peer's standing rests on: where it has changed, the peer has to be known anew.
struct KeyStanding: Equatable, Sendable {
  let isCommissioned: Bool
  let keys: KeyContent
  let revocation: UInt64

  init(_ state: LinkState) {
    isCommissioned = state.isCommissioned
    keys = state.keys
    revocation = state.revocation.number
  }
}
