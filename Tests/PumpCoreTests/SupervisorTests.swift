import PumpTesting
import Quantities
import Testing

@testable import PumpCore

/// The second opinion on each stroke, SR-006, SR-007.
struct SupervisorTests {
  /// 242 nL take 8,640 ms at twice 1.21 mL/d; a day holds 1 mL.
  static let program = Program.constant(300_000).with {
    $0.limits.maxRate = .nLPerDay(1_210_000)
    $0.limits.maxVolumePer24h = .nL(1_000_000)
    $0.safeRate = .nLPerDay(2_420_000)
  }

  static func supervisor(
    _ program: Program = program,
    reservoir: Int64 = 20_000_000,
    number: Int64 = 0
  ) -> Supervisor {
    var supervisor = Supervisor(
      model: .test,
      reservoir: .nL(reservoir),
      number: number,
      now: .commissioning
    )
    supervisor.programCommitted(program, at: .commissioning)
    return supervisor
  }

  /// What the supervisor says to a stroke; nothing where it is granted.
  static func answer(
    _ supervisor: inout Supervisor,
    _ number: Int64,
    _ kind: StrokeKind = .therapy,
    at milliseconds: Int64
  ) -> PermitRefusal? {
    let order = StrokeOrder(number: number, kind: kind, time: PumpTime(milliseconds: milliseconds))
    do throws(PermitRefusal) {
      try supervisor.permit(order)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Each reason, at its edge and one beyond

  @Test func `a number is granted once, and never one before it (SR-006, H-42)`() {
    var supervisor = Self.supervisor(number: 10)
    #expect(Self.answer(&supervisor, 10, at: 0) == .notFresh)
    #expect(Self.answer(&supervisor, 9, at: 0) == .notFresh)
    #expect(Self.answer(&supervisor, 11, at: 0) == nil)
    #expect(Self.answer(&supervisor, 11, at: 60_000) == .notFresh)
    #expect(Self.answer(&supervisor, 15, at: 60_000) == nil, "strokes may be lost in between")
    #expect(Self.answer(&supervisor, 14, at: 120_000) == .notFresh)
    #expect(Self.answer(&supervisor, 14, .trial, at: 120_000) == .notFresh)
    #expect(Self.answer(&supervisor, 15, .trial, at: 120_000) == nil)
  }

  @Test func `a refused number may be asked for again (SR-006)`() {
    var supervisor = Self.supervisor()
    for number in 1...2 { #expect(Self.answer(&supervisor, Int64(number), at: 0) == nil) }
    #expect(Self.answer(&supervisor, 3, at: 0) == .tooFast)
    #expect(Self.answer(&supervisor, 3, at: 60_000) == nil)
  }

  @Test func `a stroke whose time lies before that of the last is refused (SR-006, H-42)`() {
    var supervisor = Self.supervisor()
    #expect(Self.answer(&supervisor, 1, at: 100_000) == nil)
    #expect(Self.answer(&supervisor, 2, at: 99_999) == .notFresh)
    #expect(Self.answer(&supervisor, 2, .trial, at: 99_999) == .notFresh)
    #expect(Self.answer(&supervisor, 2, at: 100_000) == nil)
  }

  @Test(arguments: [StrokeKind.therapy, .safe])
  func `two strokes at once, then no faster than the ceiling (SR-007, H-37)`(kind: StrokeKind) {
    var supervisor = Self.supervisor()
    #expect(Self.answer(&supervisor, 1, kind, at: 0) == nil)
    #expect(Self.answer(&supervisor, 2, kind, at: 0) == nil)
    #expect(Self.answer(&supervisor, 3, kind, at: 0) == .tooFast)
    #expect(Self.answer(&supervisor, 3, kind, at: 8_639) == .tooFast)
    #expect(Self.answer(&supervisor, 3, kind, at: 8_640) == nil)
    #expect(Self.answer(&supervisor, 4, kind, at: 8_640) == .tooFast)
  }

  @Test func `a safe rate of none grants no further stroke (SR-007, SR-020)`() {
    var supervisor = Self.supervisor(Self.program.with { $0.safeRate = .zero })
    #expect(Self.answer(&supervisor, 1, .safe, at: 0) == nil)
    #expect(Self.answer(&supervisor, 2, .safe, at: 0) == nil)
    #expect(Self.answer(&supervisor, 3, .safe, at: 86_400_000) == .tooFast)
  }

  @Test func `a long rest earns two strokes and no more (SR-007, H-37)`() {
    var supervisor = Self.supervisor()
    for number in 1...2 { #expect(Self.answer(&supervisor, Int64(number), at: 0) == nil) }
    let later: Int64 = 30 * 86_400_000
    #expect(Self.answer(&supervisor, 3, at: later) == nil)
    #expect(Self.answer(&supervisor, 4, at: later) == nil)
    #expect(Self.answer(&supervisor, 5, at: later) == .tooFast)
  }

  @Test func `more than the day's volume is refused until hours have passed (SR-007, H-37)`() {
    var supervisor = Self.supervisor()
    for _ in 0..<4_000 { supervisor.encoderSaw(.therapy, at: .minutes(90)) }
    #expect(Self.answer(&supervisor, 1, at: 5_400_000) == nil, "the limit itself is not passed")
    supervisor.encoderSaw(nil, at: .minutes(90))
    #expect(Self.answer(&supervisor, 2, at: 5_500_000) == .tooMuch)
    #expect(Self.answer(&supervisor, 2, at: 24 * 3_600_000 - 1) == .tooMuch)
    #expect(Self.answer(&supervisor, 2, at: 24 * 3_600_000) == nil, "the second hour has gone")
  }

  @Test func `a program that allows less in a day holds at once (SR-007, H-37)`() {
    var supervisor = Self.supervisor()
    for _ in 0..<2_000 { supervisor.encoderSaw(.therapy, at: .minutes(90)) }
    #expect(Self.answer(&supervisor, 1, at: 5_400_000) == nil)
    let less = Self.program.with { $0.limits.maxVolumePer24h = .nL(499_999) }
    supervisor.programCommitted(less, at: .minutes(91))
    #expect(Self.answer(&supervisor, 2, at: 5_500_000) == .tooMuch)
  }

  @Test func `the day's volume holds neither the safe rate nor a prime (SR-007, SR-020)`() {
    var supervisor = Self.supervisor(
      Self.program.with { $0.prime = Prime(volume: .nL(10_000), over: .hour) }
    )
    for _ in 0..<5_000 { supervisor.encoderSaw(.therapy, at: .commissioning) }
    #expect(Self.answer(&supervisor, 1, at: 60_000) == .tooMuch)
    #expect(Self.answer(&supervisor, 1, .safe, at: 60_000) == nil)
    #expect(Self.answer(&supervisor, 2, .prime, at: 120_000) == nil)
    var other = Self.supervisor()
    for _ in 0..<5_000 { other.encoderSaw(.prime, at: .commissioning) }
    #expect(Self.answer(&other, 1, at: 60_000) == nil, "what primed is not in the day's volume")
  }

  @Test func `an emptied reservoir gives no stroke, and a fill gives its own (SR-006, H-25)`() {
    var supervisor = Self.supervisor(reservoir: 1_000)
    for number in 1...4 {
      #expect(Self.answer(&supervisor, Int64(number), at: Int64(number) * 60_000) == nil)
      supervisor.encoderSaw(number == 2 ? nil : .therapy, at: .minutes(Int64(number)))
    }
    for kind in [StrokeKind.therapy, .safe, .prime, .trial] {
      #expect(Self.answer(&supervisor, 5, kind, at: 600_000) == .emptied)
    }
    supervisor.refilled(.nL(499))
    #expect(Self.answer(&supervisor, 5, at: 700_000) == nil)
    supervisor.encoderSaw(.therapy, at: .minutes(12))
    #expect(Self.answer(&supervisor, 6, at: 800_000) == .emptied, "half a stroke is none")
  }

  @Test func `a prime has its own volume and one stroke more (SR-006, H-15)`() {
    var supervisor = Self.supervisor()
    #expect(Self.answer(&supervisor, 1, .prime, at: 0) == .noPrime)
    supervisor.programCommitted(
      Self.program.with { $0.prime = Prime(volume: .nL(1_000), over: .hour) },
      at: .commissioning
    )
    for number in 2...6 {
      #expect(Self.answer(&supervisor, Int64(number), .prime, at: Int64(number) * 60_000) == nil)
    }
    #expect(Self.answer(&supervisor, 7, .prime, at: 900_000) == .noPrime)
    #expect(Self.answer(&supervisor, 7, at: 900_000) == nil)
  }

  @Test func `trial strokes are ten minutes apart (SR-006, H-37)`() {
    var supervisor = Self.supervisor()
    #expect(Self.answer(&supervisor, 0, .trial, at: 0) == nil)
    #expect(Self.answer(&supervisor, 0, .trial, at: 599_999) == .trialTooSoon)
    #expect(Self.answer(&supervisor, 0, .trial, at: 600_000) == nil)
    #expect(Self.answer(&supervisor, 0, .trial, at: 1_199_999) == .trialTooSoon)
  }

  // MARK: A controller that asks for anything

  @Test func `whatever is asked for, what is granted stays under the order (SR-006, SR-007, H-37)`()
  {
    var granted = 0
    let failure = Campaign(name: "wrong orders", seed: 10, cases: 40).firstFailure { random in
      var supervisor = Self.supervisor(reservoir: 3_000_000)
      var moved: [Int64] = []
      var now: Int64 = 0
      var number: Int64 = 0
      for _ in 0..<20_000 {
        now += Int64(random.pick([0, 0, 1, 500, 9_000]))
        number += Int64(random.pick([-1, 0, 1, 1, 1, 5]))
        let kind = random.pick([StrokeKind.therapy, .therapy, .prime, .trial])
        let asked = max(0, now - Int64(random.pick([0, 0, 0, 60_000, 9_000_000])))
        guard Self.answer(&supervisor, number, kind, at: asked) == nil else { continue }
        supervisor.encoderSaw(kind, at: PumpTime(milliseconds: asked))
        moved.append(asked)
      }
      granted += moved.count
      return MovedBound(of: Self.program, fill: 3_000_000).problem(of: moved.sorted())
    }
    print("wrong orders: 800000 strokes asked for, \(granted) granted")
    #expect(failure == nil)
    #expect(granted > 100_000)
  }

  @Test func `no stroke of a correct controller is refused (SR-006, H-42)`() throws {
    var histories = 0
    var refused: [String] = []
    for seed in UInt64(0)..<2_000 {
      var life = try RandomLife(seed: seed, crashes: true)
      for _ in 0..<25 {
        life.step()
        if life.pump.permitsRefused > 0 { refused.append("seed \(seed)") }
      }
      histories += 1
    }
    print(
      "permits: seeds 0..<2000, \(histories) histories, \(refused.count) refusals; 3/n = 0.0015"
    )
    #expect(refused.isEmpty, "\(refused.first ?? "")")
  }

  @Test(
    arguments: [
      (440_000, 2_000_000), (440_000, 24_000_000), (6_000, 24_000_000), (450_000, 6_000),
      (450_000, 900_000), (200_000, 450_000),
    ] as [(rate: Int64, safeRate: Int64)]
  )
  func `nor where it goes to the safe rate and back every few seconds (SR-006, SR-020)`(
    rate: Int64,
    safeRate: Int64
  ) throws {
    var random = Seeded(seed: 12)
    let program = Program.constant(rate).with {
      $0.limits.maxRate = .nLPerDay(450_000)
      $0.limits.maxVolumePer24h = .nL(30_000_000)
      $0.safeRate = .nLPerDay(safeRate)
    }
    var pump = try TestPump.commissioned(program)
    for _ in 0..<20_000 {
      pump.advance(by: TimeSpan(milliseconds: Int64(random.pick(0...3_000))))
      let isSafe = pump.controller.isSafe(.command)
      pump.perform { isSafe ? $0.resumeTherapy() : $0.enterSafeRate() }
    }
    #expect(pump.motor.moved == pump.controller.strokesCommanded)
    #expect(pump.motor.moved > 100)
  }

  // MARK: A controller whose memory was upset

  /// The program of the pumps that are upset: 0.6 mL/d at most, 0.4 mL in a day.
  static let upsetProgram = Program.constant(300_000).with(dose: 5_000, over: .minutes(30)).with {
    $0.limits.maxRate = .nLPerDay(600_000)
    $0.limits.maxVolumePer24h = .nL(400_000)
  }

  static let upsets: [(name: String, upset: @Sendable (inout Controller) -> Void)] = [
    ("basal demand", { $0.demand.basalNanolitres *= 1_000 }),
    ("bolus demand", { $0.demand.endedBolusNanolitres += 50_000_000 }),
    ("rate", { $0.currentRate *= 1_000 }),
    ("rate a little", { $0.currentRate *= 2 }),
    ("strokes commanded", { $0.commandedStrokes = 0 }),
    ("strokes lost again", { $0.commandedStrokes -= 500 }),
    ("time back an hour", { $0.now -= 3_600_000 }),
    ("time back to the start", { $0.now = 0 }),
    ("limits", { $0.program.limits.maxVolumePer24h = .nL(400_000_000) }),
    ("window", { $0.window.volume = -1_000_000_000_000 }),
    (
      "doses",
      {
        $0.history.count = 0; $0.lastPatientDose = nil
      }
    ),
    ("safe reasons", { $0.safeReasons = [] }),
    ("reservoir", { $0.reservoir *= 1_000 }),
    (
      "a bolus from nowhere",
      { $0.demand.bolus = RunningBolus(kind: .patient, nanolitres: 9_000_000, over: 1, begin: 0) }
    ),
    (
      "rate and every limit",
      {
        $0.currentRate *= 3
        $0.program.basal = .constant(.nLPerDay(900_000))
        $0.program.limits.maxVolumePer24h = .nL(400_000_000)
        $0.program.limits.doseFemtograms = InlineArray(repeating: -1)
        $0.window.volume = -1_000_000_000_000
      }
    ),
  ]

  /// Runs a pump for a day, upsets it, and runs it for two more, minute by minute of real time.
  static func moved(fill: Int64, _ upset: (inout Controller) -> Void) throws -> [Int64] {
    var pump = try TestPump.commissioned(upsetProgram, controller: .commissioned(fill: fill))
    var moved: [Int64] = []
    for minute in 1...Int64(3 * 1_440) {
      let before = pump.motor.moved
      pump.advance(to: .minutes(minute))
      moved += Array(repeating: minute * 60_000, count: Int(pump.motor.moved - before))
      if minute == 1_440 { upset(&pump.core) }
    }
    return moved
  }

  @Test(arguments: upsets.indices, [700_000, 20_000_000] as [Int64])
  func `a controller whose memory was upset stays under the order (SR-007, H-37, H-42)`(
    place: Int,
    fill: Int64
  ) throws {
    let moved = try Self.moved(fill: fill, Self.upsets[place].upset)
    let bound = MovedBound(of: Self.upsetProgram, fill: fill)
    #expect(bound.problem(of: moved) == nil, "\(Self.upsets[place].name)")
    let quiet = moved.count { $0 <= 86_400_000 }
    print(
      "upset of \(Self.upsets[place].name), fill \(fill) nL: \(quiet) strokes in the day before, "
        + "\(moved.count - quiet) in the two days after"
    )
  }

  @Test func `without the supervisor's ceiling such upsets pass the bound (H-42)`() throws {
    let wide = Self.upsetProgram.with {
      $0.limits.maxRate = .nLPerDay(24_000_000)
      $0.limits.maxVolumePer24h = .nL(Bounds.volumeMax)
    }
    var pump = try TestPump.commissioned(wide)
    pump.advance(to: .days(1))
    pump.core.currentRate *= 70
    let before = pump.motor.moved
    pump.advance(to: .hours(25))
    let moved = Array(repeating: Int64(0), count: Int(pump.motor.moved - before))
    let bound = MovedBound(of: Self.upsetProgram, fill: 20_000_000)
    #expect(bound.problem(of: moved) != nil)
  }
}

/// What may move at the most under an order, whatever the controller asks for.
///
/// In any hour twice the order's highest rate (its safe rate where that is more), two strokes at
/// once and a trial stroke each ten minutes; in any 22 hours the order's volume of a day, the stroke
/// that passes it, a safe rate and the trials; and never more than the fill.
struct MovedBound {
  let hour: Int64
  let day: Int64
  let fill: Int64

  init(of program: Program, fill: Int64) {
    let safe = program.safeRate.nanolitresPerDay
    let ceiling = max(2 * program.limits.maxRate.nanolitresPerDay, safe)
    hour = ceiling / 24 + (2 + 7) * 250
    day = program.limits.maxVolumePer24h.nanolitres + (1 + 133) * 250
    self.fill = fill
  }

  /// Nothing where the instants of strokes, in order, keep to it.
  func problem(of moved: [Int64]) -> String? {
    if Int64(moved.count) * 250 > fill { return "more than the fill" }
    var hourBegin = 0
    var dayBegin = 0
    for place in moved.indices {
      while moved[place] - moved[hourBegin] >= 3_600_000 { hourBegin += 1 }
      while moved[place] - moved[dayBegin] >= 22 * 3_600_000 { dayBegin += 1 }
      let inHour = Int64(place - hourBegin + 1) * 250
      if inHour > hour { return "\(inHour) nL in an hour to \(moved[place]) ms" }
      let inDay = Int64(place - dayBegin + 1) * 250
      if inDay > day { return "\(inDay) nL in 22 hours to \(moved[place]) ms" }
    }
    return nil
  }
}
