// Reads the JSON of a scenario. "Assume valid": a malformed scenario traps.

typealias Object = [String: Any]

func readVolume(_ value: Any?) -> Int64 { readWhole(value, .volume) }
func readDuration(_ value: Any?) -> Int64 { readWhole(value, .time) }

private func readWhole(_ value: Any?, _ kind: Kind) -> Int64 {
  let quantity = readQuantity(value as! String)
  precondition(quantity.kind == kind, "\(value!) is not of kind \(kind)")
  return quantity.value.exact
}

/// The drug that a mass speaks of, and the mass's text.
///
/// `"300 ug/d"` "when the mixture has exactly one drug, or `{"dose":"300 ug/d","of":"baclofen"}`
/// when it has several".
private func readDose(_ value: Any, _ mixture: Mixture) -> (text: String, concentration: Int64) {
  if let object = value as? Object {
    return (object["dose"] as! String, mixture.concentrations[object["of"] as! String]!)
  }
  return (value as! String, mixture.concentrations.first!.value)
}

/// A flow rate, or a daily dose turned into one: "rounds half-even to the nearest nL/d".
func readRate(_ value: Any?, _ mixture: Mixture) -> Int64 {
  let (text, concentration) = readDose(value!, mixture)
  let quantity = readQuantity(text)
  if quantity.kind == .flow { return quantity.value.exact }
  precondition(quantity.kind == .doseRate, "\(text) is not a rate")
  return (whole(quantity.value.exact) / whole(concentration)).halfEven
}

/// A bolus volume, or a mass turned into one: "rounded half-even to the nL".
func readBolusVolume(_ value: Any?, _ mixture: Mixture) -> Int64 {
  let (text, concentration) = readDose(value!, mixture)
  let quantity = readQuantity(text)
  if quantity.kind == .volume { return quantity.value.exact }
  precondition(quantity.kind == .mass, "\(text) is not a bolus")
  return (whole(quantity.value.exact) / whole(concentration)).halfEven
}

func readMixture(_ fill: Object) -> Mixture {
  var mixture = Mixture(concentrations: [:])
  for drug in fill["drugs"] as? [Object] ?? [] {
    let concentration = readWhole(drug["concentration"], .concentration)
    mixture.concentrations[drug["drug"] as! String] = concentration
  }
  return mixture
}

private func readSteps(_ value: Any, _ mixture: Mixture) -> [Step] {
  (value as! [Object]).map {
    Step(minute: readTimeOfDay($0["at"] as! String), rate: readRate($0["rate"], mixture))
  }
}

private func readBasal(_ json: Object, _ mixture: Mixture, _ model: PumpModel) -> Basal {
  switch json["mode"] as! String {
  case "stopped": return .stopped
  case "minimum": return .constant(rate: model.minimumRate)
  case "constant": return .constant(rate: readRate(json["rate"], mixture))
  case "daily":
    return .weekly(
      patterns: [readSteps(json["steps"]!, mixture)],
      days: Array(repeating: 0, count: 7)
    )
  case "weekly":
    return .weekly(
      patterns: (json["patterns"] as! [Any]).map { readSteps($0, mixture) },
      days: json["days"] as! [Int]
    )
  case "periodic":
    return .periodic(
      dose: readBolusVolume(json["dose"], mixture),
      over: readDuration(json["over"]),
      every: readDuration(json["every"]),
      background: json["background"].map { readRate($0, mixture) } ?? 0
    )
  case let mode: fatalError("not a basal mode: \(mode)")
  }
}

/// "Masses become volumes once, at activation, with the mixture then in the reservoir (in a
/// refill, the new one)."
func readProgram(_ json: Object, _ mixture: Mixture, _ model: PumpModel) -> Program {
  let limits = json["limits"] as! Object
  let doses = limits["maxDosePer24h"] as? Object ?? [:]
  return Program(
    basal: readBasal(json["basal"] as! Object, mixture, model),
    limits: Limits(
      maxRate: readRate(limits["maxRate"], mixture),
      maxVolumePer24h: readVolume(limits["maxVolumePer24h"]),
      maxDosePer24h: doses.mapValues { readWhole($0, .mass) }
    ),
    safeRate: readRate(json["safeRate"], mixture),
    restartGap: readDuration(json["restartGap"]),
    lowReservoir: readVolume(json["lowReservoir"]),
    patientDose: (json["patientDose"] as? Object).map {
      PatientDose(
        volume: readBolusVolume($0["volume"], mixture),
        over: readDuration($0["over"]),
        lockout: readDuration($0["lockout"]),
        maxPer24h: $0["maxPer24h"] as! Int
      )
    },
    prime: (json["prime"] as? Object).map {
      Prime(volume: readBolusVolume($0["volume"], mixture), over: readDuration($0["over"]))
    },
    bridge: (json["bridge"] as? Object).map {
      Bridge(rate: readRate($0["rate"], mixture), volume: readBolusVolume($0["volume"], mixture))
    }
  )
}

/// What does not change in the life of a pump.
struct PumpModel {
  var strokeVolume: Int64
  var minimumRate: Int64
  var maximumRate: Int64
  var tubing: Int64
  var volumePerLength: Fraction

  init(_ json: Object) {
    let none = Mixture(concentrations: ["": 1])
    strokeVolume = json["strokeVolume"].map { readVolume($0) } ?? 250
    minimumRate = readRate(json["minimumRate"], none)
    maximumRate = readRate(json["maximumRate"], none)
    tubing = readVolume(json["tubing"])
    volumePerLength = readQuantity((json["catheter"] as! Object)["volumePerCm"] as! String).value
  }

  /// "internal tubing + catheter (implanted length × volume per cm), rounded half-even to the nL".
  func fluidPath(length: String) -> Int64 {
    tubing + (readQuantity(length).value * volumePerLength).halfEven
  }
}
