import JSONText
import PumpCore
import Quantities

/// Reads programs, and the rates and boluses in them (contract: Program).
package enum ProgramReader {
  package static let rateExpectation =
    "\(QuantityKind.flowRate.expectation) or \(QuantityKind.dailyDose.expectation)"
  package static let bolusExpectation =
    "\(QuantityKind.volume.expectation) or \(QuantityKind.mass.expectation)"

  package static func program(_ field: ScenarioField) throws(ScenarioError) -> ProgramText {
    let object = try field.object([
      "basal", "limits", "safeRate", "restartGap", "lowReservoir", "patientDose", "prime",
      "bridge",
    ])
    let basal = try basal(try object.required("basal", "a basal"))
    let limits = try limits(try object.required("limits", "limits, which have no default"))
    let safeRate = try rate(try object.required("safeRate", rateExpectation))
    let restartGap: TimeSpan = try object.quantity("restartGap", in: ScenarioRange.time)
    let lowReservoir: Volume = try object.quantity("lowReservoir", in: ScenarioRange.volume)
    if case .stopped = basal {
      for name in ["patientDose", "prime", "bridge"] {
        if let field = object.optional(name) {
          throw field.fault(given: "a \(name)", expected: "none, as the basal is \"stopped\"")
        }
      }
    }
    var patientDose: ProgramText.PatientDose?
    if let field = object.optional("patientDose") { patientDose = try self.patientDose(field) }
    var prime: ProgramText.Prime?
    if let field = object.optional("prime") { prime = try self.prime(field) }
    var bridge: ProgramText.Bridge?
    if let field = object.optional("bridge") { bridge = try self.bridge(field) }
    return ProgramText(
      basal: basal,
      limits: limits,
      safeRate: safeRate,
      restartGap: restartGap,
      lowReservoir: lowReservoir,
      patientDose: patientDose,
      prime: prime,
      bridge: bridge,
      path: field.path
    )
  }

  /// The standing limits alone, as a program that delivers nothing.
  package static func standing(_ field: ScenarioField) throws(ScenarioError) -> ProgramText {
    let object = try field.object([
      "maxRate", "maxVolumePer24h", "maxDosePer24h", "safeRate", "restartGap", "lowReservoir",
    ])
    return ProgramText(
      basal: .stopped,
      limits: try limits(object),
      safeRate: try rate(try object.required("safeRate", rateExpectation)),
      restartGap: try object.quantity("restartGap", in: ScenarioRange.time),
      lowReservoir: try object.quantity("lowReservoir", in: ScenarioRange.volume),
      patientDose: nil,
      prime: nil,
      bridge: nil,
      path: field.path
    )
  }

  private static func patientDose(
    _ field: ScenarioField
  ) throws(ScenarioError) -> ProgramText.PatientDose {
    let object = try field.object(["volume", "over", "lockout", "maxPer24h"])
    // One a minute. The pump remembers fewer and refuses the next as `dailyMaximum`.
    let most = 0...1_440
    return ProgramText.PatientDose(
      volume: try bolus(try object.required("volume", bolusExpectation)),
      over: try object.quantity("over", in: ScenarioRange.someBolusTime),
      lockout: try object.quantity("lockout", in: ScenarioRange.time),
      maxPer24h: try object.required("maxPer24h", "a whole number").integer(in: most)
    )
  }

  private static func prime(_ field: ScenarioField) throws(ScenarioError) -> ProgramText.Prime {
    let object = try field.object(["volume", "over"])
    return ProgramText.Prime(
      volume: try bolus(try object.required("volume", bolusExpectation)),
      over: try object.quantity("over", in: ScenarioRange.someBolusTime)
    )
  }

  private static func bridge(_ field: ScenarioField) throws(ScenarioError) -> ProgramText.Bridge {
    let object = try field.object(["rate", "volume"])
    return ProgramText.Bridge(
      rate: try rate(
        try object.required("rate", rateExpectation),
        in: ScenarioRange.someRate,
        doses: ScenarioRange.someMass
      ),
      volume: try bolus(try object.required("volume", bolusExpectation))
    )
  }

  private static func limits(_ field: ScenarioField) throws(ScenarioError) -> ProgramText.Limits {
    try limits(try field.object(["maxRate", "maxVolumePer24h", "maxDosePer24h"]))
  }

  private static func limits(
    _ object: ScenarioObject
  ) throws(ScenarioError) -> ProgramText.Limits {
    let maxRate = try rate(try object.required("maxRate", rateExpectation))
    let maxVolume: Volume = try object.quantity("maxVolumePer24h", in: ScenarioRange.volume)
    let doses = try object.required("maxDosePer24h", "an object with a mass for each drug")
    var limits: [ProgramText.DoseLimit] = []
    for (name, field) in try doses.anyObject().all {
      let mass: Mass = try field.quantity(in: ScenarioRange.mass)
      limits.append(ProgramText.DoseLimit(drug: name, mass: mass))
    }
    return ProgramText.Limits(
      maxRate: maxRate,
      maxVolumePer24h: maxVolume,
      maxDosePer24h: limits,
      path: object.path
    )
  }

  // MARK: Basal

  private enum Mode {
    case stopped, minimum, constant, daily, weekly, periodic

    var fields: [String] {
      switch self {
      case .stopped, .minimum: ["mode"]
      case .constant: ["mode", "rate"]
      case .daily: ["mode", "steps"]
      case .weekly: ["mode", "patterns", "days"]
      case .periodic: ["mode", "dose", "over", "every", "background"]
      }
    }
  }

  package static func basal(_ field: ScenarioField) throws(ScenarioError) -> ProgramText.Basal {
    let words: [(String, Mode)] = [
      ("stopped", .stopped), ("minimum", .minimum), ("constant", .constant), ("daily", .daily),
      ("weekly", .weekly), ("periodic", .periodic),
    ]
    let mode = try field.anyObject().required("mode", "a mode such as \"constant\"").word(words)
    let object = try field.object(mode.fields)
    switch mode {
    case .stopped:
      return .stopped
    case .minimum:
      return .minimum
    case .constant:
      return .constant(try rate(try object.required("rate", rateExpectation)))
    case .daily:
      return .daily(try steps(try object.required("steps", "an array of steps"), weekly: false))
    case .weekly:
      return try weekly(object)
    case .periodic:
      return try periodic(object)
    }
  }

  private static func weekly(_ object: ScenarioObject) throws(ScenarioError) -> ProgramText.Basal {
    let field = try object.required("patterns", "an array of patterns")
    let fields = try field.array()
    guard (1...Capacity.patterns).contains(fields.count) else {
      throw field.fault(
        given: "\(fields.count) patterns",
        expected: "1 to \(Capacity.patterns) patterns"
      )
    }
    var patterns: [[ProgramText.Step]] = []
    for pattern in fields { patterns.append(try steps(pattern, weekly: true)) }
    let daysField = try object.required("days", "an array of seven indices, Monday to Sunday")
    let days = try daysField.array()
    guard days.count == 7 else {
      throw daysField.fault(
        given: "\(days.count) days",
        expected: "seven indices, Monday to Sunday"
      )
    }
    var indices: [Int] = []
    for day in days { indices.append(try day.integer(in: 0...patterns.count - 1)) }
    return .weekly(patterns: patterns, days: indices)
  }

  private static func periodic(
    _ object: ScenarioObject
  ) throws(ScenarioError) -> ProgramText.Basal {
    let dose = try bolus(try object.required("dose", bolusExpectation))
    let over: TimeSpan = try object.quantity("over", in: ScenarioRange.someBolusTime)
    let everyField = try object.required("every", QuantityKind.timeSpan.expectation)
    let every: TimeSpan = try everyField.quantity(in: ScenarioRange.someTime)
    guard over < every else {
      throw everyField.fault(given: every.text, expected: "more than \"over\", \(over.text)")
    }
    var background: RateText?
    if let field = object.optional("background") { background = try rate(field) }
    return .periodic(dose: dose, over: over, every: every, background: background)
  }

  private static func steps(
    _ field: ScenarioField,
    weekly: Bool
  ) throws(ScenarioError) -> [ProgramText.Step] {
    let fields = try field.array()
    guard (1...Capacity.stepsOfPattern).contains(fields.count) else {
      throw field.fault(
        given: "\(fields.count) steps",
        expected: "1 to \(Capacity.stepsOfPattern) steps"
      )
    }
    var steps: [ProgramText.Step] = []
    for field in fields {
      let object = try field.object(["at", "rate"])
      let at = try object.required("at", "a local time such as \"06:30\"")
      let text = try at.string("a local time such as \"06:30\"")
      guard let minute = LocalTime.minuteOfDay(Array(text.utf8)[...]) else {
        throw at.fault(
          given: ScenarioError.quoted(text),
          expected: "a local time from \"00:00\" to \"23:59\""
        )
      }
      if let last = steps.last, minute <= last.minute {
        throw at.fault(
          given: ScenarioError.quoted(text),
          expected: "a time later than that of the step before"
        )
      }
      if weekly && steps.isEmpty && minute != 0 {
        throw at.fault(
          given: ScenarioError.quoted(text),
          expected: "\"00:00\", where the first step of a weekly pattern begins"
        )
      }
      let rate = try rate(try object.required("rate", rateExpectation))
      steps.append(ProgramText.Step(minute: minute, rate: rate))
    }
    return steps
  }

  // MARK: Amounts

  /// A rate: `"0.15 mL/d"`, `"300 ug/d"` or `{"dose":"300 ug/d","of":"baclofen"}`.
  package static func rate(
    _ field: ScenarioField,
    in range: ClosedRange<Int64> = ScenarioRange.rate,
    doses: ClosedRange<Int64> = ScenarioRange.mass
  ) throws(ScenarioError) -> RateText {
    if case .object = field.cursor.value {
      let object = try field.object(["dose", "of"])
      let dose: DailyDose = try object.quantity("dose", in: doses)
      return RateText(amount: .dose(dose, of: try drug(object)), path: field.path)
    }
    let text = try field.string(rateExpectation)
    switch reading(text, as: FlowRate.self, or: DailyDose.self) {
    case .first(let rate):
      let rate = try field.inRange(rate, text: text, range: range)
      return RateText(amount: .flow(rate), path: field.path)
    case .second(let dose):
      let dose = try field.inRange(dose, text: text, range: doses)
      return RateText(amount: .dose(dose, of: nil), path: field.path)
    case .neither(let error):
      throw field.fault(error)
    }
  }

  /// The volume of a bolus: `"25 uL"`, `"50 ug"` or `{"dose":"50 ug","of":"baclofen"}`.
  package static func bolus(_ field: ScenarioField) throws(ScenarioError) -> BolusText {
    if case .object = field.cursor.value {
      let object = try field.object(["dose", "of"])
      let mass: Mass = try object.quantity("dose", in: ScenarioRange.someMass)
      return BolusText(amount: .mass(mass, of: try drug(object)), path: field.path)
    }
    let text = try field.string(bolusExpectation)
    switch reading(text, as: Volume.self, or: Mass.self) {
    case .first(let volume):
      let volume = try field.inRange(volume, text: text, range: ScenarioRange.someVolume)
      return BolusText(amount: .volume(volume), path: field.path)
    case .second(let mass):
      let mass = try field.inRange(mass, text: text, range: ScenarioRange.someMass)
      return BolusText(amount: .mass(mass, of: nil), path: field.path)
    case .neither(let error):
      throw field.fault(error)
    }
  }

  private enum Reading<First, Second> {
    case first(First)
    case second(Second)
    case neither(QuantityError)
  }

  private static func reading<First: QuantityText, Second: QuantityText>(
    _ text: String,
    as first: First.Type,
    or second: Second.Type
  ) -> Reading<First, Second> {
    do {
      return .first(try First(text: text))
    } catch {
      let isFirst: Bool
      switch error.reason {
      case .wrongKind(let kind): isFirst = kind != Second.kind
      case .unknownUnit: isFirst = false
      default: isFirst = true
      }
      if isFirst { return .neither(error) }
      do {
        return .second(try Second(text: text))
      } catch {
        return .neither(error)
      }
    }
  }

  private static func drug(_ object: ScenarioObject) throws(ScenarioError) -> String? {
    guard let field = object.optional("of") else { return nil }
    return try FillReader.name(field)
  }
}
