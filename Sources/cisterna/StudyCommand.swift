import ArgumentParser
import Dispatch
import Foundation
import PatientModel
import PumpScenario
import Synchronization

/// `cisterna study`.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Run a case of the patient model over a sampled population.",
    usage: """
      cisterna study STUDY.json --patients N --seed N [--shard I/N] [--output FILE.csv]
           cisterna study --merge FILE... [--output FILE.csv]
      """,
    discussion: """
      A model, not a clinical tool: what varies between virtual patients, and by how much, is mostly \
      assumed (docs/model.md). STUDY.json is a case, or a program with a fill, a drug and days. The \
      table has a row for each patient, then percentiles by the hour, within 0.4 % of the exact ones.

        cisterna study Examples/model/study.json --patients 1000 --seed 7 --output study.csv

      The same seed gives the same bytes, whatever the number of threads. In parts, on several machines:

        cisterna study case.json --patients 1000 --seed 7 --shard 1/2 --output a.csv
        cisterna study case.json --patients 1000 --seed 7 --shard 2/2 --output b.csv
        cisterna study --merge a.csv b.csv --output study.csv

      Exit status: 0, 1 where a patient's run does not conserve mass, 2 where a file is bad (one line \
      says where), 3 where the controller refuses the program.
      """
  )

  @Argument(help: ArgumentHelp("The case; - reads standard input.", valueName: "study.json"))
  var input: [String] = []

  @Option(help: ArgumentHelp("How many virtual patients.", valueName: "n"))
  var patients: Int?

  @Option(help: ArgumentHelp("Of the population.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Run one part of the patients.", valueName: "3/16"))
  var shard: String?

  @Flag(help: "Join the shards of a study.")
  var merge = false

  @Option(help: ArgumentHelp("Cells of the canal, a multiple of 120.", valueName: "n"))
  var cells = 240

  @Option(help: ArgumentHelp("How many threads; the result is the same.", valueName: "n"))
  var threads: Int?

  @Option(
    name: [.long, .short],
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file")
  )
  var output: String?

  func validate() throws {
    guard cells % 120 == 0, (120...9_600).contains(cells) else {
      throw ValidationError("--cells: given \(cells), expected a multiple of 120, 120 to 9600.")
    }
    if merge {
      guard !input.isEmpty else { throw ValidationError("--merge: give the shards' files.") }
      guard patients == nil, seed == nil, shard == nil else {
        throw ValidationError("--merge takes files alone.")
      }
      return
    }
    guard input.count == 1 else { throw ValidationError("Give one STUDY.json.") }
    guard let patients, (1...1_000_000).contains(patients) else {
      throw ValidationError("--patients: expected a whole number from 1 to 1000000.")
    }
    guard seed != nil else { throw ValidationError("--seed: expected a whole number.") }
    if let shard, StudyShard(text: shard) == nil {
      throw ValidationError("--shard: given \(shard), expected a part such as 3/16.")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads: given \(threads), expected 1 to 256.")
    }
  }

  func run() throws {
    let bytes = try merge ? merged() : table()
    if let output {
      try Files.write(bytes, to: output)
    } else {
      try Streams.standardOutput(bytes)
    }
  }

  private func merged() throws -> [UInt8] {
    do {
      let shards = try input.map { name in
        (name: name, file: try StudyFile(reading: try Files.read(name), name: name))
      }
      return try StudyFile.merge(shards).bytes
    } catch let error as ScenarioError {
      throw Failure(.badInput, error.description)
    }
  }

  private func table() throws -> [UInt8] {
    let bytes = try Files.read(input[0])
    let typical = try ModelRunning.modelCase(bytes, cells: cells)
    let study = Study(typical, bytes: bytes, patients: patients ?? 1, seed: seed ?? 0)
    let part = shard.flatMap(StudyShard.init(text:)) ?? .whole
    let indices = part.patients(of: study.patients)
    let workers = min(threads ?? ProcessInfo.processInfo.activeProcessorCount, indices.count)
    let progress = StudyProgress(of: indices.count)
    let collected = Collected(StudyTable(study))
    DispatchQueue.concurrentPerform(iterations: max(1, workers)) { worker in
      var own = StudyTable(study)
      for place in stride(from: worker, to: indices.count, by: max(1, workers)) {
        // One run that lost drug ends the study: nothing of it is told.
        if collected.isOver { return }
        let patient = study.run(patient: indices[place])
        own.add(patient)
        if let complaint = patient.complaint {
          collected.complain("patient \(patient.index + 1): \(complaint)")
          return
        }
        progress.advance()
      }
      collected.add(own)
    }
    progress.end()
    if let complaint = collected.complaint { throw Failure(.massNotConserved, complaint) }
    return collected.table.csv(shard: part)
  }
}

/// The table that all workers add to, one at a time.
private final class Collected: Sendable {
  private let kept: Mutex<StudyTable>
  private let least = Mutex<String?>(nil)

  init(_ table: StudyTable) {
    kept = Mutex(table)
  }

  var table: StudyTable { kept.withLock { $0 } }
  /// The least in text order of the complaints that came before all workers had stopped.
  var complaint: String? { least.withLock { $0 } }
  /// Whether a patient's run lost drug.
  var isOver: Bool { least.withLock { $0 != nil } }

  func add(_ other: StudyTable) { kept.withLock { $0.add(other) } }
  func complain(_ line: String) { least.withLock { $0 = min($0 ?? line, line) } }
}

/// A bar on standard error, where that is a terminal.
private final class StudyProgress: Sendable {
  private let all: Int
  private let state = Mutex((done: 0, shown: -1))
  private let isShown = Streams.isErrorTerminal

  init(of all: Int) {
    self.all = all
  }

  func advance() {
    guard isShown else { return }
    state.withLock { state in
      state.done += 1
      let part = state.done * 40 / all
      guard part > state.shown else { return }
      state.shown = part
      let bar = String(repeating: "#", count: part) + String(repeating: ".", count: 40 - part)
      Streams.standardError("\r[\(bar)] \(state.done) of \(all) patients\u{1B}[K")
    }
  }

  func end() {
    if isShown, state.withLock({ $0.shown }) >= 0 { Streams.standardError("\r\u{1B}[K") }
  }
}
