import PatientModel
import Pharmacology
import Quantities
import Therapy

/// The pump's way beside the oral one, as the patient model has them.
struct RoutesPage {
  let record: PatientRecord
  let route: RouteOfPatient?
  let answer: RouteComparison?
  let context: PageContext

  private var head: PatientHead { PatientHead(record: record, context: context) }

  /// What the record asks of the model today; nothing where the model has nothing to compare.
  static func route(_ record: PatientRecord, _ context: PageContext) -> RouteOfPatient? {
    guard record.stage == .therapy else { return nil }
    let weekday = Int(((context.now.day.number + 3) % 7 + 7) % 7)
    return RouteOfPatient(record, weekday: weekday)
  }

  func html() -> String {
    context.page(
      "Intrathecal beside oral, \(head.name)",
      .patients,
      head.markup(nil) + content
        + Piece.actions([Piece.button("Back to the patient", to: head.path(), isPlain: true)])
    )
  }

  private var content: Markup {
    guard let route else {
      return Piece.card(
        "Intrathecal beside oral",
        Piece.paragraph(
          "Nothing to compare: the model knows the way by mouth of baclofen and morphine alone, and "
            + "needs a program in force with one of them."
        )
      )
    }
    guard let answer else {
      return Piece.card(
        "Intrathecal beside oral",
        Piece.note(
          .warn,
          "NO RESULT",
          "The model's run did not find all drug again. Nothing is shown."
        )
      )
    }
    let name = route.drug.name.prefix(1).uppercased() + route.drug.name.dropFirst()
    return Piece.card(
      "\(name): intrathecal beside oral",
      style: "wide",
      Piece.note(
        .warn,
        "MODEL",
        "A model, not a measurement: nothing here was taken from this patient, and most of its "
          + "numbers are assumed. Not for converting doses."
      ) + Piece.figure(picture(route, answer), caption(route)) + numbers(route, answer)
        + evidence(route)
    )
  }

  private func picture(_ route: RouteOfPatient, _ answer: RouteComparison) -> String {
    func line(_ name: String, _ level: RouteComparison.Level, _ isPump: Bool) -> RoutesPicture.Line
    {
      .init(name: name, values: level.values.map { $0 * 1_000 }, isPump: isPump)
    }
    let lines = [
      line("pump, fluid at tip", answer.pump.fluid, true),
      line("pump, plasma", answer.pump.plasma, true),
      line("oral, fluid at tip", answer.oral.fluid, false),
      line("oral, plasma", answer.oral.plasma, false),
    ]
    let words = lines.map { line in
      let values = line.values
      return "\(line.name) \(Self.figure(values.min() ?? 0)) to \(Self.figure(values.max() ?? 0))"
    }
    return RoutesPicture(hours: answer.hours, lines: lines)
      .svg(title: "\(route.drug.name) over a day, ng/mL: \(words.joined(separator: "; ")).")
  }

  private func caption(_ route: RouteOfPatient) -> Markup {
    let tip: Markup =
      route.isTipAssumed
      ? "\(tag: "assumed", .warn) tip at \(route.tip), as the record has no level that the model knows"
      : "tip at \(route.tip)"
    return """
      The program in force, \(tip), without doses that the patient asks for; whole lines. By mouth: \
      \(route.oral.text), \(route.oralSource); broken lines. One day after \
      \(RouteComparison.days - 1) days of the same, in the default adult.
      """
  }

  private func numbers(_ route: RouteOfPatient, _ answer: RouteComparison) -> Markup {
    var table = PageTable(
      "Levels over the day",
      ["Where", "#Pump, mean", "#Pump, least to most", "#Oral, mean", "#Oral, least to most"]
    )
    for (name, pump, oral) in [
      ("Fluid at the tip", answer.pump.fluid, answer.oral.fluid),
      ("Plasma", answer.pump.plasma, answer.oral.plasma),
    ] {
      table.add([
        "\(name)", "\(figure: Self.text(pump.mean))", "\(figure: Self.range(pump))",
        "\(figure: Self.text(oral.mean))", "\(figure: Self.range(oral))",
      ])
    }
    let pump = DailyDose(mass: Mass(femtograms: Int64((answer.pump.dailyDose * 1e9).rounded())))
    return table.markup
      + Piece.facts([
        ("By the pump in a day", "\(figure: AmountWords.dose(pump, of: route.drug))"),
        ("By mouth in a day", "\(figure: route.oral.text)"),
        (
          "Plasma, oral to pump",
          "\(figure: Self.ratio(answer.oral.plasma.mean, answer.pump.plasma.mean))"
        ),
        (
          "Fluid at the tip, pump to oral",
          "\(figure: Self.ratio(answer.pump.fluid.mean, answer.oral.fluid.mean))"
        ),
      ])
  }

  /// How the numbers behind it are known.
  private func evidence(_ route: RouteOfPatient) -> Markup {
    guard let defaults = DrugDefaults.named(route.drug.name) else { return .none }
    let names: [(DrugEvidence, String)] = [
      (.published, "Published"), (.fitted, "Set by hand with observations in view"),
      (.assumed, "Assumed"), (.placeholder, "Placeholders"),
    ]
    let rows = names.compactMap { evidence, name -> (String, Markup)? in
      let found = DrugParameter.allCases.filter { defaults.evidence(for: $0) == evidence }
      guard !found.isEmpty else { return nil }
      return (name, "\(found.map(\.name).joined(separator: ", "))")
    }
    return Piece.details(
      "How the numbers of \(route.drug.name) are known",
      Piece.facts(rows + [("Source", "\(defaults.source)")])
        + Piece.paragraph("\(link: "The model and what it misses", to: "/model")")
    )
  }

  // MARK: Words

  /// Three digits of ng/mL.
  static func text(_ level: Double) -> String { "\(figure(level * 1_000)) ng/mL" }

  private static func range(_ level: RouteComparison.Level) -> String {
    "\(figure(level.least * 1_000))–\(text(level.most))"
  }

  private static func ratio(_ one: Double, _ other: Double) -> String {
    guard one > 0, other > 0 else { return "–" }
    return "\(figure(one / other)) times"
  }

  /// Three digits.
  static func figure(_ value: Double) -> String {
    guard value > 1e-12, value.isFinite else { return "0" }
    var scale = 1.0
    while value * scale < 100 { scale *= 10 }
    var coarse = 1.0
    while value * scale / coarse >= 1_000 { coarse *= 10 }
    let digits = (value * scale / coarse).rounded() * coarse
    return ChartScale.text(digits / scale)
  }
}
