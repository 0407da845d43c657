import Clinic
import Foundation
import HTTPCall
import Ledger
import Therapy

/// *Today*, made anew from the ledger's events.
struct SimulationToday {
  let world: SimulationWorld
  let ledger: String

  init(_ world: SimulationWorld, _ ledger: String) { (self.world, self.ledger) = (world, ledger) }

  /// A line of the list, as both sides tell it.
  private struct Line: Hashable {
    let kind: Int
    let patient: String
    let at: Int64
    let about: String

    var text: String { "\(patient) \(WorkKind(rawValue: kind).map { "\($0)" } ?? "?") \(about)" }
  }

  /// Compares until both agree, or for some seconds: the server looks at time once a second, and what a pump
  /// said just now may still be on its way.
  ///
  /// - Returns: how many lines there are, and how the two differ.
  func compare() async throws -> (Int, [String]) {
    var wrong: [String] = []
    for _ in 0..<8 {
      try await Task.sleep(for: .milliseconds(1_200))
      let shown = try await shown()
      let made = try await made()
      let missing = made.subtracting(shown).map { "Today lacks \($0.text)" }
      let more = shown.subtracting(made).map {
        "Today has \($0.text), which the ledger does not give"
      }
      wrong = (missing + more).sorted()
      if wrong.isEmpty { return (made.count, []) }
    }
    return (0, wrong)
  }

  private func shown() async throws -> Set<Line> {
    var lines: Set<Line> = []
    var from = 0
    while true {
      let answer = try await world.person("ada").send(
        .get,
        "/api/v1/today?from=\(from)&count=1000"
      )
      guard answer.status == 200 else { throw SimulationFault("today: \(answer.status)") }
      let items = FieldText.array(answer.body)
      for item in items {
        guard let kind = item["kind"] as? Int, let patient = item["patient"] as? String,
          let at = (item["at"] as? NSNumber)?.int64Value, let about = item["about"] as? String
        else { throw SimulationFault("today: a line that is none: \(FieldText.text(item))") }
        lines.insert(Line(kind: kind, patient: patient, at: at, about: about))
      }
      guard items.count == 1_000 else { return lines }
      from += 1_000
    }
  }

  private func made() async throws -> Set<Line> {
    let store = try SQLiteLedger(path: ledger)
    defer { try? store.close() }
    let fold = try await SimulationFold(store)
    let now = Instant(milliseconds: world.time.now)
    let summaries = fold.patients.values.map {
      // As the server has it: since the patient's last event.
      $0.record.summary(at: $0.last, settings: fold.settings)
    }
    let list = WorkList(summaries, at: now, settings: fold.settings)
    return Set(
      list.items.map {
        Line(
          kind: $0.kind.rawValue,
          patient: $0.patient.text,
          at: $0.at.milliseconds,
          about: $0.about
        )
      }
    )
  }
}

/// All records, folded from the ledger by the events alone.
struct SimulationFold {
  struct Patient {
    var record: PatientRecord
    var last = Instant(milliseconds: 0)
    var kinds: [String: Int] = [:]
    var events: [(event: TherapyEvent, at: Instant)] = []
  }

  private(set) var patients: [String: Patient] = [:]
  private(set) var clinic = ClinicRecord()
  private(set) var count = 0

  var settings: ClinicSettings { clinic.currentSettings }

  init(_ store: some LedgerStore) async throws {
    let decoder = JSONDecoder()
    for try await events in store.history(after: 0, batch: 2_000) {
      for event in events {
        count += 1
        if event.stream == "clinic",
          let read = try? decoder.decode(ClinicEvent.self, from: Data(event.draft.payload))
        {
          clinic.apply(read, Self.meta(event))
        }
        guard event.stream.hasPrefix("patient/"),
          let id = PatientID(String(event.stream.dropFirst(8)))
        else { continue }
        take(event, id, decoder)
      }
    }
  }

  private mutating func take(_ event: LedgerEvent, _ id: PatientID, _ decoder: JSONDecoder) {
    let read =
      (try? decoder.decode(TherapyEvent.self, from: Data(event.draft.payload)))
      ?? .unread(UnreadEvent(form: Int(event.draft.form), kind: event.draft.what))
    var patient = patients[id.text] ?? Patient(record: PatientRecord(id: id))
    let meta = Self.meta(event)
    patient.record.apply(read, meta)
    patient.last = meta.at
    patient.kinds[event.draft.what, default: 0] += 1
    patient.events.append((read, meta.at))
    patients[id.text] = patient
  }

  private static func meta(_ event: LedgerEvent) -> EventMeta {
    EventMeta(
      id: EventID(position: Int(event.version)),
      at: Instant(milliseconds: event.draft.time),
      by: PersonID(event.draft.who) ?? unknown,
      onBehalfOf: event.draft.onBehalfOf.flatMap { PersonID($0) }
    )
  }

  private static let unknown: PersonID = {
    guard let person = PersonID("unknown") else { preconditionFailure("a name of the alphabet") }
    return person
  }()
}
