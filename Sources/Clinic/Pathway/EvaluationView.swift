import Therapy

/// What is known for the decision, what is missing and what stands against it.
struct EvaluationView {
  let record: PatientRecord
  let context: PageContext

  private var state: EvaluationState { record.pathway.evaluation }

  var markup: Markup {
    // Of whoever came with a pump there is no evaluation here.
    guard record.pathway.enrolled != nil || record.pathway.arrival == nil else {
      return ArrivalView(record: record, context: context).markup
    }
    return ArrivalView(record: record, context: context).markup + Piece.grid([decision, known])
  }

  private var decision: Markup {
    let gaps = record.evaluationGaps
    var text = Markup.none
    if let decided = state.decision {
      text += Piece.facts(
        [("Decided", "\(bold: decided.outcome.words)"), ("Reasons", "\(decided.reasons)")]
          + (decided.plan.map { [("Instead", "\($0)" as Markup)] } ?? [])
          + (decided.despite.map { [("Despite", "\($0)" as Markup)] } ?? [])
      )
    }
    for bar in record.evaluationBars {
      text += Piece.note(
        .bad,
        "STANDS AGAINST IT",
        "\(bar.words). As long as it holds nobody can proceed."
      )
    }
    let objections = record.evaluationObjections
    if !objections.isEmpty {
      text += Piece.note(
        .warn,
        "ASKS FOR A REASON",
        "To proceed, a physician says why, despite: " + Piece.list(objections.map { "\($0)" })
      )
    }
    if !gaps.isEmpty {
      text += Piece.title("Missing before it can be decided to proceed")
      text += Piece.list(gaps.map { "\($0.words)" })
    } else if state.decision == nil {
      text += Piece.note(.good, "COMPLETE", "Nothing is missing for the decision.")
    }
    return Piece.card("Decision", text)
  }

  private var known: Markup {
    var rows: [(String, Markup)] = []
    if let by = record.pathway.enrolled?.referredBy { rows.append(("Referred by", "\(by)")) }
    if let diagnosis = state.diagnosis {
      var text: Markup = "\(diagnosis.condition.words)"
      if let code = diagnosis.code {
        let isUsual = diagnosis.condition.codes.contains(code)
        text +=
          isUsual
          ? " \(soft: "ICD-10-CM \(code)")"
          : " \(soft: "ICD-10-CM \(code)") \(tag: "not checked", .warn)"
      }
      if let since = diagnosis.since { text += ", since \(since.words)" }
      rows.append(("Indication", text))
    }
    rows += state.history.map { ("History", "\($0.text)") }
    rows += state.examinations.map { ("Examination", "\($0.text)") }
    rows += state.regimen.map { drug in
      var text: Markup = "\(drug.name)"
      if let dose = drug.dose { text += ", \(dose)" }
      if let effects = drug.sideEffects { text += "; \(soft: "side effects: \(effects)")" }
      return ("Medicine", text)
    }
    rows += state.tried.map {
      ("Tried", "\($0.what): \(NameWords.spaced($0.outcome.rawValue)), \(soft: $0.why)")
    }
    if let psychology = state.psychology {
      rows.append(
        (
          "Psychology",
          "\(NameWords.spaced(psychology.finding.rawValue)): \(psychology.summary) "
            + "\(soft: "\(psychology.examiner), \(psychology.on.words)")"
        )
      )
    }
    if let survival = state.survival { rows.append(("Survival", "\(survival.words)")) }
    let answered = Contraindication.allCases.filter { state.contraindications[$0] != nil }
    let holding = answered.filter { state.contraindications[$0]?.holds == true }
    if !answered.isEmpty {
      let names = holding.map { what in
        what.words + (state.contraindications[what]?.note.map { " (\($0))" } ?? "")
      }
      rows.append(
        (
          "Against it",
          holding.isEmpty
            ? "none of \(answered.count) that were asked" : "\(bold: names.joined(separator: "; "))"
        )
      )
    }
    rows += state.goals.map { ("Goal", "\($0.text)") }
    if let talk = state.talk { rows.append(("Talk", "\(talk.summary) \(soft: talk.on.words)")) }
    for scope in ConsentScope.allCases {
      guard let consent = state.consents[scope] else { continue }
      let who = consent.representative.map { ", by \($0)" } ?? ""
      rows.append(
        (
          "Consent, \(NameWords.spaced(scope.rawValue))",
          "\(consent.isGiven ? "given" : "not given")\(who) \(soft: consent.on.words)"
        )
      )
    }
    return Piece.card(
      "What is known",
      rows.isEmpty ? Piece.paragraph("Nothing is recorded yet.") : Piece.facts(rows)
    )
  }
}
