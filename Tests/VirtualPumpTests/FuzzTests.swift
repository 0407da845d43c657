import Foundation
import PumpCore
import PumpLink
import PumpTesting
import Quantities
import Testing

@testable import VirtualPump

/// Changes bytes that were once good: what a decoder must never trip over (T-14).
struct Mutator {
  var random: Seeded
  var corpus: [[UInt8]]

  mutating func next() -> [UInt8] {
    var bytes = corpus[random.pick(0...corpus.count - 1)]
    for _ in 0..<random.pick(1...4) {
      guard !bytes.isEmpty else { return [UInt8(random.pick(0...255))] }
      let place = random.pick(0...bytes.count - 1)
      switch random.pick(0...7) {
      case 0: bytes[place] ^= 1 << UInt8(random.pick(0...7))
      case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][random.pick(0...4)]
      case 2: bytes[place] = UInt8(random.pick(0...255))
      case 3: bytes.remove(at: place)
      case 4: bytes.insert(UInt8(random.pick(0...255)), at: place)
      case 5: bytes = Array(bytes[..<place])
      case 6:
        let other = corpus[random.pick(0...corpus.count - 1)]
        bytes = Array(bytes[..<place] + other.suffix(random.pick(0...other.count)))
      default:
        let end = min(bytes.count, place + 8)
        for index in place..<end { bytes[index] = random.pick(0...1) == 0 ? 0xFF : 0 }
      }
    }
    return bytes
  }
}

struct FuzzTests {
  /// `CISTERNA_FUZZ_SECONDS`, for all targets together.
  static var budget: Double {
    Double(ProcessInfo.processInfo.environment["CISTERNA_FUZZ_SECONDS"] ?? "") ?? 4
  }
  static var seed: UInt64 {
    UInt64(ProcessInfo.processInfo.environment["CISTERNA_SEED"] ?? "") ?? 21
  }

  static func corpus() throws -> [[UInt8]] {
    var load = Load(pump: try .started())
    var corpus: [[UInt8]] = []
    for step in 0..<Load.steps {
      let caller = try load.caller(step)
      corpus += caller.messages
      var line = try Line(load.pump, caller, seed: UInt8(step + 1))
      line.run()
      corpus += line.recorded + line.replies
      load.pump = line.pump
      load.pump.advance(to: load.pump.now + 20 * .minute)
    }
    for content in [OrderContent.commission, .fill, .rate(1), .envelope(.standard), .safeRate] {
      if let order = load.pump.order(content, by: [Clinic.prescriber]).encoded {
        corpus.append(order.array)
      }
    }
    let people = [Clinic.prescriber, Clinic.nurse, Clinic.server]
    corpus += people.compactMap { $0.certificate.encoded?.array }
    var list = Revocation()
    list.number = 1
    _ = list.append(Bytes16(repeating: 7))
    list.signature = list.signature(by: Clinic.root, Clinic.crypto) ?? KeySignature()
    if let bytes = list.encoded { corpus.append(bytes.array) }
    corpus.append(load.pump.server.desk.receipt(age: 0)?.encoded?.array ?? [])
    corpus.append(Array(#"{"at":"2 h","fault":"stall","for":"30 min"}"#.utf8))
    corpus.append(
      Array(
        PairingCode(id: Clinic.secrets.id, secret: Clinic.secrets.pairing).text(Clinic.crypto).utf8
      )
    )
    return corpus.filter { !$0.isEmpty }
  }

  /// Runs a target on mutated bytes for a while; a trap ends the process.
  static func fuzz(
    _ corpus: [[UInt8]],
    seconds: Double,
    seed: UInt64 = seed,
    _ target: ([UInt8]) throws -> Void
  ) rethrows -> Int {
    var mutator = Mutator(random: Seeded(seed: seed), corpus: corpus)
    let end = ContinuousClock.now + .seconds(seconds)
    var runs = 0
    while ContinuousClock.now < end {
      for _ in 0..<64 { try target(mutator.next()) }
      runs += 64
    }
    return runs
  }

  /// What is read again must be what was read.
  static func decode(_ bytes: [UInt8]) {
    func same<Object: WireObject>(_ type: Object.Type) {
      guard let object = Object(decoding: bytes.span) else { return }
      #expect(object.encoded?.array == bytes)
    }
    same(Order.self)
    same(Request.self)
    same(Certificate.self)
    same(Revocation.self)
    same(Receipt.self)
    if let message = LinkMessage(decoding: bytes.span) { #expect(message.encoded?.array == bytes) }
    if let reply = LinkReply(decoding: bytes.span) { #expect(reply.encoded.array == bytes) }
    _ = SessionOpening(decoding: bytes.span)
    _ = PairingCode(String(decoding: bytes, as: UTF8.self), Clinic.crypto)
    do throws(FaultScriptError) { _ = try ScriptedFault.script(bytes) } catch {}
    _ = try? PumpContact(json: bytes)
  }

  @Test func `the fuzzer finds a crash that was put there for it`() async throws {
    await #expect(processExitsWith: .failure) {
      _ = FuzzTests.fuzz(try FuzzTests.corpus(), seconds: 20, seed: 3) { bytes in
        // A count that is believed: the kind of fault that a decoder has.
        guard let message = LinkMessage(decoding: bytes.span), case .journal(let from) = message
        else { return }
        precondition(from < 0xFF00, "planted")
      }
    }
  }

  @Test func `no bytes trap a decoder, and what is decoded encodes to the same bytes (SR-100)`()
    throws
  {
    let corpus = try Self.corpus() + [LinkMessage.journal(from: 7).encoded?.array ?? []]
    let runs = Self.fuzz(corpus, seconds: Self.budget / 2) { Self.decode($0) }
    print("fuzz, decoders: \(runs) inputs through 11 decoders, seed \(Self.seed), 0 crashes")
    #expect(runs > 0)
  }

  @Test func `no history of messages, frames and cuts unbalances a pump (SR-100, SR-102, SR-074)`()
    throws
  {
    var random = Seeded(seed: Self.seed)
    let corpus = try Self.corpus()
    let end = ContinuousClock.now + .seconds(Self.budget / 2)
    var steps = 0
    var histories = 0
    var applied: Int64 = 0
    while ContinuousClock.now < end {
      histories += 1
      var history = try FuzzHistory(seed: Self.seed &+ UInt64(histories), corpus)
      for _ in 0..<60 {
        steps += 1
        try history.step()
      }
      applied += history.pump.pump.controller.actNumber
      _ = random.pick(0...1)
    }
    print(
      "fuzz, histories: \(histories) of 60 steps, \(applied) acts, seed \(Self.seed), 0 unbalanced"
    )
    #expect(steps > 0 && applied > 0)
  }
}

/// A pump among people and noise, step by random step; after each the books are looked at.
struct FuzzHistory {
  var random: Seeded
  var mutator: Mutator
  var pump: TestPump
  var link = PumpTime.commissioning
  var filled: Int64 = 20_000_000
  var lastAct: Int64 = 0
  /// What was signed by those who may: whoever brings one of these unchanged may well have it done.
  let signed: Set<[UInt8]>
  /// To run it again: the seed of its random numbers.
  let seed: UInt64

  init(seed: UInt64, _ corpus: [[UInt8]]) throws {
    self.seed = seed
    random = Seeded(seed: seed)
    signed = Set(corpus.compactMap(Self.object))
    mutator = Mutator(random: random, corpus: corpus)
    pump = try TestPump.started()
    lastAct = pump.pump.controller.actNumber
  }

  /// The signed object in a message, by whatever certificates it is brought.
  private static func object(_ message: [UInt8]) -> [UInt8]? {
    switch LinkMessage(decoding: message.span) {
    case .order(_, let object), .request(_, let object): object.array
    default: nil
    }
  }

  mutating func step() throws {
    var mayAct = false
    switch random.pick(0...7) {
    case 0: pump.advance(to: pump.now + TimeSpan(milliseconds: Int64(random.pick(1...3_600_000))))
    case 1: noise()
    case 2:
      var messages: [[UInt8]] = []
      for _ in 0..<random.pick(1...4) { messages.append(mutator.next()) }
      // A certified prescriber with messages of noise: they pass the session, not the desk; but a
      // mutation can leave an order as it was.
      mayAct = messages.contains { Self.object($0).map(signed.contains) ?? false }
      run(
        try Line(
          pump,
          .person(Clinic.prescriber, messages.filter { !$0.isEmpty && $0.count < 4_000 }, .bedside),
          at: link
        )
      )
    case 3...5:
      mayAct = true
      let caller = try validCaller()
      run(try Line(pump, caller, at: link))
    case 6:
      guard
        let again = pump.restarted(after: TimeSpan(milliseconds: Int64(random.pick(1...60_000))))
      else {
        Issue.record("does not start")
        return
      }
      pump = again
      link = .commissioning
    default:
      var line = try Line(pump, .person(Clinic.server, [[2]]), at: link)
      line.faults.faults[random.pick(0...9)] = [.flip(bit: random.pick(0...150), mended: true)]
      run(line)
    }
    check(mayAct: mayAct)
  }

  private mutating func run(_ begun: Line) {
    var line = begun
    line.run()
    pump = line.pump
    link = line.time + 2 * .minute
  }

  private mutating func noise() {
    guard let number = pump.open(random.pick(0...1) == 0 ? .remote : .bedside, at: link) else {
      return
    }
    for _ in 0..<random.pick(1...5) { pump.receive(mutator.next(), on: number, at: link) }
    pump.close(number)
    link = link + 2 * .minute
  }

  /// An order with numbers drawn at random, signed as it must be.
  private mutating func validCaller() throws -> Caller {
    let rate = Int64(random.pick(0...30_000_000))
    let volume = Volume(nanolitres: Int64(random.pick(1...600_000)))
    let span = TimeSpan(milliseconds: Int64(random.pick(1...20_000_000)))
    let contents: [OrderContent] = [
      .rate(rate), .rate(rate / 50), .clinicianBolus(volume, over: span), .safeRate, .resume,
      .suspend(span), .mri(span), .clearOverDelivery, .envelope(.standard),
      .catheter(CatheterContent(pathVolume: volume, isFull: random.pick(0...1) == 0)),
    ]
    let content = contents[random.pick(0...contents.count - 1)]
    let people = [Clinic.prescriber]
    let message = try TestPump.message(pump.order(content, by: people), by: people)
    return .person(Clinic.prescriber, [message], .bedside)
  }

  private mutating func check(mayAct: Bool) {
    let controller = pump.pump.controller
    let sample = controller.sample
    #expect(sample.delivered.nanolitres + sample.reservoir.nanolitres == filled)
    #expect(sample.delivered.nanolitres / 250 - pump.pump.motor.moved <= 1)
    let acts = controller.actNumber - lastAct
    #expect(acts == 0 || acts == 1 && mayAct, "an act from nowhere in the history of seed \(seed)")
    lastAct = controller.actNumber
  }
}
