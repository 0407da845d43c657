import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Every fault in every state: what the contract's table says, and nothing else.
struct FaultTableTests {
  enum Situation: Hashable, Sendable {
    case running, priming, bridging, off
    case safe(SafeReason)
    case halted(HaltReason)

    static let all: [Situation] =
      [.running, .priming, .bridging, .off]
      + SafeReason.allCases.map(Situation.safe) + HaltReason.allCases.map(Situation.halted)
  }

  enum Fault: CaseIterable, Sendable {
    case motorStall, extraStrokes20, extraStrokes40, reservoirEmpty, reservoirLow, limitPassed
    case oneCopyCorrupt, bothCopiesCorrupt, powerLoss, replacementMark, endOfService, suspension
    case mri, clockStep
  }

  /// A stroke a minute, at the safe rate and in the bridge too.
  static let program = Program.constant(360_000).with {
    $0.safeRate = .nLPerDay(360_000)
    $0.restartGap = .hours(2)
  }

  private func bench(in situation: Situation) throws -> ControllerDriver {
    let program = Self.program.with {
      if situation == .priming { $0.prime = Prime(volume: .nL(100_000), over: .hours(5)) }
      if situation == .bridging {
        $0.bridge = Bridge(rate: .nLPerDay(360_000), volume: .nL(90_000))
      }
    }
    var bench = try ControllerDriver(program, pathEmpty: true)
    bench.go(to: 10 * minute)
    switch situation {
    case .running, .priming, .bridging: break
    case .off: bench.act { $0.powerFailed() }
    case .safe(let reason): SafeRateTests.enter(reason, &bench)
    case .halted(let reason): try Self.halt(&bench, reason)
    }
    return bench
  }

  private static func halt(_ bench: inout ControllerDriver, _ reason: HaltReason) throws {
    switch reason {
    case .stopped: try bench.activate(program.with { $0.basal = .stopped })
    case .stalled:
      bench.stalls = [bench.now..<9 * day]
      bench.go(by: 3 * minute)
    case .overDelivery: bench.act { $0.extraStrokesSeen(40) }
    case .empty:
      bench.act { $0.reservoir = 100 }
      bench.go(by: minute)
    case .suspended: bench.act { $0.suspend(for: .hours(4)) }
    case .mri: bench.act { $0.enterMRI(for: .hours(2)) }
    case .endOfService: bench.act { $0.batteryShows(.endOfService) }
    }
  }

  /// Brings a fault about; a pump without power sees none of them, but for the battery's at boot.
  private func bring(_ fault: Fault, to bench: inout ControllerDriver) {
    guard bench.state != .off else { return }
    switch fault {
    case .motorStall:
      bench.stalls = [bench.now..<9 * day]
      bench.go(by: 4 * minute)
    case .extraStrokes20: bench.act { $0.extraStrokesSeen(20) }
    case .extraStrokes40: bench.act { $0.extraStrokesSeen(40) }
    case .reservoirEmpty:
      bench.act { $0.reservoir = 100 }
      bench.go(by: 4 * minute)
    case .reservoirLow:
      bench.act { $0.reservoir = 2_000_100 }
      bench.go(by: 4 * minute)
    case .limitPassed:
      bench.act { $0.window.addDose(20_000_000_000_000, 0) }
      bench.go(by: 4 * minute)
    case .oneCopyCorrupt: bench.act { $0.programVerified(.restored) }
    case .bothCopiesCorrupt:
      bench.act { $0.programVerified(.lost(safeRate: .nLPerDay(360_000))) }
    case .powerLoss: bench.losePower(from: bench.now, to: bench.now + minute)
    case .replacementMark: bench.act { $0.batteryShows(.replacement) }
    case .endOfService: bench.act { $0.batteryShows(.endOfService) }
    case .suspension: bench.act { $0.suspend(for: .hours(4)) }
    case .mri: bench.act { $0.enterMRI(for: .hours(2)) }
    case .clockStep: bench.act { $0.clockStepped() }
    }
  }

  /// What a fault adds to what held before, by the contract's table.
  struct Effect {
    var halt: HaltReason?
    var safe: SafeReason?
    var alarm: Alarm?
  }

  private func effect(of fault: Fault, on before: ControllerDriver) -> Effect {
    let moves = before.halts.isEmpty
    let isSafe = !before.safeReasons.isEmpty
    if before.state == .off { return Effect() }
    return switch fault {
    case .motorStall: moves ? Effect(halt: .stalled, alarm: .motorStall) : Effect()
    case .extraStrokes20 where before.safeReasons.contains(.overDelivery):
      // Those before and these are forty.
      Effect(halt: .overDelivery, safe: .overDelivery, alarm: .overDelivery)
    case .extraStrokes20: Effect(safe: .overDelivery, alarm: .overDelivery)
    case .extraStrokes40: Effect(halt: .overDelivery, safe: .overDelivery, alarm: .overDelivery)
    case .reservoirEmpty: moves ? Effect(halt: .empty, alarm: .reservoirEmpty) : Effect()
    // A pump without a program has no low mark.
    case .reservoirLow:
      moves && !before.safeReasons.contains(.memoryFault) ? Effect(alarm: .reservoirLow) : Effect()
    case .limitPassed: moves && !isSafe ? Effect(safe: .limit, alarm: .doseLimit) : Effect()
    case .oneCopyCorrupt: Effect(alarm: .memoryFault)
    case .bothCopiesCorrupt: Effect(safe: .memoryFault, alarm: .memoryFault)
    case .powerLoss: Effect()
    case .replacementMark: Effect(alarm: .electiveReplacement)
    case .endOfService: Effect(halt: .endOfService, alarm: .endOfService)
    case .suspension: Effect(halt: .suspended)
    case .mri: Effect(halt: .mri)
    case .clockStep: Effect(alarm: .clockFault)
    }
  }

  @Test(arguments: Situation.all, Fault.allCases)
  func `each fault in each state does what the table says (SR-021, SR-022, SR-025, H-49)`(
    situation: Situation,
    fault: Fault
  ) throws {
    let before = try bench(in: situation)
    #expect(Self.shows(before, situation))
    var after = before
    bring(fault, to: &after)
    let effect = effect(of: fault, on: before)
    #expect(Set(after.halts) == Set(before.halts).union(effect.halt.map { [$0] } ?? []))
    #expect(
      Set(after.safeReasons) == Set(before.safeReasons).union(effect.safe.map { [$0] } ?? [])
    )
    if let alarm = effect.alarm { #expect(after.controller.alarms.isLatched(alarm)) }
    for alarm in Alarm.allCases where alarm != effect.alarm {
      let isLatched = before.controller.alarms.isLatched(alarm)
      #expect(after.controller.alarms.isLatched(alarm) == isLatched, "\(alarm)")
    }
    let goesOn = effect.halt == nil && effect.safe == nil
    let endsPrime = situation == .priming && (fault == .powerLoss || !goesOn)
    if goesOn, !endsPrime {
      #expect(after.state == before.state && after.rate == before.rate)
    } else if endsPrime, goesOn {
      #expect(after.state == .running && after.rate == 360_000)
    }
    checkLaws(after)
  }

  private static func shows(_ bench: ControllerDriver, _ situation: Situation) -> Bool {
    switch situation {
    case .running: bench.state == .running
    case .priming: bench.state == .priming
    case .bridging: bench.state == .bridging
    case .off: bench.state == .off
    case .safe(let reason): bench.state == .safe && bench.safeReasons == [reason]
    case .halted(let reason): bench.state == .halted && bench.halts == [reason]
    }
  }

  /// State, rate and bolus fit what holds; all that keeps therapy away ends or calls for help.
  private func checkLaws(_ bench: ControllerDriver) {
    let controller = bench.controller
    guard bench.state != .off else {
      #expect(bench.rate == 0)
      return
    }
    if !bench.halts.isEmpty {
      #expect(bench.state == .halted && bench.rate == 0 && controller.demand.bolus == nil)
    } else if !bench.safeReasons.isEmpty {
      #expect(bench.state == .safe && bench.rate == 360_000 && controller.demand.bolus == nil)
    }
    for reason in bench.halts {
      switch reason {
      case .stopped: break
      case .suspended: #expect(controller.suspensionEnd <= bench.now + 4 * hour)
      case .mri: #expect(controller.mriEnd <= bench.now + 2 * hour)
      case .stalled: check(.motorStall, in: bench)
      case .overDelivery: check(.overDelivery, in: bench)
      case .empty: check(.reservoirEmpty, in: bench)
      case .endOfService: check(.endOfService, in: bench)
      }
    }
    for reason in bench.safeReasons {
      switch reason {
      case .command: break
      case .limit: #expect(controller.nextLimitCheck <= bench.now + 900_000)
      case .overDelivery: check(.overDelivery, in: bench)
      case .gap: check(.therapyGap, in: bench)
      case .memoryFault: check(.memoryFault, in: bench)
      }
    }
  }

  private func check(_ alarm: Alarm, in bench: ControllerDriver) {
    #expect(alarm.priority == .high && bench.controller.alarms.holds(alarm))
  }

  @Test(arguments: Situation.all)
  func `after any two faults all that keeps therapy away ends or calls for help (SR-021, SR-022)`(
    situation: Situation
  ) throws {
    let start = try bench(in: situation)
    for first in Fault.allCases {
      for second in Fault.allCases {
        var bench = start
        bring(first, to: &bench)
        bring(second, to: &bench)
        checkLaws(bench)
        // A day later too, whatever has ended by then.
        bench.go(by: day)
        checkLaws(bench)
      }
    }
  }

  @Test(arguments: Fault.allCases)
  func `a pump without power boots into what held before (SR-021, SR-062)`(fault: Fault) throws {
    for situation in Situation.all where situation != .off {
      var bench = try bench(in: situation)
      bring(fault, to: &bench)
      let halts = bench.halts
      let safe = bench.safeReasons
      bench.losePower(from: bench.now, to: bench.now + minute)
      #expect(bench.halts == halts && bench.safeReasons == safe, "\(situation)")
      checkLaws(bench)
    }
  }
}
