import Foundation
import Ledger
import Therapy

/// How far a pump's journal is recorded, and what the day that it is in came to so far.
///
/// It is an event of the stream `pump/ID`, in one append with what the entries meant for the patient, so
/// that no entry is recorded twice or left out.
struct JournalMark: Codable, Equatable, Sendable {
  static let prefix = "pump/"
  static let what = "journal.read"

  /// The sequence of the first entry that is not recorded.
  var next: UInt32 = 0
  /// Delivered since commissioning at the last local midnight, nL; nothing where it was not told.
  var delivered: Int64?
  /// By how much that was less than what the program had asked for, as far as the statuses tell.
  var shortfall: Int64 = 0
  /// Patient doses since that midnight.
  var granted = 0
  var refused = 0
  /// Their volume, nL.
  var doses: Int64 = 0
  /// Of the mark's stream.
  var version: Int64 = 0

  init() {}

  /// Reads a mark; nothing for an event of another kind.
  init?(_ draft: EventDraft, version: Int64) {
    guard draft.what == Self.what,
      let mark = try? JSONDecoder().decode(JournalMark.self, from: Data(draft.payload))
    else { return nil }
    self = mark
    self.version = version
  }

  static func pump(of stream: String) -> PumpID? {
    stream.hasPrefix(prefix) ? PumpID(String(stream.dropFirst(prefix.count))) : nil
  }

  /// The mark as it is recorded, with the entries that it now stands behind.
  private struct Read: Encodable {
    let mark: JournalMark
    let entries: [JournalEntry]

    func encode(to encoder: any Encoder) throws {
      try mark.encode(to: encoder)
      var box = encoder.container(keyedBy: JournalEntry.ListKey.self)
      try box.encode(entries, forKey: .entries)
    }
  }

  /// The part of an append that takes the mark's place, if nobody has moved it since.
  ///
  /// - Parameters:
  ///   - pump: whose journal it is.
  ///   - old: the mark before.
  ///   - entries: what was read between the two, kept as the pump said it.
  ///   - key: of the act.
  ///   - now: therapy time.
  /// - Returns: the part.
  /// - Throws: where it cannot be written.
  func part(
    _ pump: PumpID,
    after old: JournalMark,
    _ entries: [JournalEntry],
    key: String,
    at now: Instant
  ) throws(WebError) -> StreamDrafts {
    let draft = EventDraft(
      id: "\(key)/journal",
      time: now.milliseconds,
      who: TherapyText.server.person.text,
      what: Self.what,
      payload: try TherapyText.payload(Read(mark: self, entries: entries))
    )
    return StreamDrafts([draft], to: Self.prefix + pump.text, expecting: .exactly(old.version))
  }
}
