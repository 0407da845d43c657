import Foundation
import Ledger
import Therapy

/// Events of patients as the ledger keeps them: one JSON value, its members in a fixed order, so that the
/// same event is the same bytes and a repeated append is known for what it is.
enum TherapyText {
  /// Of the streams of patients.
  static let prefix = "patient/"

  static func stream(_ patient: PatientID) -> String { prefix + patient.text }

  /// Whose stream it is; nothing for streams of other things.
  static func patient(of stream: String) -> PatientID? {
    stream.hasPrefix(prefix) ? PatientID(String(stream.dropFirst(prefix.count))) : nil
  }

  static func payload(_ value: some Encodable) throws(WebError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return Array(try encoder.encode(value)) } catch {
      throw WebError(500, "notWritten", "What was to be recorded cannot be written: \(error).")
    }
  }

  /// An event as it was read; one that cannot be read stays in the record as unread.
  static func event(_ stored: LedgerEvent, _ decoder: JSONDecoder) -> TherapyEvent {
    do {
      return try decoder.decode(TherapyEvent.self, from: Data(stored.draft.payload))
    } catch {
      return .unread(UnreadEvent(form: Int(stored.draft.form), kind: stored.draft.what))
    }
  }

  static func meta(_ stored: LedgerEvent) -> EventMeta {
    EventMeta(
      id: EventID(position: Int(stored.version)),
      at: Instant(milliseconds: stored.draft.time),
      by: person(stored.draft.who),
      onBehalfOf: stored.draft.onBehalfOf.map(person)
    )
  }

  static func person(_ who: String) -> PersonID { PersonID(who) ?? unknownPerson }

  /// For a writer whose name is not of the alphabet; the ledger still has it.
  private static let unknownPerson: PersonID = {
    guard let person = PersonID("unknown") else { preconditionFailure("a name of the alphabet") }
    return person
  }()

  /// The clinic's own server, as the author of what pumps say.
  static let server: Author = {
    guard let person = PersonID("server") else { preconditionFailure("a name of the alphabet") }
    return Author(person: person, role: .server)
  }()
}
