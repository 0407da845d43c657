import PumpLink
import PumpLinkCrypto
import Quantities

@testable import VirtualPump

/// How somebody calls a pump.
struct Caller {
  var pattern = NoisePattern.ik
  var role = LinkRole.person
  var way = Way.remote
  var session: Bytes32
  var certificates = CertificatePair()
  var secret: Bytes32?
  /// The messages are all that it says.
  var isIntroducedByHand = false
  /// What else it has to say, after it has introduced itself.
  var messages: [[UInt8]]

  static func person(_ who: Somebody, _ messages: [[UInt8]], _ way: Way = .remote) -> Caller {
    Caller(
      role: who.role == .clinicServer ? .clinicServer : .person,
      way: way,
      session: who.session,
      certificates: .of(who.sessionCertificate),
      messages: messages
    )
  }
}

/// What a line does to the frames on it, by their number, both directions counted together.
struct LineFaults: Sendable {
  enum Fault: Equatable, Sendable {
    case drop, duplicate, delay, swap
    /// The bit of the frame, with the check sum made right again or not.
    case flip(bit: Int, mended: Bool)
    /// What comes after so many bytes of the frame never arrives, and nothing after it.
    case cut(after: Int)
    /// Bytes recorded before come first.
    case inject([UInt8])
  }

  var faults: [Int: [Fault]] = [:]
}

/// A caller, a pump and the line between them; a value, so that a fault can be tried from any frame.
struct Line {
  struct Frame {
    let number: Int
    let toPump: Bool
    var bytes: [UInt8]
  }

  var pump: TestPump
  var call: LinkCall
  let caller: Caller
  let connection: Int
  var time: PumpTime
  private let begun: PumpTime
  private let pumpBegun: PumpTime
  /// On the line, with when each arrives.
  var underWay: [(at: PumpTime, frame: Frame)] = []
  var frames = 0
  var isCut = false
  /// How long the frame was that was cut.
  var cutLength = 0
  /// Held until the next frame in its direction has gone.
  private var held: [Frame] = []
  private var sent = 0
  var replies: [[UInt8]] = []
  var isOver = false
  /// Everything that went to the pump, as sent.
  var recorded: [[UInt8]] = []
  /// And to the caller.
  var heardFrames: [UInt8] = []
  var faults: LineFaults
  private var challenge = Bytes32()
  private var introduced = false

  init(
    _ pump: TestPump,
    _ caller: Caller,
    _ faults: LineFaults = LineFaults(),
    seed: UInt8 = 1,
    at time: PumpTime = .commissioning
  ) throws {
    self.pump = pump
    self.caller = caller
    self.faults = faults
    self.time = time
    begun = time
    pumpBegun = pump.now
    guard let number = self.pump.open(caller.way, at: time) else { throw NotBuilt("not answered") }
    connection = number
    call = try LinkCall(
      SessionOpening(caller.pattern, caller.role),
      prologue: LinkPrologue(
        pump: Clinic.secrets.id.bytes,
        role: caller.role,
        way: caller.way == .bedside ? .near : .remote
      ),
      keys: HandshakeKeys(
        own: caller.session,
        ephemeral: Bytes32(repeating: seed),
        peer: caller.pattern == .ik
          ? Clinic.crypto.x25519PublicKey(of: Clinic.secrets.sessionKey) : nil,
        pairingSecret: caller.secret
      ),
      connection: UInt32(seed) << 8 | 0x77,
      at: time,
      Clinic.crypto
    )
  }

  var isDone: Bool { isOver || replies.count == caller.messages.count && introduced }

  /// Runs until all is answered, or for half a minute.
  mutating func run() {
    while !isDone, time - begun < TimeSpan(milliseconds: 30_000) { step() }
    // What the pump still has to say of it is lost with the connection.
    pump.close(connection)
  }

  mutating func step() {
    collect()
    guard let next = underWay.enumerated().min(by: { $0.element.at < $1.element.at }) else {
      pass(TimeSpan(milliseconds: 100))
      return
    }
    if next.element.at > time { pass(min(next.element.at - time, TimeSpan(milliseconds: 100))) }
    guard next.element.at <= time else { return }
    underWay.remove(at: next.offset)
    deliver(next.element.frame)
  }

  private mutating func pass(_ span: TimeSpan) {
    time = time + span
    pump.tick(at: time)
    pump.advance(to: pumpBegun + (time - begun))
  }

  private mutating func collect() {
    var frame = FrameBytes()
    while call.write(into: &frame, at: time) {
      let bytes = (0..<frame.count).map { frame[$0] }
      recorded.append(bytes)
      put(bytes, toPump: true)
    }
    var output = pump.takeOutput(of: connection)[...]
    while output.count >= 20 {
      let first = output.startIndex
      let length = Int(output[first + 2]) | Int(output[first + 3]) << 8
      put(Array(output.prefix(length)), toPump: false)
      output = output.dropFirst(length)
    }
  }

  private mutating func put(_ bytes: [UInt8], toPump: Bool) {
    var frame = Frame(number: frames, toPump: toPump, bytes: bytes)
    frames += 1
    guard !isCut else { return }
    var arrivals = [TimeSpan(milliseconds: 1)]
    var holds = false
    for fault in faults.faults[frame.number] ?? [] {
      switch fault {
      case .drop: arrivals = []
      case .duplicate: arrivals += arrivals
      case .delay: arrivals = arrivals.map { _ in TimeSpan(milliseconds: 1_200) }
      case .swap: holds = true
      case .flip(let bit, let mended): frame.bytes.flip(bit, mended: mended)
      case .cut(let count):
        cutLength = bytes.count
        frame.bytes = Array(frame.bytes.prefix(count))
        isCut = true
      case .inject(let bytes):
        underWay.append(
          (time + TimeSpan(milliseconds: 1), Frame(number: -1, toPump: true, bytes: bytes))
        )
      }
    }
    if holds {
      held.append(frame)
      return
    }
    for arrival in arrivals { underWay.append((time + arrival, frame)) }
    for late in held where late.toPump == toPump {
      underWay.append((time + TimeSpan(milliseconds: 2), late))
    }
    held.removeAll { $0.toPump == toPump }
  }

  private mutating func deliver(_ frame: Frame) {
    if frame.toPump {
      pump.receive(frame.bytes, on: connection, at: time)
      if !pump.isOpen(connection), underWay.isEmpty { isOver = true }
      return
    }
    heardFrames += frame.bytes
    for byte in frame.bytes {
      call.take(byte, at: time)
      while let event = call.next(at: time, Clinic.crypto) { heard(event) }
    }
    speak()
  }

  private mutating func heard(_ event: CallEvent) {
    switch event {
    case .over: isOver = true
    case .opened: break
    case .message:
      let bytes = call.message.array
      if case .challenge(let fresh)? = LinkReply(decoding: bytes.span), !introduced,
        challenge == Bytes32()
      {
        challenge = fresh
      } else if !introduced {
        introduced = true
      } else {
        replies.append(bytes)
      }
    }
  }

  private mutating func speak() {
    guard call.isReady, !isOver else { return }
    let said: LinkMessage?
    if caller.pattern == .xxpsk3 || caller.isIntroducedByHand { introduced = true }
    if introduced {
      guard sent == replies.count, sent < caller.messages.count else { return }
      let message = caller.messages[sent]
      if call.send(message.span, at: time, Clinic.crypto) { sent += 1 }
      return
    }
    if caller.way == .bedside, challenge == Bytes32() {
      guard !asked else { return }
      asked = true
      said = .challenge
    } else {
      guard !introducing else { return }
      introducing = true
      said = .introduce(caller.certificates, challenge: challenge)
    }
    guard let bytes = said?.encoded?.array else { return }
    _ = call.send(bytes.span, at: time, Clinic.crypto)
  }

  private var asked = false
  private var introducing = false

  /// The receipt among the replies, if one came.
  var receipt: Receipt? {
    for reply in replies {
      if case .receipt(let receipt)? = LinkReply(decoding: reply.span) { return receipt }
    }
    return nil
  }
}

extension [UInt8] {
  /// Turns a bit over; mended, the frame's check is that of the changed frame.
  mutating func flip(_ bit: Int, mended: Bool) {
    self[bit / 8] ^= 1 << UInt8(bit % 8)
    guard mended, count > 6 else { return }
    var check: UInt32 = .max
    for byte in self[2..<count - 4] {
      check ^= UInt32(byte)
      for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
    }
    check = ~check
    for index in 0..<4 {
      self[count - 4 + index] = UInt8(truncatingIfNeeded: check >> UInt32(8 * index))
    }
  }
}
