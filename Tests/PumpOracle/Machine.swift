// The pump as the contract describes it: its state, and nothing that acts.

enum Halt: String, CaseIterable {
  case stopped, stalled, overDelivery, empty, suspended, mri, endOfService
}

enum SafeReason: String, CaseIterable {
  case limit, overDelivery, gap, command
}

/// "`prime`: first thing after activation; basal waits for it"; "`bridge`: after the prime and
/// before the basal".
enum Phase {
  case priming
  /// `target` is V × 86,400,000, to be met by Σ rate × ms counted from `begun`.
  case bridging(begun: Int128, target: Int128)
  case basal
}

final class Machine {
  let model: PumpModel
  let timeline: Timeline
  var now: Int64 = 0

  // The program in force.
  var program: Program
  var largestIn24h: PlannedVolume
  var phase = Phase.basal
  /// "a bolus of V over T at the start of basal and each P after it": the next one due.
  var nextPeriodic: Int64?

  // Delivery.
  var demand = Demand()
  var strokesCommanded: Int64 = 0
  var strokes = StrokeHistory()
  var halts: Set<Halt> = []
  var safeReasons: Set<SafeReason> = []
  /// "from the first halt to the last one's end, every reason but `stopped`, time switched off
  /// too".
  var outageStart: Int64?
  var suspensionEnds: [Halt: Int64] = [:]

  // Reservoir and path.
  var mixtures: [Mixture] = []
  /// What each mixture holds, by index into `drugs`.
  var contents: [[(drug: Int, concentration: Int64)]] = []
  var drugs: [String] = []
  var mixtureInReservoir = 0
  var reservoir: Int64
  var filled: Int64
  var path: FluidPath
  var pathVolume: Int64
  var primeAllowance: Bool

  // Boluses accepted, for lockouts and counts: "go on over programs".
  var lastPatientDose: Int64?
  var patientDoseTimes: [Int64] = []

  // Faults.
  var unconfirmedInRow = 0
  var confirmedTrialsInRow = 0
  var nextTrial: Int64?
  /// The encoder strokes with no command since the count was last emptied.
  var extraStrokes: [Int64] = []
  var badCopies = 0
  var isOff = false
  /// The bolus that was running when the power went, for the events at boot.
  var bolusCutByPowerLoss: Bolus?
  var batteryInput: BatteryLevel?
  var replacementNoticed: Int64?

  // The clock: local = now + localOffset.
  var localOffset: Int64
  var stepInForce: Int64?

  // What comes out.
  var latched: [LatchedAlarm] = []
  var events: [OracleEvent] = []
  var samples: [OracleSample] = []

  init(_ scenario: Object) {
    model = PumpModel(scenario["pump"] as! Object)
    timeline = Timeline(scenario)
    let fill = scenario["fill"] as! Object
    let mixture = readMixture(fill)
    let catheter = (scenario["pump"] as! Object)["catheter"] as! Object
    program = readProgram(scenario["program"] as! Object, mixture, model)
    largestIn24h = program.basal.largestIn24h
    reservoir = readVolume(fill["volume"])
    filled = reservoir
    pathVolume = model.fluidPath(length: catheter["length"] as! String)
    localOffset = readLocal((scenario["clock"] as! Object)["localStart"] as! String)
    primeAllowance = scenario["pathEmpty"] as? Bool ?? false
    path = FluidPath(volume: pathVolume, mixture: 0)
    mixtureInReservoir = mixtureIndex(mixture)
    fillPath(withDrug: !primeAllowance)
  }

  var local: Int64 { now + localOffset }
  var isHalted: Bool { !halts.isEmpty }
  var isSafe: Bool { !safeReasons.isEmpty }
  var mixture: Mixture { mixtures[mixtureInReservoir] }

  /// "the basal rate now (bridge or safe rate included, boluses not), 0 while priming, halted or
  /// off"; at the safe rate "`safeRate` replaces basal, bridge and periodic boluses".
  var rate: Int64 {
    if isOff || isHalted { return 0 }
    if isSafe { return program.safeRate }
    switch phase {
    case .priming: return 0
    case .bridging: return program.bridge!.rate
    case .basal: return program.basal.rate(atLocal: local)
    }
  }

  /// "the first that holds of `off`, `halted`, `safe`, `priming`, `bridging`, `running`".
  var state: String {
    if isOff { return "off" }
    if isHalted { return "halted" }
    if isSafe { return "safe" }
    switch phase {
    case .priming: return "priming"
    case .bridging: return "bridging"
    case .basal: return "running"
    }
  }

  func emit(_ name: String, _ fields: [String: FieldValue] = [:]) {
    events.append(OracleEvent(seq: events.count, t: now, name: name, fields: fields))
  }

  func takeSample() {
    var tip: [String: Int64] = [:]
    for (index, drug) in drugs.enumerated() { tip[drug] = strokes.tip[index] }
    samples.append(
      OracleSample(
        t: now,
        demand: demand.total(at: now, rate: 0),
        delivered: strokes.delivered,
        reservoir: reservoir,
        rate: rate,
        state: state,
        tip: tip
      )
    )
  }

  /// "every drug of any fill so far is listed".
  func mixtureIndex(_ mixture: Mixture) -> Int {
    for drug in mixture.concentrations.keys.sorted() where !drugs.contains(drug) {
      drugs.append(drug)
    }
    strokes.knowDrugs(drugs.count)
    if let index = mixtures.firstIndex(of: mixture) { return index }
    mixtures.append(mixture)
    contents.append(
      mixture.concentrations.map { (drug: drugs.firstIndex(of: $0.key)!, concentration: $0.value) }
    )
    return mixtures.count - 1
  }

  /// "`fill` at the start also fills the fluid path with the same mixture unless `pathEmpty` is
  /// true, in which case the path holds drug-free fluid."
  func fillPath(withDrug: Bool) {
    let content = withDrug ? mixtureInReservoir : mixtureIndex(Mixture(concentrations: [:]))
    path = FluidPath(volume: pathVolume, mixture: content)
  }
}
