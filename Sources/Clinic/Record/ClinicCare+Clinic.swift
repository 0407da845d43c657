import Formulary
import Ledger
import Quantities
import Therapy

/// What the clinic decides for itself, by page or by API.
extension ClinicCare {
  /// Decides a command of the clinic and records it in its stream.
  func decide(_ command: ClinicCommand, _ call: RouteCall) async throws(WebError) {
    guard let account = call.visitor.account, let person = PersonID(account.id) else {
      throw .notSignedIn
    }
    let roles = account.roles.compactMap { PersonRole(rawValue: $0.rawValue) }
      .sorted { $0.rawValue < $1.rawValue }
    var record = await records.clinicRecord
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
    try await records.take(done.events)
  }

  /// That somebody has read how long a drug stays good in a source.
  static func stability(_ call: RouteCall, _ source: String) throws(WebError) -> FactConfirmed {
    guard DrugLibrary.standard.drug(call["drug"]) != nil else {
      throw .noSuch("drug", given: call["drug"])
    }
    return FactConfirmed(fact: "stability.\(call["drug"])", source: source)
  }
}
