public import Quantities

/// What was under way where a patient came from; each is told, and begun anew here.
public struct TransferUnderWay: Codable, Equatable, Sendable {
  public let complications: [TransferComplication]
  public let scans: [TransferScan]
  public let tapers: [TransferTaper]
}

/// A complication that was open, with the tests that were done there.
public struct TransferComplication: Codable, Equatable, Sendable {
  public let kind: ComplicationKind
  public let signs: String
  public let since: Instant
  public let tests: [TransferTest]
}

public struct TransferTest: Codable, Equatable, Sendable {
  public let test: TroubleshootingTest
  public let answer: TestAnswer
  public let doneAt: Instant
  public let note: String?
}

/// A scan that was planned or not finished.
public struct TransferScan: Codable, Equatable, Sendable {
  public let plan: MRIPlanned
  public let done: [MRIStep]
  /// The next step of it.
  public let next: MRIStep?
}

/// A taper that goes on.
public struct TransferTaper: Codable, Equatable, Sendable {
  public let medicine: TaperedMedicine
  public let taken: DailyDose
  /// Those that were not taken.
  public let steps: [TaperStep]
}

extension PatientRecord {
  var transferUnderWay: TransferUnderWay {
    TransferUnderWay(
      complications: pathway.complications.filter(\.isOpen).map { state in
        TransferComplication(
          kind: state.opened.kind,
          signs: state.opened.signs,
          since: state.opened.since,
          tests: state.tests.map {
            TransferTest(test: $0.test, answer: $0.answer, doneAt: $0.doneAt, note: $0.note)
          }
        )
      },
      scans: pathway.scans.filter(\.isOpen).map {
        TransferScan(plan: $0.plan, done: $0.done.map(\.step), next: $0.next)
      },
      tapers: pathway.tapers.filter(\.isUnderWay).map {
        TransferTaper(
          medicine: $0.plan.medicine,
          taken: $0.dose,
          steps: Array($0.plan.steps.dropFirst($0.taken.count))
        )
      }
    )
  }
}

extension TransferComplication {
  /// As in `lostEffect since 2026-01-05: spasms; vitals stable (2026-01-05)`.
  var text: String {
    let told = tests.map { test in
      "\(test.test.rawValue) \(test.answer.rawValue) (\(test.doneAt.day.text))"
        + (test.note.map { ": \($0)" } ?? "")
    }
    return (["\(kind.rawValue) since \(since.day.text): \(signs)"] + told).joined(separator: "; ")
  }

  /// It is looked into anew, as nobody here has seen the tests.
  var reopened: ComplicationOpened {
    var words = "Told by the clinic before: \(text)"
    while words.utf8.count > TextLimit.words.upperBound { words.removeLast() }
    return ComplicationOpened(kind: kind, signs: words, since: since)
  }
}

extension TransferScan {
  var text: String {
    let steps = done.isEmpty ? "not begun" : "done: \(done.map(\.rawValue).joined(separator: ", "))"
    return "MRI planned for \(plan.at.text), \(plan.reason); \(steps)"
      + (next.map { "; next: \($0.rawValue)" } ?? "")
  }
}

extension TransferTaper {
  var text: String {
    "taper of \(medicine.name), now \(taken.text)"
      + steps.map { "; from \($0.on.text) \($0.dose.text)" }.joined()
  }
}

extension TransferDocument {
  /// What the document tells: parts that are there.
  var toldParts: [ArrivalPart] {
    ArrivalPart.allCases.filter { part in
      switch part {
      case .identity, .pump: true
      case .catheter: catheter != nil
      case .reservoir: adoption.fill != nil
      case .program: adoption.program != nil
      case .medicines: !oralOpioids.isEmpty || !sideEffects.isEmpty
      case .scores: !scores.isEmpty
      case .underWay: !underWayLines.isEmpty
      case .history: !history.isEmpty
      }
    }
  }

  /// Complications, scans and tapers in words.
  var underWayLines: [String] {
    guard let underWay else { return [] }
    return underWay.complications.map(\.text) + underWay.scans.map(\.text)
      + underWay.tapers.map(\.text)
  }

  /// The commands with which the record begins at the other clinic, the last of which says that all
  /// before it was told: complications are opened anew, scans and tapers are planned anew by people.
  ///
  /// - Parameter clinic: the one that wrote the document.
  /// - Returns: the commands, to be decided one after the other as one act.
  public func arrival(from clinic: String) -> [TherapyCommand] {
    arrival
      + [
        .pathway(
          .recordArrival(
            Arrived(
              from: clinic,
              writtenAt: writtenAt,
              parts: toldParts,
              notKnown: notKnown,
              underWay: underWayLines
            )
          )
        )
      ]
  }
}
