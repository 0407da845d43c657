import Formulary
import Quantities
import Therapy

/// What needs someone now, the most urgent first, and the refills that come.
struct TodayPage {
  let summaries: [PatientSummary]
  let work: WorkList
  let context: PageContext

  /// Nobody reads on after so many; what is most urgent is first.
  private static let rowsMax = 100

  private var now: Instant { context.now }

  func html() -> String {
    context.page(
      "Today",
      .today,
      topics: ["work"],
      Piece.live(
        "today",
        topic: "work",
        Piece.heading("Today", counts) + list + Piece.grid([refills, silent])
      )
    )
  }

  private var counts: Markup {
    let linked = summaries.count(where: \.isLinked)
    let heard = summaries.count { $0.isLinked && $0.heardAt.map { now - $0 < .hour } ?? false }
    let count = work.items.count
    return
      "\(count) thing\(count == 1 ? " needs" : "s need") someone. \(summaries.count) "
      + "patients; \(heard) of \(linked) linked pumps were heard within the "
      + "last hour."
  }

  private var list: Markup {
    guard !work.items.isEmpty else {
      return Piece.card(nil, Piece.paragraph("Nothing needs anyone now."))
    }
    let rows = work.items.prefix(Self.rowsMax).map { item in
      let words = WorkWords(item, now)
      return [
        "tone": words.tone.rawValue, "word": words.tag, "to": words.path, "name": item.name,
        "what": words.what.html, "when": words.when,
      ] as [String: Any]
    }
    let rest = work.items.count - rows.count
    return Piece.card(
      nil,
      style: "flush",
      PageLibrary.markup("work", ["items": rows])
        + (rest > 0 ? Piece.soft("\(rest) more of less urgency are not shown.") : .none)
    )
  }

  private var refills: Markup {
    let horizon = now + 30 * .day
    // Places, not copies: the list may be of ten thousand.
    let due = summaries.indices.filter { (summaries[$0].due?.at ?? .latest) <= horizon }
      .map { (at: summaries[$0].due?.at ?? .latest, place: $0) }
      .sorted { ($0.at, $0.place) < ($1.at, $1.place) }
    guard !due.isEmpty else {
      return Piece.card("Refills in the next 30 days", Piece.paragraph("None is due."))
    }
    var table = PageTable(
      "Refills in the next 30 days",
      ["Patient", "Due", "Low, expected", "Empty, earliest", "Runs out first"]
    )
    for summary in due.prefix(Self.rowsMax).map({ summaries[$0.place] }) {
      guard let first = summary.due else { continue }
      table.add([
        "\(link: summary.name, to: "/patients/\(summary.patient.text)")",
        "\(figure: first.at.dayWords) \(soft: AgeWords.due(first.at, now))",
        summary.expectedLowAt.map { "\($0.shortDay)" } ?? "–",
        summary.earliestEmptyAt.map { "\($0.shortDay)" } ?? "–",
        first.isVerified
          ? "\(first.because.words)" : "\(first.because.words) \(tag: "unverified", .warn)",
      ])
    }
    return Piece.card(
      "Refills in the next 30 days",
      style: "wide",
      table.markup
        + (due.count > Self.rowsMax
          ? Piece.soft("\(due.count - Self.rowsMax) later ones are not shown.") : .none)
        + Piece.soft(
          "Due is the first of the earliest low mark, the drug's stability and the pump's "
            + "life. \(tag: "predicted")"
        )
    )
  }

  private var silent: Markup {
    guard summaries.contains(where: \.isLinked) else { return .none }
    let late = summaries.indices.filter { place in
      summaries[place].isLinked && summaries[place].heardAt.map { now - $0 >= .hour } ?? true
    }
    guard !late.isEmpty else {
      return Piece.card("Linked pumps", Piece.paragraph("All were heard within the last hour."))
    }
    var table = PageTable("Pumps that were not heard for an hour", ["Patient", "Last heard"])
    let sorted = late.map { (at: summaries[$0].heardAt?.milliseconds ?? 0, place: $0) }
      .sorted { ($0.at, $0.place) < ($1.at, $1.place) }
    for summary in sorted.prefix(12).map({ summaries[$0.place] }) {
      table.add([
        "\(link: summary.name, to: "/patients/\(summary.patient.text)/pump")",
        summary.heardAt.map { heard in
          now - heard > 24 * .hour
            ? "\(tag: "silent", .bad) \(AgeWords.ago(heard, now))" : "\(AgeWords.ago(heard, now))"
        } ?? "\(tag: "never", .warn)",
      ])
    }
    return Piece.card("Linked pumps", table.markup)
  }
}

/// A work item in words: the tag, what it is, and where to go.
struct WorkWords {
  let item: WorkItem
  let now: Instant

  init(_ item: WorkItem, _ now: Instant) { (self.item, self.now) = (item, now) }

  private var patient: String { "/patients/\(item.patient.text)" }

  var tone: Tone {
    switch item.kind {
    case .reservoirEmpty, .alarmHigh, .complicationUrgent, .selfHarmAlert, .mriOverdue, .silentCall,
      .orderUnknown, .orderTurnedAway, .pumpStopped, .recoveryConcern, .replacementOverdue:
      .bad
    case .refillOverdue, .alarmMedium, .discrepancy, .silentTask, .orderExpired, .orderUnsigned,
      .complicationOpen, .mriOpen, .weaningStepDue, .remoteCallDue, .commissioningDue,
      .arrivalUnchecked,
      .visitOverdue, .replacementDue, .trialWatch, .recoveryWatch:
      .warn
    default: .plain
    }
  }

  var tag: String {
    switch item.kind {
    case .reservoirEmpty: "Pump empty"
    case .alarmHigh, .alarmMedium: "Alarm"
    case .silentCall, .silentTask: "Silent"
    case .complicationUrgent: "Look now"
    case .selfHarmAlert: "Self-harm"
    case .mriOverdue: "MRI overdue"
    case .complicationOpen: "Complication"
    case .mriOpen: "MRI"
    case .taperDue: "Taper"
    case .checkDue: "Check due"
    case .orderUnknown: "Order unknown"
    case .orderTurnedAway: "Ask at the bedside"
    case .pumpStopped: "Pump stopped"
    case .pumpPaused: "Pump paused"
    case .refillOverdue:
      item.about == DueReason.pumpLife.rawValue ? "Pump life over" : "Refill overdue"
    case .discrepancy: "Discrepancy"
    case .orderExpired: "Order expired"
    case .orderUnsigned: "To sign"
    case .orderQueued: "Order queued"
    case .orderPending: "Order pending"
    case .refillUnderWay: "Refill open"
    case .scoreWorse: "Score worse"
    case .refillDue: item.about == DueReason.pumpLife.rawValue ? "Replace pump" : "Refill soon"
    case .trialWatch, .recoveryWatch: "Watched"
    case .trialNext: "Next dose"
    case .trialDue: "Trial"
    case .implantDue: "Implant"
    case .decisionDue: "Decision"
    case .recoveryConcern: "After implant"
    case .commissioningDue: "New pump"
    case .aftercareDue: "Aftercare"
    case .visitDue, .visitOverdue: "Visit"
    case .remoteCallDue: "Call"
    case .replacementDue, .replacementOverdue: "Replace pump"
    case .weaningStepDue: "Weaning"
    case .arrivalUnchecked: "Arrival"
    case .notKnown: "Not known"
    case .incomplete: "Incomplete"
    }
  }

  var path: String {
    switch item.kind {
    case .orderUnknown, .orderTurnedAway, .orderExpired, .orderUnsigned, .orderQueued,
      .orderPending:
      OrderID(item.about) == nil ? patient : "\(patient)/orders/\(item.about)"
    case .refillUnderWay: "\(patient)/refill"
    case .silentCall, .silentTask, .pumpStopped, .pumpPaused: "\(patient)/pump"
    case .trialWatch, .trialNext, .trialDue: "\(patient)/pathway/trial"
    case .implantDue, .recoveryWatch, .recoveryConcern, .commissioningDue, .aftercareDue:
      "\(patient)/pathway/implant"
    case .visitDue, .visitOverdue, .remoteCallDue: "\(patient)/pathway/visits"
    case .replacementDue, .replacementOverdue, .weaningStepDue: "\(patient)/pathway/end"
    case .decisionDue, .arrivalUnchecked: "\(patient)/pathway/evaluation"
    case .complicationUrgent, .complicationOpen: "\(patient)/pathway/complications"
    case .mriOverdue, .mriOpen: "\(patient)/pathway/scans"
    case .selfHarmAlert, .taperDue, .checkDue: "\(patient)/pathway/outcomes"
    default: patient
    }
  }

  var what: Markup {
    switch item.kind {
    case .reservoirEmpty:
      "By the forecast the reservoir is empty. \(tag: "predicted") Look for withdrawal, "
        + "bridge by mouth, refill today."
    case .alarmHigh, .alarmMedium:
      PumpAlarm(rawValue: item.about).map { "\(bold: $0.words). \($0.advice)" } ?? "\(item.about)"
    case .silentCall: "No word from the pump for longer than the clinic allows: call the patient."
    case .silentTask: "No word from the pump for over a day."
    case .orderUnknown:
      "Sent, no receipt yet: nobody knows whether it took effect. The pump is asked again."
    case .orderTurnedAway:
      "The pump refuses to answer an order that was sent: ask at the bedside what is in force."
    case .pumpStopped:
      "\(bold: halt). Nothing is delivered, and nobody ordered that: look for withdrawal, "
        + "call the patient."
    case .pumpPaused: "Nothing is delivered: \(halt)."
    case .refillOverdue: "\(NameWords.capital(reason)) has passed. \(tag: "predicted")"
    case .discrepancy:
      "The last refill found another volume than expected: \(NameWords.spaced(item.about))."
    case .orderExpired: "Its validity has ended; it was never sent."
    case .orderUnsigned: "An order waits for a signature, made on a person's own signer."
    case .orderQueued: "An order waits for the next session with the pump."
    case .orderPending: "The pump waits with an increase; the patient can cancel it."
    case .refillUnderWay: "A refill was begun and is not finished."
    case .scoreWorse: "Worse than the time before: \(NameWords.spaced(item.about))."
    case .complicationUrgent:
      "Signs that may be dangerous. First the patient: \(NameWords.spaced(item.about))."
    case .selfHarmAlert:
      "Thoughts of death or self-harm in a depression score: talk to the patient today."
    case .mriOverdue:
      "After a scan, or a scan called off, the pump waits: \(NameWords.spaced(item.about))."
    case .complicationOpen: "Next: \(NameWords.spaced(item.about))."
    case .mriOpen: "A scan with a pump. Next: \(NameWords.spaced(item.about))."
    case .taperDue: "The next step of a taper: \(item.about)."
    case .checkDue: "Ask and look for side effects: \(NameWords.spaced(item.about))."
    case .refillDue: "First to run out: \(reason). \(tag: "predicted")"
    case .trialWatch: "Watched after a dose of a trial: \(item.about)."
    case .trialNext: "The next dose of the trial may be given, or the trial concluded."
    case .trialDue: "It was decided to proceed: a trial may begin."
    case .implantDue: "An implant may be planned; the checklist: \(item.about)."
    case .decisionDue: "Under evaluation: \(item.about)."
    case .recoveryWatch: "Watched after the first prime or program: \(item.about)."
    case .recoveryConcern:
      RecoveryConcern(rawValue: item.about).map { "Seen after the implant: \($0.text)." }
        ?? "\(item.about)"
    case .commissioningDue: "The pump was implanted and still lacks: \(item.about)."
    case .aftercareDue: "What the patient is told after the implant: \(item.about)."
    case .visitDue: "A visit is due: \(NameWords.spaced(item.about))."
    case .visitOverdue: "A visit is overdue: \(NameWords.spaced(item.about))."
    case .remoteCallDue: "An increase from afar took effect a day ago: call the patient."
    case .replacementDue: "The pump has to be replaced: \(item.about)."
    case .replacementOverdue: "The pump may have stopped by itself: \(item.about)."
    case .weaningStepDue: "The next step of weaning has its day: \(item.about)."
    case .arrivalUnchecked: "Told by the clinic before, not yet checked: \(item.about)."
    case .notKnown: "No forecast: \(item.about) is not known."
    case .incomplete:
      "The record has events that this version cannot read or that contradict others."
    }
  }

  private var halt: String { PumpHaltReason(rawValue: item.about)?.words ?? item.about }
  private var reason: String { DueReason(rawValue: item.about)?.words ?? item.about }

  var when: String {
    switch item.kind {
    case .refillOverdue, .refillDue, .checkDue, .taperDue, .mriOpen, .visitDue,
      .visitOverdue, .replacementDue, .weaningStepDue, .trialWatch, .recoveryWatch:
      AgeWords.due(item.at, now)
    case .reservoirEmpty: "since \(AgeWords.span(now - item.at))"
    case .silentCall, .silentTask: AgeWords.span(now - item.at)
    case .pumpStopped, .pumpPaused: "since \(AgeWords.span(now - item.at))"
    case .orderUnsigned, .orderQueued, .orderPending:
      item.at > now ? "valid \(AgeWords.span(item.at - now))" : "over"
    case .orderExpired: AgeWords.ago(item.at, now)
    default: ""
    }
  }
}
