import PumpTesting
import Quantities
import Testing
@testable import Therapy

/// The forecast against a recomputation that shares nothing with it.
struct ForecastTests {
  private static func basis(_ seeded: inout Seeded) -> ForecastBasis {
    let mean = Int64(seeded.pick(0...900_000))
    let days = seeded.pick([0, 1, 3, 14])
    return ForecastBasis(
      level: Volume(nanolitres: Int64(seeded.pick(0...40_000_000))),
      levelAt: Instant(milliseconds: Int64(seeded.pick(0...2_000_000_000)) * 1_000),
      isPumpsOwn: seeded.once(in: 2),
      mean: FlowRate(nanolitresPerDay: mean),
      most: Volume(nanolitres: mean + Int64(seeded.pick(0...400_000))),
      reserve: Volume(nanolitres: Int64(seeded.pick(1_000_000...8_000_000))),
      used: days == 0 ? .zero : Volume(nanolitres: Int64(seeded.pick(0...900_000))),
      usedDays: days,
      accuracyPermille: Int64(seeded.pick([0, 25, 145, 150])),
      dates: [],
      caveats: []
    )
  }

  /// The last ms at which no more than a volume is gone, found by halving: no division of it.
  private static func last(_ room: Int64, from: Instant, gone: (Int64) -> Int128) -> Int64? {
    guard gone(Int64(1) << 44) > Int128(room) else { return nil }
    var (low, high) = (Int64(0), Int64(1) << 44)
    while high - low > 1 {
      let middle = (low + high) / 2
      if gone(middle) <= Int128(room) { low = middle } else { high = middle }
    }
    return min(from.milliseconds + low, Instant.latest.milliseconds)
  }

  @Test
  func `dates are those of a search for the last ms that fits (SR-030, SR-031, H-18)`() {
    let campaign = Campaign(name: "forecast", seed: 31, cases: 4_000)
    let failure = campaign.firstFailure { seeded in
      let basis = Self.basis(&seeded)
      let forecast: ReservoirForecast
      do { forecast = try ReservoirForecast(basis) } catch { return "\(error)" }
      let day = Int128(86_400_000)
      let days = Int128(max(1, basis.usedDays))
      let perDays = Int128(basis.mean.nanolitresPerDay) * days + Int128(basis.used.nanolitres)
      // In parts of a nL so that nothing is rounded.
      let usual: (Int64) -> Int128 = { (perDays * Int128($0) + days * day - 1) / (days * day) }
      let most = Int128(basis.most.nanolitres) * Int128(1_000 + basis.accuracyPermille)
      let worst: (Int64) -> Int128 = { (most * Int128($0) + 1_000 * day - 1) / (1_000 * day) }
      let level = basis.level.nanolitres
      let room = level - min(basis.reserve.nanolitres, level)
      let pairs: [(String, Instant?, Int64?)] = [
        ("expectedLow", forecast.expectedLow, Self.last(room, from: basis.levelAt, gone: usual)),
        (
          "expectedEmpty", forecast.expectedEmpty,
          Self.last(level, from: basis.levelAt, gone: usual)
        ),
        ("earliestLow", forecast.earliestLow, Self.last(room, from: basis.levelAt, gone: worst)),
        (
          "earliestEmpty", forecast.earliestEmpty,
          Self.last(level, from: basis.levelAt, gone: worst)
        ),
      ]
      for (name, given, expected) in pairs {
        // What takes over 500 years is the end of the calendar or nothing.
        guard let expected else { continue }
        guard given?.milliseconds == expected else { return "\(name): \(basis)" }
      }
      return Self.levels(of: forecast, usual, worst, &seeded)
    }
    #expect(failure == nil)
  }

  /// The level at an instant, and that the least one is never above it.
  private static func levels(
    of forecast: ReservoirForecast,
    _ usual: (Int64) -> Int128,
    _ worst: (Int64) -> Int128,
    _ seeded: inout Seeded
  ) -> String? {
    let span = Int64(seeded.pick(-1_000...20_000_000_000))
    let at = Instant(milliseconds: max(0, forecast.basis.levelAt.milliseconds + span))
    let gone = max(0, at.milliseconds - forecast.basis.levelAt.milliseconds)
    let level = Int128(forecast.basis.level.nanolitres)
    guard Int128(forecast.level(at: at).nanolitres) == max(0, level - usual(gone)) else {
      return "level"
    }
    guard Int128(forecast.leastLevel(at: at).nanolitres) == max(0, level - worst(gone)) else {
      return "least level"
    }
    return nil
  }

  @Test
  func `a patient's forecast is that of a hand calculation`() throws {
    let journey = try Journey.adopted()
    let forecast = try journey.record.forecast(at: journey.now)
    let filled = journey.now.milliseconds - 864_000_000
    // 18 mL, 2 mL reserve, 0.15 mL/d: 106.67 d to the low mark, 120 d to empty.
    #expect(forecast.expectedLow?.milliseconds == filled + 9_216_000_000)
    #expect(forecast.expectedEmpty?.milliseconds == filled + 10_368_000_000)
    // 14.5 % more: 0.17175 mL/d.
    #expect(forecast.earliestLow?.milliseconds == filled + 8_048_908_296)
    #expect(forecast.level(at: journey.now) == Volume(nanolitres: 16_500_000))
    #expect(forecast.due?.because == .lowReservoir)
    #expect(forecast.due?.isVerified == false)
    #expect(forecast.basis.caveats == ["the pump's accuracy is UNVERIFIED"])
  }

  @Test
  func `the pump's own count outranks what was filled, and a newer fill outranks it`() throws {
    var journey = try Journey.adopted(linked: true)
    try journey.give(.hearStatus(Sample.status(at: journey.now)), by: Sample.server)
    let heard = try journey.record.forecast(at: journey.now)
    #expect(heard.basis.isPumpsOwn)
    #expect(heard.basis.level == Sample.mL(12))
    journey.now = journey.now + .hour
    let fill = FillRecorded(
      volume: Sample.mL(20),
      fluid: Sample.fluid(2_000),
      filledAt: journey.now,
      lots: [],
      standing: .byHand
    )
    try journey.give(.recordFill(fill))
    #expect(try journey.record.forecast(at: journey.now).basis.level == Sample.mL(20))
  }

  @Test
  func `a drug's stability is due before a long reservoir (SR-038, H-61)`() throws {
    var journey = try Journey.adopted()
    let slow = ProgramRecorded(
      program: Sample.program(dose: "100 ug/d"),
      programmedAt: journey.now,
      reason: "less"
    )
    try journey.give(.recordProgram(slow))
    let due = try #require(try journey.record.forecast(at: journey.now).due)
    #expect(due.because == .stability)
    #expect(due.at == Instant(milliseconds: journey.now.milliseconds - 864_000_000) + 180 * .day)
  }

  @Test
  func `doses of the last 14 days count, and those before do not`() throws {
    var journey = try Journey.adopted(linked: true)
    for back in 1...20 {
      let total = DailyTotal(
        day: (journey.now + TimeSpan(milliseconds: Int64(-back) * 86_400_000)).day,
        delivered: Volume(nanolitres: 160_000),
        ordered: Volume(nanolitres: 160_000),
        patientDoses: Volume(nanolitres: back <= 14 ? 10_000 : 1_000_000),
        granted: 2,
        refused: 0
      )
      try journey.give(.recordDailyTotal(total), by: Sample.server)
    }
    let basis = try journey.record.forecast(at: journey.now).basis
    #expect(basis.used == Volume(nanolitres: 140_000))
    #expect(basis.usedDays == 14)
  }

  @Test
  func `what is not known is said, and gives no date`() throws {
    var journey = Journey()
    try journey.give(.adopt(Sample.adoption(fill: false, program: false)))
    do {
      _ = try journey.record.forecast(at: journey.now)
      Issue.record("a forecast from nothing")
    } catch {
      #expect(error.code == .notKnown)
      #expect(error.expected == "what is in the reservoir")
    }
    #expect(journey.record.summary(at: journey.now).missing == "what is in the reservoir")
  }

  @Test
  func `a catheter of unknown length gives a range, and another maker's pump none (SR-035)`() {
    let constants = PumpConstants(of: Sample.pump)
    #expect(
      FluidPathVolume(constants, Sample.catheter)
        == .known(Volume(nanolitres: 316_000), isVerified: false)
    )
    #expect(
      FluidPathVolume(constants, nil)
        == .between(
          Volume(nanolitres: 206_000),
          Volume(nanolitres: 448_000),
          missing: "the implanted length of the catheter"
        )
    )
    let other = PumpInPlace(
      model: "Another",
      isCatalogued: false,
      capacity: Sample.mL(20),
      serial: "1"
    )
    #expect(
      FluidPathVolume(PumpConstants(of: other), Sample.catheter)
        == .unknown(missing: "the volume of the pump's tubing")
    )
  }
}
