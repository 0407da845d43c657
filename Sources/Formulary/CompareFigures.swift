import PumpCore
import PumpScenario
import Quantities

/// What a program gives: volumes in nL, rates in nL/d and times in days, all exact.
struct CompareFigures: Sendable {
  /// The basal of the least busy day, periodic boluses included.
  let leastDay: Rational
  /// The basal of the busiest day.
  let mostDay: Rational
  /// The most that the basal gives in any 24 h, wherever they begin: what the pump's limit is held
  /// against.
  let mostOfAny: Rational
  /// The basal over a long time, a day.
  let average: Rational
  /// Basal and the larger bolus on top of it, or the bridge.
  let highestRate: Rational
  /// Of one patient dose.
  let patientDose: Rational?
  /// The most patient doses that any 24 h can hold, by lockout and count.
  let patientDoses: Int64
  /// The most of any 24 h, with every patient dose.
  let mostWithDoses: Rational
  /// From the fill to the low mark by the basal alone; nothing where nothing flows.
  let expectedDays: Rational?
  /// The same where every patient dose is taken.
  let earliestDays: Rational?
  /// The days that stand for the program in a picture.
  let busiest: CompareDay

  init(
    of program: borrowing Program,
    _ model: borrowing PumpModel,
    fill: Volume
  ) throws(PlanError) {
    let days = try CompareBasal(of: program, model)
    leastDay = days.least
    mostDay = days.most
    mostOfAny = days.mostOfAny
    average = days.average
    busiest = days.busiest
    highestRate = try Self.highestRate(of: program, days)
    let day = Rational(TimeSpan.day.milliseconds)
    var daily = days.average
    var most = days.mostOfAny
    if let dose = program.patientDose {
      let lockout = dose.lockout.exact
      let count = Rational(dose.maxPer24h)
      let byLockout = lockout == .zero ? count : min(count, try day / lockout)
      patientDose = dose.volume.exact
      patientDoses = Int64(clamping: min(Int128(dose.maxPer24h), byLockout.roundedUp()))
      daily = try daily + dose.volume.exact * byLockout
      most = try most + dose.volume.exact * Rational(patientDoses)
    } else {
      patientDose = nil
      patientDoses = 0
    }
    mostWithDoses = most
    let room = Rational(max(0, fill.nanolitres - program.lowReservoir.nanolitres))
    expectedDays = days.average == .zero ? nil : try room / days.average
    earliestDays = daily == .zero ? nil : try room / daily
  }

  private static func highestRate(
    of program: borrowing Program,
    _ days: CompareBasal
  ) throws(PlanError) -> Rational {
    var bolus = days.bolusRate
    if let dose = program.patientDose {
      bolus = max(bolus, try Self.rate(dose.volume, over: dose.over))
    }
    let planned = try days.highestRate + bolus
    return max(planned, program.bridge?.rate.exact ?? .zero)
  }

  /// The rate of a bolus, nL/d.
  static func rate(_ volume: Volume, over: TimeSpan) throws(PlanError) -> Rational {
    try volume.exact * Rational(TimeSpan.day.milliseconds) / over.exact
  }
}

/// A stretch of a day with one rate.
struct CompareStretch: Equatable, Sendable {
  /// Hours since the day began.
  let from: Double
  let until: Double
  /// nL/d, boluses included.
  let rate: Double
}

/// A day of a program, stretch by stretch without a gap.
struct CompareDay: Equatable, Sendable {
  var stretches: [CompareStretch] = []
  /// Which one, where days differ: 0 is Monday.
  var weekday: Int?
}
