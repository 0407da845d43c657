public import Quantities

/// What a program plans, in figures that two programs can be compared by.
public struct PlannedDay: Equatable, Sendable {
  /// The most of any 24 h: basal, periodic boluses exactly included; rounded up to the nL.
  public let largest: Volume
  /// The least of any 24 h, boluses that may fall outside of it left out; rounded down to the nL.
  public let least: Volume
  /// Every patient dose that may be asked for in 24 h.
  public let patientDoses: Volume
  /// The mean of basal and periodic boluses, rounded down to the nL/d.
  public let mean: FlowRate
  /// The highest instantaneous rate of basal, a periodic or patient bolus on top of it, or the
  /// bridge; rounded up to the nL/d.
  public let highestRate: FlowRate
}

extension Program {
  /// What it plans on a pump of a model.
  public func plannedDay(_ model: PumpModel) -> PlannedDay {
    let plan = DayPlan(of: self, model)
    let doses = patientDose.map { $0.volume.nanolitres * Int64($0.maxPer24h) } ?? 0
    var least: Int64 = 0
    var mean: Int64 = 0
    var bolus: Int64 = 0
    switch basal {
    case .stopped: break
    case .minimum:
      least = model.minimumRate.nanolitresPerDay
      mean = least
    case .constant(let rate):
      least = rate.nanolitresPerDay
      mean = least
    case .scheduled:
      least = schedule.leastDay / 1440
      mean = schedule.meanRate
    case .periodic(let dose, let over, let every, let background):
      let ground = background.nanolitresPerDay
      least = ground + millisecondsPerDay / every.milliseconds * dose.nanolitres
      let part = dose.nanolitres.multipliedFullWidth(by: millisecondsPerDay)
      mean = ground + every.milliseconds.dividingFullWidth(part).quotient
      bolus = bolusRate(dose, over: over)
    }
    if let patientDose {
      bolus = max(bolus, bolusRate(patientDose.volume, over: patientDose.over))
    }
    let highest = max(plan.highestRate + bolus, bridge?.rate.nanolitresPerDay ?? 0)
    return PlannedDay(
      largest: plan.total(with: 0),
      least: Volume(nanolitres: least),
      patientDoses: Volume(nanolitres: doses),
      mean: FlowRate(nanolitresPerDay: mean),
      highestRate: FlowRate(nanolitresPerDay: highest)
    )
  }
}
