import Therapy

/// A page of the pathway: what is known at a stage, and the forms of what may be recorded now.
struct PathwayPage {
  let record: PatientRecord
  let place: PathwayPlace
  let context: PageContext
  let state: FormState

  private var head: PatientHead { PatientHead(record: record, context: context) }

  func html() -> String {
    let topic = "patient/\(record.id.text)"
    return context.page(
      "\(place.title) of \(head.name)",
      .patients,
      topics: [topic],
      head.markup(.pathway) + steps
        + Piece.live("pathway", topic: topic, view) + forms
    )
  }

  /// Where the patient is, with a link to each part that has a page.
  private var steps: Markup {
    let links = PathwayPlace.allCases.map { item -> String in
      let here = item == place ? " aria-current=\"page\"" : ""
      return "<a href=\"\(HTML.escaped(item.path(record.id)))\"\(here)>\(item.title)</a>"
    }
    return .made(
      "<nav class=\"sub\" aria-label=\"Of the pathway\">\(links.joined())</nav>\n"
    ) + Piece.soft("Stage: \(bold: record.stage.words), since \(record.pathway.since.words).")
  }

  private var view: Markup {
    switch place {
    case .evaluation: EvaluationView(record: record, context: context).markup
    case .trial: TrialView(record: record, context: context).markup
    case .implant: ImplantView(record: record, context: context).markup
    case .visits: VisitsView(record: record, context: context).markup
    case .outcomes: OutcomesView(record: record, context: context).markup
    case .complications: ComplicationsView(record: record, context: context).markup
    case .scans: ScansView(record: record, context: context).markup
    case .end: EndView(record: record, context: context).markup
    }
  }

  /// What can be recorded now; of the checklist, what is answered stands apart.
  private var forms: Markup {
    let open = PathwayActs.all.filter {
      $0.place == place && $0.stages.contains(record.stage) && $0.isOffered(record)
        && !$0.roles.isDisjoint(with: context.visitor.roles)
    }
    guard !open.isEmpty else { return .none }
    let answered = Set(record.pathway.checks.keys.map(PathwayActs.name(of:)))
    let (again, first) = (
      open.filter { answered.contains($0.name) }, open.filter { !answered.contains($0.name) }
    )
    var text = first.map(form).joined()
    if !again.isEmpty {
      text += Piece.details(
        "Answer an item of the checklist anew",
        isOpen: again.contains { $0.name == state.form },
        again.map(form).joined()
      )
    }
    return Piece.card("Record", id: "record", text)
  }

  private func form(_ act: PathwayAct) -> Markup {
    Piece.details(
      act.title,
      isOpen: state.form == act.name || state.form.isEmpty && act.isNext(record),
      act.form(record, context, state)
    )
  }
}

extension PathwayPlace {
  var title: String { NameWords.capital(rawValue) }

  func path(_ patient: PatientID) -> String { "/patients/\(patient.text)/pathway/\(rawValue)" }

  /// The page that belongs to a stage.
  init(_ stage: PatientStage) {
    switch stage {
    case .new, .evaluation: self = .evaluation
    case .trial: self = .trial
    case .implant: self = .implant
    case .therapy: self = .visits
    case .ended: self = .end
    }
  }
}
