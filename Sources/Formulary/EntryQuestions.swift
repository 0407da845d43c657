import Quantities

/// Questions that an entry raises where it looks like a slip: they warn and never refuse.
///
/// The usual ranges are those of the formulary, each with its source; that of rates is the project's
/// own. Both ends of a range of rates or patient doses lie a factor of ten apart, so that a slip of
/// the decimal point always leaves it.
extension PlanResult {
  /// Asks about a daily dose outside of all that the formulary tells, and about a weak concentration.
  ///
  /// - Parameters:
  ///   - name: of the drug; one that the formulary does not know is not asked about.
  ///   - concentration: ng/mL, exact.
  ///   - dose: fg in 24 h, exact; none is no slip.
  /// - Throws: where a value cannot be printed.
  mutating func questionDrug(
    _ name: String,
    concentration: Rational,
    dose: Rational
  ) throws(PlanError) {
    guard let drug = DrugLibrary.standard.drug(name) else { return }
    let known = drug.doses.start.map(\.dose) + drug.doses.usual.map(\.dose)
    if dose > .zero, let least = known.min(by: { $0.value.lowerBound < $1.value.lowerBound }),
      dose < least.value.lowerBound.exact
    {
      let given = try dose.text(in: drug.unit.perDay)
      warn(
        .unusualDose,
        "\(name): \(given) is under \(least.value.lowerBound.text), the least dose that the "
          + "formulary tells\(Self.standing(least.isVerified))",
        source: least.source
      )
    }
    // Where there is a maximum, going over it is refused or warned of by itself.
    if drug.doses.maximum == nil,
      let most = known.max(by: { $0.value.upperBound < $1.value.upperBound }),
      dose > most.value.upperBound.exact
    {
      let given = try dose.text(in: drug.unit.perDay)
      warn(
        .unusualDose,
        "\(name): \(given) is over \(most.value.upperBound.text), the largest dose that the "
          + "formulary tells\(Self.standing(most.isVerified))",
        source: most.source
      )
    }
    try questionConcentration(of: drug, concentration)
  }

  private mutating func questionConcentration(
    of drug: Drug,
    _ concentration: Rational
  ) throws(PlanError) {
    let sold = drug.available.first { $0.purpose == .reservoir }?.concentrations
    guard let sold, let weakest = sold.value.first,
      try concentration * Rational(2) < weakest.exact
    else { return }
    warn(
      .unusualConcentration,
      "\(drug.name): \(try concentration.text(in: .microgramPerMillilitre)) is under half of "
        + "\(weakest.text), the weakest that is told for a reservoir\(Self.standing(sold.isVerified))",
      source: sold.source
    )
  }

  /// Asks about a rate that is not usual.
  ///
  /// - Parameters:
  ///   - rate: nL/d, exact; none is no slip.
  ///   - what: as in `basal`.
  /// - Throws: where it cannot be printed.
  mutating func questionRate(_ rate: Rational, _ what: String) throws(PlanError) {
    let usual = DrugLibrary.standard.policy.usualRate
    guard rate > .zero else { return }
    guard rate < usual.value.lowerBound.exact || rate > usual.value.upperBound.exact else { return }
    warn(
      .unusualRate,
      "\(what): \(try rate.text(in: .millilitrePerDay)) is outside of the usual "
        + "\(usual.value.lowerBound.text) to \(usual.value.upperBound.text), UNVERIFIED: look at dose, "
        + "concentration and units again",
      source: usual.source
    )
  }

  /// Asks about a dose that is not near the one before: twice as much or half, and by more than
  /// asks for a second confirmation (SR-044, H-08).
  ///
  /// - Parameters:
  ///   - what: as in `baclofen`.
  ///   - before: fg/d, exact, more than none.
  ///   - after: fg/d, exact.
  ///   - unit: in which both are told.
  /// - Throws: where a value cannot be printed.
  mutating func questionChange(
    _ what: String,
    from before: Rational,
    to after: Rational,
    in unit: PlanUnit
  ) throws(PlanError) {
    let policy = DrugLibrary.standard.policy
    let percent = try (after - before) / before * Rational(100)
    let line =
      "\(what): \(try before.text(in: unit)) before, \(try after.text(in: unit)) after, "
      + percent.percentText
    let many = try policy.doseManyTimes.value / Rational(100) + .one
    let (most, least) = (try before * many, try before / many)
    if after > .zero, after >= most || after <= least {
      let times = try after >= before ? after / before : before / after
      let words = after >= before ? "TIMES" : "TIMES LESS"
      warn(
        .doseManyTimes,
        "\(line): \(times.text(exactDecimals: 2)) \(words)\(try DoseSlip.words(of: times))",
        source: policy.doseManyTimes.source
      )
    }
    guard percent.magnitude > policy.secondConfirmation.value else { return }
    warn(
      .secondConfirmation,
      "\(line), is over \(policy.secondConfirmation.value.text()) %: confirm it twice",
      source: policy.secondConfirmation.source
    )
  }

  /// Asks about a stock that is none of the strengths that are told for a drug.
  mutating func questionStock(_ stock: Concentration, of name: String) {
    let drug = DrugLibrary.standard.drug(name)
    let sold = drug?.available.first { $0.purpose == .reservoir }?.concentrations
    guard let sold, !sold.value.contains(stock) else { return }
    warn(
      .unusualConcentration,
      "\(name): a stock of \(stock.text) is none of "
        + "\(sold.value.map(\.text).joined(separator: ", "))\(Self.standing(sold.isVerified)): look at "
        + "the vial",
      source: sold.source
    )
  }

  /// Asks about a low mark that is not usual.
  mutating func questionReserve(_ reserve: Volume) {
    let usual = DrugLibrary.standard.policy.lowReservoirRange
    guard !usual.value.contains(reserve) else { return }
    warn(
      .unusualReserve,
      "a low mark of \(reserve.text) is outside of \(usual.value.lowerBound.text) to "
        + "\(usual.value.upperBound.text), UNVERIFIED",
      source: usual.source
    )
  }

  /// Words for a limit or range that nobody has read.
  private static func standing(_ isVerified: Bool) -> String {
    isVerified ? "" : ", which is UNVERIFIED"
  }
}

/// Which slip of entry has the ratio of two doses.
package enum DoseSlip {
  /// - Parameter factor: of the larger dose over the smaller one.
  /// - Returns: as in `; 24 is the ratio of an hourly dose in place of a daily one`, or nothing.
  /// - Throws: where the ratio cannot be compared.
  package static func words(of factor: Rational) throws(PlanError) -> String {
    let known: [(Int, String)] = [
      (24, "an hourly dose in place of a daily one"), (60, "minutes in place of hours"),
      (10, "a decimal point slipped"), (100, "a decimal point slipped"),
      (1_000, "mg in place of ug"),
    ]
    for (ratio, words) in known {
      // What rounding to whole nL/d can blur.
      let away = try (factor / Rational(ratio) - .one).magnitude
      if away < Rational(1, over: 100) { return "; \(ratio) is the ratio of \(words)" }
    }
    return ""
  }
}
