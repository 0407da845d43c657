import Foundation
import PumpCore
import PumpLink
import PumpTesting
import Quantities
import Testing

@testable import VirtualPump

/// The power is cut at any write, under load, and again while the pump starts (T-01).
struct KillTests {
  @Test
  func
    `cut at every write, in four ways, the books balance and nothing is given twice (SR-062, SR-074, SR-101, SR-102, H-40)`()
    throws
  {
    var moments: [Load] = []
    var load = Load(pump: try .started())
    let first = load.pump.pump.memory.writes
    for step in 0..<Load.steps {
      moments.append(load)
      try load.take(step)
    }
    let writes = load.pump.pump.memory.writes
    #expect(load.answered.count == Load.steps)
    var random = Seeded(seed: 4)
    var tally = Tally()
    for write in first + 1...writes {
      for part in SimulatedMemory.CutPart.allCases {
        let place = moments.lastIndex { $0.pump.pump.memory.writes < write } ?? 0
        var dying = moments[place].onItsOwn()
        dying.pump.pump.memory.cut = (write, part)
        try dying.take(place)
        try #require(dying.isCut)
        try tally.judge(dying, "write \(write) \(part), step \(place)", &random)
      }
    }
    print(
      "kills: \(tally.cases) cuts, all of \(writes - first) writes in four ways, \(tally.nested) cut again while "
        + "starting, \(tally.wrong) wrong, 3/n = \(String(format: "%.1e", 3 / Double(tally.cases))); "
        + "\(tally.applied) brought again had or took effect, \(tally.interrupted) were interrupted"
    )
    #expect(tally.wrong == 0, "\(tally.first)")
    #expect(tally.nested > 0 && tally.applied > 0 && tally.interrupted > 0)
  }

  struct Tally {
    var cases = 0
    var nested = 0
    var wrong = 0
    var applied = 0
    var interrupted = 0
    var first: [String] = []

    mutating func note(_ text: String) {
      wrong += 1
      if first.count < 5 { first.append(text) }
    }

    mutating func judge(_ dead: Load, _ what: String, _ random: inout Seeded) throws {
      cases += 1
      let moved = dead.pump.pump.motor.moved
      guard var load = start(dead, &random) else {
        note("\(what): does not start")
        return
      }
      let delivered = load.pump.pump.controller.sample.delivered.nanolitres / 250
      // A stroke is booked before it is driven: one at most counts that did not move.
      if delivered != moved && delivered != moved + 1 {
        note("\(what): \(delivered) booked of \(moved)")
      }
      let reservoir = load.pump.pump.controller.sample.reservoir.nanolitres
      if reservoir != 20_000_000 - delivered * 250 { note("\(what): reservoir \(reservoir)") }
      for (hash, outcome) in dead.answered {
        guard let kept = load.pump.server.desk.receipt(of: hash), kept.outcome == outcome else {
          note("\(what): a receipt is gone")
          continue
        }
      }
      try finish(&load, what)
    }

    /// Starts again; one time in four the power fails once more on the way.
    private mutating func start(_ dead: Load, _ random: inout Seeded) -> Load? {
      var load = dead
      let span = TimeSpan(milliseconds: Int64(random.pick(1...600_000)))
      if random.pick(0...3) == 0 {
        nested += 1
        guard let half = dead.pump.restarted(after: span, cut: random.pick(1...6)) else {
          return nil
        }
        load.pump = half
      }
      guard let again = load.pump.restarted(after: span) else { return nil }
      load.pump = again
      return load
    }

    /// Brings again what was on its way, and looks at what is given in three hours.
    private mutating func finish(_ load: inout Load, _ what: String) throws {
      let acts = load.pump.pump.controller.actNumber
      var twin = load.pump
      guard let caller = load.sent else { return }
      load.answered = []
      try load.send(caller, seed: 200)
      let taken = load.pump.pump.controller.actNumber - acts
      guard let outcome = load.answered.first?.outcome else {
        note("\(what): no receipt")
        return
      }
      switch outcome {
      case .applied: applied += 1
      case .refused: interrupted += 1
      default: note("\(what): \(outcome)")
      }
      if taken > 1 || (taken == 1 && outcome != .applied) { note("\(what): \(taken) acts") }
      // The same once more changes nothing at all.
      try load.send(caller, seed: 201)
      if load.pump.pump.controller.actNumber != acts + taken { note("\(what): twice") }
      if load.answered.count != 2 || load.answered[1].outcome != outcome {
        note("\(what): two words")
      }
      let end = load.pump.now + 3 * .hour
      load.pump.advance(to: end)
      twin.advance(to: end)
      let more = load.pump.pump.motor.moved - twin.pump.motor.moved
      // A rate of 0.2 mL/d more for three hours, or one bolus of 50 µL or 10 µL; never two.
      if more > 201 { note("\(what): \(more) strokes more") }
    }
  }
}

extension Load {
  /// A copy whose power fails alone.
  func onItsOwn() -> Load {
    var copy = self
    copy.pump = pump.onItsOwn()
    return copy
  }
}
