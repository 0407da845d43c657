import Quantities

/// What a decision is made with, and the questions that came up on the way.
struct Decision {
  let author: Author
  let now: Instant
  let settings: ClinicSettings
  private(set) var questions: [String] = []

  init(_ author: Author, at now: Instant, settings: ClinicSettings) {
    self.author = author
    self.now = now
    self.settings = settings
  }

  /// Asks about an entry that looks like a slip, and goes on: a person may answer with yes.
  mutating func ask(_ question: String) {
    questions.append(question)
  }

  /// The events, with the questions that were answered; or the refusal that asks them.
  func events(
    _ events: [TherapyEvent],
    confirmed: Bool
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard !questions.isEmpty else { return events }
    guard confirmed else {
      throw TherapyRefusal(
        .confirm,
        "",
        given: "an entry that is not usual",
        expected: "yes to \(questions.count) question\(questions.count == 1 ? "" : "s")",
        remedy: "Look at each question; confirm where the entry is right, else correct it.",
        questions: questions
      )
    }
    return events + [.confirmed(Confirmation(questions: questions))]
  }
}

/// The limits of what people write.
enum TextLimit {
  static let name = 1...100
  static let words = 1...2_000
}

extension Decision {
  /// A text with something in it, of a length.
  func hold(
    _ text: String,
    _ field: String,
    _ length: ClosedRange<Int> = TextLimit.words
  ) throws(TherapyRefusal) {
    let isBlank = text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
    guard !isBlank, length.contains(text.utf8.count) else {
      throw TherapyRefusal(
        .value,
        field,
        given: isBlank ? "nothing" : "\(text.utf8.count) bytes",
        expected: "a text of at most \(length.upperBound) bytes",
        remedy: "Fill it in."
      )
    }
  }

  /// An instant that has been: not before 1970, and not later than now.
  func holdPast(_ instant: Instant, _ field: String) throws(TherapyRefusal) {
    guard instant.isReckonable, instant <= now else {
      throw TherapyRefusal(
        .value,
        field,
        given: instant.isReckonable ? instant.text : "\(instant.milliseconds) ms",
        expected: "an instant up to now, \(now.text)",
        remedy: "Look at date and time."
      )
    }
  }

  /// A day that has begun somewhere: not later than tomorrow in UTC.
  func holdPast(_ day: Day?, _ field: String) throws(TherapyRefusal) {
    guard let day, day.number > now.day.number + 1 else { return }
    throw TherapyRefusal(
      .value,
      field,
      given: day.text,
      expected: "a day up to today, \(now.day.text)",
      remedy: "Look at the date."
    )
  }

  func hold(
    _ value: Int,
    in range: ClosedRange<Int>,
    _ field: String
  ) throws(TherapyRefusal) {
    guard range.contains(value) else {
      throw TherapyRefusal(
        .value,
        field,
        given: "\(value)",
        expected: "\(range.lowerBound) to \(range.upperBound)",
        remedy: "Enter a value of the scale."
      )
    }
  }

  /// A quantity greater than nothing.
  func holdSome<Quantity: QuantityText>(
    _ value: Quantity,
    _ field: String
  ) throws(TherapyRefusal) {
    guard value.storedUnits > 0 else { throw Self.tooLittle(value, field, "more than nothing") }
  }

  /// A quantity that is not below nothing.
  func holdNotNegative<Quantity: QuantityText>(
    _ value: Quantity,
    _ field: String
  ) throws(TherapyRefusal) {
    guard value.storedUnits >= 0 else { throw Self.tooLittle(value, field, "at least nothing") }
  }

  private static func tooLittle<Quantity: QuantityText>(
    _ value: Quantity,
    _ field: String,
    _ expected: String
  ) -> TherapyRefusal {
    TherapyRefusal(
      .value,
      field,
      given: value.text,
      expected: expected,
      remedy: "Look at number and unit."
    )
  }
}
