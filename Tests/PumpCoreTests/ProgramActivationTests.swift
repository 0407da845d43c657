import Quantities
import Testing

@testable import PumpCore

private let second: Int64 = 1_000
private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// What a program does first: prime, bridge, basal (contract: Program; Delivery law, 6).
struct ProgramActivationTests {
  /// 10 nL a second.
  static let bridge = Bridge(rate: .nLPerDay(864_000), volume: .nL(10_000))
  static let prime = Prime(volume: .nL(11_000), over: .minutes(30))

  static func primed(_ program: Program = .constant(360_000)) -> Program {
    program.with { $0.prime = prime }
  }

  /// With a safe rate of 1 nL a second.
  static func bridged(_ program: Program = .constant(360_000)) -> Program {
    program.with {
      $0.bridge = bridge
      $0.safeRate = .nLPerDay(86_400)
    }
  }

  static let periodic = Program.periodic(1_000, over: .minutes(10), every: .hours(3))
  static let started = PumpEvent.bolusStarted(.periodic, .nL(1_000))

  @Test
  func `the prime comes first and alone, then the bridge, then the basal (SR-035)`() throws {
    var bench = try ControllerDriver(Self.primed(Self.bridged()), pathEmpty: true)
    #expect(
      bench.events == [.programActivated, .primeStarted, .bolusStarted(.prime, .nL(11_000))]
    )
    bench.go(to: 10 * minute)
    #expect(bench.state == .priming && bench.rate == 0 && bench.demand == 11_000 / 3)
    bench.go(to: 30 * minute - 1)
    #expect(bench.demand == 10_999 && bench.state == .priming)
    bench.go(to: 30 * minute)
    #expect(
      bench.events(at: 30 * minute) == [.bolusEnded(.prime), .primeEnded, .bridgeStarted]
    )
    #expect(bench.state == .bridging && bench.rate == 864_000 && bench.demand == 11_000)
    bench.go(to: 30 * minute + 1_000 * second - 1)
    #expect(bench.state == .bridging && bench.demand == 11_000 + 9_999)
    bench.go(to: 30 * minute + 1_000 * second)
    #expect(bench.state == .running && bench.rate == 360_000 && bench.demand == 21_000)
    #expect(bench.times(of: .bridgeEnded) == [30 * minute + 1_000 * second])
    #expect(bench.strokeTimes(.prime).count == 44 && bench.strokes.count == 84)
  }

  @Test(arguments: [(186_001, 100_003), (6_000, 1), (5_000_000, 250_000)] as [(Int64, Int64)])
  func `a bridge ends in the first millisecond at which all of it is demanded (H-15)`(
    rate: Int64,
    volume: Int64
  ) throws {
    let program = Program.constant(48_000).with {
      $0.limits.maxVolumePer24h = .nL(5_000_000)
      $0.bridge = Bridge(rate: .nLPerDay(rate), volume: .nL(volume))
    }
    var bench = try ControllerDriver(program)
    let end = (volume * day + rate - 1) / rate
    bench.go(to: end - 1)
    #expect(bench.state == .bridging)
    bench.go(to: end)
    #expect(bench.state == .running && bench.demand == rate * end / day)
    #expect(bench.times(of: .bridgeEnded) == [end])
  }

  @Test
  func `what the safe rate delivers counts towards the bridge (H-15)`() throws {
    var bench = try ControllerDriver(Self.bridged())
    bench.at(400 * second) { $0.enterSafeRate() }
    #expect(bench.state == .safe && bench.rate == 86_400)
    bench.at(3_400 * second) { $0.resumeTherapy() }
    #expect(bench.state == .bridging && bench.rate == 864_000)
    bench.go(to: 3_700 * second)
    #expect(bench.times(of: .bridgeEnded) == [3_700 * second] && bench.demand == 10_000)
    // It ends at the safe rate too, which goes on.
    var safe = try ControllerDriver(Self.bridged())
    safe.at(400 * second) { $0.enterSafeRate() }
    safe.go(to: 6_400 * second)
    #expect(safe.times(of: .bridgeEnded) == [6_400 * second] && safe.state == .safe)
    safe.act { $0.resumeTherapy() }
    #expect(safe.state == .running)
  }

  @Test
  func `a bridge stands still while delivery is halted, or safe at no rate`() throws {
    var bench = try ControllerDriver(Self.bridged())
    bench.at(400 * second) { $0.suspend(for: .hours(2)) }
    bench.go(to: 400 * second + 2 * hour + 599_999)
    #expect(bench.state == .bridging && bench.demand == 9_999)
    bench.go(by: 1)
    #expect(bench.times(of: .bridgeEnded) == [1_000 * second + 2 * hour])
    var none = try ControllerDriver(Self.bridged().with { $0.safeRate = .zero })
    none.act { $0.enterSafeRate() }
    none.go(to: day)
    #expect(none.count(of: .bridgeEnded) == 0 && none.demand == 0)
  }

  @Test
  func `a new program ends a prime, a bridge and a bolus before it acts (SR-014)`() throws {
    var primed = try ControllerDriver(Self.primed(), pathEmpty: true)
    primed.go(to: 15 * minute)
    try primed.activate(.constant(48_000))
    #expect(
      primed.events(at: 15 * minute) == [
        .bolusAbandoned(.prime, remaining: .nL(5_500)), .primeEnded, .programActivated,
      ]
    )
    var bridged = try ControllerDriver(Self.bridged())
    bridged.go(to: minute)
    try bridged.activate(Self.bridged())
    #expect(bridged.events(at: minute) == [.bridgeEnded, .programActivated, .bridgeStarted])
    bridged.go(to: minute + 1_000 * second)
    #expect(bridged.times(of: .bridgeEnded) == [minute, minute + 1_000 * second])
    var dosed = try ControllerDriver(.constant(48_000).with(dose: 6_000))
    dosed.act { $0.requestPatientDose() }
    dosed.go(to: 5 * minute)
    try dosed.activate(.constant(48_000))
    #expect(
      dosed.events(at: 5 * minute)
        == [.bolusAbandoned(.patient, remaining: .nL(3_000)), .programActivated]
    )
    dosed.go(to: day)
    #expect(dosed.demand == 48_000 + 3_000)
  }

  @Test
  func `a prime that a halt abandons is over; what follows it begins at that instant (SR-014)`()
    throws
  {
    for isSafe in [false, true] {
      var bench = try ControllerDriver(Self.primed(Self.bridged()), pathEmpty: true)
      bench.at(15 * minute) { isSafe ? $0.enterSafeRate() : $0.suspend(for: .hours(1)) }
      let events = bench.events(at: 15 * minute)
      #expect(events.contains(.bolusAbandoned(.prime, remaining: .nL(5_500))))
      #expect(events.suffix(2) == [.primeEnded, .bridgeStarted])
      bench.go(to: 16 * minute)
      #expect(bench.demand == 5_500 + (isSafe ? 60 : 0))
      bench.act { $0.resumeTherapy() }
      #expect(bench.state == .bridging && bench.count(of: .primeStarted) == 1)
    }
  }

  @Test
  func `periodic boluses count from the start of basal, wherever that is`() throws {
    var plain = try ControllerDriver(Self.periodic)
    plain.go(to: 9 * hour)
    #expect(plain.times(of: Self.started) == [0, 3 * hour, 6 * hour, 9 * hour])
    var bridged = try ControllerDriver(Self.bridged(Self.periodic))
    bridged.go(to: 7 * hour)
    #expect(bridged.times(of: Self.started) == [0, 3, 6].map { $0 * hour + 1_000 * second })
    var primed = try ControllerDriver(Self.primed(Self.periodic), pathEmpty: true)
    primed.go(to: 4 * hour)
    #expect(primed.times(of: Self.started) == [30 * minute, 3 * hour + 30 * minute])
    var cut = try ControllerDriver(Self.primed(Self.periodic), pathEmpty: true)
    cut.at(10 * minute) { $0.suspend(for: .hours(1)) }
    cut.go(to: 4 * hour)
    #expect(cut.times(of: .bolusSkipped) == [10 * minute])
    #expect(cut.times(of: Self.started) == [3 * hour + 10 * minute])
  }

  @Test
  func `a periodic count starts while delivery is halted too, its boluses are skipped (SR-014)`()
    throws
  {
    var bench = try ControllerDriver(.constant(48_000))
    bench.at(hour) { $0.suspend(for: .hours(4)) }
    bench.go(to: 2 * hour)
    try bench.activate(Self.periodic)
    bench.go(to: 9 * hour)
    #expect(bench.times(of: .bolusSkipped) == [2 * hour])
    #expect(bench.times(of: Self.started) == [5 * hour, 8 * hour])
    // At the safe rate as well.
    bench.at(10 * hour) { $0.enterSafeRate() }
    bench.at(12 * hour) { $0.resumeTherapy() }
    #expect(bench.times(of: .bolusSkipped) == [2 * hour, 11 * hour])
    bench.go(to: 14 * hour)
    #expect(bench.times(of: Self.started).last == 14 * hour)
  }

  @Test
  func `a setting of the clock moves no periodic bolus (SR-086, H-07)`() throws {
    var bench = try ControllerDriver(Self.periodic)
    for hours in [3, 0, 23, 90] as [Int64] {
      bench.go(by: 50 * minute)
      bench.act { $0.setClock(to: .monday(hour: hours)) }
    }
    bench.go(to: 6 * hour)
    #expect(bench.times(of: Self.started) == [0, 3 * hour, 6 * hour])
  }

  @Test
  func `stopped delivers nothing, and what starts it again is a program (SR-022)`() throws {
    var bench = try ControllerDriver(.test(.stopped))
    #expect(bench.events == [.programActivated, .halted(.stopped)])
    bench.go(to: 40 * day)
    #expect(bench.demand == 0 && bench.state == .halted && bench.rate == 0)
    bench.act { $0.resumeTherapy() }
    bench.act { $0.clear(.overDelivery) }
    #expect(bench.halts == [.stopped])
    try bench.activate(.test(.stopped))
    #expect(bench.count(of: .halted(.stopped)) == 1)
    try bench.activate(.test(.minimum))
    #expect(bench.state == .running && bench.rate == 6_000)
    #expect(bench.events.contains(.resumed) && bench.count(of: .alarmRaised(.therapyGap)) == 0)
    bench.go(by: day)
    #expect(bench.demand == 6_000)
  }

  @Test
  func `a new program leaves gap and command, not over-delivery (SR-025)`() throws {
    for program in [Program.constant(48_000), .test(.stopped)] {
      var bench = try ControllerDriver(.constant(48_000).with { $0.restartGap = .hour })
      bench.at(hour) { $0.suspend(for: .hours(2)) }
      bench.at(4 * hour) { $0.enterSafeRate() }
      bench.act { $0.extraStrokesSeen(20) }
      #expect(bench.safeReasons == [.overDelivery, .gap, .command])
      try bench.activate(program)
      #expect(bench.safeReasons == [.overDelivery])
      #expect(!bench.controller.alarms.holds(.therapyGap))
    }
  }

  // MARK: When a prime is allowed

  typealias Setup = @Sendable (inout ControllerDriver) throws -> Void

  static let setups: [(name: String, isAllowed: Bool, setup: Setup)] = [
    ("commissioned with a full path", false, { _ in }),
    ("an empty path", true, { $0.empty() }),
    (
      "a full one again", false,
      {
        $0.empty(); $0.fill()
      }
    ),
    (
      "stopped", true,
      {
        try $0.activate(.test(.stopped)); $0.empty()
      }
    ),
    (
      "suspended", false,
      {
        $0.empty(); $0.act { $0.suspend(for: .hours(1)) }
      }
    ),
    (
      "in an MRI", false,
      {
        $0.empty(); $0.act { $0.enterMRI(for: .hours(1)) }
      }
    ),
    (
      "stalled", false,
      {
        $0.empty(); $0.stalls = [0..<hour]; $0.go(by: hour)
      }
    ),
    (
      "over-delivering", false,
      {
        $0.empty(); $0.act { $0.extraStrokesSeen(20) }
      }
    ),
    (
      "empty", false,
      {
        $0.empty(); $0.act { $0.reservoir = 0 }; $0.go(by: hour)
      }
    ),
    (
      "at the end of service", false,
      {
        $0.empty(); $0.act { $0.batteryShows(.endOfService) }
      }
    ),
    (
      "at the safe rate by command", true,
      {
        $0.empty(); $0.act { $0.enterSafeRate() }
      }
    ),
    (
      "after a gap", true,
      { bench in
        bench.empty()
        bench.act { $0.suspend(for: .hours(4)) }
        bench.go(by: 4 * hour)
        try #require(bench.safeReasons == [.gap])
      }
    ),
    (
      "past a limit", false,
      { bench in
        bench.empty()
        bench.addToWindow(strokes: 8_100)
        bench.go(by: hour)
        try #require(bench.safeReasons == [.limit])
      }
    ),
    (
      "with no program left", false,
      {
        $0.empty(); $0.act { $0.programVerified(.lost(safeRate: nil)) }
      }
    ),
    (
      "primed", false,
      {
        $0.empty(); try $0.prime(); $0.go(by: hour)
      }
    ),
    (
      "priming", false,
      {
        $0.empty(); try $0.prime(); $0.go(by: minute)
      }
    ),
    (
      "primed, then emptied anew", true,
      {
        $0.empty(); try $0.prime(); $0.go(by: hour); $0.empty()
      }
    ),
    (
      "a prime abandoned", false,
      {
        $0.empty(); try $0.prime(); $0.act { $0.enterSafeRate() }; $0.act { $0.resumeTherapy() }
      }
    ),
  ]

  @Test
  func `a prime is accepted once, with an empty path and nothing wrong (SR-035)`() throws {
    let plain = Program.constant(360_000).with { $0.restartGap = .hours(4) }
    for (name, isAllowed, setup) in Self.setups {
      var bench = try ControllerDriver(plain)
      try setup(&bench)
      let refusal = bench.refusal(of: Self.primed())
      #expect(refusal == (isAllowed ? nil : .primeNotAllowed), "\(name)")
    }
    var commissioned = try ControllerDriver(plain, pathEmpty: true)
    #expect(commissioned.refusal(of: Self.primed()) == nil)
    // A refused program uses nothing up.
    let huge = plain.with { $0.prime = Prime(volume: .nL(400_000), over: .hours(9)) }
    #expect(commissioned.refusal(of: huge) != nil)
    try commissioned.activate(Self.primed())
    #expect(commissioned.state == .priming)
  }
}

extension ControllerDriver {
  fileprivate mutating func empty() {
    act { $0.setCatheter(pathVolume: .nL(316_000), full: false) }
  }

  fileprivate mutating func fill() {
    act { $0.setCatheter(pathVolume: .nL(316_000), full: true) }
  }

  fileprivate mutating func prime() throws {
    try activate(ProgramActivationTests.primed())
  }
}
