import PumpTesting
import Quantities

@testable import PumpCore

/// A memory as a power loss finds it, and what a start from it must come to when bits have changed.
struct FlipJudge {
  enum Verdict: Equatable {
    /// The pump that starts is the one that would have started anyway.
    case masked
    /// It tells: its program was restored, or it runs at a safe rate that it knows, with the alarm.
    case told
    /// It does not start: it has to be commissioned anew.
    case lost
    /// It is another pump and says nothing.
    case silentlyWrong(String)
  }

  /// A stretch of memory, in bytes, and how many of them hold something.
  struct Region {
    let name: String
    let start: Int
    let length: Int
    let used: Int
  }

  let memory: TestMemory
  let now: PumpTime
  private let reference: Recovered
  private let safeRates: Set<Int64>

  init(_ memory: TestMemory, at now: PumpTime, safeRates: [Int64]) throws {
    self.memory = memory
    self.now = now
    guard let pump = memory.recovered(at: now) else { throw NotBuilt(what: "the reference") }
    reference = Recovered(pump.controller)
    self.safeRates = Set(safeRates)
  }

  func verdict(of changed: TestMemory) -> Verdict {
    guard let pump = changed.recovered(at: now) else { return .lost }
    let found = Recovered(pump.controller)
    let events = pump.sink.events
    if !found.tellsOfMemoryFault {
      if events.contains(.programRestored) { return .silentlyWrong("restored without an alarm") }
      return found.isSamePump(as: reference)
        ? .masked : .silentlyWrong("another state, and nothing is told")
    }
    guard events.contains(.alarmRaised(.memoryFault)) else {
      return .silentlyWrong("the alarm was not raised")
    }
    if !pump.controller.isSafe(.memoryFault) {
      guard events.contains(.programRestored), found.isSamePump(as: reference) else {
        return .silentlyWrong("told as restored, and it is not the same pump")
      }
      return mended(pump.memory)
    }
    let rate = pump.controller.program.safeRate.nanolitresPerDay
    return safeRates.contains(rate) ? .told : .silentlyWrong("a safe rate that nobody knows")
  }

  /// After the start both copies of the program are whole again.
  private func mended(_ memory: TestMemory) -> Verdict {
    guard let again = memory.recovered(at: now) else { return .silentlyWrong("not mended") }
    return again.sink.events.contains(.programRestored)
      ? .silentlyWrong("restored again and again") : .told
  }

  /// What the store keeps, the journal excepted.
  var regions: [Region] {
    let programs = (0..<2).map {
      region("program copy \($0)", StoreLayout.program($0), StoreLayout.programBytes)
    }
    let states = (0..<2).map {
      region("state slot \($0)", StoreLayout.state($0), StoreLayout.stateBytes)
    }
    let books = (0..<2).map {
      region("book copy \($0)", StoreLayout.book($0), StoreLayout.bookBytes)
    }
    return programs + states + books + [region("safe rate", StoreLayout.safeRate, 24)]
  }

  private func region(_ name: String, _ start: Int, _ length: Int) -> Region {
    let last = memory.bytes[start..<start + length].lastIndex { $0 != 0 } ?? start
    return Region(name: name, start: start, length: length, used: last - start + 1)
  }
}

/// How many cases came to which verdict.
struct FlipTally {
  private(set) var masked = 0
  private(set) var told = 0
  private(set) var lost = 0
  private(set) var wrong = 0
  private(set) var firstWrong: String?

  var cases: Int { masked + told + lost + wrong }

  mutating func add(_ verdict: FlipJudge.Verdict, _ what: @autoclosure () -> String) {
    switch verdict {
    case .masked: masked += 1
    case .told: told += 1
    case .lost: lost += 1
    case .silentlyWrong(let why):
      wrong += 1
      if firstWrong == nil { firstWrong = "\(what()): \(why)" }
    }
  }

  var text: String {
    "\(cases) cases, \(masked) masked, \(told) told, \(lost) lost, \(wrong) silently wrong"
  }
}

extension TestMemory {
  /// A pump with much in its memory: two drugs, boluses, a stall behind it, a dose that runs, and
  /// strokes booked since the state.
  static func busy() throws -> (memory: TestMemory, now: PumpTime) {
    var mixture = Mixture.baclofen
    mixture[.morphine] = Concentration(nanogramsPerMillilitre: 1_500_000)
    let first = try Program.daily([(0, 200_000), (480, 600_000), (1_200, 400_000)])
      .with(dose: 10_000, over: .minutes(20)).with {
        $0.limits[.morphine] = Mass(femtograms: 10_000_000_000_000)
      }
    var pump = try TestPump.commissioned(first, controller: .commissioned(mixture: mixture))
    pump.motor.stalls = [(from: .hours(30), until: .hours(31))]
    pump.advance(to: .hours(26))
    pump.perform { $0.giveClinicianBolus(.nL(20_000), over: .minutes(10)) }
    pump.advance(to: .hours(33))
    try pump.activate(first.with { $0.safeRate = .nLPerDay(80_000) })
    pump.advance(to: .hours(40))
    pump.extraStrokesSeen(3)
    pump.perform { $0.requestPatientDose() }
    pump.advance(to: .hours(40) + .minutes(7))
    return (pump.memory, .hours(40) + .minutes(19))
  }

  /// The same kind of pump right after an activation: the older state names the older program.
  static func justActivated() throws -> (memory: TestMemory, now: PumpTime) {
    var pump = try TestPump.commissioned(.constant(300_000))
    pump.advance(to: .hours(5))
    let next = Program.periodic(3_000, over: .minutes(5), every: .hours(3), background: 100_000)
    try pump.activate(next.with { $0.safeRate = .nLPerDay(80_000) })
    return (pump.memory, .hours(5) + .minutes(3))
  }
}
