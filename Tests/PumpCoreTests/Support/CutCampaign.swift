import PumpTesting
import Quantities

@testable import PumpCore

/// Cuts the power of a recorded day at every write, starts again, and looks at what is there (T-01).
struct CutCampaign {
  let day: RecordedDay
  let seed: UInt64
  /// Cuts of the writes of one recovery, for each write of the day.
  let secondCuts: Int
  /// At most this many units of one write are tried; of longer writes a seeded choice.
  static let unitsTried = 40

  private var random: Seeded
  /// The memory before the write in question.
  private var image = TestMemory()
  private(set) var cases: [String: Int] = [:]
  private(set) var secondCases = 0
  private(set) var toldAsMemoryFault = 0
  private(set) var failureCount = 0
  /// The first few.
  private(set) var failures: [String] = []

  init(_ day: RecordedDay, seed: UInt64, secondCuts: Int) {
    self.day = day
    self.seed = seed
    self.secondCuts = secondCuts
    random = Seeded(seed: seed)
  }

  /// Cuts at each write of the day, or at every n-th.
  mutating func run(each stride: Int = 1) {
    for place in day.writes.indices {
      let write = day.writes[place]
      if place % stride == 0 { cut(write, place) }
      image.write(write.bytes, at: write.offset, cut: .doneUnacknowledged)
    }
  }

  private mutating func fail(_ place: Int, _ what: String, _ problem: String?) {
    guard let problem else { return }
    failureCount += 1
    if failures.count < 5 {
      let write = day.writes[place]
      failures.append("write \(place) at \(write.offset), \(what): \(problem)")
    }
  }

  // MARK: One write

  private mutating func cut(_ write: RecordedWrite, _ place: Int) {
    let moment = day.moments[write.moment]
    let now = moment.time + TimeSpan(milliseconds: Int64(random.pick(1_000...1_800_000)))
    var whole = image
    whole.write(write.bytes, at: write.offset, cut: .doneUnacknowledged)
    let before = image.recovered(at: now)
    let after = whole.recovered(at: now)
    let expected = Expected(
      before: before.map { Recovered($0.controller) },
      after: after.map { Recovered($0.controller) }
    )
    fail(place, "chain", problemOfChain(write, expected))
    if let after { fail(place, "goes on", problemOfGoingOn(after, write)) }

    let outcomes = outcomes(of: write)
    for outcome in outcomes {
      cases[outcome.name, default: 0] += 1
      var cut = image
      cut.write(write.bytes, at: write.offset, cut: outcome)
      let found = cut.recovered(at: now).map { Recovered($0.controller) }
      let torn = write.isProgramWord && outcome.isTorn
      if found?.tellsOfMemoryFault == true { toldAsMemoryFault += 1 }
      fail(place, "\(outcome)", problem(of: found, expected, write, mayTell: torn))
    }
    for _ in 0..<secondCuts {
      cutAgain(write, place, random.pick(outcomes), now)
    }
  }

  /// What a recovery may find: the pump of before the write or that of after it.
  private struct Expected {
    let before: Recovered?
    let after: Recovered?

    func contains(_ found: Recovered) -> Bool {
      before.map(found.isSamePump(as:)) ?? false || after.map(found.isSamePump(as:)) ?? false
    }
  }

  private func problem(
    of found: Recovered?,
    _ expected: Expected,
    _ write: RecordedWrite,
    mayTell: Bool
  ) -> String? {
    guard let found else {
      return expected.before == nil ? nil : "there is no whole state"
    }
    guard expected.contains(found) else { return "the state is neither the old nor the new one" }
    if found.tellsOfMemoryFault, !mayTell { return "a cut is told as a fault of the memory" }
    return problemOfBooks(found, write)
  }

  /// No stroke is forgotten, none is counted twice, and the reservoir knows of each.
  private func problemOfBooks(_ found: Recovered, _ write: RecordedWrite) -> String? {
    if found.confirmed < write.moved { return "\(write.moved - found.confirmed) strokes forgotten" }
    if found.confirmed > write.moved + 1 {
      return "\(found.confirmed - write.moved) strokes that did not move"
    }
    guard day.programs.contains(found.program) else { return "no program of the day is in force" }
    guard let moved = day.movedAtFill[found.lastFill] else { return "a fill that never was" }
    if (found.confirmed - moved) * 250 + found.reservoir != found.lastFill {
      return "delivered and reservoir do not make what was filled"
    }
    if found.isPrimingOrBolus { return "a bolus runs on after the cut" }
    if found.demand > day.moments[write.moment].demand {
      return "more is demanded than before the cut"
    }
    let dose = day.doses.last { $0.moved < write.moved }
    if let dose, (found.lastPatientDose ?? -1) < dose.time.milliseconds {
      return "a dose that had begun to move is forgotten by the lockout"
    }
    return nil
  }

  /// Only the commit word of a state and the first copy of the book change what a recovery finds.
  ///
  /// Each other write of an operation leaves the old state, or belongs to the new one already.
  private func problemOfChain(_ write: RecordedWrite, _ expected: Expected) -> String? {
    if write.setsState || write.isFirstBook { return nil }
    switch (expected.before, expected.after) {
    case (nil, nil): return nil
    case (let before?, let after?):
      return before == after ? nil : "a write changes the state that commits nothing"
    default: return "a write changes whether there is a state, and commits nothing"
    }
  }

  // MARK: Going on

  /// The recovered pump goes on for three hours: its lockout holds, no bolus comes back, the
  /// supervisor grants each stroke and the books stay whole.
  private func problemOfGoingOn(
    _ recovered: TestMemory.RecoveredPump,
    _ write: RecordedWrite
  ) -> String? {
    var pump = recovered
    let begin = pump.controller.time
    let dose = day.doses.last { $0.moved < write.moved }
    if let dose, begin - dose.time < .hours(1) {
      pump.perform { $0.requestPatientDose() }
      if pump.sink.events.contains(.patientDoseAccepted) { return "the lockout does not hold" }
    }
    let atBoot = pump.controller.confirmedStrokes * 250 + pump.controller.reservoir
    let driven = pump.motor.driven
    pump.advance(to: begin + .hours(3))
    for entry in pump.sink.entries where entry.time > begin {
      guard case .bolusStarted(let kind, _) = entry.event else { continue }
      // The periodic program of the day began at three and gives a bolus every two hours.
      let sinceBegin = (entry.time - .hours(3)).milliseconds
      if kind != .periodic || sinceBegin % 7_200_000 != 0 { return "a \(kind) bolus begins again" }
    }
    if pump.permitsRefused > 0 { return "the supervisor refuses a stroke" }
    let controller = pump.controller
    if controller.confirmedStrokes * 250 + controller.reservoir != atBoot {
      return "delivered and reservoir part"
    }
    return pump.motor.driven > driven ? nil : "nothing is delivered any more"
  }

  // MARK: Cut again

  /// Cuts the power again in each write of the recovery.
  private mutating func cutAgain(
    _ write: RecordedWrite,
    _ place: Int,
    _ outcome: CutOutcome,
    _ now: PumpTime
  ) {
    var memory = image
    memory.write(write.bytes, at: write.offset, cut: outcome)
    let recorder = DayRecorder()
    let recovered = Pump(
      recovering: .test,
      at: now,
      layout: .test,
      motor: TestMotor(),
      memory: RecordingMemory(memory, recorder: recorder),
      sink: NoSink()
    )
    guard let recovered else { return }
    let later = now + TimeSpan(milliseconds: Int64(random.pick(1_000...1_800_000)))
    let expected = Expected(
      before: memory.recovered(at: later).map { Recovered($0.controller) },
      after: recovered.memory.memory.recovered(at: later).map { Recovered($0.controller) }
    )
    // A torn word of a program copy is told at the first start and stays told.
    let mayTell = expected.before?.tellsOfMemoryFault == true
    for second in recorder.day.writes {
      let torn = CutOutcome.torn(units: random.pick(0...second.units - 1), bits: random.next())
      for again in [CutOutcome.prefix(units: second.units / 2), torn, .doneUnacknowledged] {
        secondCases += 1
        var cut = memory
        cut.write(second.bytes, at: second.offset, cut: again)
        let found = cut.recovered(at: later).map { Recovered($0.controller) }
        let tells = mayTell || (second.isProgramWord && again.isTorn)
        let problem = problem(of: found, expected, write, mayTell: tells)
        fail(place, "\(outcome), then \(again) at \(second.offset)", problem)
      }
      memory.write(second.bytes, at: second.offset, cut: .doneUnacknowledged)
    }
  }

  // MARK: Outcomes

  private mutating func outcomes(of write: RecordedWrite) -> [CutOutcome] {
    var outcomes: [CutOutcome] = [
      .notStarted, .doneUnacknowledged, .prefix(units: write.units / 2),
    ]
    for units in choice(of: write.units) where units > 0 { outcomes.append(.prefix(units: units)) }
    for units in choice(of: write.units) {
      outcomes.append(.torn(units: units, bits: random.next()))
    }
    return outcomes
  }

  /// All numbers below one, or a seeded choice of them.
  private mutating func choice(of count: Int) -> [Int] {
    guard count > Self.unitsTried else { return Array(0..<count) }
    return (0..<Self.unitsTried).map { _ in random.pick(0...count - 1) }
  }
}

extension CutOutcome {
  var isTorn: Bool {
    if case .torn = self { return true }
    return false
  }

  fileprivate var name: String {
    switch self {
    case .notStarted: "not started"
    case .prefix: "prefix of units"
    case .torn: "unit with random bits"
    case .doneUnacknowledged: "done, not acknowledged"
    }
  }
}
