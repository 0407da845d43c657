import Formulary
import Foundation
import Ledger
import Quantities
import Therapy

/// The record of an invented patient as the real rules accept it: each event was decided on the ones before it.
///
/// Deciding three million events would take longer than anything that is measured on them, so some dozens of
/// histories are decided, and each patient has one of them under a name and a pump of their own.
struct PatientHistory {
  private static let day: Int64 = 86_400_000
  private static let hour: Int64 = 3_600_000

  /// Event by event; the payloads as the server writes them.
  private(set) var drafts: [EventDraft] = []
  /// The events that hold who it is and which pump: each patient has their own.
  private var adopted: (place: Int, event: Adopted)?
  private var linked: Int?
  private var record: PatientRecord
  private let seed: Int
  private let author: Author
  private let server: Author

  /// - Parameters:
  ///   - seed: which of the histories.
  ///   - count: how many events.
  ///   - now: when the last one was, ms since 1970.
  /// - Throws: where the rules refuse something: then this file is wrong.
  init(seed: Int, count: Int, endingAt now: Int64) throws {
    guard let id = PatientID("template"), let person = PersonID("account-bench"),
      let pump = PersonID("server")
    else { throw BenchError("ids of the alphabet") }
    self.seed = seed
    record = PatientRecord(id: id)
    author = Author(person: person, role: .physician)
    server = Author(person: pump, role: .server)
    // Four of five pumps were heard just now, the others some days ago.
    let silence = seed % 5 == 0 ? Int64(seed % 4) * Self.day : 0
    let start = now - silence - Self.hour - Self.time(of: count)
    try begin(at: start)
    var step = 0
    while drafts.count < count {
      try go(on: step, from: start)
      step += 1
    }
    drafts.removeSubrange(count...)
  }

  private mutating func begin(at start: Int64) throws {
    let volume = try Volume(text: "\(12 + seed % 28) mL")
    let strength = try Concentration(text: "2000 ug/mL")
    let fluid = Fluid(drugs: [Fluid.Drug(name: "baclofen", concentration: strength)])
    let identity = Identity(
      givenName: "Bench",
      familyName: "Template",
      born: try Self.date("1970-01-01"),
      recordNumber: "B-0",
      language: "en"
    )
    let pump = PumpInPlace(
      model: "Cisterna virtual pump",
      isCatalogued: false,
      capacity: try Volume(text: "40 mL"),
      serial: "CV-0",
      implantedOn: try Self.date("2023-03-14")
    )
    let adoption = Adoption(
      adopted: Adopted(identity: identity, indication: .spasticity, origin: .spinal, pump: pump),
      catheter: CatheterInPlace(implantedLength: try Length(text: "80 cm"), tip: "T10"),
      fill: FillRecorded(
        volume: volume,
        fluid: fluid,
        filledAt: Instant(milliseconds: start),
        lots: ["BCL-\(seed)"],
        standing: .recalled
      ),
      program: ProgramRecorded(
        program: ProgramJSON(Self.program),
        programmedAt: Instant(milliseconds: start),
        reason: "As the papers say."
      )
    )
    try take(.adopt(adoption), by: author, at: start)
    try take(.linkPump(try Self.link(0)), by: author, at: start + 60_000)
  }

  /// When a step is, from the beginning.
  private static func time(of step: Int) -> Int64 {
    Int64(step / 7) * day + Int64(step % 7) * 3 * hour + 2 * hour
  }

  /// Seven events a day, as a pump and a clinic make them.
  private mutating func go(on step: Int, from start: Int64) throws {
    let at = start + Self.time(of: step)
    let used = Volume(nanolitres: (at - start) / Self.day * 160_000 + Int64(step))
    switch step % 7 {
    case 0, 2, 4, 6:
      let status = StatusHeard(
        heardAt: Instant(milliseconds: at),
        pumpMilliseconds: at - start,
        state: .running,
        reservoir: Volume(nanolitres: Int64(12 + seed % 28) * 1_000_000 - used.nanolitres),
        rate: FlowRate(nanolitresPerDay: 160_000),
        delivered: used,
        demand: used,
        alarms: []
      )
      try take(.hearStatus(status), by: server, at: at)
    case 1:
      let total = DailyTotal(
        day: Instant(milliseconds: at).day,
        delivered: Volume(nanolitres: 160_000),
        ordered: Volume(nanolitres: 160_000),
        patientDoses: Volume(nanolitres: 0),
        granted: 0,
        refused: 0
      )
      try take(.recordDailyTotal(total), by: server, at: at)
    case 3:
      let pain = min(10, (seed + step / 7) % 7)
      let score = ScoreRecorded(score: .pain(pain), takenAt: Instant(milliseconds: at))
      try take(.recordScore(score), by: author, at: at)
    default:
      try take(
        .writeNote(Note(text: "Seen at the ward, walks with a stick; \(step).")),
        by: author,
        at: at
      )
    }
  }

  private mutating func take(_ command: TherapyCommand, by author: Author, at time: Int64) throws {
    let now = Instant(milliseconds: time)
    let events: [TherapyEvent]
    do {
      events = try record.decide(command, by: author, at: now, confirmed: true)
    } catch { throw BenchError("the rules refuse a bench's event: \(error)") }
    for event in events {
      if case .adopted(let event) = event { adopted = (drafts.count, event) }
      if case .pumpLinked = event { linked = drafts.count }
      drafts.append(
        EventDraft(
          id: "",
          time: time,
          who: author.person.text,
          what: event.kind?.rawValue ?? "unread",
          form: Int32(TherapyEvent.form),
          payload: try Self.payload(event)
        )
      )
      let id = EventID(position: record.position + 1)
      record.apply(event, EventMeta(id: id, at: now, by: author.person))
    }
  }

  /// The event at a place, as one patient has it.
  func draft(_ place: Int, of patient: Int) throws -> EventDraft {
    var draft = drafts[place]
    draft.id = "bench-\(patient)-\(place)"
    if let adopted, adopted.place == place {
      let identity = Identity(
        givenName: "Given \(patient % 997)",
        familyName: "Family \(patient)",
        born: try Self.date("19\(40 + patient % 50)-0\(1 + patient % 9)-1\(patient % 10)"),
        recordNumber: "B-\(patient)",
        language: "en"
      )
      let event = Adopted(
        identity: identity,
        indication: adopted.event.indication,
        origin: adopted.event.origin,
        pump: adopted.event.pump
      )
      draft.payload = try Self.payload(TherapyEvent.adopted(event))
    } else if linked == place {
      draft.payload = try Self.payload(TherapyEvent.pumpLinked(try Self.link(patient)))
    }
    return draft
  }

  private static func link(_ number: Int) throws -> PumpLinked {
    let digits = String(number, radix: 16)
    func padded(_ count: Int) -> String {
      String(repeating: "0", count: count - digits.count) + digits
    }
    guard let pump = PumpID(padded(32)), let key = KeyText(padded(64)) else {
      throw BenchError("a pump's number and key are hexadecimal digits")
    }
    return PumpLinked(pump: pump, receiptKey: key, sessionKey: key)
  }

  private static func date(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw BenchError("\(text) is no date") }
    return day
  }

  private static func payload(_ event: TherapyEvent) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(event))
  }

  private static let program = """
    {"basal":{"mode":"daily","steps":[{"at":"00:00","rate":"240 ug/d"},{"at":"05:00","rate":"480 ug/d"},\
    {"at":"09:00","rate":"240 ug/d"},{"at":"21:00","rate":"400 ug/d"}]},"limits":{"maxRate":"0.5 mL/d",\
    "maxVolumePer24h":"0.3 mL","maxDosePer24h":{"baclofen":"400 ug"}},"safeRate":"100 ug/d",\
    "restartGap":"24 h","lowReservoir":"4 mL"}
    """
}

/// What went wrong in a bench, in one line.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
