extension PatientRecord {
  /// An entry for a day that has been, at most a week ago; a later one of the same day takes its place.
  func writeDiary(
    _ value: DiaryEntry,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.holdPast(value.day, "day")
    guard value.day.number >= decision.now.day.number - 7 else {
      throw TherapyRefusal(
        .value,
        "day",
        given: value.day.text,
        expected: "a day of the last week, up to \(decision.now.day.text)",
        remedy: "Tell the clinic what was longer ago."
      )
    }
    for (number, most, field) in [
      (value.pain, 10, "pain"), (value.spasms, 4, "spasms"), (value.sleep, 4, "sleep"),
      (value.mood, 4, "mood"),
    ] {
      if let number { try decision.hold(number, in: 0...most, field) }
    }
    if let words = value.words { try decision.hold(words, "words", TextLimit.words) }
    guard Set(value.troubles).count == value.troubles.count else {
      throw TherapyRefusal(
        .twice,
        "troubles",
        given: value.troubles.map(\.rawValue).joined(separator: ", "),
        expected: "each once",
        remedy: "Tick each once."
      )
    }
    guard !value.isEmpty else {
      throw TherapyRefusal(
        .value,
        "",
        given: "nothing",
        expected: "at least one answer",
        remedy: "Answer one of the questions."
      )
    }
    return [.diaryWritten(value)]
  }

  /// The entry that counts for a day.
  public func diary(of day: Day) -> Observed<DiaryEntry>? {
    diary.last { $0.value.day == day && $0.struckOut == nil }
  }
}
