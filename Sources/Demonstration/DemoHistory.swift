import Formulary
import PumpLink
import Quantities
import Therapy
import VirtualPump

/// What a patient brings along, as the clinic's commands.
struct DemoHistory {
  let patient: DemoPatient
  let start: Instant

  init(_ patient: DemoPatient, _ start: Instant) {
    self.patient = patient
    self.start = start
  }

  /// So many days before the demonstration begins, in the morning.
  private func ago(_ days: Int) -> Instant {
    Instant(milliseconds: start.milliseconds - Int64(days) * 86_400_000)
  }

  private func need<Value>(_ value: Value?, _ field: String) throws -> Value {
    guard let value else { throw DemoError("\(patient.id).\(field): is not of its form") }
    return value
  }

  func adoption() throws -> Adoption {
    let fluid = Fluid(
      drugs: try patient.drugs.map {
        Fluid.Drug(name: $0.name, concentration: try Concentration(text: $0.concentration))
      }
    )
    let pump = PumpInPlace(
      model: patient.model ?? "Cisterna virtual pump",
      isCatalogued: true,
      capacity: try Volume(text: patient.capacity ?? "40 mL"),
      serial: patient.serial,
      implantedOn: try need(Day(patient.implanted), "pump.implanted")
    )
    let isLinked = patient.isLinked
    return Adoption(
      adopted: Adopted(
        identity: Identity(
          givenName: patient.given,
          familyName: patient.family,
          born: try need(Day(patient.born), "born"),
          recordNumber: patient.recordNumber,
          sex: Sex(rawValue: patient.sex),
          language: patient.language
        ),
        indication: try need(DrugIndication(rawValue: patient.indication), "indication"),
        origin: patient.origin.flatMap { SpasticityOrigin(rawValue: $0) },
        pump: pump
      ),
      catheter: CatheterInPlace(
        implantedLength: try patient.catheterLength.map { try Length(text: $0) },
        tip: patient.tip
      ),
      // A pump that speaks was filled this morning with what was left; the others long ago.
      fill: FillRecorded(
        volume: try Volume(text: isLinked ? patient.reservoir ?? "0 mL" : patient.fillVolume),
        fluid: fluid,
        filledAt: isLinked ? start : ago(patient.fillDaysAgo),
        lots: [patient.lot],
        standing: .recalled
      ),
      program: ProgramRecorded(
        program: ProgramJSON(patient.program),
        programmedAt: isLinked ? start : ago(patient.fillDaysAgo),
        reason: "As the papers say that came with the patient."
      )
    )
  }

  func link(_ contact: PumpContact) throws -> PumpLinked {
    PumpLinked(
      pump: try need(PumpID(Hexadecimal.text(contact.id.array)), "pump"),
      receiptKey: try need(KeyText(Hexadecimal.text(contact.signingKey.array)), "pump"),
      sessionKey: try need(KeyText(Hexadecimal.text(contact.sessionKey.array)), "pump"),
      contact: "the demonstration's relay"
    )
  }

  /// Scores and doses by mouth, oldest first, and where the regimen is from.
  func observations() throws -> [TherapyCommand] {
    var commands: [(days: Int, command: TherapyCommand)] = []
    for score in patient.scores {
      commands.append(
        (
          score.daysAgo,
          .recordScore(ScoreRecorded(score: try self.score(score), takenAt: ago(score.daysAgo)))
        )
      )
    }
    for oral in patient.oral {
      commands.append(
        (
          oral.daysAgo,
          .recordOralOpioid(
            try need(OralDrug(rawValue: oral.drug), "oral"),
            try DailyDose(text: "\(oral.dose)/d"),
            since: ago(oral.daysAgo).day
          )
        )
      )
    }
    let sorted = commands.sorted { $0.days > $1.days }.map(\.command)
    return sorted + [
      .writeNote(
        Note(
          text:
            "Invented patient with a published regimen: \(patient.caseText) \(patient.diagnosis). "
            + "Source: \(patient.source)."
            + (patient.isLinked
              ? " Scores and side effects by \"\(DemoReporting.patientName)\" and "
                + "\"\(DemoReporting.examinerName)\" are made up from the dose that the virtual pump "
                + "delivers, for teaching." : "")
        )
      )
    ]
  }

  /// The last score of each scale, as the papers have it.
  func lastScores() throws -> [Score] {
    var last: [ScoreSeries: Score] = [:]
    for score in patient.scores.sorted(by: { $0.daysAgo > $1.daysAgo }) {
      let read = try self.score(score)
      last[read.series] = read
    }
    return last.sorted { $0.key.name < $1.key.name }.map(\.value)
  }

  private func score(_ score: DemoPatient.Score) throws -> Score {
    switch score.scale {
    case "nrs": return .pain(try need(Int(score.value), "scores"))
    case "penn":
      let frequency = try need(Int(score.value), "scores")
      return .spasms(frequency: frequency, severity: frequency > 0 ? 2 : nil)
    case "modifiedAshworth":
      return .ashworth(
        try need(AshworthGrade(rawValue: score.value), "scores"),
        try need(MuscleGroup(rawValue: score.site ?? ""), "scores")
      )
    default: throw DemoError("\(patient.id).scores: \(score.scale) is no scale")
    }
  }
}
