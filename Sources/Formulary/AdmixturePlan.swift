import PumpScenario
import Quantities

/// `admixture`: how a mixture for one rate is compounded from stocks (contract: plan.md).
enum AdmixturePlan {
  private struct Drug {
    let name: String
    let dose: DailyDose
    /// The dose in force, where it was told.
    let previous: DailyDose?
    /// Weakest first.
    let stocks: [Concentration]
    /// In the mixture, ng/mL, exact.
    let concentration: Rational
    /// In the whole volume, fg, exact.
    let mass: Rational

    /// How much of a stock holds the mass, nL, exact.
    func volume(of stock: Concentration) throws(PlanError) -> Rational {
      try mass / stock.exact
    }
  }

  private struct Choice {
    let drug: Drug
    let stock: Concentration
    /// nL, exact.
    let volume: Rational
  }

  static func plan(_ request: PlanRequest) throws(PlanError) -> PlanResult {
    let object = try request.object(["rate", "volume", "drugs", "pump"])
    let rate: FlowRate = try object.quantity("rate", in: ScenarioRange.someRate)
    let volumeField = try object.required("volume", QuantityKind.volume.expectation)
    let volume: Volume = try volumeField.quantity(in: ScenarioRange.someVolume)
    let drugs = try drugs(
      try object.required("drugs", "an array of drugs"),
      rate: rate,
      volume: volume
    )
    let pump = try PlanPump(try object.required("pump", PlanPump.expectation))
    var result = PlanResult()
    try result.holdFill(volume, to: pump, volumeField)
    let choices = try choices(drugs, volume: volume.exact)
    var diluent = volume.exact
    var minimum = Rational.zero
    var values: [PlanValue] = []
    for choice in choices {
      diluent = try diluent - choice.volume
      minimum = try minimum + choice.drug.dose.exact / choice.stock.exact
      values.append(.object(try members(choice, rate: rate, volume: volume, &result)))
    }
    result.set("drugs", .list(values))
    try result.set("diluent", diluent, in: .millilitre)
    try result.set("minimumRate", minimum, in: .millilitrePerDay)
    let stocks = try choices.map { choice throws(PlanError) in
      try choice.volume.text(in: .millilitre)
    }
    let diluentText = try diluent.text(in: .millilitre)
    result.work("diluent = \(volume.text) − \(stocks.joined(separator: " − ")) = \(diluentText)")
    result.work(
      "with these stocks nothing is left for diluent at "
        + (try minimum.text(in: .millilitrePerDay))
    )
    if diluent < .zero {
      result.refuse(
        .doesNotFit,
        "the stocks take \(try (volume.exact - diluent).text(in: .millilitre)) of "
          + "\(volume.text); it fits at \(try minimum.text(in: .millilitrePerDay)) or more",
        source: Finding.fromRequest
      )
    }
    result.holdRate(rate.exact, what: rate.text, to: pump)
    try result.questionRate(rate.exact, "rate")
    for drug in drugs {
      for stock in drug.stocks { result.questionStock(stock, of: drug.name) }
      try result.holdDrug(drug.name, concentration: drug.concentration, dose: drug.dose.exact)
    }
    return result
  }

  private static func drugs(
    _ field: ScenarioField,
    rate: FlowRate,
    volume: Volume
  ) throws(PlanError) -> [Drug] {
    var drugs: [Drug] = []
    for field in try field.drugArray() {
      let object = try field.object(["drug", "dose", "stock", "previous"])
      let name = try object.newDrug(besides: drugs.map(\.name))
      let dose: DailyDose = try object.quantity("dose", in: ScenarioRange.someMass)
      let stockField = try object.required("stock", "an array of concentrations")
      var stocks: [Concentration] = []
      for field in try stockField.array() {
        stocks.append(try field.quantity(in: ScenarioRange.someConcentration))
      }
      guard !stocks.isEmpty else {
        throw stockField.fault(given: "no stock", expected: "at least one concentration")
      }
      let concentration = try dose.exact / rate.exact
      drugs.append(
        Drug(
          name: name,
          dose: dose,
          previous: try object.optionalQuantity("previous", in: ScenarioRange.someMass),
          stocks: stocks.sorted(),
          concentration: concentration,
          mass: try concentration * volume.exact
        )
      )
    }
    return drugs
  }

  /// For each drug in order the weakest stock with which all can still fit; the strongest of all
  /// where nothing fits.
  private static func choices(
    _ drugs: [Drug],
    volume: Rational
  ) throws(PlanError) -> [Choice] {
    // What the drugs after each one take at the least, with their strongest stocks.
    var leastAfter: [Rational] = []
    var least = Rational.zero
    for drug in drugs.reversed() {
      leastAfter.append(least)
      guard let strongest = drug.stocks.last else { continue }
      least = try least + drug.volume(of: strongest)
    }
    var room = volume
    var choices: [Choice] = []
    for (drug, after) in zip(drugs, leastAfter.reversed()) {
      for stock in drug.stocks {
        let volume = try drug.volume(of: stock)
        guard try volume + after <= room || stock == drug.stocks.last else { continue }
        room = try room - volume
        choices.append(Choice(drug: drug, stock: stock, volume: volume))
        break
      }
    }
    return choices
  }

  private static func members(
    _ choice: Choice,
    rate: FlowRate,
    volume: Volume,
    _ result: inout PlanResult
  ) throws(PlanError) -> [PlanMember] {
    let drug = choice.drug
    let scale = MassScale(fitting: drug.dose)
    let concentration = try PlanQuantity(rounding: drug.concentration, in: .milligramPerMillilitre)
    let rounded = Concentration(nanogramsPerMillilitre: concentration.storedUnits)
    let mass = try scale.mass(drug.mass)
    result.work(
      "\(drug.name): \(scale.text(drug.dose)) ÷ \(rate.text) = \(scale.text(rounded)); × "
        + "\(volume.text) = \(mass); ÷ \(scale.text(choice.stock)) stock = "
        + (try choice.volume.text(in: .millilitre))
    )
    var members = [
      PlanMember("drug", .text(drug.name)),
      PlanMember("concentration", .quantity(concentration)),
      PlanMember("mass", try .rounded(drug.mass, in: .milligram)),
      PlanMember(
        "stock",
        .quantity(PlanQuantity(choice.stock.storedUnits, in: .milligramPerMillilitre))
      ),
      PlanMember("stockVolume", try .rounded(choice.volume, in: .millilitre)),
    ]
    if let previous = drug.previous {
      members += try result.change(of: drug.name, from: previous, to: drug.dose)
    }
    return members
  }
}
