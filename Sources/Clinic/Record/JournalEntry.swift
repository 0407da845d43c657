import Foundation
import Ledger
import PumpCore
import Quantities
import Therapy

/// An entry of a pump's journal as the pump said it, kept beside the mark that stands behind it.
struct JournalEntry: Codable, Equatable, Sendable {
  /// The member of an event of the stream `pump/ID` that holds them.
  enum ListKey: String, CodingKey {
    case entries
  }

  let sequence: UInt32
  /// The raw value: a kind of a later version is kept too.
  let kind: UInt8
  let detail: UInt8
  /// The pump's clock, ms since commissioning.
  let pumpMilliseconds: Int64
  /// By the clinic's clock, as far as the status before it tells.
  let at: Instant
  /// In the stored unit of what the entry tells.
  let value: Int64
  let repeats: UInt32

  init(_ entry: JournalRecord, at instant: Instant) {
    (sequence, kind, detail) = (entry.sequence, entry.kind.rawValue, entry.detail)
    (pumpMilliseconds, value, repeats) = (entry.time.milliseconds, entry.value, entry.repeats)
    at = instant
  }

  private struct List: Decodable {
    let entries: [JournalEntry]?
  }

  /// The entries of an event; none where it was written before they were kept.
  static func list(_ event: LedgerEvent) -> [JournalEntry] {
    let list = try? JSONDecoder().decode(List.self, from: Data(event.draft.payload))
    return list?.entries ?? []
  }
}

extension RecordBook {
  /// So many readings are looked through for the entries of a page.
  private static let readingsMax: Int64 = 400

  /// What a pump's journal said, the newest first.
  ///
  /// - Parameters:
  ///   - pump: whose.
  ///   - most: so many entries.
  /// - Returns: the entries.
  /// - Throws: where the ledger cannot be read.
  func journalEntries(of pump: PumpID, most: Int) async throws(WebError) -> [JournalEntry] {
    let events: [LedgerEvent]
    do throws(LedgerError) {
      events = try await ledger.read(
        stream: JournalMark.prefix + pump.text,
        after: max(0, journal(of: pump).version - Self.readingsMax),
        limit: Int(Self.readingsMax)
      )
    } catch { throw WebError(error) }
    let entries = events.flatMap(JournalEntry.list).sorted { $0.sequence > $1.sequence }
    return Array(entries.prefix(most))
  }
}
