import Clinic
import Foundation
import PatientModel
import Pharmacology
import Quantities
import Therapy
import VirtualPump

/// Has the demonstration's patients tell how they are, and records it by the clinic's own commands: scores
/// once a day of simulated time, what is felt beyond a bound in the quarter of a day in which it comes.
///
/// What they feel is what the virtual pump's world took down behind the catheter, which the clinic never
/// sees: a pump that is silent, stalled, leaking or not connected shows here and perhaps nowhere else.
struct DemoReporting: Sendable {
  /// As whom scores and side effects are recorded; both names say that nobody was asked.
  static let patientName = "simulated-patient"
  static let examinerName = "simulated-examiner"
  /// So often it is looked, ms of the wall.
  static let lookAgain: Int64 = 500
  /// A pump that has not told its world's account for so long is without power, ms of the wall.
  static let waitMost: Int64 = 5_000
  /// Of days that nobody simulated only so many reports are told, the last ones: those of 7 days.
  static let reportsMost = 7 * DemoResponse.reportsPerDay
  /// Between two reports, ms.
  static let reportEvery = 86_400_000 / Int64(DemoResponse.reportsPerDay)

  struct Patient: Sendable {
    let id: PatientID
    let response: DemoResponse
    let tip: String
  }

  let patients: [Patient]
  let start: Instant
  let reportAfter: TimeSpan

  init(_ folder: DemoFolder, _ founded: DemoFounded) throws {
    let (start, patients) = try Demonstration.patients()
    let rule = try DemoRule(Array(DemoResponses.json.utf8))
    self.start = start
    reportAfter = rule.reportAfter
    self.patients = try patients.filter(\.isLinked).map { patient in
      guard let usual = rule.usual[patient.id], let id = PatientID(patient.id) else {
        throw DemoError("\(patient.id): expected the usual dose in Examples/clinic/response.json")
      }
      let place = patient.tip.flatMap {
        SpinalLevel.place(of: $0, length: SpinalGeometry().length)
      }
      guard let place else {
        throw DemoError("\(patient.id): expected a level for the catheter's tip, as T10")
      }
      let response = DemoResponse(
        usual: usual,
        baseline: try DemoHistory(patient, start).lastScores(),
        // Of the pump that this founding made: another one scatters otherwise.
        seed: Self.seed(founded.pumps.first { $0.patient == patient.id }?.id ?? patient.id),
        examineEvery: rule.examineEvery,
        body: DemoBody(usual.drug.parameters, tip: place)
      )
      return Patient(id: id, response: response, tip: folder.pump(patient.id) + "/tip")
    }
  }

  /// FNV-1a, so that it is the same at each start.
  private static func seed(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// How many reports are due by then.
  func due(at now: Instant) -> Int {
    let passed = (now - start).milliseconds - reportAfter.milliseconds
    return passed < 0 ? 0 : Int(passed / Self.reportEvery) + 1
  }

  /// When a report is due.
  func time(of number: Int) -> Instant {
    start + reportAfter + TimeSpan(milliseconds: Int64(number - 1) * Self.reportEvery)
  }

  /// Looks and records until its task is cancelled.
  func run(_ records: RecordBook, _ clock: ClinicClock) async {
    var told: [PatientID: Int] = [:]
    var waiting: [PatientID: Int64] = [:]
    for patient in patients {
      told[patient.id] = await lastTold(patient.id, records)
    }
    while (try? await clock.sleep(Self.lookAgain)) != nil {
      let due = due(at: await records.now)
      for patient in patients {
        let last = told[patient.id] ?? 0
        guard due > last else { continue }
        guard let diary = diary(of: patient) else { continue }
        let since = waiting[patient.id] ?? clock.elapsed()
        waiting[patient.id] = since
        let isOver = clock.elapsed() - since > Self.waitMost
        for number in max(last + 1, due - Self.reportsMost + 1)...due {
          let end = time(of: number) - start
          guard isOver || diary.until.milliseconds >= end.milliseconds else { break }
          // Where the ledger does not take it, it is told at the next look, under the same key.
          guard await record(number, of: patient, diary, records) else { break }
          told[patient.id] = number
          waiting[patient.id] = nil
        }
      }
    }
  }

  private func diary(of patient: Patient) -> TipDiary? {
    guard let bytes = FileManager.default.contents(atPath: patient.tip) else { return nil }
    return TipDiary(text: String(decoding: bytes, as: UTF8.self))
  }

  /// The last report in the record: a start goes on after it.
  private func lastTold(_ patient: PatientID, _ records: RecordBook) async -> Int {
    let record = try? await records.patient(patient)
    let own = record?.scores.filter { [Self.patientName, Self.examinerName].contains($0.by.text) }
    return own?.map { due(at: $0.value.takenAt) }.max() ?? 0
  }

  private func record(
    _ number: Int,
    of patient: Patient,
    _ diary: TipDiary,
    _ records: RecordBook
  ) async -> Bool {
    // The pump's first drug is the one that the rule knows.
    let came = diary.quarters.map { ($0.number, $0.femtograms[0]) }
    let dose = DemoDose(
      Dictionary(came, uniquingKeysWith: +),
      usual: patient.response.usual.dose
    )
    let end = (time(of: number) - start).milliseconds / TipDiary.quarter
    let report = patient.response.report(number, after: end, of: dose)
    let steps = Self.steps(report, at: time(of: number))
    guard !steps.isEmpty else { return true }
    let act = RecordAct(patient.id, key: "simulated-\(patient.id)-\(number)", steps)
    return (try? await records.record(act)) != nil
  }

  /// Pain and side effects are the patient's to tell, other scores an examiner's to take.
  static func steps(_ report: DemoResponse.Report, at time: Instant) -> [RecordAct.Step] {
    guard let patient = PersonID(patientName), let examiner = PersonID(examinerName) else {
      return []
    }
    let scores = report.scores.map { score in
      let isOwn = score.series == .pain
      return RecordAct.Step(
        .recordScore(ScoreRecorded(score: score, takenAt: time)),
        by: Author(person: isOwn ? patient : examiner, role: isOwn ? .patient : .nurse)
      )
    }
    let effects = report.sideEffects.map { sign in
      RecordAct.Step(
        .recordSideEffect(
          SideEffect(what: "\(sign.what) (simulated)", severity: sign.severity, since: time.day)
        ),
        by: Author(person: patient, role: .patient)
      )
    }
    return scores + effects
  }
}
