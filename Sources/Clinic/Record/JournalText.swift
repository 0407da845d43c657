import JSONText
import Ledger
import Therapy

/// How far a pump's journal is recorded, as events of the stream `pump/ID`; each goes in one append with
/// what the entries meant for the patient, so that no entry is recorded twice or left out.
enum JournalText {
  static let prefix = "pump/"

  static func pump(of stream: String) -> PumpID? {
    stream.hasPrefix(prefix) ? PumpID(String(stream.dropFirst(prefix.count))) : nil
  }

  static func part(
    _ pump: PumpID,
    next: UInt32,
    after mark: JournalMark?,
    key: String,
    at now: Instant
  ) -> StreamDrafts {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("next")
    writer.integer(Int64(next))
    writer.endObject()
    let draft = EventDraft(
      id: "\(key)/journal",
      time: now.milliseconds,
      who: TherapyText.server.person.text,
      what: "journal.read",
      payload: writer.bytes
    )
    return StreamDrafts(
      [draft],
      to: prefix + pump.text,
      expecting: .exactly(mark?.version ?? 0)
    )
  }

  static func next(_ draft: EventDraft) -> UInt32? {
    guard draft.what == "journal.read", let value = try? JSONValue(parsing: draft.payload),
      let object = try? JSONCursor(root: value).object(["next"]),
      let next = try? object.required("next").integer(in: 0...Int(UInt32.max))
    else { return nil }
    return UInt32(next)
  }
}
