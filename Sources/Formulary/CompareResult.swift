import PumpCore
public import PumpScenario
import Quantities

/// Two programs side by side: totals, doses, rates, refill dates, and what crosses a limit.
///
/// An hourly dose entered for a daily one shows in three ways: both 24 h totals, the change in
/// percent, and the ratio in words (SR-044, H-08).
public struct CompareResult: Sendable {
  public let before: CompareSide
  public let after: CompareSide
  /// In the order in which they are read.
  public private(set) var rows: [CompareRow] = []
  /// What does not block, the most urgent first.
  public private(set) var warnings: [CompareFinding] = []
  /// Why the program after would not be taken.
  public private(set) var refused: [CompareFinding] = []
  /// The refills by the calendar, where the day of the fill is known.
  public private(set) var refillDates: [CompareDates] = []

  /// Compares.
  ///
  /// - Parameters:
  ///   - before: what is in force.
  ///   - after: what shall replace it.
  ///   - filledAt: the date of the fill, ISO 8601, where refill dates are wanted.
  /// - Throws: where that is no date, or a figure does not fit, which only numbers with very many
  ///   digits bring about.
  public init(
    before: CompareSide,
    after: CompareSide,
    filledAt: String? = nil
  ) throws(PlanError) {
    self.before = before
    self.after = after
    try addMixture()
    try addTotals()
    try addPatientDose()
    try addRefill()
    if let filledAt { try addDates(filledAt) }
    try addLimits()
    try addChanges()
    warnings += try CompareTip(before, after).findings()
    try judge()
    try noteDifferences()
  }

  /// Every drug of both, those of the program before first.
  public var drugNames: [String] {
    before.drugNames + after.drugNames.filter { before.concentration(of: $0) == nil }
  }

  /// A row by its name.
  public func row(_ name: String, drug: String? = nil) -> CompareRow? {
    rows.first { $0.name == name && $0.drug == drug }
  }

  // MARK: - Rows

  private mutating func add(
    _ name: String,
    _ title: String,
    _ unit: PlanUnit?,
    drug: String? = nil,
    _ value: (CompareSide) throws(PlanError) -> Rational?
  ) throws(PlanError) {
    let row = CompareRow(
      name: name,
      drug: drug,
      title: title,
      unit: unit,
      before: try value(before),
      after: try value(after)
    )
    if row.before != nil || row.after != nil { rows.append(row) }
  }

  /// A row for each drug: what a volume holds of it.
  private mutating func addDoses(
    _ name: String,
    _ title: String,
    _ volume: (CompareFigures) -> Rational?
  ) throws(PlanError) {
    for drug in drugNames {
      try add(name, "\(drug) \(title)", unit(of: drug), drug: drug) {
        (side) throws(PlanError) in
        guard side.concentration(of: drug) != nil, let volume = volume(side.figures) else {
          return nil
        }
        return try side.mass(of: drug, in: volume)
      }
    }
  }

  /// The unit of mass in which both doses of a drug are told.
  func unit(of drug: String) -> PlanUnit {
    .conventional(for: drug, at: before.concentration(of: drug) ?? after.concentration(of: drug))
  }

  private mutating func addMixture() throws(PlanError) {
    for drug in drugNames {
      let unit = unit(of: drug)
      let isLarge = unit == .milligram
      let shown: PlanUnit = isLarge ? .milligramPerMillilitre : .microgramPerMillilitre
      try add("concentration", "\(drug) in the fill", shown, drug: drug) {
        $0.concentration(of: drug)?.exact
      }
    }
  }

  private mutating func addTotals() throws(PlanError) {
    let isSpread = [before, after].contains { $0.figures.leastDay != $0.figures.mostDay }
    let busiest = isSpread ? ", busiest day" : ""
    try add("total24h", "volume in 24 h\(busiest)", .millilitre) { $0.figures.mostDay }
    try addDoses("dose24h", "in 24 h\(busiest)") { $0.mostDay }
    if let change = CompareChange(before, after) {
      for drug in drugNames { rows.append(try change.row(of: drug, in: unit(of: drug))) }
    }
    if isSpread {
      try add("leastTotal24h", "volume in 24 h, least busy day", .millilitre) {
        $0.figures.leastDay
      }
      try addDoses("leastDose24h", "in 24 h, least busy day") { $0.leastDay }
    }
    if [before, after].contains(where: { $0.figures.mostOfAny != $0.figures.mostDay }) {
      try add("mostOfAny24h", "volume in any 24 h, at most", .millilitre) { $0.figures.mostOfAny }
    }
    try add("highestRate", "highest rate at any instant", .millilitrePerDay) {
      $0.figures.highestRate
    }
  }

  private mutating func addPatientDose() throws(PlanError) {
    guard before.figures.patientDose != nil || after.figures.patientDose != nil else { return }
    try add("patientDose", "patient dose", .millilitre) { $0.figures.patientDose }
    try addDoses("patientDoseMass", "in a patient dose") { $0.patientDose }
    try add("patientDoses24h", "patient doses in 24 h, at most", nil) {
      $0.figures.patientDose == nil ? nil : Rational($0.figures.patientDoses)
    }
    try add("maximumTotal24h", "volume in 24 h with every dose", .millilitre) {
      $0.figures.mostWithDoses
    }
    try addDoses("maximumDose24h", "in 24 h with every dose") { $0.mostWithDoses }
  }

  private mutating func addRefill() throws(PlanError) {
    let day = Rational(PlanUnit.day.storedUnits)
    try add("expectedRefill", "fill to low mark, expected", .day) { (side) throws(PlanError) in
      guard let days = side.figures.expectedDays else { return nil }
      return try days * day
    }
    try add("earliestRefill", "fill to low mark, at the earliest", .day) {
      (side) throws(PlanError) in
      guard let days = side.figures.earliestDays else { return nil }
      return try days * day
    }
  }

  /// Never too late: a date is rounded down.
  private mutating func addDates(_ text: String) throws(PlanError) {
    guard let filled = PlanDate(text: text) else {
      throw PlanError(
        path: "--filled-at",
        given: PlanError.quoted(text),
        expected: PlanDate.expectation
      )
    }
    for row in rows where row.unit == .day {
      refillDates.append(
        CompareDates(
          name: row.name,
          title: row.title,
          before: try row.before.flatMap { days throws(PlanError) in
            try filled.later(by: days)?.text
          },
          after: try row.after.flatMap { days throws(PlanError) in
            try filled.later(by: days)?.text
          }
        )
      )
    }
  }

  private mutating func addLimits() throws(PlanError) {
    try add("safeRate", "safe rate", .millilitrePerDay) { $0.program.safeRate.exact }
    try add("maxRate", "limit: rate", .millilitrePerDay) { $0.program.limits.maxRate.exact }
    try add("maxVolumePer24h", "limit: volume in 24 h", .millilitre) {
      $0.program.limits.maxVolumePer24h.exact
    }
    for drug in drugNames {
      try add("maxDosePer24h", "limit: \(drug) in 24 h", unit(of: drug), drug: drug) {
        $0.doseLimit(of: drug)?.exact
      }
    }
    try add("lowReservoir", "low mark", .millilitre) { $0.program.lowReservoir.exact }
  }

  // MARK: - Findings

  private mutating func judge() throws(PlanError) {
    if let refusal = after.refusal { refused.append(.refused(refusal)) }
    let found = try findings(of: after)
    refused += found.refused
    if let change = CompareChange(before, after) {
      var result = PlanResult()
      try change.hold(&result) { unit(of: $0) }
      // The plan itself may be refused for the same limit; the change is told only by itself.
      refused += result.refused.map(CompareFinding.init)
        .filter { finding in !refused.contains { $0.code == finding.code } }
      warnings += try change.overOwnLimit { unit(of: $0) }
      warnings += result.warnings.map(CompareFinding.init)
    }
    var old = try findings(of: before).refused
    if let refusal = before.refusal { old.insert(.refused(refusal), at: 0) }
    for finding in old {
      warnings.append(
        CompareFinding(
          "beforeRefused",
          "the program BEFORE would be refused itself: \(finding.code): \(finding.message)",
          source: finding.source,
          planned: finding.planned,
          limit: finding.limit
        )
      )
    }
    warnings += found.warnings
    for drug in after.drugNames {
      guard let limit = after.doseLimit(of: drug) else { continue }
      let most = try after.mass(of: drug, in: after.figures.mostWithDoses)
      guard most > limit.exact else { continue }
      let planned = try PlanQuantity(rounding: most, in: unit(of: drug)).text
      warnings.append(
        CompareFinding(
          "doseLimit",
          "\(drug): up to \(planned) in 24 h, but the program's own limit is \(limit.text): "
            + "the pump would withhold strokes and fall back to its safe rate",
          planned: planned,
          limit: limit.text
        )
      )
    }
  }

  /// What the formulary says of a side, by the rule of the calculators.
  private func findings(
    of side: CompareSide
  ) throws(PlanError) -> (refused: [CompareFinding], warnings: [CompareFinding]) {
    var result = PlanResult()
    for drug in side.fill.drugs {
      try result.holdDrug(
        drug.name,
        concentration: drug.concentration.exact,
        dose: try side.mass(of: drug.name, in: side.figures.mostWithDoses)
      )
    }
    try result.questionRate(side.figures.average, "mean rate")
    return (result.refused.map(CompareFinding.init), result.warnings.map(CompareFinding.init))
  }

  /// Doses that become twice as much or half, each with both totals.
  private mutating func addChanges() throws(PlanError) {
    let names = ["dose24h", "maximumDose24h", "patientDoseMass"]
    for row in rows where names.contains(row.name) {
      let isFromNone = row.before == .zero && row.after.map { $0 > .zero } ?? false
      guard let words = isFromNone ? "from none" : try row.timesText() else { continue }
      let change = try row.changeText()
      let line =
        try "\(row.title): \(row.text(row.before)) before, \(row.text(row.after)) after: "
        + "\(words.uppercased())" + (isFromNone ? "" : " (\(change.prefix { $0 != "," }))")
      warnings.append(CompareFinding("doseManyTimes", line + (try Self.slip(row))))
    }
    try addConfirmations()
    for row in rows where row.name == "dose24h" && row.before.map({ $0 > .zero }) ?? false {
      guard (row.after ?? .zero) == .zero, let drug = row.drug else { continue }
      let line = "\(drug) is no longer given: \(try row.text(row.before)) in 24 h before"
      warnings.append(CompareFinding("drugStopped", line))
    }
  }

  /// Doses that change by more than asks for a second confirmation (SR-044).
  private mutating func addConfirmations() throws(PlanError) {
    let most = DrugLibrary.standard.policy.secondConfirmation
    for row in rows where row.name == "dose24h" || row.name == "maximumDose24h" {
      guard let percent = try row.percent(), percent.magnitude > most.value else { continue }
      let change = try row.changeText()
      warnings.append(
        CompareFinding(
          "secondConfirmation",
          "\(row.title): \(change) is over \(most.value.text()) %: confirm it twice",
          source: most.source
        )
      )
    }
  }

  /// Which slip of entry has this ratio.
  private static func slip(_ row: CompareRow) throws(PlanError) -> String {
    guard let times = try row.times(), times > .zero else { return "" }
    let factor = times >= .one ? times : try .one / times
    return try DoseSlip.words(of: factor)
  }

  /// What else is not the same and could surprise.
  private mutating func noteDifferences() throws(PlanError) {
    let names = ["maxRate", "maxVolumePer24h", "maxDosePer24h"]
    for row in rows where names.contains(row.name) {
      guard let before = row.before, let after = row.after, after > before else { continue }
      let figures = "\(try row.text(before)) before, \(try row.text(after)) after"
      warnings.append(
        CompareFinding(
          "limitRaised",
          "\(row.title) is raised: \(figures) (\(try row.changeText()))"
        )
      )
    }
    if before.model != after.model || before.fluidPath != after.fluidPath {
      warnings.append(
        CompareFinding("pumpChanged", "the two files describe different pumps or catheters")
      )
    }
    for side in [before, after] where side.fill.volume <= side.program.lowReservoir {
      warnings.append(
        CompareFinding(
          "lowAlready",
          "\(side.fill.volume.text) in the reservoir is at or below the low mark of "
            + side.program.lowReservoir.text
        )
      )
    }
  }
}

extension CompareSide {
  /// The program's own limit of a drug in 24 h.
  func doseLimit(of drug: String) -> Mass? {
    guard concentration(of: drug) != nil else { return nil }
    return drugs.id(of: drug).flatMap { program.limits[$0] }
  }
}

extension CompareFinding {
  /// The pump's refusal, code and both figures as the pump gives them.
  static func refused(_ refusal: ProgramRefusal) -> CompareFinding {
    let figures: (String, String)? =
      switch refusal {
      case .modelRange(let given, let limit): (given.text, limit.text)
      case .rateLimit(let planned, let limit): (planned.text, limit.text)
      case .volumeLimit(let planned, let limit): (planned.text, limit.text)
      case .primeTooLarge(let given, let limit): (given.text, limit.text)
      case .primeNotAllowed: nil
      }
    return CompareFinding(
      refusal.code.jsonName,
      String(refusal.words.drop { $0 != ":" }.dropFirst(2)),
      source: fromPump,
      planned: figures?.0,
      limit: figures?.1
    )
  }
}
