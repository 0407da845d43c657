import PumpScenario
import Quantities

/// Reads and checks the files that are of no single drug.
enum DrugLibraryReader {
  // MARK: Mixtures

  /// Reads what is known of mixtures; `drugs` are the names that may stand in it.
  static func mixtures(
    _ root: ScenarioField,
    drugs: [String]
  ) throws(PlanError) -> DrugMixtures {
    let object = try root.object(["combinations", "discouraged", "compoundingTolerance"])
    var combinations: [DrugMixtures.Combination] = []
    for field in try object.required("combinations", "an array").array() {
      let stability: DrugFact<TimeSpan> = try DrugFactReader.value(
        field,
        also: ["drugs"],
        DrugFactReader.quantity
      )
      let listField = try field.anyObject().required("drugs", "an array of drugs")
      let mixed = try names(listField, of: drugs).sorted()
      guard mixed.count > 1 else {
        throw listField.fault(given: "one drug", expected: "at least two")
      }
      guard !combinations.contains(where: { $0.drugs == mixed }) else {
        throw listField.fault(given: "this mixture again", expected: "each mixture once")
      }
      combinations.append(DrugMixtures.Combination(drugs: mixed, stability: stability))
    }
    let discouraged = try DrugReader.list(object, "discouraged") { field throws(PlanError) in
      let reason = try DrugFactReader.value(field, also: ["drug", "with"], DrugFactReader.words)
      let object = try field.anyObject()
      return DrugMixtures.Discouraged(
        drug: try name(try object.required("drug", "the name of a drug"), of: drugs),
        others: try names(try object.required("with", "an array of drugs"), of: drugs),
        reason: reason
      )
    }
    return DrugMixtures(
      combinations: combinations,
      discouraged: discouraged,
      compoundingTolerance: try DrugFactReader.value(
        try object.required("compoundingTolerance", "a fact"),
        DrugFactReader.percent
      )
    )
  }

  private static func name(
    _ field: ScenarioField,
    of drugs: [String]
  ) throws(PlanError) -> String {
    let name = try field.drugName()
    guard drugs.contains(name) else {
      throw field.fault(given: PlanError.quoted(name), expected: "a drug that has a file")
    }
    return name
  }

  private static func names(
    _ field: ScenarioField,
    of drugs: [String]
  ) throws(PlanError) -> [String] {
    var names: [String] = []
    for element in try field.array() {
      let name = try name(element, of: drugs)
      guard !names.contains(name) else {
        throw element.fault(given: "\(PlanError.quoted(name)) again", expected: "each drug once")
      }
      names.append(name)
    }
    guard !names.isEmpty else { throw field.fault(given: "no drug", expected: "at least one") }
    return names
  }

  // MARK: Conversions

  /// Reads the conversions; `drugs` are those whose intrathecal dose may be asked for.
  static func conversions(
    _ root: ScenarioField,
    drugs: [String]
  ) throws(PlanError) -> ConvertRatios {
    let object = try root.object(["conversions", "crossTolerance", "uncertainty"])
    var conversions: [ConvertRatios.Conversion] = []
    for field in try object.required("conversions", "an array").array() {
      let object = try field.object(["from", "to", "ratios"])
      let toField = try object.required("to", "a drug and a route")
      let conversion = ConvertRatios.Conversion(
        from: try form(try object.required("from", "a drug and a route"), drugs: drugs),
        to: try form(toField, drugs: drugs),
        ratios: try DrugReader.list(object, "ratios", ratio)
      )
      guard conversion.from != conversion.to else {
        throw toField.fault(given: "the same as \"from\"", expected: "another form")
      }
      guard
        !conversions.contains(where: { $0.from == conversion.from && $0.to == conversion.to })
      else {
        throw field.fault(given: "this conversion again", expected: "each conversion once")
      }
      guard !conversion.used.isEmpty else {
        throw field.fault(given: "no ratio that is used", expected: "at least one")
      }
      // A dose into the spine is never told by one figure (contract: convert).
      let factors = try conversion.factors()
      if conversion.to.route == .intrathecal, factors.lowerBound == factors.upperBound {
        throw field.fault(given: "one ratio", expected: "at least two different ones, for a range")
      }
      conversions.append(conversion)
    }
    return ConvertRatios(
      conversions: conversions,
      crossTolerance: try DrugFactReader.range(
        try object.required("crossTolerance", "a fact"),
        DrugFactReader.percent
      ),
      uncertainty: try DrugFactReader.value(
        try object.required("uncertainty", "a fact"),
        DrugFactReader.words
      )
    )
  }

  private static func form(
    _ field: ScenarioField,
    drugs: [String]
  ) throws(PlanError) -> ConvertRatios.Form {
    let object = try field.object(["drug", "route"])
    let route: ConvertRatios.Route = try DrugFactReader.word(
      try object.required("route", "a route such as \"oral\"")
    )
    let drugField = try object.required("drug", "the name of a drug")
    let drug =
      route == .intrathecal ? try name(drugField, of: drugs) : try drugField.drugName()
    return ConvertRatios.Form(drug: drug, route: route)
  }

  private static func ratio(_ field: ScenarioField) throws(PlanError) -> ConvertRatios.Entry {
    let ratio = try DrugFactReader.value(field, also: ["used"], DrugFactReader.ratio)
    let used = try field.anyObject().optional("used")
    return ConvertRatios.Entry(
      ratio: ratio,
      isUsed: try used.map { field throws(PlanError) in try field.bool() } ?? true
    )
  }

  // MARK: Policy

  static func policy(_ root: ScenarioField) throws(PlanError) -> DrugPolicy {
    let object = try root.object([
      "remoteStep", "remoteWeek", "betweenRemoteIncreases", "remoteDelay", "bedsideSession",
      "limitHeadroom", "daysLeft", "lowReservoirRange", "secondConfirmation", "usualRate",
      "usualPatientDose", "usualLockout", "doseManyTimes",
    ])
    func percent(_ name: String) throws(PlanError) -> DrugFact<Rational> {
      try DrugFactReader.value(try object.required(name, "a fact"), DrugFactReader.percent)
    }
    func time(_ name: String) throws(PlanError) -> DrugFact<TimeSpan> {
      try DrugFactReader.value(try object.required(name, "a fact"), DrugFactReader.quantity)
    }
    return DrugPolicy(
      remoteStep: try percent("remoteStep"),
      remoteWeek: try percent("remoteWeek"),
      betweenRemoteIncreases: try time("betweenRemoteIncreases"),
      remoteDelay: try time("remoteDelay"),
      bedsideSession: try time("bedsideSession"),
      limitHeadroom: try percent("limitHeadroom"),
      daysLeft: try time("daysLeft"),
      lowReservoirRange: try DrugFactReader.range(
        try object.required("lowReservoirRange", "a fact"),
        DrugFactReader.quantity
      ),
      secondConfirmation: try percent("secondConfirmation"),
      usualRate: try DrugFactReader.range(
        try object.required("usualRate", "a fact"),
        DrugFactReader.quantity
      ),
      usualPatientDose: try DrugFactReader.range(
        try object.required("usualPatientDose", "a fact"),
        DrugFactReader.percent
      ),
      usualLockout: try DrugFactReader.range(
        try object.required("usualLockout", "a fact"),
        DrugFactReader.quantity
      ),
      doseManyTimes: try percent("doseManyTimes")
    )
  }
}
