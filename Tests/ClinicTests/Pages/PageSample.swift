import Foundation
import Formulary
import PumpLink
import Quantities
import Therapy

@testable import Clinic

/// The demonstration's patients as records, folded from events as a server would.
struct PageSample {
  static let now = Instant(milliseconds: 1_767_600_720_000)
  let records: [PatientRecord]

  private struct File: Decodable {
    struct Patient: Decodable {
      struct Pump: Decodable {
        let linked: Bool
        let serial: String
        let implanted: String
        let model: String?
        let capacity: String?
      }
      struct Fill: Decodable {
        struct Drug: Decodable { let drug, concentration: String }
        let volume: String
        let daysAgo: Int
        let drugs: [Drug]
        let lot: String
      }
      struct Catheter: Decodable { let length, tip: String? }
      struct Score: Decodable {
        let scale: String
        let daysAgo: Int
        let value: String
      }
      struct Oral: Decodable {
        let drug, dose: String
        let daysAgo: Int
      }
      let id, given, family, born, recordNumber, indication: String
      let pump: Pump
      let catheter: Catheter
      let reservoir: String?
      let fill: Fill
      let scores: [Score]
      let oral: [Oral]
    }
    let patients: [Patient]
  }

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: root.appendingPathComponent("Examples/clinic/patients.json"))
    let file = try JSONDecoder().decode(File.self, from: data)
    let raw = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let programs = (raw?["patients"] as? [[String: Any]])?.map { $0["program"] } ?? []
    records = try zip(file.patients, programs).map { patient, program in
      try Self.record(patient, program)
    }
  }

  /// The record of a patient of the file.
  func record(_ id: String) throws -> PatientRecord {
    guard let record = records.first(where: { $0.id.text == id }) else { throw NoSuch() }
    return record
  }

  struct NoSuch: Error {}

  static func unwrap<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw NoSuch() }
    return value
  }

  static let person = PersonID("ada")

  /// An event after all others, so many minutes before now.
  static func add(
    _ event: TherapyEvent,
    to record: inout PatientRecord,
    minutesAgo: Int64 = 0,
    by name: String = "ada"
  ) throws {
    let meta = EventMeta(
      id: EventID(position: record.position + 1),
      at: now + TimeSpan(milliseconds: -minutesAgo * 60_000),
      by: try unwrap(PersonID(name))
    )
    record.apply(event, meta)
  }

  private static func ago(_ days: Int) -> Instant {
    now + TimeSpan(milliseconds: -Int64(days) * 86_400_000)
  }

  private static func record(_ patient: File.Patient, _ program: Any?) throws -> PatientRecord {
    var record = PatientRecord(id: try unwrap(PatientID(patient.id)))
    let minutes = Int64(patient.fill.daysAgo) * 1_440
    try add(.adopted(try adopted(patient)), to: &record, minutesAgo: minutes)
    try add(
      .catheterRecorded(
        CatheterInPlace(
          implantedLength: try patient.catheter.length.map { try Length(text: $0) },
          tip: patient.catheter.tip
        )
      ),
      to: &record,
      minutesAgo: minutes
    )
    let fluid = Fluid(
      drugs: try patient.fill.drugs.map {
        Fluid.Drug(name: $0.drug, concentration: try Concentration(text: $0.concentration))
      }
    )
    try add(
      .fillRecorded(
        FillRecorded(
          volume: try Volume(text: patient.fill.volume),
          fluid: fluid,
          filledAt: ago(patient.fill.daysAgo),
          lots: [patient.fill.lot],
          standing: .byHand
        )
      ),
      to: &record,
      minutesAgo: minutes
    )
    let text = try JSONSerialization.data(
      withJSONObject: try unwrap(program),
      options: [.sortedKeys, .withoutEscapingSlashes]
    )
    try add(
      .programRecorded(
        ProgramRecorded(
          program: ProgramJSON(String(decoding: text, as: UTF8.self)),
          programmedAt: ago(patient.fill.daysAgo),
          reason: "as found"
        )
      ),
      to: &record,
      minutesAgo: minutes
    )
    try addObservations(patient, to: &record)
    if patient.pump.linked { try addStatus(patient, to: &record) }
    return record
  }

  private static func adopted(_ patient: File.Patient) throws -> Adopted {
    let capacity = patient.pump.capacity ?? (patient.fill.volume == "38 mL" ? "40 mL" : "20 mL")
    let isSpastic = patient.indication.hasPrefix("spasticity")
    return Adopted(
      identity: Identity(
        givenName: patient.given,
        familyName: patient.family,
        born: try unwrap(Day(patient.born)),
        recordNumber: patient.recordNumber,
        language: "en"
      ),
      indication: isSpastic
        ? .spasticity : patient.indication.hasPrefix("cancer") ? .cancer : .nonCancer,
      origin: isSpastic ? .spinal : nil,
      pump: PumpInPlace(
        model: patient.pump.model ?? "Cisterna virtual pump",
        isCatalogued: patient.pump.model != nil,
        capacity: try Volume(text: capacity),
        serial: patient.pump.serial,
        implantedOn: Day(patient.pump.implanted)
      )
    )
  }

  private static func addObservations(
    _ patient: File.Patient,
    to record: inout PatientRecord
  ) throws {
    for score in patient.scores {
      let value: Score =
        switch score.scale {
        case "nrs": .pain(try unwrap(Int(score.value)))
        case "modifiedAshworth":
          .ashworth(try unwrap(AshworthGrade(rawValue: score.value)), .kneeFlexors)
        default: .spasms(frequency: try unwrap(Int(score.value)), severity: nil)
        }
      try add(
        .scoreRecorded(ScoreRecorded(score: value, takenAt: ago(score.daysAgo))),
        to: &record,
        minutesAgo: Int64(score.daysAgo) * 1_440
      )
    }
    for oral in patient.oral {
      guard let drug = OralDrug(rawValue: oral.drug) else { continue }
      let dose = try DailyDose(text: "\(oral.dose)/d")
      try add(
        .oralOpioidRecorded(
          OralOpioid(
            drug: drug,
            dose: dose,
            equivalent: try unwrap(drug.morphine(for: dose)),
            factor: drug.factor,
            source: drug.source,
            isVerified: drug.isVerified,
            since: ago(oral.daysAgo).day
          )
        ),
        to: &record,
        minutesAgo: Int64(oral.daysAgo) * 1_440
      )
    }
  }

  private static func addStatus(
    _ patient: File.Patient,
    to record: inout PatientRecord
  ) throws {
    try add(
      .pumpLinked(
        PumpLinked(
          pump: try unwrap(PumpID(String(repeating: "5a", count: 16))),
          receiptKey: try unwrap(KeyText(String(repeating: "c3", count: 32)))
        )
      ),
      to: &record,
      minutesAgo: 20_000
    )
    for days in (1...10).reversed() {
      let ordered = try Volume(text: "0.15 mL")
      try add(
        .dailyTotal(
          DailyTotal(
            day: ago(days).day,
            delivered: days == 3 ? try Volume(text: "0.135 mL") : ordered,
            ordered: ordered,
            patientDoses: .zero,
            granted: 0,
            refused: 0
          )
        ),
        to: &record,
        minutesAgo: Int64(days) * 1_440
      )
    }
    try add(
      .statusHeard(
        StatusHeard(
          heardAt: now + TimeSpan(milliseconds: -180_000),
          pumpMilliseconds: 9_000_000_000,
          state: .running,
          reservoir: try Volume(text: patient.reservoir ?? "10 mL"),
          rate: try FlowRate(text: "0.15 mL/d"),
          delivered: try Volume(text: "11.6 mL"),
          demand: try Volume(text: "11.6 mL"),
          alarms: []
        )
      ),
      to: &record,
      minutesAgo: 3
    )
  }
}
