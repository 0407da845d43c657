import Formulary
import PumpCatalog
import PumpScenario
import Quantities
import Therapy

/// What the formulary holds: each fact with its value, its source and its standing.
struct FormularyPages {
  let context: PageContext

  func list() -> String {
    var table = PageTable("Drugs", ["Drug", "What it is", "Used for", "Withdrawal", "Overdose"])
    for drug in DrugLibrary.standard.drugs {
      table.add([
        "\(link: NameWords.capital(drug.name), to: "/formulary/\(drug.name)")", "\(drug.kind)",
        "\(drug.indications.map(\.words).joined(separator: ", "))",
        Self.risk(drug.withdrawal.risk), Self.risk(drug.overdose.risk),
      ])
    }
    return context.page(
      "Formulary",
      .formulary,
      Piece.heading(
        "Formulary",
        "A fact that nobody has read in its source is shown as unverified: it warns, and "
          + "never refuses."
      ) + Piece.card("Drugs", table.markup)
    )
  }

  private static func risk(_ risk: DrugRisk) -> Markup {
    switch risk {
    case .high: "\(tag: "high", .bad)"
    case .moderate: "\(tag: "moderate", .warn)"
    case .none: "none told"
    }
  }

  func one(_ drug: Drug) -> String {
    context.page(
      NameWords.capital(drug.name),
      .formulary,
      Piece.heading("\(NameWords.capital(drug.name))", "\(drug.kind)")
        + Piece.card("Doses", doses(drug)) + Piece.card("Changes of dose", rules(drug))
        + Piece.card("Reservoir and safety", safety(drug) + confirmation(drug))
        + Piece.actions([Piece.button("All drugs", to: "/formulary", isPlain: true)])
    )
  }

  /// For whoever may say that they have read a fact in its source.
  private func confirmation(_ drug: Drug) -> Markup {
    guard !context.visitor.roles.isDisjoint(with: [.physician, .pharmacist]),
      drug.stability.contains(where: { !$0.limit.isVerified }),
      !isConfirmed("stability.\(drug.name)")
    else { return .none }
    return Piece.details(
      "Confirm how long it stays good",
      PageForm("confirm", to: "/formulary/\(drug.name)/stability", "I have read it there").markup(
        context,
        .fresh,
        [Field("source", "Where it was read")]
      )
    )
  }

  private func isConfirmed(_ fact: String) -> Bool {
    context.settings.confirmedFacts.contains(fact)
  }

  /// A fact as the cells of a row: value, standing, source.
  private func cells<Value>(
    _ name: String,
    _ fact: DrugFact<Value>,
    _ value: String,
    key: String? = nil
  ) -> [Markup] {
    let standing: Markup =
      fact.isVerified
      ? "\(tag: "verified", .good)"
      : key.map(isConfirmed) == true
        ? "\(tag: "confirmed by this clinic", .good)" : "\(tag: "unverified", .warn)"
    return [
      "\(name)", value.utf8.count > 40 ? "\(value)" : "\(figure: value)",
      standing + " \(soft: fact.confidence.rawValue)",
      "\(soft: fact.source)" + (fact.note.map { " \(soft: $0)" } ?? .none),
    ]
  }

  private static let columns = ["What", "Value", "Standing", "Source"]

  /// Doses of a day in the unit of the drug, so that no line of a table changes it.
  private static func dose(_ range: ClosedRange<DailyDose>, _ drug: Drug) -> String {
    let ends = [range.lowerBound, range.upperBound].map { one($0.mass, drug) }
    return (ends[0] == ends[1] ? ends[1] : "\(ends[0]) to \(ends[1])") + " \(drug.unit.rawValue)/d"
  }

  private static func mass(_ range: ClosedRange<Mass>, _ drug: Drug) -> String {
    let ends = [range.lowerBound, range.upperBound].map { one($0, drug) }
    return (ends[0] == ends[1] ? ends[1] : "\(ends[0]) to \(ends[1])") + " \(drug.unit.rawValue)"
  }

  private static func one(_ mass: Mass, _ drug: Drug) -> String {
    AmountWords.decimal(mass.femtograms, places: drug.unit == .mg ? 12 : 9)
  }

  private func doses(_ drug: Drug) -> Markup {
    var table = PageTable("Doses of \(drug.name)", Self.columns)
    for fact in drug.doses.trial { table.add(cells("Trial", fact, Self.mass(fact.value, drug))) }
    for start in drug.doses.start {
      let who = start.populations.map(\.rawValue).joined(separator: ", ")
      table.add(cells("Start, \(who)", start.dose, Self.dose(start.dose.value, drug)))
    }
    for usual in drug.doses.usual {
      var name = "Usual"
      if let origin = usual.origin { name += ", \(origin.rawValue)" }
      if let below = usual.below { name += ", under \(below) years" }
      table.add(cells(name, usual.dose, Self.dose(usual.dose.value, drug)))
    }
    for fact in drug.doses.patientDose {
      table.add(cells("Patient dose", fact, Self.mass(fact.value, drug)))
    }
    if let fact = drug.doses.caution {
      table.add(cells("Caution above", fact, Self.dose(fact.value...fact.value, drug)))
    }
    if let fact = drug.doses.maximum {
      table.add(cells("At most", fact, Self.dose(fact.value...fact.value, drug)))
    }
    return table.isEmpty ? Piece.paragraph("None are told.") : table.markup
  }

  private func rules(_ drug: Drug) -> Markup {
    var table = PageTable("Changes of dose of \(drug.name)", Self.columns)
    for rule in drug.titration {
      let about =
        (rule.indications.map(\.words) + [rule.origin?.rawValue].compactMap(\.self)
        + rule.settings.map(\.rawValue)).joined(separator: ", ")
      let kind = rule.isAdvice ? "advice" : "rule"
      table.add(cells("Up, \(kind): \(about)", rule.increase, rule.increase.value.text))
      if let fact = rule.decrease {
        table.add(cells("Down, \(kind): \(about)", fact, fact.value.text))
      }
      if let fact = rule.interval {
        table.add(cells("Not before: \(about)", fact, fact.value.text))
      }
    }
    return table.isEmpty ? Piece.paragraph("None are told.") : table.markup
  }

  private func safety(_ drug: Drug) -> Markup {
    var table = PageTable("Reservoir and safety of \(drug.name)", Self.columns)
    if let fact = drug.concentrationCeiling {
      table.add(cells("Concentration at most", fact, fact.value.text))
    }
    for item in drug.available {
      let text = item.concentrations.value.map(\.text).joined(separator: ", ")
      table.add(
        cells("Sold, for \(NameWords.spaced(item.purpose.rawValue))", item.concentrations, text)
      )
    }
    for item in drug.stability {
      table.add(
        cells(
          "Stable in the pump, \(NameWords.spaced(item.condition.rawValue))",
          item.limit,
          item.limit.value.text,
          key: "stability.\(drug.name)"
        )
      )
    }
    table.add(cells("Safe rate after a gap of", drug.restartGap, drug.restartGap.value.text))
    table.add(cells("Low mark", drug.lowReservoir, drug.lowReservoir.value.text))
    table.add(cells("Withdrawal", drug.withdrawal.signs, drug.withdrawal.signs.value))
    table.add(cells("Overdose", drug.overdose.signs, drug.overdose.signs.value))
    for fact in drug.granuloma { table.add(cells("Granuloma", fact, fact.value)) }
    for fact in drug.contraindications { table.add(cells("Contraindicated", fact, fact.value)) }
    return table.markup
  }
}
