import Quantities

/// What a prescriber should know of a mixture before limits are looked at.
enum ProposeWarnings {
  static func warn(
    _ result: inout PlanResult,
    _ request: ProposeRequest,
    _ mixtures: DrugMixtures
  ) {
    let names = request.parts.map(\.drug.name)
    for entry in mixtures.discouraged(in: names) {
      result.warn(
        .mixtureDiscouraged,
        "\(entry.drug) with \(entry.others.filter(names.contains).joined(separator: ", ")): "
          + entry.reason.value,
        source: entry.reason.source
      )
    }
    if names.count > 1 { stability(&result, names, mixtures) }
    for part in request.parts {
      let drug = part.drug
      if !drug.isLabelled.value {
        result.warn(
          .outsideLabel,
          "\(drug.name) is not labelled for an intrathecal pump",
          source: drug.isLabelled.source
        )
      }
      for fact in drug.contraindications {
        result.warn(
          .outsideLabel,
          "\(drug.name), contraindicated: \(fact.value)",
          source: fact.source
        )
      }
      for fact in drug.granuloma where fact.isVerified {
        result.warn(
          .granulomaRisk,
          "\(drug.name), granuloma at the catheter tip: \(fact.value)",
          source: fact.source
        )
      }
    }
  }

  private static func stability(
    _ result: inout PlanResult,
    _ names: [String],
    _ mixtures: DrugMixtures
  ) {
    let mixture = names.joined(separator: " with ")
    guard let combination = mixtures.combination(of: names) else {
      return result.warn(
        .stabilityUnknown,
        "\(mixture): nothing is known of how long it stays good",
        source: "the formulary"
      )
    }
    let limit = combination.stability
    guard !limit.isVerified else { return }
    result.warn(
      .stabilityUnknown,
      "\(mixture): \(limit.value.text), which is UNVERIFIED",
      source: limit.source
    )
  }
}
