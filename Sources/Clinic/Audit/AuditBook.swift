import JSONText
public import Ledger

/// One entry of the audit.
struct AuditEntry: Sendable {
  enum Kind: String, Sendable { case read, wrote, refused }

  var kind: Kind
  var who: String
  var patient: String?
  /// In words, of the route.
  var text: String
  var route: String
  var path: String
  /// Of an answer that refused.
  var status: Int?
  var code: String?
  /// Of a read or a refusal; a write's entry is the same whenever it is sent again.
  var address: String?
}

/// The audit: who read or wrote what, and what was refused; a stream of the ledger for each day.
public struct AuditBook: Sendable {
  static let day: Int64 = 86_400_000

  private let ledger: any LedgerStore
  private let chance: ClinicChance
  let aside = AuditAside()

  public init(_ ledger: any LedgerStore, _ chance: ClinicChance) {
    self.ledger = ledger
    self.chance = chance
  }

  /// Since when the ledger takes nothing, and how many entries wait in memory; nothing while all is well.
  public var gap: (since: Int64, waiting: Int)? { aside.since.map { ($0, aside.count) } }

  /// The stream of the day of an instant, UTC.
  public static func stream(at milliseconds: Int64) -> String {
    "audit/\(CivilDate(milliseconds: milliseconds))"
  }

  /// Records an entry and returns when it is durable; entries at the same time share a commit.
  ///
  /// - Parameters:
  ///   - entry: what is told.
  ///   - now: security time.
  ///   - mayWait: whether it may wait in memory where the ledger takes nothing now: what those read who
  ///     treat patients, and refusals.
  /// - Throws: where it was not recorded and may not wait, or too many wait.
  func record(_ entry: AuditEntry, at now: Int64, mayWait: Bool = false) async throws(WebError) {
    // By time, so that ids lie side by side in the store's index.
    let id = chance.eventID("audit-\(String(now, radix: 36))")
    let draft = draft(entry, id: id, at: now)
    if aside.since != nil { await catchUp(at: now) }
    do throws(LedgerError) {
      if aside.since == nil || !mayWait {
        _ = try await ledger.append([part(draft, at: now)])
        return
      }
    } catch {
      switch error {
      case .notStored, .outcomeUnknown: aside.failed(at: now)
      case .conflict, .idTaken, .badDraft, .damaged, .notALedger, .file: throw WebError(error)
      }
      guard mayWait else { throw WebError(error) }
    }
    let waiting = AuditAside.Waiting(draft: draft, stream: Self.stream(at: now))
    guard aside.keep(waiting, at: now) else {
      throw WebError(.notStored(reason: "\(AuditAside.most) reads wait for the disk"))
    }
  }

  /// Writes what waits, in its order, and then that there was a gap; once at a time.
  ///
  /// - Parameter now: security time.
  /// - Returns: whether the ledger takes everything again.
  @discardableResult
  public func catchUp(at now: Int64) async -> Bool {
    guard let since = aside.begin() else { return aside.since == nil }
    var isOver = false
    defer { aside.end(isOver: isOver) }
    let late = aside.count
    do throws(LedgerError) {
      while case let next = aside.next(), let stream = next.first?.stream {
        // Under the same ids: what may have been stored is stored once.
        let part = StreamDrafts(next.map(\.draft), to: stream, expecting: .any)
        _ = try await ledger.append([part])
        aside.written(next.count)
      }
      _ = try await ledger.append([part(gapDraft(since, late, at: now), at: now)])
      isOver = true
    } catch {}
    return isOver
  }

  private func gapDraft(_ since: Int64, _ late: Int, at now: Int64) -> EventDraft {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("act", "the disk took nothing; entries before this one were written late")
    writer.key("sinceAt")
    writer.integer(Int(since))
    writer.key("written")
    writer.integer(late)
    writer.endObject()
    return EventDraft(
      id: chance.eventID("gap"),
      time: now,
      who: "server",
      what: "audit.gap",
      payload: writer.bytes
    )
  }

  func part(_ draft: EventDraft, at now: Int64) -> StreamDrafts {
    StreamDrafts([draft], to: Self.stream(at: now), expecting: .any)
  }

  func draft(_ entry: AuditEntry, id: String, at now: Int64) -> EventDraft {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("act", entry.text)
    writer.member("route", entry.route)
    writer.member("path", String(entry.path.prefix(500)))
    if let patient = entry.patient { writer.member("patient", patient) }
    if let status = entry.status {
      writer.key("status")
      writer.integer(status)
    }
    if let code = entry.code { writer.member("code", code) }
    if let address = entry.address { writer.member("address", address) }
    writer.endObject()
    return EventDraft(
      id: id,
      time: now,
      who: entry.who,
      what: "audit.\(entry.kind.rawValue)",
      payload: writer.bytes
    )
  }
}

/// A day of the Gregorian calendar, UTC.
struct CivilDate: CustomStringConvertible, Sendable {
  let description: String

  /// The day of an instant, ms since 1970.
  init(milliseconds: Int64) {
    // Days from civil, backwards: eras of 400 years that begin on 1 March.
    let days = Int(milliseconds / 86_400_000) + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    description = "\(year)-\(two(month))-\(two(day))"
  }
}
