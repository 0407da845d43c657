import Formulary
import PumpCore
import PumpLink
import PumpScenario
import Quantities

extension OrderStatement {
  /// What crosses a limit, what the pump would refuse, and what is not known here.
  mutating func addFindings() throws(PlanError) {
    addReceipt()
    addValidity()
    switch order.content {
    case .program(let content): try addProgram(content)
    case .refill(let content): try addRefill(content)
    case .catheter:
      find(.caution, "after it no remote order is taken until the next bedside session")
    case .commissioning(let content):
      find(.danger, "it names the roots that this pump will obey from now on: compare each key id")
      addEnvelope(content.envelope)
    case .envelope(let envelope): addEnvelope(envelope)
    case .limits(let content): try addStanding(content, plan: nil)
    case .keys:
      find(.danger, "it replaces everyone whom this pump listens to: compare each key id")
    case .clinicianBolus(let volume, let over): addBolus(volume, over)
    case .safeRate: find(.caution, "the safe rate replaces the program until therapy is resumed")
    case .suspend(let span):
      find(.danger, "nothing is delivered for \(span.text); then therapy goes on by itself")
      hold(span.milliseconds, to: Ceilings.suspension, "a suspension of \(span.text)", "4 h")
    case .mri(let span):
      find(.danger, "nothing is delivered for \(span.text); then therapy goes on by itself")
      hold(span.milliseconds, to: Ceilings.mri, "an MRI halt of \(span.text)", "2 h")
    case .resume: find(.caution, "the full program goes on, whatever the interruption was")
    case .clearOverDelivery: find(.caution, "a latched over-delivery is cleared")
    case .setClock: find(.caution, "steps of a schedule follow the new local time")
    }
  }

  // MARK: Receipt and validity

  private mutating func addReceipt() {
    guard let receipt else {
      return find(
        .danger,
        "NO RECEIPT: nothing here tells what this pump delivers now. The order is shown alone, and "
          + "no change can be worked out"
      )
    }
    let force = receipt.inForce
    if order.sequence <= force.sequence {
      find(
        .refused,
        "sequence \(order.sequence) is not greater than the pump's last one, \(force.sequence)"
      )
    } else if order.sequence - force.sequence > 1 {
      find(
        .note,
        "sequence \(order.sequence) leaves out \(order.sequence - force.sequence - 1) after the "
          + "pump's last one, \(force.sequence)"
      )
    }
    if order.previous != force.order {
      find(
        .refused,
        "it follows on an order that is not the one in force: it was written too early"
      )
    }
    if order.notAfter < receipt.time {
      find(.refused, "it had expired when the pump gave its receipt")
    }
    let age = order.notBefore - receipt.time
    if age > .day {
      find(
        .caution,
        "the receipt is \(age.milliseconds / TimeSpan.day.milliseconds) days older than the order's "
          + "begin: what is in force may have changed since"
      )
    }
    if receipt.outcome == .pending {
      find(
        .caution,
        "another order is pending until \(StatementFields.time(receipt.until)); one that is applied "
          + "supersedes it"
      )
    }
    if force.order == Bytes32() { find(.note, "no order is in force yet") }
  }

  private mutating func addValidity() {
    let span = order.notAfter - order.notBefore
    let isBolus = order.content.kind == .clinicianBolus
    hold(
      span.milliseconds,
      to: isBolus ? Ceilings.bolusValidity : Ceilings.validity,
      "a validity of \(span.text)",
      isBolus ? "10 min" : "7 d"
    )
    if span > .day, span.milliseconds <= Ceilings.validity {
      find(.note, "valid for \(span.text): it can be applied as late as that")
    }
  }

  /// A ceiling that is compiled into every pump.
  private mutating func hold(_ given: Int64, to most: Int64, _ what: String, _ limit: String) {
    guard given > most else { return }
    find(.refused, "\(what) is over the pump's ceiling of \(limit)")
  }

  // MARK: Programs

  private mutating func addProgram(_ content: ProgramContent) throws(PlanError) {
    let program = content.program
    if program.basal == .stopped {
      find(.danger, "it STOPS delivery for as long as it is in force: withdrawal can follow")
    }
    let plan = PlannedFigures(program)
    if let plan {
      addCeilings(plan, program)
      try addDoses(plan)
    }
    if program.prime != nil {
      find(.caution, "it primes: right only where the path is empty of drug")
    }
    try addStanding(
      LimitsContent(program.standing, doseLimits: content.doseLimits),
      plan: plan
    )
  }

  private mutating func addCeilings(_ plan: PlannedFigures, _ program: Program) {
    func rate(_ value: Int64) -> String { FlowRate(nanolitresPerDay: value).text }
    hold(plan.highest, to: Ceilings.flow, "a rate of \(rate(plan.highest))", "24 mL/d")
    hold(
      max(plan.total, plan.bridge ?? 0),
      to: Ceilings.volumePer24h,
      "\(AmountText.volume(Volume(nanolitres: max(plan.total, plan.bridge ?? 0)))) in 24 h",
      "10 mL"
    )
    if let dose = program.patientDose {
      hold(
        dose.volume.nanolitres,
        to: Ceilings.patientDose,
        "a patient dose of \(AmountText.volume(dose.volume))",
        "0.1 mL"
      )
      hold(
        Int64(dose.maxPer24h),
        to: Int64(Ceilings.dosesPer24h),
        "\(dose.maxPer24h) doses in 24 h",
        "24"
      )
      if dose.lockout.milliseconds < Ceilings.lockout {
        find(.refused, "a lockout of \(dose.lockout.text) is under the pump's least, 10 min")
      }
    }
    if plan.safe > plan.mean {
      find(.refused, "a safe rate of \(rate(plan.safe)) is over the mean basal, \(rate(plan.mean))")
    }
  }

  /// What the formulary says of each drug, with every patient dose.
  private mutating func addDoses(_ plan: PlannedFigures) throws(PlanError) {
    guard let mixture else {
      return find(
        .danger,
        "the mixture is not known here: the order says volumes, and what drug is in them cannot be "
          + "shown without the pump's receipt"
      )
    }
    for place in 0..<mixture.count {
      let (drug, amount) = mixture[place]
      guard let known = DrugNumber.known(drug) else {
        find(.danger, "RxNorm \(drug) is not of the formulary: no limit of it is checked")
        continue
      }
      let (refused, warnings) = try DoseFindings.findings(
        of: known.name,
        concentration: Concentration(nanogramsPerMillilitre: amount),
        most: try Rational(plan.total) * Rational(amount)
      )
      for finding in refused { find(.danger, finding.message, source: finding.source) }
      for finding in warnings { find(.caution, finding.message, source: finding.source) }
    }
  }

  /// The order's own limits against its plan, and both against the ceilings.
  private mutating func addStanding(
    _ content: LimitsContent,
    plan: PlannedFigures?
  ) throws(PlanError) {
    let limits = content.standing.limits
    hold(
      limits.maxRate.nanolitresPerDay,
      to: Ceilings.flow,
      "a rate limit of \(limits.maxRate.text)",
      "24 mL/d"
    )
    hold(
      limits.maxVolumePer24h.nanolitres,
      to: Ceilings.volumePer24h,
      "a volume limit of \(AmountText.volume(limits.maxVolumePer24h))",
      "10 mL"
    )
    if let mixture, !mixture.hasSameDrugs(as: content.doseLimits) {
      find(.refused, "the dose limits are not for exactly the drugs in \(mixture.mixtureText)")
    }
    guard let plan else { return }
    if plan.highest > limits.maxRate.nanolitresPerDay {
      let rate = FlowRate(nanolitresPerDay: plan.highest).text
      find(.refused, "its rate of \(rate) is over its own limit of \(limits.maxRate.text)")
    }
    if plan.total > limits.maxVolumePer24h.nanolitres {
      find(
        plan.largest > limits.maxVolumePer24h.nanolitres ? .refused : .caution,
        "\(AmountText.volume(Volume(nanolitres: plan.total))) in 24 h is over its own limit of "
          + AmountText.volume(limits.maxVolumePer24h)
      )
    }
    guard let mixture else { return }
    for place in 0..<content.doseLimits.count {
      let (drug, limit) = content.doseLimits[place]
      guard let amount = mixture.amount(of: drug) else { continue }
      let most = try Rational(plan.total) * Rational(amount)
      guard most > Rational(limit) else { continue }
      let text = try PlanQuantity(rounding: most, in: Self.unit(of: drug, amount)).text
      find(
        .danger,
        "\(DrugNumber.name(of: drug)): \(text) in 24 h is over its own limit of "
          + "\(AmountText.mass(limit, of: drug)): the pump would withhold strokes and fall to the safe rate"
      )
    }
  }

  // MARK: Others

  private mutating func addRefill(_ content: RefillContent) throws(PlanError) {
    if let old = receipt?.inForce.mixture, !old.isSame(as: content.mixture) {
      find(
        .danger,
        "ANOTHER MIXTURE: \(old.mixtureText) in the reservoir, \(content.mixture.mixtureText) in the "
          + "fill. Compare the syringe's label; a prescriber and a second person must sign"
      )
      if content.program == nil {
        find(.refused, "another mixture needs a new program, and there is none in the order")
      } else if old.count == 0 {
        if content.program?.program.prime == nil {
          find(
            .caution,
            "no prime: it takes as long as the path to empty before drug reaches the tip"
          )
        }
      } else if content.program?.program.bridge == nil {
        find(.danger, "no bridge: the path holds the old mixture and is emptied at the new rate")
      }
    }
    if let program = content.program { return try addProgram(program) }
    guard let plan = receipt?.inForce else { return }
    try addDoses(of: content, plan)
  }

  private mutating func addDoses(
    of content: RefillContent,
    _ force: InForce
  ) throws(PlanError) {
    let most = force.plannedVolume.nanolitres + force.patientDoses.nanolitres
    for place in 0..<content.mixture.count {
      let (drug, amount) = content.mixture[place]
      guard let known = DrugNumber.known(drug) else { continue }
      let (refused, warnings) = try DoseFindings.findings(
        of: known.name,
        concentration: Concentration(nanogramsPerMillilitre: amount),
        most: try Rational(most) * Rational(amount)
      )
      for finding in refused { find(.danger, finding.message, source: finding.source) }
      for finding in warnings { find(.caution, finding.message, source: finding.source) }
    }
  }

  private mutating func addEnvelope(_ envelope: Envelope) {
    if !envelope.isAllowed { find(.refused, "the envelope is wider than any pump allows") }
  }

  private mutating func addBolus(_ volume: Volume, _ over: TimeSpan) {
    find(.caution, "a bolus comes on top of the program")
    hold(
      volume.nanolitres,
      to: Ceilings.clinicianBolus,
      "a clinician bolus of \(AmountText.volume(volume))",
      "0.5 mL"
    )
    let (scaled, overflow) = volume.nanolitres.multipliedReportingOverflow(
      by: TimeSpan.day.milliseconds
    )
    if overflow || scaled / over.milliseconds > Ceilings.flow {
      find(
        .refused,
        "\(AmountText.volume(volume)) over \(over.text) is faster than the pump's ceiling of 24 mL/d"
      )
    }
    if mixture == nil { find(.danger, "what drug is in the bolus is not known here") }
  }
}

extension DrugAmounts {
  func hasSameDrugs(as other: DrugAmounts) -> Bool {
    count == other.count && (0..<count).allSatisfy { self[$0].drug == other[$0].drug }
  }
}
