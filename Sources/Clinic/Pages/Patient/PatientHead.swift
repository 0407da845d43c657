import Therapy

/// What stands on top of every page of a patient: who it is, and where else to go.
struct PatientHead {
  enum Place: String, CaseIterable {
    case overview, pathway, program, refill, orders, pump, details, access

    var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    func path(_ patient: PatientID) -> String {
      switch self {
      case .overview: "/patients/\(patient.text)"
      case .pathway: PathwayPlace.evaluation.path(patient)
      case .program, .refill, .orders, .pump, .details, .access:
        "/patients/\(patient.text)/\(rawValue)"
      }
    }

    /// Whether there is anything to see at a stage.
    func isOpen(at stage: PatientStage) -> Bool {
      switch self {
      case .overview: true
      case .pathway: stage != .new
      case .program, .refill, .orders, .pump, .details: stage == .therapy || stage == .new
      // A card and accounts are to be ended also when care is.
      case .access: stage == .therapy || stage == .new || stage == .ended
      }
    }
  }

  let record: PatientRecord
  let context: PageContext

  var name: String {
    record.identity.map { "\($0.familyName), \($0.givenName)" } ?? record.id.text
  }

  /// The version that a form carries.
  var version: Int64 { Int64(record.position) }

  func path(_ rest: String = "") -> String { "/patients/\(record.id.text)\(rest)" }

  /// - Parameter place: where one is; nothing on a page that has no place among the links.
  /// - Returns: the head.
  func markup(_ place: Place?) -> Markup {
    // A patient has the one page alone.
    guard context.visitor.isClinical else {
      return Piece.heading("\(name)", who)
        + Piece.live("warnings", topic: "patient/\(record.id.text)", warnings)
    }
    let links = Place.allCases.filter { $0.isOpen(at: record.stage) }.map { item -> String in
      let here = item == place ? " aria-current=\"page\"" : ""
      return "<a href=\"\(HTML.escaped(item.path(record.id)))\"\(here)>\(item.name)</a>"
    }
    return Piece.heading("\(name)", who)
      + .made("<nav class=\"sub\" aria-label=\"Of this patient\">\(links.joined())</nav>\n")
      + Piece.live("warnings", topic: "patient/\(record.id.text)", warnings)
  }

  private var who: Markup {
    guard let identity = record.identity else { return "Nothing is recorded yet." }
    var text: Markup = "born \(identity.born.words), record \(identity.recordNumber)"
    if let sex = identity.sex { text += ", \(sex.rawValue)" }
    guard record.stage == .therapy else { return text + ". Stage: \(record.stage.words)." }
    text += record.isLinked ? ". Linked: the pump signs what it says." : ". Followed by hand."
    return text
  }

  /// What nobody who opens the record may miss.
  private var warnings: Markup {
    var text = Markup.none
    if !record.unread.isEmpty || !record.irregular.isEmpty {
      text += Piece.note(
        .bad,
        "INCOMPLETE",
        "This record has \(record.unread.count + record.irregular.count) events that cannot "
          + "be read or contradict others. Only observations are taken."
      )
    }
    for alarm in record.openAlarms where alarm.alarm.isHigh {
      text += Piece.note(
        .bad,
        "ALARM",
        "\(alarm.alarm.words), for \(AgeWords.span(context.now - alarm.raisedAt)). "
          + (context.visitor.isClinical
            ? "\(alarm.alarm.advice) \(link: "What was done", to: "/alarms")"
            : "Call the clinic now.")
      )
    }
    if context.visitor.isClinical, let order = record.orderInFlight,
      order.standing(at: context.now, wait: context.settings.receiptWait) == .unknown
    {
      text += Piece.note(
        .bad,
        "ORDER UNKNOWN",
        "\(order.draft.act.words): \(OrderStanding.unknown.meaning) "
          + "\(link: "The order", to: path("/orders/\(order.draft.order.text)"))"
      )
    }
    text += arrivalWarning
    if record.isReservoirUnknown {
      text += Piece.note(
        .bad,
        "RESERVOIR NOT KNOWN",
        "A refill was broken off and nobody knows what is in the reservoir. Aspirate, and refill."
      )
    }
    return text
  }
}
