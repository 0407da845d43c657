import PumpCore
import Quantities
import Testing

@testable import PumpLink

/// What becomes of orders one after the other.
struct OrderLifeTests {
  @Test func `a blank pump is commissioned, filled and runs (SR-100, SR-101)`() throws {
    let world = try World.started()
    #expect(world.pump.controller.state == .running)
    #expect(world.desk.state.isCommissioned)
    #expect(world.desk.state.lastSequence == 2)
    #expect(world.pump.controller.actNumber == 2)
    let receipt = try #require(world.desk.receipt(age: 0))
    #expect(receipt.outcome == .applied)
    #expect(receipt.isValid(receipt.signature, by: TestClinic.identity.key, World.crypto))
    #expect(receipt.inForce.plannedVolume == Volume(nanolitres: 150_000))
    #expect(receipt.inForce.plannedDose.amount(of: Drug.baclofen) == 300_000_000_000)
  }

  @Test func `a duplicate gets the stored receipt and does nothing (SR-102)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber]
    let bolus = OrderContent.clinicianBolus(Volume(nanolitres: 20_000), over: 10 * .minute)
    let order = world.order(bolus, by: people)
    let first = try world.submit(order, people)
    let act = world.pump.controller.actNumber
    world.advance(by: 11 * .minute)
    for way in Way.allCases {
      let again = try world.submit(order, people, way)
      #expect(again.encoded?.array == first.encoded?.array)
    }
    #expect(world.pump.controller.actNumber == act)
    let started = world.pump.sink.events.count {
      $0 == .bolusStarted(.clinician, Volume(nanolitres: 20_000))
    }
    #expect(started == 1)
  }

  @Test func `a sequence or a hash that is not the next is stale (SR-100)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber]
    var order = world.order(.safeRate, by: people, sequence: 2)
    #expect(world.fate(of: order, people).reason == .stale)
    order = world.order(.safeRate, by: people, previous: Bytes32(repeating: 9))
    #expect(world.fate(of: order, people).reason == .stale)
    order = world.order(.safeRate, by: people, sequence: 900)
    #expect(world.fate(of: order, people) == .applied)
  }

  @Test func `a remote increase waits, and the patient can cancel it (SR-106)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    #expect(world.fate(more, by: [TestClinic.prescriber], .remote).reason == .secondSignature)
    #expect(world.fate(more, by: people, .remote) == .pending)
    let due = try #require(world.desk.nextDue)
    #expect(due - world.now == .hour)
    world.advance(by: 59 * .minute)
    #expect(world.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
    var other = world
    other.advance(by: .minute)
    #expect(other.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 160_000)))
    #expect(other.desk.receipt(age: 0)?.outcome == .applied)
    #expect(other.desk.nextDue == nil)

    let hash = try #require(world.desk.state.pending?.hash)
    let cancel = world.request(.cancelPending(hash), by: TestClinic.patientSeed)
    #expect(world.fate(of: cancel, [], .remote) == .applied)
    world.advance(by: .day)
    #expect(world.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
    #expect(world.desk.receipt(of: hash)?.outcome == .cancelled)
    #expect(world.journal.contains { $0.kind == .orderCancelled })
  }

  @Test func `any applied order supersedes the one that waits (SR-106)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    #expect(world.fate(more, by: people, .remote) == .pending)
    let hash = try #require(world.desk.state.pending?.hash)
    #expect(world.fate(.safeRate, by: [TestClinic.prescriber], .remote) == .applied)
    #expect(world.desk.receipt(of: hash)?.outcome == .superseded)
    world.advance(by: .day)
    #expect(world.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
  }

  @Test func `a fault during the delay drops the increase (SR-105, SR-106)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    #expect(world.fate(more, by: people, .remote) == .pending)
    let hash = try #require(world.desk.state.pending?.hash)
    world.pump.perform { $0.clockStepped() }
    world.advance(by: .day)
    #expect(world.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
    #expect(Fate(try #require(world.desk.receipt(of: hash))) == .envelope(.fault))
  }

  @Test func `a refused order is used up once it was well signed and in time (SR-102)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber]
    let bolus = OrderContent.clinicianBolus(Volume(nanolitres: 20_000), over: 10 * .minute)
    #expect(world.fate(bolus, by: people) == .applied)
    let second = world.order(bolus, by: people, until: 600_000)
    #expect(world.fate(of: second, people).reason == .bolus)
    world.advance(by: TimeSpan(milliseconds: 600_000))
    let again = world.fate(of: second, people)
    #expect(again.reason == .bolus, "replayed when nobody expects it any more, it gives nothing")
    #expect(world.pump.controller.isBolusRunning == false)
  }

  @Test func `a nurse refills the same, a change takes two (SR-100)`() throws {
    var world = try World.started()
    let same = RefillContent(
      aspirated: Volume(nanolitres: 19_700_000),
      fill: Volume(nanolitres: 18_000_000),
      mixture: .baclofen,
      program: nil
    )
    #expect(world.fate(.refill(same), by: [TestClinic.nurse]) == .applied)
    var other = same
    other.mixture = .of(Drug.morphine, 1_000_000)
    #expect(world.fate(.refill(other), by: [TestClinic.nurse]).reason == .role)
    other.program = .constant(150_000, drug: Drug.morphine)
    #expect(world.fate(.refill(other), by: [TestClinic.prescriber]).reason == .secondSignature)
    #expect(
      world.fate(.refill(other), by: [TestClinic.prescriber, TestClinic.pharmacist]) == .applied
    )
    #expect(world.desk.receipt(age: 0)?.inForce.mixture.amount(of: Drug.morphine) == 1_000_000)
    #expect(world.pump.controller.mixture[DrugID(1)] != nil)
  }

  @Test func `a revoked key signs no more, whatever its certificate says (SR-111)`() throws {
    var world = try World.started()
    var list = Revocation()
    list.number = 7
    _ = list.append(Bytes16(of: TestClinic.prescriber.key, World.crypto))
    list.signature = try #require(list.signature(by: TestClinic.secondRoot, World.crypto))
    try world.server.desk.take(list, &world.pump, World.crypto)
    #expect(world.fate(.safeRate, by: [TestClinic.prescriber]).reason == .revoked)
    #expect(world.fate(.safeRate, by: [TestClinic.colleague]) == .applied)
    var older = Revocation()
    older.number = 6
    older.signature = try #require(older.signature(by: TestClinic.root, World.crypto))
    var refusal = Refusal.none
    do throws(Refusal) {
      try world.server.desk.take(older, &world.pump, World.crypto)
    } catch {
      refusal = error
    }
    #expect(refusal.reason == .stale)
    var again = try #require(world.restarted())
    #expect(again.fate(.resume, by: [TestClinic.prescriber]).reason == .revoked)
  }

  @Test(arguments: [false, true])
  func `an increase that waits ends with the root that vouched for it (SR-106, SR-111)`(
    _ isSecond: Bool
  ) throws {
    var world = try World.started()
    // Each of the two signers is certified by another root.
    let colleague = TestClinic.person(.prescriber, 11, root: TestClinic.secondRoot)
    let people = [TestClinic.prescriber, colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    #expect(world.fate(more, by: people, .remote) == .pending)
    let hash = try #require(world.desk.state.pending?.hash)
    let (revoked, other) =
      isSecond
      ? (TestClinic.secondRoot, TestClinic.root) : (TestClinic.root, TestClinic.secondRoot)
    try world.revoke(root: revoked, by: other)
    world.advance(by: .day)
    #expect(world.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
    #expect(Fate(try #require(world.desk.receipt(of: hash))).reason == .revoked)
  }

  @Test func `a revoked root ends nothing that another root vouched for (SR-106, SR-111)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    #expect(world.fate(more, by: people, .remote) == .pending)
    try world.revoke(root: TestClinic.secondRoot, by: TestClinic.root)
    // What is waited for, and who vouched for it, outlasts a loss of power.
    var again = try #require(world.restarted())
    again.advance(by: .hour)
    #expect(again.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 160_000)))
  }

  @Test func `an order in time takes effect after its delay, valid then or not (SR-106)`() throws {
    var world = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    let order = world.order(more, by: people, until: 1)
    #expect(world.fate(of: order, people, .remote) == .pending)
    let due = try #require(world.desk.nextDue)
    #expect(order.notAfter < due)
    world.advance(by: .hour)
    #expect(world.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 160_000)))
    #expect(world.desk.receipt(age: 0)?.outcome == .applied)
  }

  @Test(arguments: Way.allCases)
  func `acknowledged from a distance, an alarm that is still true sounds on (SR-054, H-50)`(
    _ way: Way
  ) throws {
    var world = try World.started()
    // Its condition never ends.
    world.pump.perform { $0.batteryShows(.replacement) }
    let nurse = TestClinic.nurse
    let request = world.request(.acknowledge(.electiveReplacement), by: nurse.seed)
    #expect(world.fate(of: request, [nurse], way, peer: .nurse) == .applied)
    world.advance(by: 2 * .hour)
    let again = world.pump.sink.events.count { $0 == .alarmRepeated(.electiveReplacement) }
    #expect(again == (way == .remote ? 2 : 0))
    let heard = world.journal.contains { $0.kind == .alarmAcknowledged }
    #expect(heard == (way == .bedside))
    let record = try #require(world.journal.last { $0.kind == .requestApplied })
    #expect(record.detail == way.rawValue, "the journal tells the way")
    #expect(record.value == 4 + 256 * Int64(Alarm.electiveReplacement.rawValue))
  }

  @Test func `acknowledged from a distance, an alarm that is over is cleared (SR-054)`() throws {
    var world = try World.started()
    world.pump.perform { $0.clockStepped() }
    #expect(world.pump.controller.isLatched(.clockFault))
    let nurse = TestClinic.nurse
    let request = world.request(.acknowledge(.clockFault), by: nurse.seed)
    #expect(world.fate(of: request, [nurse], .remote, peer: .nurse) == .applied)
    #expect(!world.pump.controller.isLatched(.clockFault))
  }

  @Test func `a request out of its time is refused with both figures (SR-101)`() throws {
    var world = try World.started()
    let request = world.request(.cancelBolus, by: TestClinic.patientSeed)
    let asked = world.now.milliseconds
    world.advance(by: 3 * .minute)
    let bytes = try #require(request.encoded)
    let peer = TestClinic.peer(.patient, .remote, at: world.now)
    let receipt = try world.server.desk.submit(
      request: bytes.bytes.span.extracting(0..<bytes.count),
      CertificatePair(),
      from: peer,
      &world.pump,
      World.crypto
    )
    let expected = Refusal(.expired, given: asked + 180_000, limit: asked + 120_000)
    #expect(receipt.refusal == expected)
  }

  @Test func `requests do what they say, once (SR-102)`() throws {
    var world = try World.started()
    let dose = world.request(.patientDose, by: TestClinic.patientSeed)
    #expect(world.fate(of: dose, [], .remote, peer: .clinicServer).reason == .way)
    #expect(world.fate(of: dose, [], .remote, peer: .patient) == .applied)
    #expect(world.pump.controller.isBolusRunning)
    #expect(world.fate(of: dose, [], .remote, peer: .patient) == .applied)
    let second = world.request(.patientDose, by: TestClinic.patientSeed, nonce: 1)
    #expect(world.fate(of: second, [], .bedside).reason == .bolus)
    let nurse = [TestClinic.nurse]
    let cancel = world.request(.cancelBolus, by: TestClinic.nurse.seed)
    #expect(world.fate(of: cancel, nurse, .remote, peer: .clinicServer) == .applied)
    #expect(!world.pump.controller.isBolusRunning)
    let long = world.request(.cancelBolus, by: TestClinic.nurse.seed, nonce: 3, until: 120_001)
    #expect(world.fate(of: long, nurse) == .ceiling(.validity))
    let given = world.pump.sink.events.count { $0 == .patientDoseAccepted }
    #expect(given == 1)
  }

  @Test func `the card lowers and suspends at the bedside, and does nothing else (SR-109)`() throws
  {
    var world = try World.started()
    let card = TestClinic.peer(.emergencyCard, .bedside, at: world.now)
    let far = TestClinic.peer(.emergencyCard, .remote, at: world.now)
    #expect(world.fate(of: .safeRate, far).reason == .way)
    #expect(
      world.fate(of: .suspend(TimeSpan(milliseconds: 14_400_001)), card) == .ceiling(.suspension)
    )
    #expect(world.fate(of: .safeRate, card) == .applied)
    #expect(world.pump.controller.state == .safe)
    #expect(world.fate(of: .suspend(4 * .hour), card) == .applied)
    #expect(world.pump.controller.isHalted(.suspended))
  }
}
