import Ledger
import Quantities
import Therapy

/// What the clinic decides for itself: settings, and facts that somebody has read in their source.
extension PageRoutes {
  var clinic: [Route] {
    let desk = desk
    return [
      form(
        "/settings/clinic",
        "Changes what the clinic decided for itself.",
        [.administrator],
        audit: .init("changed the clinic's settings", patient: nil)
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "clinic",
          page: { state, context throws(WebError) in await desk.settingsPage(state, context) },
          act: { fields throws(WebError) in
            let old = await desk.care.records.settings()
            try await desk.decide(.changeSettings(try Self.settings(fields, old)), call)
            return "/settings"
          }
        )
      },
      form(
        "/formulary/{drug}/stability",
        "Confirms how long a drug stays good, for whoever has read it in its source.",
        [.physician, .pharmacist],
        audit: .init("confirmed a fact of the formulary", patient: nil)
      ) { call throws(WebError) in
        let fields = try call.form()
        let fact = FactConfirmed(
          fact: "stability.\(call["drug"])",
          source: try fields.needed("source", "where it was read")
        )
        try await desk.decide(.confirmFact(fact), call)
        return .seeOther("/formulary/\(call["drug"])")
      },
    ]
  }

  private static func settings(
    _ fields: FormFields,
    _ old: ClinicSettings
  ) throws(WebError) -> ClinicSettings {
    ClinicSettings(
      singlePersonRefill: fields.text("singlePersonRefill"),
      envelope: old.envelope,
      receiptWait: try fields.needed("receiptWait", unit: "min"),
      silenceTask: try fields.needed("silenceTask", unit: "h"),
      silenceCall: try fields.needed("silenceCall", unit: "h"),
      refillNotice: try fields.needed("refillNotice", unit: "d"),
      confirmedFacts: old.confirmedFacts
    )
  }
}

extension PageDesk {
  /// Decides a command of the clinic and records it in its stream.
  func decide(_ command: ClinicCommand, _ call: RouteCall) async throws(WebError) {
    guard let account = call.visitor.account, let person = PersonID(account.id) else {
      throw .notSignedIn
    }
    let roles = account.roles.compactMap { PersonRole(rawValue: $0.rawValue) }
      .sorted { $0.rawValue < $1.rawValue }
    var record = await care.records.clinicRecord
    // Who works here, and as what, the accounts tell; the record's own list is of keys.
    if record.member(person) == nil {
      record.apply(
        .personAdded(ClinicPerson(person: person, name: account.fullName, roles: roles)),
        EventMeta(
          id: EventID(position: record.position + 1),
          at: Instant(milliseconds: call.therapyNow),
          by: person
        )
      )
    }
    let wanted: PersonRole? =
      if case .confirmFact = command {
        roles.first { $0 == .physician || $0 == .pharmacist }
      } else {
        roles.first { $0 == .administrator }
      }
    let author = Author(person: person, role: wanted ?? roles.first ?? .auditor)
    let events: [ClinicEvent]
    do throws(TherapyRefusal) {
      events = try record.decide(
        command,
        by: author,
        at: Instant(milliseconds: call.therapyNow)
      )
    } catch { throw WebError(error) }
    var drafts: [EventDraft] = []
    for (index, event) in events.enumerated() {
      guard let kind = event.kind else { continue }
      drafts.append(
        EventDraft(
          id: index == 0 ? call.actKey : "\(call.actKey)/\(index)",
          time: call.therapyNow,
          who: call.visitor.who,
          what: kind.rawValue,
          payload: try TherapyText.payload(event)
        )
      )
    }
    let done = try await call.commit([
      StreamDrafts(drafts, to: RecordBook.clinicStream, expecting: .any)
    ])
    // So that the page that comes next has it, and not only the one after the follower.
    try await care.records.take(done.events)
  }
}
