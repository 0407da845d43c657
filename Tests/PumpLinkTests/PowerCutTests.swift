import PumpCore
import Quantities
import Testing

@testable import PumpLink

/// The power fails at each write of the path of an order (T-01, T-12).
struct PowerCutTests {
  private struct Script: Sendable {
    let name: String
    let content: OrderContent
    let people: [Person]
    /// Whether the pump shows what the order does.
    let isDone: @Sendable (World) -> Bool
  }

  private static let scripts: [Script] = [
    Script(
      name: "program",
      content: .program(.constant(100_000)),
      people: [TestClinic.prescriber],
      isDone: {
        $0.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 100_000))
      }
    ),
    Script(
      name: "refill",
      content: .refill(
        RefillContent(
          aspirated: Volume(nanolitres: 19_700_000),
          fill: Volume(nanolitres: 11_000_000),
          mixture: .of(Drug.morphine, 1_000_000),
          program: .constant(120_000, drug: Drug.morphine)
        )
      ),
      people: [TestClinic.prescriber, TestClinic.pharmacist],
      isDone: { $0.pump.controller.reservoirVolume <= Volume(nanolitres: 11_000_000) }
    ),
    Script(
      name: "safe rate",
      content: .safeRate,
      people: [TestClinic.nurse],
      isDone: { $0.pump.controller.isSafe(.command) }
    ),
    Script(
      name: "suspend",
      content: .suspend(4 * .hour),
      people: [TestClinic.nurse],
      isDone: { $0.pump.controller.isHalted(.suspended) }
    ),
    Script(
      name: "clinician bolus",
      content: .clinicianBolus(Volume(nanolitres: 100_000), over: 10 * .minute),
      people: [TestClinic.prescriber],
      isDone: {
        $0.journal.contains { $0.kind == .bolusStarted && $0.value == 100_000 }
          && $0.pump.controller.actNumber == 3
      }
    ),
  ]

  @Test func `a cut at any write of an order leaves it done once or not at all (SR-102, SR-074)`()
    throws
  {
    let start = try World.started()
    var cases = 0
    var undone = 0
    var failures: [String] = []
    for script in Self.scripts {
      let order = start.order(script.content, by: script.people)
      var whole = start
      let begin = whole.pump.memory.writes
      #expect(whole.fate(of: order, script.people) == .applied)
      let writes = whole.pump.memory.writes - begin
      for write in 1...writes {
        for part in FlatMemory.CutPart.allCases {
          cases += 1
          var world = start
          world.pump.memory.cut = (begin + write, part)
          _ = world.fate(of: order, script.people)
          guard var again = world.restarted() else {
            failures.append("\(script.name), write \(write), \(part): no pump")
            continue
          }
          if !script.isDone(again) { undone += 1 }
          if let problem = Self.problem(order, script, &again) {
            failures.append("\(script.name), write \(write) of \(writes), \(part): \(problem)")
          }
        }
      }
    }
    print(
      "cuts in the path of an order: \(cases) cases, \(undone) before the effect, \(failures.count) failures"
    )
    #expect(failures.isEmpty, "\(failures.prefix(8).joined(separator: "\n"))")
    #expect(undone > 10 && undone < cases)
  }

  /// The receipt tells what is so, and the same order sent again changes nothing.
  private static func problem(_ order: Order, _ script: Script, _ world: inout World) -> String? {
    guard let hash = order.hash(World.crypto) else { return "no hash" }
    let done = script.isDone(world)
    let act = world.pump.controller.actNumber
    if world.pump.controller.program.basal == .stopped { return "therapy has stopped" }
    if let receipt = world.desk.receipt(of: hash) {
      if (receipt.outcome == .applied) != done { return "receipt \(Fate(receipt)), done \(done)" }
      let fate = world.fate(of: order, script.people)
      if fate != Fate(receipt) { return "the same order gets another receipt: \(fate)" }
      if world.pump.controller.actNumber != act { return "it takes effect again" }
      return nil
    }
    if done { return "done without a receipt" }
    // It was not stored: it can be sent again, and is then done once.
    let fate = world.fate(of: order, script.people)
    if fate != .applied { return "sent again: \(fate)" }
    return script.isDone(world) && world.pump.controller.actNumber == act + 1
      ? nil : "sent again, it is not done once"
  }

  @Test func `a cut while a patient's dose is taken gives it once or not at all (SR-102)`() throws {
    let start = try World.started()
    let dose = start.request(.patientDose, by: TestClinic.patientSeed)
    var whole = start
    let begin = whole.pump.memory.writes
    #expect(whole.fate(of: dose) == .applied)
    let writes = whole.pump.memory.writes - begin
    var given = 0
    for write in 1...writes {
      for part in FlatMemory.CutPart.allCases {
        var world = start
        world.pump.memory.cut = (begin + write, part)
        _ = world.fate(of: dose)
        var again = try #require(world.restarted())
        let happened = again.pump.controller.actNumber == 3
        if happened { given += 1 }
        _ = again.fate(of: dose)
        _ = again.fate(of: dose)
        let doses = again.pump.sink.events.count { $0 == .patientDoseAccepted }
        #expect(doses + (happened ? 1 : 0) <= 1, "write \(write), \(part)")
      }
    }
    print("cuts while a dose is taken: \(writes * 4) cases, \(given) given before")
    #expect(given > 0 && given < writes * 4)
  }

  @Test func `a cut when a pending order falls due applies it once in the end (SR-102, SR-106)`()
    throws
  {
    var start = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    #expect(start.fate(more, by: people, .remote) == .pending)
    let hash = try #require(start.desk.state.pending?.hash)
    start.advance(by: 59 * .minute)
    var whole = start
    let begin = whole.pump.memory.writes
    whole.advance(by: 2 * .minute)
    let writes = whole.pump.memory.writes - begin
    var torn = 0
    for write in 1...writes {
      for part in FlatMemory.CutPart.allCases {
        var world = start
        world.pump.memory.cut = (begin + write, part)
        world.advance(by: 2 * .minute)
        var again = try #require(world.restarted())
        again.advance(by: 5 * .minute)
        if again.pump.controller.isLatched(.memoryFault) {
          // A torn copy of a program is told as a fault, and a fault drops what is still pending.
          torn += 1
          let isApplied = again.pump.controller.actNumber == 3
          let fate = Fate(try #require(again.desk.receipt(of: hash)))
          #expect(fate == (isApplied ? .applied : .envelope(.fault)), "write \(write)")
          continue
        }
        let basal = again.pump.controller.program.basal
        #expect(basal == .constant(FlowRate(nanolitresPerDay: 160_000)))
        #expect(again.desk.receipt(of: hash)?.outcome == .applied)
        #expect(again.pump.controller.actNumber == 3, "write \(write), \(part)")
      }
    }
    print("cuts when a pending order falls due: \(writes * 4) cases, \(torn) told as a fault")
  }

  @Test func `a pump that was off when an order fell due does not apply it days later (SR-106)`()
    throws
  {
    var world = try World.started()
    let people = [TestClinic.prescriber, TestClinic.colleague]
    let more = OrderContent.program(.constant(160_000, dose: ProgramContent.doses))
    #expect(world.fate(more, by: people, .remote) == .pending)
    let hash = try #require(world.desk.state.pending?.hash)
    var again = try #require(world.restarted(after: .day))
    again.advance(by: .minute)
    #expect(again.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 150_000)))
    #expect(Fate(try #require(again.desk.receipt(of: hash))).reason == .interrupted)
  }

  @Test func `a pump whose link has lost its memory is not commissioned by a stranger (SR-111)`()
    throws
  {
    var world = try World.started()
    let end = world.pump.memory.bytes.count
    for place in (end - 2 * StoreLayout.linkBytes)..<end { world.pump.memory.bytes[place] = 0 }
    var again = try #require(world.restarted())
    var content = CommissioningContent()
    content.keys = TestClinic.keys
    #expect(again.fate(.commissioning(content), by: [TestClinic.prescriber]).reason == .memory)
    #expect(again.pump.controller.state == .running)
  }
}
