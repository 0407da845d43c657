import PumpScenario
import Quantities

/// `prime`: the bolus that fills an empty fluid path, and what drug it holds (contract: plan.md).
enum PrimePlan {
  private enum EmptyPart {
    case both, catheter, none
  }

  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let object = try request.object(["tubing", "catheter", "pathEmpty", "concentration", "over"])
    let path = try PlanPath(object)
    let empty: EmptyPart = try object.required(
      "pathEmpty",
      "what is empty: \"both\", \"catheter\" or \"none\""
    ).word([("both", .both), ("catheter", .catheter), ("none", .none)])
    let concentration: Concentration = try object.quantity(
      "concentration",
      in: ScenarioRange.someConcentration
    )
    let over: TimeSpan = try object.quantity("over", in: ScenarioRange.someBolusTime)
    let volume: Rational
    let sum: String
    switch empty {
    case .both: (volume, sum) = (try path.volume(), path.text)
    case .catheter: (volume, sum) = (try path.catheter(), path.catheterText)
    case .none: (volume, sum) = (.zero, "0 mL, as the path is full")
    }
    var result = PlanResult()
    let mass = try volume * concentration.exact
    let rate = try volume * TimeSpan.day.exact / over.exact
    try result.set("volume", volume, in: .millilitre)
    try result.set("mass", mass, in: .microgram)
    try result.set("rate", rate, in: .millilitrePerDay)
    let volumeText = try volume.text(in: .millilitre)
    result.work(empty == .none ? "volume = \(sum)" : "volume = \(sum) = \(volumeText)")
    let scale = MassScale(fitting: Mass(femtograms: try mass.stored()))
    result.work(
      "drug in it = \(volumeText) × \(scale.text(concentration)) = \(try scale.mass(mass)); "
        + "it fills the path, next to none of it is to leave the tip"
    )
    result.work("rate = \(volumeText) in \(over.text) = \(try rate.text(in: .millilitrePerDay))")
    return result
  }
}
