import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000

/// Why a program is refused, and what is just not refused (contract: Program).
struct ProgramCheckTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let program: Program
    let refusal: ProgramRefusal?

    init(_ name: String, _ program: Program, _ refusal: ProgramRefusal? = nil) {
      testDescription = name
      self.program = program
      self.refusal = refusal
    }
  }

  /// Limits that nothing passes but what the test means to.
  static func free(_ basal: Basal) -> Program {
    .test(basal).with {
      $0.limits.maxRate = .nLPerDay(100_000_000)
      $0.limits.maxVolumePer24h = .nL(100_000_000)
    }
  }

  static func constant(_ rate: Int64) -> Program { free(.constant(.nLPerDay(rate))) }

  static func limited(rate: Int64, _ program: Program) -> Program {
    program.with { $0.limits.maxRate = .nLPerDay(rate) }
  }

  static func limited(volume: Int64, _ program: Program) -> Program {
    program.with { $0.limits.maxVolumePer24h = .nL(volume) }
  }

  static func periodic(_ dose: Int64, over: Int64, every: Int64, _ background: Int64) -> Program {
    free(
      .periodic(
        dose: .nL(dose),
        over: .minutes(over),
        every: .minutes(every),
        background: .nLPerDay(background)
      )
    )
  }

  static func week(_ patterns: [[(Int, Int64)]], _ days: [Int]) throws -> Program {
    var program = free(.scheduled)
    for steps in patterns {
      try program.schedule.beginPattern()
      for (minute, rate) in steps {
        try program.schedule.addStep(minute: minute, rate: .nLPerDay(rate))
      }
    }
    for (weekday, pattern) in days.enumerated() {
      try program.schedule.setPattern(pattern, ofDay: weekday)
    }
    return program
  }

  private static func outside(_ given: Int64) -> ProgramRefusal {
    .modelRange(
      given: .nLPerDay(given),
      limit: .nLPerDay(given < 6_000 ? 6_000 : 24_000_000)
    )
  }

  private static func over(rate: Int64, _ limit: Int64) -> ProgramRefusal {
    .rateLimit(planned: .nLPerDay(rate), limit: .nLPerDay(limit))
  }

  private static func over(volume: Int64, _ limit: Int64) -> ProgramRefusal {
    .volumeLimit(planned: .nL(volume), limit: .nL(limit))
  }

  static let edges: [(rate: Int64, isInside: Bool)] = [
    (1, false), (5_999, false), (6_000, true), (24_000_000, true), (24_000_001, false),
  ]

  static func rangeCases() throws -> [Case] {
    var cases = [
      Case("no basal", constant(0)), Case("stopped", free(.stopped)),
      Case("minimum", free(.minimum)),
    ]
    for (rate, isInside) in edges {
      let refusal = isInside ? nil : outside(rate)
      cases += [
        Case("basal \(rate)", constant(rate), refusal),
        Case("step \(rate)", try week([[(0, 48_000), (60, rate)]], []), refusal),
        Case("step of a day \(rate)", try week([[(0, 0)], [(0, rate)]], [0, 0, 1]), refusal),
        Case("step of no day \(rate)", try week([[(0, 48_000)], [(0, rate)]], []), refusal),
        Case("background \(rate)", periodic(1_000, over: 10, every: 60, rate), refusal),
        Case(
          "bridge \(rate)",
          constant(48_000).with { $0.bridge = Bridge(rate: .nLPerDay(rate), volume: .nL(9)) },
          refusal
        ),
        Case("safe rate \(rate)", constant(48_000).with { $0.safeRate = .nLPerDay(rate) }, refusal),
      ]
    }
    cases.append(Case("no safe rate", constant(48_000).with { $0.safeRate = .zero }))
    // 250,000 nL in a quarter of an hour are 24 mL/d.
    for (volume, refusal) in [(250_000, nil), (250_001, outside(24_000_096))]
      as [(Int64, ProgramRefusal?)]
    {
      cases += [
        Case(
          "patient dose of \(volume)",
          constant(6_000).with(dose: volume, over: .minutes(15)),
          refusal
        ),
        Case("periodic dose of \(volume)", periodic(volume, over: 15, every: 900, 0), refusal),
        Case(
          "prime of \(volume)",
          constant(6_000).with { $0.prime = Prime(volume: .nL(volume), over: .minutes(15)) },
          refusal
        ),
      ]
    }
    return cases
  }

  @Test(arguments: try rangeCases())
  func `a rate outside of the model's range is refused with both figures`(
    item: Case
  ) throws {
    let bench = try ControllerDriver(.constant(48_000), pathEmpty: true)
    #expect(bench.refusal(of: item.program) == item.refusal)
  }

  static func rateCases() throws -> [Case] {
    let patient = constant(360_000).with(dose: 10_000)
    let both = periodic(20_000, over: 10, every: 480, 6_000).with(dose: 10_000)
    let bigger = periodic(20_000, over: 10, every: 480, 6_000).with(dose: 30_000)
    let bridge = constant(6_000).with {
      $0.bridge = Bridge(rate: .nLPerDay(2_000_000), volume: .nL(9))
    }
    // 7 nL in 17 min are 592.94 nL/d.
    let fraction = constant(6_000).with(dose: 7, over: .minutes(17))
    let steps = try week([[(0, 6_000), (60, 500_000), (61, 7_000)]], []).with(dose: 10_000)
    let planned: [(String, Program, Int64)] = [
      ("basal", constant(360_000), 360_000), ("minimum", free(.minimum), 6_000),
      ("basal and patient dose", patient, 1_800_000),
      ("the larger is periodic", both, 2_886_000),
      ("the larger is the patient's", bigger, 4_326_000),
      ("bridge", bridge, 2_000_000), ("a fraction", fraction, 6_593),
      ("the highest step", steps, 1_940_000),
      (
        "but not that of a day that there is not", try week([[(0, 6_000)], [(0, 9_000)]], []), 6_000
      ),
    ]
    return planned.flatMap { name, program, rate in
      [
        Case("\(name), at the limit", limited(rate: rate, program)),
        Case(
          "\(name), above it",
          limited(rate: rate - 1, program),
          over(rate: rate, rate - 1)
        ),
      ]
    }
  }

  @Test(arguments: try rateCases())
  func `a planned rate above maxRate is refused with both figures (SR-008, H-04)`(
    item: Case
  ) throws {
    let bench = try ControllerDriver(.constant(48_000))
    #expect(bench.refusal(of: item.program) == item.refusal)
  }

  static func volumeCases() throws -> [Case] {
    let patient = constant(360_000).with(dose: 10_000, maxPer24h: 8)
    let bridge = constant(6_000).with {
      $0.bridge = Bridge(rate: .nLPerDay(1_000_000), volume: .nL(9))
    }
    // From Sunday noon to Monday noon, over the end of the week.
    let weekEnd = try week(
      [[(0, 0)], [(0, 480_000), (720, 0)], [(0, 0), (720, 480_000)]],
      [1, 0, 0, 0, 0, 0, 2]
    )
    // One minute at 1 nL/d more is a fraction of a nanolitre.
    let fraction = try week([[(0, 6_001), (1, 6_000)]], [])
    let planned: [(String, Program, Int64)] = [
      ("basal", constant(360_000), 360_000), ("patient doses", patient, 440_000),
      ("bridge", bridge, 1_000_000), ("over the week's end", weekEnd, 480_000),
      ("a fraction", fraction, 6_001),
      ("a fraction and doses", fraction.with(dose: 1_000, maxPer24h: 3), 9_001),
      ("every 7 h", periodic(10_000, over: 60, every: 420, 6_000), 46_000),
      ("every 23 h 50 min", periodic(10_000, over: 15, every: 1430, 6_000), 22_667),
      ("of days that there are", try week([[(0, 6_000)], [(0, 9_000)]], []), 6_000),
      ("every 25 h", periodic(10_000, over: 15, every: 1500, 0), 10_000),
    ]
    return planned.flatMap { name, program, volume in
      [
        Case("\(name), at the limit", limited(volume: volume, program)),
        Case(
          "\(name), above it",
          limited(volume: volume - 1, program),
          over(volume: volume, volume - 1)
        ),
      ]
    }
  }

  @Test(arguments: try volumeCases())
  func `a planned day above maxVolumePer24h is refused with both figures (SR-009, H-04, H-05)`(
    item: Case
  ) throws {
    let bench = try ControllerDriver(.constant(48_000))
    #expect(bench.refusal(of: item.program) == item.refusal)
  }

  @Test
  func `the first reason that applies is told`() throws {
    let bench = try ControllerDriver(.constant(48_000))
    var program = Program.constant(5_999).with {
      $0.limits.maxRate = .nLPerDay(9_999)
      $0.limits.maxVolumePer24h = .nL(9_999)
      $0.prime = Prime(volume: .nL(1_000_000), over: .minutes(600))
    }
    #expect(bench.refusal(of: program) == Self.outside(5_999))
    program.basal = .constant(.nLPerDay(10_000))
    #expect(bench.refusal(of: program) == Self.over(rate: 10_000, 9_999))
    program.limits.maxRate = .nLPerDay(10_000)
    #expect(bench.refusal(of: program) == Self.over(volume: 10_000, 9_999))
    program.limits.maxVolumePer24h = .nL(10_000)
    #expect(bench.refusal(of: program) == .primeNotAllowed)
    var empty = try ControllerDriver(.constant(48_000), pathEmpty: true)
    #expect(
      empty.refusal(of: program) == .primeTooLarge(given: .nL(1_000_000), limit: .nL(347_600))
    )
    program.prime = Prime(volume: .nL(347_600), over: .minutes(600))
    try empty.activate(program)
    #expect(empty.state == .priming)
  }

  @Test
  func `a prime may be 1.1 times the fluid path and no nanolitre more (SR-035)`() throws {
    // The last two are 1.1 × 1,001 = 1,101.1 nL.
    for (path, volume, isTaken) in [
      (1_000, 1_100, true), (1_000, 1_101, false), (1_001, 1_101, true), (1_001, 1_102, false),
      (0, 1, false),
    ] as [(Int64, Int64, Bool)] {
      var bench = try ControllerDriver(.constant(48_000))
      bench.act { $0.setCatheter(pathVolume: .nL(path), full: false) }
      let program = Self.constant(6_000).with {
        $0.prime = Prime(volume: .nL(volume), over: .hour)
      }
      let refusal = ProgramRefusal.primeTooLarge(given: .nL(volume), limit: .nL(path * 11 / 10))
      #expect(bench.refusal(of: program) == (isTaken ? nil : refusal))
    }
  }

  @Test
  func `a refused program leaves the one before in force (SR-013)`() throws {
    var pump = try TestPump.commissioned(.constant(360_000).with(dose: 5_000))
    pump.advance(to: .hours(1))
    pump.perform { $0.requestPatientDose() }
    pump.advance(by: .minutes(5))
    let before = pump.controller.sample
    let events = pump.sink.events.count
    let refusal = ProgramRefusal.modelRange(given: .nLPerDay(5_999), limit: .nLPerDay(6_000))
    #expect(throws: refusal) { try pump.activate(.constant(5_999)) }
    #expect(pump.sink.events.suffix(from: events) == [.programRefused(refusal)])
    pump.advance(by: .minutes(5))
    let after = pump.controller.sample
    #expect((after.demand - before.demand) == .nL(1_250 + 2_500))
    #expect(pump.sink.events.last == .bolusEnded(.patient))
    #expect(pump.controller.program.patientDose != nil)
  }
}
