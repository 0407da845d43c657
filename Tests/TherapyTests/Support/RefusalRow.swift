import Formulary
import Quantities
import Therapy

/// A command that must not be taken, and what it is refused with.
struct RefusalRow {
  let name: String
  let code: TherapyRefusal.Code
  let field: String
  let command: TherapyCommand
  var author = Sample.physician
  var isLinked = false
  var isNew = false
  var isConfirmed = true
}

/// Commands of which one thing is wrong.
extension RefusalRow {
  static let now = Sample.start
  static let later = Sample.start + .hour

  static func adopt(
    identity: Identity = Sample.identity,
    pump: PumpInPlace = Sample.pump
  ) -> TherapyCommand {
    .adopt(Adoption(adopted: Adopted(identity: identity, indication: .nonCancer, pump: pump)))
  }

  static func identity(
    given: String = "Anna",
    born: String = "1970-03-04",
    number: String = "1",
    language: String = "en"
  ) -> Identity {
    Identity(
      givenName: given,
      familyName: "Muster",
      born: Sample.day(born),
      recordNumber: number,
      language: language
    )
  }

  static func pump(
    _ model: String = "SynchroMed II",
    capacity: Int64 = 20,
    serial: String = "1",
    replaceBy: String? = nil
  ) -> PumpInPlace {
    PumpInPlace(
      model: model,
      isCatalogued: true,
      capacity: Sample.mL(capacity),
      serial: serial,
      implantedOn: Sample.day("2024-05-06"),
      replaceBy: replaceBy.map(Sample.day)
    )
  }

  static func fill(
    _ volume: Int64 = 18,
    _ fluid: Fluid = Sample.fluid(2_000),
    at instant: Instant = now,
    standing: Standing = .byHand
  ) -> TherapyCommand {
    .recordFill(
      FillRecorded(
        volume: Sample.mL(volume),
        fluid: fluid,
        filledAt: instant,
        lots: [],
        standing: standing
      )
    )
  }

  static func program(
    _ program: ProgramJSON,
    at instant: Instant = now,
    reason: String = "why"
  ) -> TherapyCommand {
    .recordProgram(ProgramRecorded(program: program, programmedAt: instant, reason: reason))
  }

  static func catheter(_ length: Int64, volume: Int64? = nil) -> TherapyCommand {
    .recordCatheter(
      CatheterInPlace(
        implantedLength: Length(micrometres: length),
        volumePerLength: LinearVolume(picolitresPerCentimetre: 2_200_000),
        volume: volume.map { Volume(nanolitres: $0) }
      )
    )
  }

  static func score(_ score: Score, at instant: Instant = now) -> TherapyCommand {
    .recordScore(ScoreRecorded(score: score, takenAt: instant))
  }

  static func total(_ day: Day, delivered: Int64 = 1, granted: Int = 0) -> TherapyCommand {
    .recordDailyTotal(
      DailyTotal(
        day: day,
        delivered: Sample.mL(delivered),
        ordered: .zero,
        patientDoses: .zero,
        granted: granted,
        refused: 0
      )
    )
  }

  static func draft(
    _ number: Int,
    act: OrderAct = .program,
    until: Instant = now + .day,
    reason: String = "less"
  ) -> OrderDraft {
    OrderDraft(
      order: Sample.order(number),
      act: act,
      way: .bedside,
      sequence: 1,
      notAfterAt: until,
      bytes: Sample.bytes,
      program: Sample.program(dose: "290 ug/d"),
      reason: reason
    )
  }
}
