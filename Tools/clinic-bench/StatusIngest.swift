import Clinic
import Foundation
import Ledger
import Quantities
import Synchronization
import Therapy

/// What it costs to record what pumps say, from the decoded status on: the rules decide, the event is
/// durable, record and summary are current, whoever listens is told.
///
/// It is the way that a polled status and a day of a journal take in the server. Time goes an hour on with
/// each round, since within the hour a status that says the same leaves no event. The session's own
/// cryptography is not in it: pump-bench measures that.
enum StatusIngest {
  private static let patients = 512
  private static let events = 40

  static func run(_ folder: String, writers: Int, seconds: Double, batchMax: Int) async throws {
    let path = "\(folder)/ingest-\(writers)-\(batchMax).sqlite"
    try await ClinicFilling.run(path, patients: patients, events: events)
    let ledger = try SQLiteLedger(path: path, batchMax: batchMax)
    let round = Round()
    let clock = ClinicClock(
      therapy: { BenchClinic.now() + round.ahead },
      security: BenchClinic.now,
      elapsed: BenchClinic.clock.elapsed,
      sleep: BenchClinic.clock.sleep
    )
    let records = try await RecordBook(ledger, clock, LiveHub())
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<writers {
        group.addTask {
          var count = 0
          while ContinuousClock.now < end {
            let number = round.next(of: patients)
            count += try await hear(records, number)
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    let took = (ContinuousClock.now - start) / .seconds(1)
    try ledger.close()
    print("\(Int(Double(count) / took))")
  }

  /// Which patient's pump speaks next, and how far time has gone on.
  private final class Round: Sendable {
    private let state = Mutex<(number: Int, ahead: Int64)>((0, 0))

    var ahead: Int64 { state.withLock { $0.ahead } }

    func next(of patients: Int) -> Int {
      state.withLock { state in
        state.number += 1
        // Everyone has said something: an hour goes by.
        if state.number % patients == 0 { state.ahead += 3_600_000 }
        return state.number
      }
    }
  }

  private static func hear(_ records: RecordBook, _ number: Int) async throws -> Int {
    guard let patient = PatientID("bench-\(number % patients)"), let server = PersonID("server")
    else {
      throw BenchError("ids of the alphabet")
    }
    let now = await records.now
    let used = Volume(nanolitres: Int64(7_000_000 + number))
    let status = StatusHeard(
      heardAt: now,
      pumpMilliseconds: now.milliseconds - 1_600_000_000_000,
      state: .running,
      reservoir: Volume(nanolitres: 5_000_000),
      rate: FlowRate(nanolitresPerDay: 160_000),
      delivered: used,
      demand: used,
      alarms: []
    )
    let author = Author(person: server, role: .server)
    let step = RecordAct.Step(.hearStatus(status), by: author)
    let performed = try await records.record(
      RecordAct(patient, key: "status-\(number)", [step])
    )
    return performed.events.count
  }
}
