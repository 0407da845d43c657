import PumpCore
import PumpScenario
import Quantities

/// The patient dose of a request, as a program has it; the bolus as `dose` or as `volume`.
struct PlanPatientDose {
  /// nL, exact.
  let volume: Rational
  /// The drug that was named with the dose.
  let drug: String?
  let over: TimeSpan
  let lockout: TimeSpan
  let maxPer24h: Int
  /// As given, for a line of working.
  let text: String

  init(_ field: ScenarioField, fill: PlanFill) throws(PlanError) {
    let object = try field.object(["dose", "volume", "over", "lockout", "maxPer24h"])
    let bolus: BolusText
    if let volume = object.optional("volume") {
      guard object.optional("dose") == nil else {
        throw volume.fault(given: "a volume beside a dose", expected: "one of the two")
      }
      bolus = try ProgramReader.bolus(volume)
    } else {
      bolus = try ProgramReader.bolus(
        try object.required("dose", ProgramReader.bolusExpectation)
      )
    }
    volume = try fill.volume(bolus)
    switch bolus.amount {
    case .volume(let volume): (text, drug) = (volume.text, nil)
    case .mass(let mass, let name): (text, drug) = (MassScale(fitting: mass).text(mass), name)
    }
    over = try object.quantity("over", in: ScenarioRange.someBolusTime)
    lockout = try object.quantity("lockout", in: ScenarioRange.time)
    maxPer24h = try object.required("maxPer24h", "a whole number").integer(in: 0...1_440)
  }

  /// 24 h ÷ lockout, exact; nothing where there is no lockout.
  private var perDayByLockout: Rational? {
    guard lockout > .zero else { return nil }
    return Rational(TimeSpan.day.milliseconds, over: lockout.milliseconds)
  }

  /// The most doses that any 24 h can hold: the lockout runs from start to start.
  var dosesPer24h: Int {
    guard let byLockout = perDayByLockout else { return maxPer24h }
    return Int(min(Int128(maxPer24h), byLockout.roundedUp()))
  }

  /// The most doses a day in the long run, not rounded.
  var dosesPerDay: Rational {
    let most = Rational(maxPer24h)
    guard let byLockout = perDayByLockout else { return most }
    return min(most, byLockout)
  }

  /// The rate of the bolus, nL/d, exact.
  func rate() throws(PlanError) -> Rational {
    try volume * TimeSpan.day.exact / over.exact
  }

  /// How the doses of a day were found.
  var workingOfDoses: [String] {
    let least = perDayByLockout.map { "24 h ÷ \(lockout.text) = \($0.text(exactDecimals: 2))" }
    let bound = least ?? "no bound by a lockout"
    return [
      "doses in any 24 h: the least of \(maxPer24h) and \(bound), rounded up: \(dosesPer24h)",
      "doses a day in the long run: the least of \(maxPer24h) and \(bound): "
        + dosesPerDay.text(exactDecimals: 2),
    ]
  }
}

/// How long a fill lasts.
enum RefillInterval {
  /// A volume at a rate, in ms, exact; nothing where nothing flows.
  static func lasting(_ volume: Rational, at rate: Rational) throws(PlanError) -> Rational? {
    guard rate > .zero else { return nil }
    return try volume / rate * TimeSpan.day.exact
  }

  /// The value of an interval, d.
  static func value(_ interval: Rational?) throws(PlanError) -> PlanValue {
    guard let interval else { return .none("nothing flows") }
    return try .rounded(interval, in: .day)
  }

  /// The line of working of an interval.
  static func working(
    _ what: String,
    fill: Volume,
    less reserve: Volume,
    at rate: Rational
  ) throws(PlanError) -> String {
    let room = Volume(nanolitres: fill.nanolitres - reserve.nanolitres)
    guard let interval = try lasting(room.exact, at: rate) else {
      return "\(what): no end, as nothing flows"
    }
    let difference = reserve == .zero ? fill.text : "(\(fill.text) − \(reserve.text))"
    return "\(what) = \(difference) ÷ \(try rate.text(in: .millilitrePerDay)) = "
      + (try interval.text(in: .day))
  }
}
