import PumpScenario
import Quantities

/// `patientDose`: what a patient who takes every allowed dose gets (contract: plan.md).
enum PatientDosePlan {
  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let object = try request.object(["basal", "patientDose", "fill", "reserve", "pump"])
    let fill = try PlanFill(
      try object.required("fill", "a fill with \"volume\" and \"drugs\"")
    )
    let pump = try PlanPump(try object.required("pump", PlanPump.expectation))
    var result = PlanResult()
    try result.holdFill(fill.volume, to: pump, fill.volumeField)
    let reserve = try fill.reserve(object)
    let basal = try BasalFlow(object, fill: fill, pump: pump)
    result.questionReserve(reserve)
    let doseField = try object.required("patientDose", "a patient dose")
    let dose = try PlanPatientDose(doseField, fill: fill)
    let name = dose.drug ?? fill.drugs.first?.name
    let concentration = try fill.concentration(of: name, path: "\(doseField.path).dose")
    let doses = Rational(dose.dosesPer24h)
    let mostInDay = try basal.largestDay + dose.volume * doses
    let most = try mostInDay * concentration.exact
    result.set("dosesPer24h", .number(doses))
    try result.set("maximumDaily", most, in: .microgramPerDay)
    try setPercent(mostInDay, basal, &result)
    let perDay = try basal.average + dose.volume * dose.dosesPerDay
    let room = try fill.volume.exact - reserve.exact
    for (name, rate) in [("expectedInterval", basal.average), ("earliestInterval", perDay)] {
      let interval = try RefillInterval.lasting(room, at: rate)
      result.set(name, try RefillInterval.value(interval))
    }
    for line in dose.workingOfDoses { result.work(line) }
    try workMass(&result, basal: basal, dose: dose, concentration: concentration, most: most)
    result.work("basal = \(basal.text)")
    result.work(
      try RefillInterval.working(
        "expected, basal alone",
        fill: fill.volume,
        less: reserve,
        at: basal.average
      )
    )
    result.work(
      try RefillInterval.working(
        "earliest, every allowed dose taken",
        fill: fill.volume,
        less: reserve,
        at: perDay
      )
    )
    try hold(fill: fill, mostInDay: mostInDay, basal: basal, dose: dose, pump: pump, &result)
    return result
  }

  private static func setPercent(
    _ mostInDay: Rational,
    _ basal: BasalFlow,
    _ result: inout PlanResult
  ) throws(PlanError) {
    guard basal.average > .zero else {
      return result.set("percentOfBasal", .none("there is no basal"))
    }
    let percent = try mostInDay / basal.average * Rational(100)
    result.set("percentOfBasal", .percent(percent))
  }

  private static func workMass(
    _ result: inout PlanResult,
    basal: BasalFlow,
    dose: PlanPatientDose,
    concentration: Concentration,
    most: Rational
  ) throws(PlanError) {
    let scale = MassScale(fitting: Mass(femtograms: try most.stored()))
    let fromBasal = try scale.mass(basal.largestDay * concentration.exact)
    let each = try scale.mass(dose.volume * concentration.exact)
    result.work(
      "most in 24 h = \(fromBasal) + \(dose.dosesPer24h) × \(each) = \(try scale.mass(most))"
    )
    guard let percent = result["percentOfBasal"], case .percent(let number) = percent else {
      return
    }
    result.work("that is \(number.percentText) of the basal")
  }

  /// The formulary's daily maximum of each drug, and the pump's range for basal and bolus.
  private static func hold(
    fill: PlanFill,
    mostInDay: Rational,
    basal: BasalFlow,
    dose: PlanPatientDose,
    pump: PlanPump,
    _ result: inout PlanResult
  ) throws(PlanError) {
    for drug in fill.drugs {
      try result.holdDrug(
        drug.name,
        concentration: drug.concentration.exact,
        dose: try mostInDay * drug.concentration.exact
      )
    }
    try result.holdBasal(basal, to: pump)
    try result.holdBolus(dose, basal: basal, to: pump)
  }
}

extension PlanResult {
  /// Holds the rates of a basal to the pump's range, and asks about an unusual mean.
  mutating func holdBasal(_ basal: BasalFlow, to pump: PlanPump) throws(PlanError) {
    for rate in basal.rates {
      let stored = Rational(try rate.stored())
      holdRate(stored, what: "basal: \(try stored.text(in: .millilitrePerDay))", to: pump)
    }
    try questionRate(basal.average, "mean basal")
  }

  /// Holds a patient dose to the pump's maximum, and asks about an unusual one.
  mutating func holdBolus(
    _ dose: PlanPatientDose,
    basal: BasalFlow,
    to pump: PlanPump
  ) throws(PlanError) {
    let bolus = try dose.rate()
    if let maximum = pump.maximumRate, bolus > maximum.value.exact {
      refuse(
        .aboveMaximumRate,
        "patient dose: \(dose.text) over \(dose.over.text) is "
          + "\(try bolus.text(in: .millilitrePerDay)), over the maximum of \(pump.title), "
          + maximum.value.text,
        source: maximum.source
      )
    }
    try questionBolus(dose, basal: basal)
  }

  private mutating func questionBolus(
    _ dose: PlanPatientDose,
    basal: BasalFlow
  ) throws(PlanError) {
    let policy = DrugLibrary.standard.policy
    let lockouts = policy.usualLockout
    if !lockouts.value.contains(dose.lockout) {
      warn(
        .unusualLockout,
        "a lockout of \(dose.lockout.text) is outside of the usual \(lockouts.value.lowerBound.text) to "
          + "\(lockouts.value.upperBound.text), UNVERIFIED: is the unit meant?",
        source: lockouts.source
      )
    }
    guard basal.average > .zero, dose.volume > .zero else { return }
    let percent = try dose.volume / basal.average * Rational(100)
    let usual = policy.usualPatientDose
    guard !usual.value.contains(percent) else { return }
    warn(
      .unusualPatientDose,
      "a patient dose of \(dose.text) is \(percent.percentText) of the daily basal, outside of the usual "
        + "\(usual.value.lowerBound.text()) to \(usual.value.upperBound.text()) %, UNVERIFIED",
      source: usual.source
    )
  }
}
