import Formulary
import PumpCore
import PumpLink
import PumpScenario
import Quantities

/// What a program plans for 24 h, as the pump itself works it out.
struct PlannedFigures {
  let largest: Int64
  let patientDoses: Int64
  let mean: Int64
  let highest: Int64
  let safe: Int64
  /// 24 h of the bridge's rate; nothing where there is none.
  let bridge: Int64?

  /// Nothing where the order alone does not tell: the least rate is the model's own.
  init?(_ program: Program) {
    if program.basal == .minimum { return nil }
    // Of a model only the least rate would count, which this basal does not use.
    let model = PumpModel(
      strokeVolume: Volume(nanolitres: 1),
      capacity: Volume(nanolitres: Bounds.volumeMax),
      minimumRate: .zero,
      maximumRate: FlowRate(nanolitresPerDay: Bounds.rateMax),
      tubing: .zero,
      catheterVolume: LinearVolume(picolitresPerCentimetre: 0)
    )
    let day = program.plannedDay(model)
    largest = day.largest.nanolitres
    patientDoses = day.patientDoses.nanolitres
    mean = day.mean.nanolitresPerDay
    highest = day.highestRate.nanolitresPerDay
    safe = program.safeRate.nanolitresPerDay
    bridge = program.bridge?.rate.nanolitresPerDay
  }

  var total: Int64 { largest + patientDoses }
}

extension OrderStatement {
  /// Volumes and doses of 24 h, before and after, in figures and in words.
  mutating func addTotals() throws(PlanError) {
    switch order.content {
    case .program(let content): try addProgram(PlannedFigures(content.program))
    case .refill(let content):
      if let program = content.program {
        try addProgram(PlannedFigures(program.program))
      } else {
        try addSameProgram()
      }
    case .clinicianBolus(let volume, _): try addBolus(volume.nanolitres)
    case .safeRate:
      let safe = receipt?.inForce.safeRate.nanolitresPerDay
      try addBasal("in 24 h", receipt?.inForce.plannedVolume.nanolitres, safe)
    case .suspend, .mri:
      try add(
        "Delivery meanwhile",
        .millilitrePerDay,
        receipt?.inForce.meanRate.nanolitresPerDay,
        0
      )
    case .catheter, .commissioning, .envelope, .limits, .keys, .resume, .clearOverDelivery,
      .setClock:
      break
    }
  }

  private mutating func addProgram(_ plan: PlannedFigures?) throws(PlanError) {
    guard let plan else {
      return find(
        .danger,
        "the order asks for the least rate of the pump's model, which its bytes do not tell: the "
          + "24 h total is not known here"
      )
    }
    let force = receipt?.inForce
    try addBasal("in the fullest 24 h", force?.plannedVolume.nanolitres, plan.largest)
    if plan.patientDoses > 0 || (force?.patientDoses.nanolitres ?? 0) > 0 {
      try add(
        "Patient doses on top, all of 24 h",
        .millilitre,
        force?.patientDoses.nanolitres,
        plan.patientDoses
      )
      let before = force.map { $0.plannedVolume.nanolitres + $0.patientDoses.nanolitres }
      try addBasal("in 24 h with every patient dose", before, plan.total)
    }
    try add("Mean rate", .millilitrePerDay, force?.meanRate.nanolitresPerDay, plan.mean)
    try add("Highest rate", .millilitrePerDay, force?.highestRate.nanolitresPerDay, plan.highest)
    try add("Safe rate", .millilitrePerDay, force?.safeRate.nanolitresPerDay, plan.safe)
    if let bridge = plan.bridge {
      try add("24 h of the bridge", .millilitre, force?.plannedVolume.nanolitres, bridge)
    }
  }

  /// The program in force goes on with the new fill.
  private mutating func addSameProgram() throws(PlanError) {
    guard let volume = receipt?.inForce.plannedVolume.nanolitres else { return }
    try addBasal("in the fullest 24 h", volume, volume)
  }

  private mutating func addBolus(_ volume: Int64) throws(PlanError) {
    try add(
      "Volume of the bolus",
      .millilitre,
      nil,
      volume,
      words: "at once, on top of the program"
    )
    guard let mixture else { return }
    for place in 0..<mixture.count {
      let (drug, amount) = mixture[place]
      try add(
        "\(DrugNumber.name(of: drug)) in the bolus",
        Self.unit(of: drug, amount),
        nil,
        try Rational(volume) * Rational(amount),
        words: "at once, on top of the program"
      )
    }
  }

  // MARK: Lines

  /// A volume of 24 h, and each drug in it, by the mixture before and after.
  private mutating func addBasal(
    _ title: String,
    _ before: Int64?,
    _ after: Int64?
  ) throws(PlanError) {
    try add("Volume \(title)", .millilitre, before, after, words: "in 24 hours")
    let old = receipt?.inForce.mixture
    let new = mixture
    var drugs: [UInt32] = []
    for amounts in [old, new] {
      guard let amounts else { continue }
      for place in 0..<amounts.count where !drugs.contains(amounts[place].drug) {
        drugs.append(amounts[place].drug)
      }
    }
    for drug in drugs {
      let concentrations = (old?.amount(of: drug), new?.amount(of: drug))
      try add(
        "\(DrugNumber.name(of: drug)) \(title)",
        Self.unit(of: drug, concentrations.1 ?? concentrations.0 ?? 0),
        try Self.mass(before, old == nil ? nil : concentrations.0 ?? 0),
        try Self.mass(after, new == nil ? nil : concentrations.1 ?? 0),
        words: "in 24 hours"
      )
    }
  }

  private static func mass(
    _ volume: Int64?,
    _ concentration: Int64?
  ) throws(PlanError) -> Rational? {
    guard let volume, let concentration else { return nil }
    return try Rational(volume) * Rational(concentration)
  }

  static func unit(of drug: UInt32, _ concentration: Int64) -> PlanUnit {
    .conventional(
      for: DrugNumber.name(of: drug),
      at: Concentration(nanogramsPerMillilitre: concentration)
    )
  }

  private mutating func add(
    _ title: String,
    _ unit: PlanUnit,
    _ before: Int64?,
    _ after: Int64?,
    words: String? = nil
  ) throws(PlanError) {
    try add(title, unit, before.map { Rational($0) }, after.map { Rational($0) }, words: words)
  }

  private mutating func add(
    _ title: String,
    _ unit: PlanUnit,
    _ before: Rational?,
    _ after: Rational?,
    words ending: String?
  ) throws(PlanError) {
    let row = CompareRow(
      name: "total",
      drug: nil,
      title: title,
      unit: unit,
      before: before,
      after: after
    )
    let isKnown = before != nil && after != nil
    let percent = try row.percent()?.magnitude ?? .zero
    let isFromNone = isKnown && before == .zero && after != .zero
    let after = try row.text(row.after)
    let words = ending.flatMap { ending in
      NumberWords.words(ofQuantity: after).map { "\($0) \(ending)" }
    }
    totals.append(
      Total(
        title: title,
        before: try row.text(before),
        after: after,
        change: isKnown ? try row.changeText() : "",
        words: words,
        isChanged: before != row.after,
        isLarge: percent > DrugLibrary.standard.policy.secondConfirmation.value || isFromNone
      )
    )
    // The drugs in a volume are told by themselves; the volume only where they are not known.
    guard isKnown, words != nil, unit != .millilitre || (mixture?.count ?? 0) == 0 else { return }
    try addLargeChange(row)
  }

  /// A change that asks for a second look, with the slip that it looks like (SR-044, H-08).
  private mutating func addLargeChange(_ row: CompareRow) throws(PlanError) {
    let policy = DrugLibrary.standard.policy.secondConfirmation
    let figures = "\(try row.text(row.before)) in force, \(try row.text(row.after)) ordered"
    guard let times = try row.times(), times > .zero else {
      if row.before == row.after { return }
      let what = row.after == .zero ? "NONE ANY MORE" : "FROM NONE"
      return find(.danger, "\(row.title): \(figures): \(what)")
    }
    guard let percent = try row.percent(), percent.magnitude > policy.value else { return }
    let factor = times >= .one ? times : try .one / times
    let slip = try DoseSlip.words(of: factor)
    let change = try row.changeText()
    find(
      .danger,
      "\(row.title): \(figures): \(change.uppercased())\(slip). More than \(policy.value.text()) % "
        + "asks for a second look",
      source: policy.source
    )
  }
}
