public import Formulary
public import Quantities

/// All that another clinic needs to take over a patient, on one instant; JSON, form 1.
public struct TransferDocument: Codable, Equatable, Sendable {
  public static let form = 1
  /// Of the history; an event holds 1 MiB, scores and doses included.
  static let historyBytes = 600_000

  public let form: Int
  public let patient: PatientID
  public let to: String
  public let reason: String
  public let writtenAt: Instant
  public let writtenBy: PersonID
  public let identity: Identity
  public let contact: ContactDetails?
  public let indication: DrugIndication
  public let origin: SpasticityOrigin?
  public let pump: PumpInPlace
  /// The number of a pump that speaks; the keys are taken at the bedside again.
  public let pumpID: PumpID?
  public let catheter: CatheterInPlace?
  public let reservoir: TransferReservoir?
  public let program: ProgramInForce?
  /// What the program gives of each drug on average.
  public let doses: [TransferDose]
  public let nextRefillAt: Instant?
  /// By the forecast.
  public let dueAt: Instant?
  public let dueBecause: DueReason?
  public let openAlarms: [PumpAlarm]
  /// What the other clinic has to find out.
  public let notKnown: [String]
  /// Those that stand, in the order in which they were recorded.
  public let scores: [ScoreRecorded]
  public let oralOpioids: [OralOpioid]
  public let sideEffects: [SideEffect]
  /// In the order of time, as far as it has one.
  public let history: [TransferLine]
  /// What was under way; nothing in documents that were written before it was told.
  public let underWay: TransferUnderWay?
  /// To which the scores of goals belong; nothing in documents that were written before they were told.
  public let goals: [Goal]?
}

public struct TransferReservoir: Codable, Equatable, Sendable {
  public let fluid: Fluid
  public let lots: [String]
  public let filledVolume: Volume
  public let filledAt: Instant
  /// Since when the oldest drug in it is in it: from then on its stability counts.
  public let freshAt: Instant
  /// By the forecast at the time of writing; nothing where it is not known.
  public let expected: Volume?
}

public struct TransferDose: Codable, Equatable, Sendable {
  public let drug: String
  public let mean: DailyDose
  /// In any 24 h, with every patient dose.
  public let most: DailyDose
}

/// A line of the history.
public struct TransferLine: Codable, Equatable, Sendable {
  public let at: Instant?
  public let what: String
}

extension TransferDocument {
  /// What the other clinic adopts with; what is not known stays so.
  public var adoption: Adoption {
    var fill: FillRecorded?
    if let reservoir, let volume = reservoir.expected, volume > .zero {
      fill = FillRecorded(
        volume: volume,
        fluid: reservoir.fluid,
        filledAt: writtenAt,
        lots: reservoir.lots,
        standing: .recalled,
        freshAt: reservoir.freshAt
      )
    }
    // Without its fluid a program means nothing.
    let programmed = fill == nil ? nil : program
    return Adoption(
      adopted: Adopted(identity: identity, indication: indication, origin: origin, pump: pump),
      contact: contact,
      catheter: catheter,
      fill: fill,
      program: programmed.map {
        ProgramRecorded(
          program: $0.program,
          programmedAt: $0.since,
          reason: "as the clinic before wrote it"
        )
      }
    )
  }

  /// The commands with which the record begins at the other clinic: adoption, what was observed, then
  /// the history as notes.
  public var arrival: [TherapyCommand] {
    [.adopt(adoption)] + (goals ?? []).map { .pathway(.setGoal($0)) }
      + scores.filter(isKept).map { .recordScore($0) }
      + oralOpioids.map { .recordOralOpioid($0.drug, $0.dose, since: $0.since) }
      + sideEffects.map { .recordSideEffect($0) } + notes.map { .writeNote($0) }
      + (underWay?.complications ?? []).map { .pathway(.openComplication($0.reopened)) }
  }

  /// A score of a goal that the document does not tell says nothing to anyone.
  private func isKept(_ score: ScoreRecorded) -> Bool {
    guard case .goal(_, let number) = score.score else { return true }
    return number <= goals?.count ?? 0
  }

  /// The history in notes of at most 19,000 bytes, each line whole where it fits.
  public var notes: [Note] {
    let most = 19_000
    var notes: [String] = []
    var page = "History from the clinic before, written \(writtenAt.text)"
    func lines(_ text: String) -> [Substring] {
      var rest = text[...]
      var parts: [Substring] = []
      while rest.utf8.count > most {
        let part = rest.prefix(most / 8)
        parts.append(part)
        rest = rest.dropFirst(part.count)
      }
      return parts + [rest]
    }
    let unknown = notKnown.map { "Not known: \($0)" }
    let open = underWayLines.map { "Under way: \($0)" }
    for line in (history.map(\.text) + open + unknown).flatMap(lines) {
      if page.utf8.count + line.utf8.count + 1 > most {
        notes.append(page)
        page = String(line)
      } else {
        page += "\n" + line
      }
    }
    return (notes + [page]).map { Note(text: $0) }
  }
}

extension TransferLine {
  /// As in `2026-01-05: refill`.
  public var text: String { (at.map { "\($0.day.text): " } ?? "") + what }
}
