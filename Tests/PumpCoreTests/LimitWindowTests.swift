import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000
private let bucket: Int64 = 900_000
/// What a stroke of 2 mg/mL holds, fg.
private let dose: Int64 = 500_000_000

/// The limits on what was delivered in 24 h (contract: Limits).
struct LimitWindowTests {
  /// Which of the two limits is a hundred strokes; the other is wide.
  enum Kind: CaseIterable, Sendable {
    case volume, dose
  }

  /// A stroke an hour, no safe rate, and a limit of a number of strokes.
  static func program(_ kind: Kind, strokes: Int64 = 100) -> Program {
    .constant(6_000).with {
      $0.safeRate = .zero
      switch kind {
      case .volume: $0.limits.maxVolumePer24h = .nL(strokes * 250)
      case .dose: $0.limits[.baclofen] = Mass(femtograms: strokes * dose)
      }
    }
  }

  /// Strokes in the first bucket and in the second one.
  private func bench(_ kind: Kind, _ first: Int, _ second: Int) throws -> ControllerDriver {
    var bench = try ControllerDriver(Self.program(kind))
    bench.go(to: bucket - 1)
    bench.addToWindow(strokes: first)
    bench.go(to: bucket)
    bench.addToWindow(strokes: second)
    return bench
  }

  @Test
  func `a dose limit of nothing is passed by the first stroke (SR-010, H-04)`() throws {
    var bench = try ControllerDriver(Self.program(.dose, strokes: 0))
    bench.go(to: 3 * hour)
    #expect(bench.strokes.count == 1 && bench.safeReasons == [.limit])
  }

  @Test
  func `the window is the present quarter of an hour and the 95 before it (SR-010, H-04)`() {
    let campaign = Campaign(name: "limit windows", seed: 0x11, cases: 200)
    let failure = campaign.firstFailure { random in
      var table = MixtureTable()
      table.set(0, to: .of(microgramsPerMillilitre: 2_000))
      table.set(1, to: .of(microgramsPerMillilitre: 500))
      var window = LimitWindow()
      var all: [(bucket: Int64, volume: Int64, dose: Int64)] = []
      var now: Int64 = 0
      for _ in 0..<300 {
        now += Int64(
          random.pick([0, 1, 899_999, 900_000, random.pick(0...8_000_000), 86_400_000])
        )
        window.move(to: now, table)
        let place = random.pick(0...1)
        window.addVolume(250)
        window.addTip(250, MixtureIndex(place))
        let fg: Int64 = 250 * (place == 0 ? 2_000_000 : 500_000)
        window.addDose(fg, 0)
        all.append((now / bucket, 250, fg))
        let held = all.filter { $0.bucket > now / bucket - 96 }
        guard window.volume == held.reduce(0, { $0 + $1.volume }),
          window.doseFemtograms[0] == held.reduce(0, { $0 + $1.dose })
        else { return "at \(now) ms" }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test(arguments: Kind.allCases)
  func `a stroke is withheld where the window holds more than a limit (SR-010)`(
    kind: Kind
  ) throws {
    // Exactly the limit does not withhold; the stroke that finds more does.
    var exactly = try bench(kind, 0, 100)
    exactly.go(to: 2 * hour - 1)
    #expect(exactly.strokeTimes() == [hour] && exactly.state == .running)
    exactly.go(to: 2 * hour)
    #expect(exactly.strokeTimes() == [hour] && exactly.state == .safe)
    var more = try bench(kind, 0, 101)
    more.go(to: hour)
    #expect(more.strokes.isEmpty && more.safeReasons == [.limit])
    #expect(
      more.events(at: hour) == [.alarmRaised(.doseLimit), .safeRateEntered(.limit)]
    )
    #expect(Alarm.doseLimit.priority == .medium)
  }

  @Test(arguments: Kind.allCases)
  func `limit is left at the first boundary with at most 90 % in the window (SR-010)`(
    kind: Kind
  ) throws {
    var ninety = try bench(kind, 11, 90)
    ninety.go(to: 96 * bucket - 1)
    #expect(ninety.safeReasons == [.limit])
    ninety.go(to: 96 * bucket)
    #expect(ninety.times(of: .safeRateLeft(.limit)) == [96 * bucket])
    #expect(ninety.state == .running && ninety.rate == 6_000)
    var more = try bench(kind, 11, 91)
    more.go(to: 97 * bucket - 1)
    #expect(more.safeReasons == [.limit])
    more.go(to: 97 * bucket)
    #expect(more.times(of: .safeRateLeft(.limit)) == [97 * bucket])
  }

  @Test
  func `90 % of a limit is looked at exactly, whatever the limit (SR-010)`() {
    let campaign = Campaign(name: "nine tenths", seed: 0x12, cases: 5_000)
    let failure = campaign.firstFailure { random in
      let limit = random.positive()
      let near = Int64(Int128(limit) * 9 / 10)
      for value in [near, near &+ 1, limit, random.positive()] where value > 0 {
        var limits = Limits(maxRate: .zero, maxVolumePer24h: .nL(.max))
        limits[.baclofen] = Mass(femtograms: limit)
        var window = LimitWindow()
        window.addDose(value, 0)
        let isAllowed = Int128(value) * 10 <= Int128(limit) * 9
        if window.allows(limits) != isAllowed { return "\(value) of \(limit)" }
        if window.exceeds(limits, prime: true) != (value > limit) { return "\(value) > \(limit)" }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test
  func `a new program leaves limit at once where its limits allow (SR-010, SR-025)`() throws {
    // 101 strokes are 25,250 nL: 90 % of 28,056 nL hold them, of 28,055 nL not.
    for (limit, isLeft) in [(28_055, false), (28_056, true)] as [(Int64, Bool)] {
      var bench = try bench(.volume, 0, 101)
      bench.go(to: hour)
      #expect(bench.safeReasons == [.limit])
      try bench.activate(
        Self.program(.volume).with { $0.limits.maxVolumePer24h = .nL(limit) }
      )
      #expect(bench.safeReasons.isEmpty == isLeft)
      #expect(bench.count(of: .safeRateLeft(.limit)) == (isLeft ? 1 : 0))
      #expect(bench.controller.alarms.holds(.doseLimit) != isLeft)
    }
  }

  @Test
  func `limit is left while delivery is halted too`() throws {
    var bench = try bench(.volume, 11, 90)
    bench.at(96 * bucket - minute) { $0.suspend(for: .hours(1)) }
    bench.go(to: 96 * bucket)
    #expect(bench.times(of: .safeRateLeft(.limit)) == [96 * bucket] && bench.state == .halted)
  }

  @Test(arguments: [(-1, 96), (0, 97), (1, 97)] as [(Int64, Int64)])
  func `limit is left at no boundary without power (SR-010, H-06)`(
    late: Int64,
    left: Int64
  ) throws {
    var bench = try bench(.volume, 11, 90)
    bench.losePower(from: 96 * bucket - minute, to: 96 * bucket + late)
    bench.go(to: left * bucket - 1)
    #expect(bench.safeReasons == [.limit] && bench.state == .safe)
    bench.go(to: left * bucket)
    #expect(bench.safeReasons.isEmpty)
  }

  @Test
  func `at the safe rate no stroke is withheld for a limit`() throws {
    var bench = try ControllerDriver(Self.program(.volume).with { $0.safeRate = .nLPerDay(6_000) })
    bench.addToWindow(strokes: 101)
    bench.go(to: 5 * hour)
    #expect(bench.safeReasons == [.limit])
    #expect(bench.strokes.map(\.kind) == [.safe, .safe, .safe, .safe])
    #expect(bench.strokeTimes() == [2 * hour, 3 * hour, 4 * hour, 5 * hour])
  }

  @Test
  func `limit can be entered anew, with a new alarm (SR-010)`() throws {
    var bench = try bench(.volume, 11, 90)
    bench.at(96 * bucket) { $0.acknowledge(.doseLimit) }
    #expect(bench.events(at: 96 * bucket).contains(.alarmCleared(.doseLimit)))
    bench.addToWindow(strokes: 101)
    bench.go(to: 96 * bucket + 2 * hour)
    #expect(bench.count(of: .safeRateEntered(.limit)) == 2)
    #expect(bench.count(of: .alarmRaised(.doseLimit)) == 2)
  }

  @Test
  func `the running bolus ends where the window is full; the rest is never given (SR-010, SR-014)`()
    throws
  {
    let program = Self.program(.volume, strokes: 200).with(dose: 20_000, maxPer24h: 1)
    var bench = try ControllerDriver(program)
    bench.addToWindow(strokes: 180)
    bench.at(minute) { $0.requestPatientDose() }
    bench.go(to: 11 * minute)
    // 180 strokes and 20 make the limit; one more goes, the next is withheld.
    #expect(bench.strokes.count == 21 && bench.safeReasons == [.limit])
    let entered = try #require(bench.times(of: .safeRateEntered(.limit)).first)
    let given = 20_000 * (entered - minute) / (10 * minute)
    #expect(
      bench.events(at: entered).contains(
        .bolusAbandoned(.patient, remaining: .nL(20_000 - given))
      )
    )
    bench.go(to: 20 * hour)
    #expect(bench.strokes.count == 21)
  }

  @Test
  func `strokes that nobody commanded and trial strokes are in the window (SR-010, H-38)`() throws {
    var bench = try ControllerDriver(.constant(360_000))
    bench.go(to: minute)
    #expect(bench.controller.window.volume == 250)
    bench.act { $0.extraStrokesSeen(3) }
    #expect(bench.controller.window.volume == 4 * 250)
    // The next three are not seen; then two trial strokes are.
    bench.answers = [false, false, false, true, true]
    bench.go(to: 24 * minute - 1)
    #expect(bench.strokeTimes(.trial) == [14 * minute])
    #expect(bench.controller.window.volume == 5 * 250)
    bench.go(to: 24 * minute)
    #expect(bench.controller.window.volume == 6 * 250)
    #expect(bench.controller.window.doseFemtograms[0] == 6 * dose)
  }

  /// A path of 40 strokes without drug, and a prime of 44 over half an hour.
  private func primed(_ program: Program) throws -> ControllerDriver {
    var bench = try ControllerDriver(.constant(6_000))
    bench.act { $0.setCatheter(pathVolume: .nL(10_000), full: false) }
    try bench.activate(
      program.with { $0.prime = Prime(volume: .nL(11_000), over: .minutes(30)) }
    )
    return bench
  }

  @Test
  func `a prime is neither counted nor withheld by the volume limit (SR-035)`() throws {
    var bench = try primed(Self.program(.volume, strokes: 24))
    bench.go(to: 30 * minute)
    #expect(bench.strokeTimes(.prime).count == 44 && bench.controller.window.volume == 0)
    bench.go(to: 12 * hour)
    #expect(bench.safeReasons.isEmpty && bench.controller.window.volume == 11 * 250)
  }

  @Test
  func `what a prime gives at the tip counts and is held by the dose limit (SR-010, SR-035)`()
    throws
  {
    // The last four strokes of the prime push drug out of the tip.
    var whole = try primed(Self.program(.dose, strokes: 3))
    whole.go(to: 30 * minute)
    #expect(whole.strokeTimes(.prime).count == 44)
    #expect(whole.controller.window.doseFemtograms[0] == 4 * dose)
    whole.go(to: 2 * hour)
    #expect(whole.safeReasons == [.limit] && whole.strokes.count == 44)
    var cut = try primed(Self.program(.dose, strokes: 1))
    cut.go(to: 30 * minute)
    let at = (43 * 250 * 30 * minute + 10_999) / 11_000
    #expect(cut.strokeTimes(.prime).count == 42)
    let events = cut.events(at: at)
    #expect(events.contains(.bolusAbandoned(.prime, remaining: .nL(250))))
    #expect(events.contains(.safeRateEntered(.limit)) && events.contains(.primeEnded))
  }

  @Test
  func `neither the clock nor the hour of the day moves the window (SR-085, SR-086, H-07)`() throws
  {
    var bench = try bench(.volume, 11, 91)
    for hours in [20, 3, 30, 0] as [Int64] {
      bench.act { $0.setClock(to: .monday(hour: hours)) }
      bench.go(by: 5 * hour)
    }
    bench.go(to: 97 * bucket - 1)
    #expect(bench.safeReasons == [.limit])
    bench.act { $0.setClock(to: .monday(hour: 0, day: 40)) }
    bench.go(to: 97 * bucket)
    #expect(bench.times(of: .safeRateLeft(.limit)) == [97 * bucket])
  }
}
