import Quantities
import Therapy

/// Outcomes: each scale from its first to its last value, checks that are due, and tapers.
struct OutcomesView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup { alerts + scores + checks + tapers }

  private var alerts: Markup {
    record.openAlerts.map { alert in
      Piece.note(
        .bad,
        "THOUGHTS OF SELF-HARM",
        "The ninth item of a PHQ-9 of \(alert.value.takenAt.words) is above 0: talk to the patient now. "
          + "\(soft: "Entry \(alert.event.position)")"
      )
    }
    .joined()
  }

  private var scores: Markup {
    let all = record.standingScores.sorted { $0.key.title < $1.key.title }
    guard !all.isEmpty else {
      return Piece.card("Scores", Piece.paragraph("No score was recorded."))
    }
    let responses = Dictionary(record.responses.map { ($0.series, $0) }) { first, _ in first }
    var table = PageTable(
      "Scores",
      ["Scale", "#First", "#Last", "Taken", "Since the first", "What counts"]
    )
    for (series, values) in all {
      guard let first = values.first, let last = values.last else { continue }
      let facts = series.scale.facts
      var standing: Markup = "–"
      if let response = responses[series] { standing = Self.verdict(response) }
      let band = facts.band(of: last.score.thousandths / facts.step).map { " (\($0))" } ?? ""
      table.add([
        "\(series.title) \(soft: Self.range(facts))", "\(Score.decimal(first.score.thousandths))",
        "\(Score.decimal(last.score.thousandths))\(band)", "\(last.takenAt.dayWords)", standing,
        Self.threshold(facts),
      ])
    }
    return Piece.card("Scores", table.markup)
  }

  /// How large a change counts, with its source.
  private static func threshold(_ facts: ScaleFacts) -> Markup {
    guard let change = facts.change else { return "not known \(soft: facts.source)" }
    return "\(Score.decimal(change.thousandths)) "
      + (change.isVerified ? "" : "\(tag: "unverified", .warn)") + " \(soft: facts.source)"
  }

  private static func verdict(_ response: ScoreResponse) -> Markup {
    var words: Markup =
      switch response.verdict {
      case .better: "\(tag: "better", .good)"
      case .worse: "\(tag: "worse", .bad)"
      case .unchanged: "no change that counts"
      case .notKnown: "what counts is not known"
      }
    if response.is50Percent == true {
      words += ", at least 50 % less"
    } else if response.is30Percent == true {
      words += ", at least 30 % less"
    }
    return words
  }

  private var checks: Markup {
    let due = record.dueChecks
    guard !due.isEmpty else { return .none }
    var table = PageTable("Checks for side effects", ["Check", "Due", "What is asked"])
    for item in due.sorted(by: { $0.at < $1.at }) {
      let facts = item.check.facts
      table.add([
        "\(NameWords.capital(NameWords.spaced(item.check.rawValue)))",
        item.at <= context.now ? "\(tag: "due", .warn)" : "\(item.at.dayWords)",
        "\(facts.asks.joined(separator: ", ")) "
          + (facts.isVerified ? "" : "\(tag: "unverified", .warn)") + " \(soft: facts.source)",
      ])
    }
    return Piece.card("Checks for side effects", table.markup)
  }

  private var tapers: Markup {
    guard !record.pathway.tapers.isEmpty else { return .none }
    var table = PageTable("Tapers", ["Medicine", "#Now", "By plan", "Steps", "State"])
    for taper in record.pathway.tapers.reversed() {
      let progress = taper.progress(on: context.now.day)
      var state: Markup =
        if let stopped = taper.stopped {
          "\(tag: "stopped", .warn) \(NameWords.spaced(stopped.reason.rawValue)): \(stopped.what)"
        } else if let next = taper.next {
          "next \(next.step.dose.text) on \(next.step.on.words)"
        } else {
          "\(tag: "done", .good)"
        }
      if taper.stopped == nil, progress.behind > 0 { state += " \(tag: "behind", .warn)" }
      table.add([
        "\(NameWords.spaced(taper.plan.medicine.name)) \(soft: "number \(taper.id.position)")",
        "\(taper.dose.text)", "\(progress.planned.text)", "\(progress.taken) of \(progress.all)",
        state,
      ])
    }
    return Piece.card("Tapers beside the pump", table.markup)
  }

  /// As in `0 to 27`.
  static func range(_ facts: ScaleFacts) -> String {
    let (low, high) = (
      Score.decimal(facts.range.lowerBound * facts.step),
      Score.decimal(facts.range.upperBound * facts.step)
    )
    return "\(low) to \(high)"
  }
}
