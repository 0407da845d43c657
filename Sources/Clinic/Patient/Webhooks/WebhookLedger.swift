import Foundation
import Ledger

/// What became of tellings, in the stream `clinic/deliveries` (form 1).
struct WebhookEvent: Codable, Equatable, Sendable {
  enum Kind: String, Codable, Sendable {
    /// Answered with 2xx.
    case delivered
    /// Tried for as long as is tried.
    case givenUp
    /// All alarms up to a position of the ledger are through.
    case reached
  }

  static let stream = "clinic/deliveries"

  var kind: Kind
  var hook: String?
  /// Of the alarm's event, or up to which all are through.
  var position: Int64
  var tries: Int?
  /// Why the last try failed.
  var why: String?

  init(
    _ kind: Kind,
    hook: String? = nil,
    position: Int64,
    tries: Int? = nil,
    why: String? = nil
  ) {
    (self.kind, self.hook, self.position) = (kind, hook, position)
    (self.tries, self.why) = (tries, why)
  }

  /// The same telling has the same id, so that it ends once.
  var id: String { "delivery-\(kind.rawValue)-\(hook ?? "all")-\(position)" }

  func draft(at time: Int64) throws(WebError) -> EventDraft {
    EventDraft(
      id: id,
      time: time,
      who: "server",
      what: "webhook.\(kind.rawValue)",
      payload: try TherapyText.payload(self)
    )
  }

  init?(_ draft: EventDraft) {
    guard draft.what.hasPrefix("webhook."), draft.form == 1,
      let read = try? JSONDecoder().decode(Self.self, from: Data(draft.payload))
    else { return nil }
    self = read
  }
}
