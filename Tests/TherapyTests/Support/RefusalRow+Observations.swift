import Formulary
import Quantities
import Therapy

/// What people see and pumps say.
extension RefusalRow {
  private static func diary(
    _ name: String,
    _ field: String,
    _ entry: DiaryEntry,
    code: TherapyRefusal.Code = .value
  ) -> RefusalRow {
    RefusalRow(
      name: name,
      code: code,
      field: field,
      command: .writeDiary(entry),
      author: Sample.patient
    )
  }

  static let observations: [RefusalRow] = [
    RefusalRow(name: "pain of 11", code: .value, field: "value", command: score(.pain(11))),
    RefusalRow(name: "pain below 0", code: .value, field: "value", command: score(.pain(-1))),
    RefusalRow(
      name: "pain of tomorrow",
      code: .value,
      field: "takenAt",
      command: score(.pain(3), at: later)
    ),
    RefusalRow(
      name: "spasms of 5",
      code: .value,
      field: "frequency",
      command: score(.spasms(frequency: 5, severity: 1))
    ),
    RefusalRow(
      name: "spasms of severity 4",
      code: .value,
      field: "severity",
      command: score(.spasms(frequency: 2, severity: 4))
    ),
    RefusalRow(
      name: "spasms without a severity",
      code: .mismatch,
      field: "severity",
      command: score(.spasms(frequency: 2, severity: nil))
    ),
    RefusalRow(
      name: "a severity of no spasms",
      code: .mismatch,
      field: "severity",
      command: score(.spasms(frequency: 0, severity: 1))
    ),
    RefusalRow(
      name: "a patient who grades spasticity",
      code: .role,
      field: "score",
      command: score(.ashworth(.two, .kneeFlexors)),
      author: Sample.patient
    ),
    RefusalRow(
      name: "an auditor who takes scores",
      code: .role,
      field: "",
      command: score(.pain(1)),
      author: Sample.auditor
    ),
    RefusalRow(
      name: "400 mg of oxycodone",
      code: .confirm,
      field: "",
      command: .recordOralOpioid(
        .oxycodone,
        DailyDose(mass: Mass(femtograms: 400_000_000_000_000)),
        since: nil
      ),
      isConfirmed: false
    ),
    RefusalRow(
      name: "10 kg of morphine",
      code: .value,
      field: "dose",
      command: .recordOralOpioid(.morphine, DailyDose(mass: Mass(femtograms: .max)), since: nil)
    ),
    RefusalRow(
      name: "an oral dose below nothing",
      code: .value,
      field: "dose",
      command: .recordOralOpioid(.morphine, DailyDose(mass: Mass(femtograms: -1)), since: nil)
    ),
    RefusalRow(
      name: "an oral dose from next year",
      code: .value,
      field: "since",
      command: .recordOralOpioid(.morphine, DailyDose(mass: .zero), since: Sample.day("2027-01-01"))
    ),
    RefusalRow(
      name: "a side effect of nothing",
      code: .value,
      field: "what",
      command: .recordSideEffect(SideEffect(what: "", severity: .mild))
    ),
    diary("an empty diary", "", DiaryEntry(day: now.day)),
    diary("a diary of next week", "day", DiaryEntry(day: (now + 7 * .day).day, pain: 1)),
    diary("a diary of a month ago", "day", DiaryEntry(day: Sample.day("2025-12-01"), pain: 1)),
    diary("a diary with pain of 11", "pain", DiaryEntry(day: now.day, pain: 11)),
    diary("a diary with spasms below 0", "spasms", DiaryEntry(day: now.day, spasms: -1)),
    diary("a diary with sleep of 5", "sleep", DiaryEntry(day: now.day, sleep: 5)),
    diary("a diary with mood of 5", "mood", DiaryEntry(day: now.day, mood: 5)),
    diary("a diary with blank words", "words", DiaryEntry(day: now.day, words: " ")),
    diary(
      "a diary with a trouble twice",
      "troubles",
      DiaryEntry(day: now.day, troubles: [.itching, .itching]),
      code: .twice
    ),
    RefusalRow(
      name: "an empty note",
      code: .value,
      field: "text",
      command: .writeNote(Note(text: "\n "))
    ),
    RefusalRow(
      name: "a correction of what is no observation",
      code: .unknown,
      field: "event",
      command: .correct(Correction(event: EventID(position: 1), reason: "x"))
    ),
    RefusalRow(
      name: "a correction without a reason",
      code: .value,
      field: "reason",
      command: .correct(Correction(event: EventID(position: 1), reason: ""))
    ),
    RefusalRow(
      name: "an alarm of a pump that does not speak",
      code: .notKnown,
      field: "alarm",
      command: .raiseAlarm(
        AlarmRaised(alarm: .motorStall, raisedAt: now, pumpMilliseconds: 0)
      ),
      author: Sample.server
    ),
    RefusalRow(
      name: "an alarm of tomorrow",
      code: .value,
      field: "raisedAt",
      command: .raiseAlarm(
        AlarmRaised(alarm: .motorStall, raisedAt: later, pumpMilliseconds: 0)
      ),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "clearing what was not raised",
      code: .unknown,
      field: "alarm",
      command: .clearAlarm(
        AlarmCleared(alarm: .motorStall, clearedAt: now, pumpMilliseconds: 0)
      ),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "acknowledging what was not raised",
      code: .unknown,
      field: "alarm",
      command: .acknowledgeAlarm(.motorStall),
      isLinked: true
    ),
    RefusalRow(
      name: "acting on what was not raised",
      code: .unknown,
      field: "alarm",
      command: .actOnAlarm(AlarmActed(alarm: .motorStall, action: "x")),
      isLinked: true
    ),
    RefusalRow(
      name: "an administrator who acknowledges",
      code: .role,
      field: "",
      command: .acknowledgeAlarm(.motorStall),
      author: Sample.administrator,
      isLinked: true
    ),
    RefusalRow(
      name: "a status of a pump that does not speak",
      code: .notKnown,
      field: "status",
      command: .hearStatus(Sample.status(at: now)),
      author: Sample.server
    ),
    RefusalRow(
      name: "a status of tomorrow",
      code: .value,
      field: "heardAt",
      command: .hearStatus(Sample.status(at: later)),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "a reservoir below nothing",
      code: .value,
      field: "reservoir",
      command: .hearStatus(Sample.status(at: now, reservoir: -1)),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "a total of next week",
      code: .value,
      field: "day",
      command: total((now + 7 * .day).day),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "a total below nothing",
      code: .value,
      field: "delivered",
      command: total(now.day, delivered: -1),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "5000 doses in a day",
      code: .value,
      field: "granted",
      command: total(now.day, granted: 5_000),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "a dose refused without a reason",
      code: .value,
      field: "reason",
      command: .recordDoseRequest(DoseRequest(requestedAt: now, isGranted: false)),
      author: Sample.server,
      isLinked: true
    ),
    RefusalRow(
      name: "a step of no refill",
      code: .outOfOrder,
      field: "refill",
      command: .refill(.second)
    ),
    RefusalRow(
      name: "completing no refill",
      code: .outOfOrder,
      field: "refill",
      command: .completeRefill(RefillCompleted(nextAt: now + .day))
    ),
    RefusalRow(
      name: "abandoning no refill",
      code: .unknown,
      field: "refill",
      command: .abandonRefill(RefillAbandoned(reason: "x"))
    ),
  ]
}
