import Foundation
import Ledger

/// What happened to the ways by which others than staff see something, in the stream `clinic/access` (form 1).
///
/// Of a secret the ledger holds the hash, or the text sealed under the server's key where it has to be used.
struct AccessEvent: Codable, Equatable, Sendable {
  enum Kind: String, Codable, Sendable, CaseIterable {
    case cardIssued, cardRevoked, cardLooked
    case feedIssued, feedRevoked, calendarNames
    case caregiverAllowed, caregiverEnded
    case hookAdded, hookRemoved
    case languageChosen
  }

  static let stream = "clinic/access"

  var kind: Kind
  /// Of the card, feed, permission or hook.
  var id: String?
  var patient: String?
  var account: String?
  /// Of a token, SHA-256 in hexadecimal digits.
  var hash: String?
  /// Whom to call, of a card.
  var call: String?
  /// Where the pump lies, of a card.
  var pocket: String?
  var url: String?
  /// Under the server's key, in hexadecimal digits.
  var sealed: String?
  /// Of a caregiver: may write in the diary; of the calendar: shows names; of a hook: may be in our own network.
  var isYes: Bool?
  var language: String?
  var address: String?

  init(_ kind: Kind) { self.kind = kind }

  /// As the ledger keeps it.
  func draft(id: String, who: String, at time: Int64) throws(WebError) -> EventDraft {
    EventDraft(
      id: id,
      time: time,
      who: who,
      what: "access.\(kind.rawValue)",
      payload: try TherapyText.payload(self)
    )
  }

  /// Nothing for an event of another kind.
  init?(_ draft: EventDraft) {
    guard draft.what.hasPrefix("access."), draft.form == 1,
      let read = try? JSONDecoder().decode(Self.self, from: Data(draft.payload))
    else { return nil }
    self = read
  }
}
