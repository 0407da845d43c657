import PumpCore
import PumpLink
import PumpTesting
import Quantities
import Testing

@testable import VirtualPump

/// Peers that mean harm: with a certified session key, or with none.
struct HostileTests {
  /// Everything that was ever sent to a pump, as messages and as frames.
  private static func past() throws -> (pump: TestPump, messages: [[UInt8]], frames: [[[UInt8]]]) {
    var load = Load(pump: try .started())
    var messages: [[UInt8]] = []
    var frames: [[[UInt8]]] = []
    for step in 0..<Load.steps {
      load.pump.advance(to: load.pump.now + 20 * .minute)
      let caller = try load.caller(step)
      messages += caller.messages
      var line = try Line(load.pump, caller, seed: UInt8(step + 1))
      line.run()
      frames.append(line.recorded)
      load.pump = line.pump
    }
    return (load.pump, messages, frames)
  }

  @Test
  func
    `a clinic's server with every message ever sent changes nothing that is delivered (SR-100, SR-102, SR-105)`()
    throws
  {
    let (pump, messages, frames) = try Self.past()
    var twin = pump
    var attacked = pump
    var random = Seeded(seed: 11)
    var link = PumpTime(milliseconds: 0)
    var sent = 0
    var answered = 0
    for _ in 0..<40 {
      var volley: [[UInt8]] = []
      for _ in 0..<40 { volley.append(try Self.shot(messages, attacked, &random)) }
      sent += volley.count
      var line = try Line(attacked, .person(Clinic.server, volley), seed: 77, at: link)
      line.run()
      answered += line.replies.count
      attacked = line.pump
      // As the relay: the frames of somebody else's session, from a connection of its own.
      if let number = attacked.open(.remote, at: line.time) {
        let session = frames[random.pick(0...frames.count - 1)]
        for frame in session { attacked.receive(frame, on: number, at: line.time) }
        attacked.close(number)
        sent += session.count
      }
      link = line.time + .hour
      attacked.advance(to: attacked.now + .hour)
    }
    twin.advance(to: attacked.now)
    let (one, other) = (attacked.pump, twin.pump)
    print(
      "hostile server: \(sent) messages and frames, \(answered) answered, \(one.controller.actNumber - other.controller.actNumber) acts"
    )
    #expect(answered > 1_000)
    #expect(
      one.motor.timesDigest == other.motor.timesDigest && one.motor.moved == other.motor.moved
    )
    #expect(one.controller.actNumber == other.controller.actNumber)
    #expect(one.controller.sample.reservoir == other.controller.sample.reservoir)
    #expect(one.controller.state == other.controller.state)
    #expect(attacked.server.desk.state.inForce == twin.server.desk.state.inForce)
    #expect(attacked.server.desk.state.lastSequence == twin.server.desk.state.lastSequence)
  }

  /// Something old, something changed, something of its own.
  private static func shot(
    _ messages: [[UInt8]],
    _ pump: TestPump,
    _ random: inout Seeded
  ) throws -> [UInt8] {
    var message = messages[random.pick(0...messages.count - 1)]
    switch random.pick(0...5) {
    case 0: return message
    case 1:
      message[random.pick(0...message.count - 1)] ^= UInt8(random.pick(1...255))
      return message
    case 2:
      let contents: [OrderContent] = [
        .rate(900_000), .safeRate, .resume, .suspend(.hour), .mri(.hour), .keys(Clinic.keys),
        .clinicianBolus(Volume(nanolitres: 400_000), over: .hour), .clearOverDelivery, .fill,
      ]
      let content = contents[random.pick(0...contents.count - 1)]
      // Signed by its own key, with its own certificate or a prescriber's.
      let people = [Clinic.server]
      var order = pump.order(content, by: people)
      if random.pick(0...1) == 0 { return try TestPump.message(order, by: people) }
      order = pump.order(content, by: [])
      var signature = order.signature(by: Clinic.server.seed, Clinic.crypto) ?? KeySignature()
      signature.key = Bytes16(of: Clinic.prescriber.certificate.key, Clinic.crypto)
      _ = order.append(signature)
      return try TestPump.message(order, by: [Clinic.prescriber])
    case 3:
      let acts: [LinkMessage] = [
        .emergency(.safeRate), .emergency(.suspend(.hour)), .challenge, .receiptAt(age: 0),
        .introduce(.of(Clinic.prescriber.sessionCertificate), challenge: Bytes32()),
      ]
      return acts[random.pick(0...acts.count - 1)].encoded?.array ?? []
    case 4:
      let other = messages[random.pick(0...messages.count - 1)]
      let place = random.pick(1...min(message.count, other.count) - 1)
      return Array(message[..<place] + other[place...])
    default: return (0..<random.pick(1...300)).map { _ in UInt8(random.pick(0...255)) }
    }
  }

  @Test
  func
    `a day of strangers moves no stroke, keeps nobody at the bedside out and costs a thousandth (SR-104, SR-110, H-34)`()
    throws
  {
    var pump = try TestPump.started()
    var twin = pump
    var random = Seeded(seed: 5)
    let begin = pump.now
    let before = pump.battery.usedByLink
    var knocks = 0
    var opened = 0
    var slowest = TimeSpan.zero
    var legitimate: Int64 = 0
    for second in 0..<Int64(86_400) {
      let link = PumpTime(milliseconds: second * 1_000)
      for _ in 0..<10 {
        knocks += 1
        guard let number = pump.open(.remote, at: link) else { continue }
        opened += 1
        pump.receive(Self.strangeBytes(&random), on: number, at: link)
      }
      pump.tick(at: link)
      pump.advance(to: begin + (link - .commissioning))
      guard second % 3_600 == 1_800 else { continue }
      let spent = pump.battery.usedByLink
      let status = LinkMessage.status.encoded?.array ?? []
      var line = try Line(pump, .person(Clinic.nurse, [status], .bedside), at: link)
      line.run()
      #expect(line.replies.count == 1)
      slowest = max(slowest, line.time - link)
      pump = line.pump
      legitimate += pump.battery.usedByLink - spent
    }
    pump.advance(to: begin + .day)
    twin.advance(to: begin + .day)
    let cost = pump.battery.usedByLink - before - legitimate
    let permille = Double(cost) * 1_000 / Double(Battery.capacity)
    print(
      "flood: \(knocks) knocks in 24 h, \(opened) answered, \(permille) thousandths of the battery, "
        + "a nurse at the bedside in within \(slowest.text), strokes as the twin's"
    )
    #expect(pump.pump.motor.timesDigest == twin.pump.motor.timesDigest)
    #expect(pump.pump.motor.moved == twin.pump.motor.moved)
    #expect(slowest <= TimeSpan(milliseconds: 10_000))
    #expect(permille <= 0.7)
    #expect(opened < 20_000)
  }

  @Test
  func `hundreds of strangers in a row do not shut the remote port (SR-110, H-65)`() throws {
    var pump = try TestPump.started()
    var random = Seeded(seed: 6)
    let link = PumpTime(milliseconds: 1_000)
    for knock in 0..<300 {
      guard let number = pump.open(.remote, at: link) else { throw NotBuilt("knock \(knock)") }
      pump.receive(Self.handshake(&random), on: number, at: link)
    }
    let status = LinkMessage.status.encoded?.array ?? []
    var line = try Line(pump, .person(Clinic.nurse, [status]), at: link)
    line.run()
    #expect(line.replies.count == 1)
    #expect(line.time - link < TimeSpan(milliseconds: 10_000))
  }

  @Test
  func `known peers use up nothing of what strangers may cost (SR-110, H-65)`() throws {
    var pump = try TestPump.started()
    let status = LinkMessage.status.encoded?.array ?? []
    for knock in 0..<400 {
      let link = PumpTime(milliseconds: 1_000)
      var line = try Line(pump, .person(Clinic.nurse, [status]), seed: UInt8(knock % 200), at: link)
      line.run()
      pump = line.pump
    }
    #expect(pump.remoteBudget == .remote(at: .commissioning + TimeSpan(milliseconds: 1_000)))
  }

  @Test
  func
    `a day of the dearest strangers at both ports costs at most a thousandth (SR-110, H-34)`()
    throws
  {
    var pump = try TestPump.started()
    let before = pump.battery.usedByLink
    let challenge = LinkMessage.challenge.encoded?.array ?? []
    var opened = 0
    for knock in 0..<Int64(8_640) {
      let link = PumpTime(milliseconds: knock * 10_000)
      for way in Way.allCases {
        // Knows the pump's key, and nobody vouches for its own.
        let caller = Caller(
          way: way,
          session: Bytes32(repeating: 0x31),
          isIntroducedByHand: true,
          messages: [[UInt8]](repeating: challenge, count: 5)
        )
        guard var line = try? Line(pump, caller, at: link) else { continue }
        opened += 1
        line.run()
        pump = line.pump
      }
    }
    let permille = Double(pump.battery.usedByLink - before) * 1_000 / Double(Battery.capacity)
    print("dearest strangers: \(opened) answered in 24 h, \(permille) thousandths of the battery")
    #expect(permille <= 1)
    #expect(opened > 1_000)
  }

  /// What strangers send: nothing, noise, frames of noise, and the first message of a handshake.
  private static func strangeBytes(_ random: inout Seeded) -> [UInt8] {
    switch random.pick(0...3) {
    case 0: return []
    case 1: return (0..<random.pick(1...6_000)).map { _ in UInt8(random.pick(0...255)) }
    default: return handshake(&random)
    }
  }

  /// The first message of a handshake, of noise.
  private static func handshake(_ random: inout Seeded) -> [UInt8] {
    var link = FrameLink(opening: UInt32(random.pick(1...99_999)))
    let isPairing = random.pick(0...1) == 0
    var message: [UInt8] = isPairing ? [1, 3, 2] : [1, 1, UInt8(random.pick(1...3))]
    message += (0..<(isPairing ? 48 : 96)).map { _ in UInt8(random.pick(0...255)) }
    do throws(FrameError) {
      try link.send(message.span, at: .commissioning)
    } catch {
      return []
    }
    var frame = FrameBytes()
    var bytes: [UInt8] = []
    while link.write(into: &frame, at: .commissioning) {
      bytes += (0..<frame.count).map { frame[$0] }
    }
    return bytes
  }

  @Test func `one who floods inside of a session waits, and keeps nobody else waiting (SR-104)`()
    throws
  {
    let status = LinkMessage.status.encoded?.array ?? []
    let many = [[UInt8]](repeating: status, count: 200)
    var flood = try Line(try .started(), .person(Clinic.server, many))
    for _ in 0..<2_000 where flood.replies.count < 45 { flood.step() }
    let soFar = flood.replies.count
    var other = try Line(flood.pump, .person(Clinic.nurse, [status]), seed: 3, at: flood.time)
    other.run()
    #expect(other.replies.count == 1)
    #expect(other.time - flood.time < TimeSpan(milliseconds: 1_000))
    #expect(soFar < 60)
    #expect(flood.time > .commissioning + TimeSpan(milliseconds: 1_000))
  }

  @Test
  func
    `wrong secrets are held off for longer and longer, and the right one comes in after (SR-108)`()
    throws
  {
    var pump = try TestPump.started()
    var time = PumpTime.commissioning
    var caller = Caller.person(
      Clinic.prescriber,
      [LinkMessage.identify.encoded?.array ?? []],
      .bedside
    )
    caller.pattern = .xxpsk3
    caller.secret = Bytes32(repeating: 0x66)
    for _ in 0..<PairingGuard.freeTries {
      var line = try Line(pump, caller, at: time)
      while line.pump.isOpen(line.connection) { line.step() }
      #expect(line.replies.isEmpty)
      pump = line.pump
      time = line.time
    }
    #expect(pump.pairing.failures == PairingGuard.freeTries)
    #expect(!pump.pairing.allows(at: time))
    caller.secret = Clinic.secrets.pairing
    var soon = try Line(pump, caller, at: time)
    soon.run()
    #expect(soon.replies.isEmpty)
    var late = try Line(pump, caller, at: time + .hour)
    late.run()
    #expect(late.replies.count == 1)
    #expect(late.pump.pairing.failures == 0)
  }
}
