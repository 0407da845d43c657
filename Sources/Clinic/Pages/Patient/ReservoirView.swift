import Quantities
import Therapy

/// What is in the reservoir, whose word that is, and how long it lasts.
struct ReservoirView {
  let record: PatientRecord
  let forecast: Result<ReservoirForecast, TherapyRefusal>
  let context: PageContext

  private var now: Instant { context.now }

  var markup: Markup {
    switch forecast {
    case .failure(let refusal):
      return Piece.note(
        .warn,
        "NOT KNOWN",
        "No forecast: \(refusal.expected) is not known. \(refusal.remedy)"
      )
        + fill
    case .success(let forecast):
      return level(forecast) + Piece.figure(picture(forecast), caption) + dates(forecast) + fill
        + caveats(forecast)
    }
  }

  private func level(_ forecast: ReservoirForecast) -> Markup {
    let capacity = record.pump?.capacity.ml ?? "a reservoir of unknown size"
    if forecast.basis.isPumpsOwn {
      let (number, unit) = PatientPage.parts(forecast.basis.level.ml)
      let isOld = now - forecast.basis.levelAt > 24 * .hour
      return Piece.big(
        number,
        "\(unit) of \(capacity), \(isOld ? "older than 24 h: " : "")said by the pump "
          + "\(AgeWords.ago(forecast.basis.levelAt, now))"
      )
    }
    let (number, unit) = PatientPage.parts(forecast.level(at: now).ml)
    return Piece.big(
      Self.short(number),
      "\(unit) of \(capacity) \(tag: "predicted") from the fill of "
        + "\(forecast.basis.levelAt.dayWords)"
    )
  }

  /// Two decimals are what a predicted volume is worth.
  static func short(_ number: String) -> String {
    let digits = number.replacing("≈\u{a0}", with: "")
    guard let point = digits.firstIndex(of: ".") else { return "≈\u{a0}\(digits)" }
    let number = digits
    return "≈\u{a0}"
      + String(
        number[..<(number.index(point, offsetBy: 3, limitedBy: number.endIndex) ?? number.endIndex)]
      )
  }

  private var caption: Markup {
    "Solid: what is expected. Dashed: the earliest, with every patient dose taken and the "
      + "pump at the bad end of its accuracy. \(tag: "predicted")"
  }

  private func dates(_ forecast: ReservoirForecast) -> Markup {
    var table = PageTable("When what runs out", ["What", "Date", "In"])
    func add(_ name: Markup, _ at: Instant?) {
      if let at { table.add([name, "\(figure: at.dayWords)", "\(figure: AgeWords.due(at, now))"]) }
    }
    if let due = forecast.due {
      table.add(
        [
          "First: \(due.because.words)\(due.isVerified ? "" : " ")\(unverified(due.isVerified))",
          "\(figure: due.at.dayWords)", "\(figure: AgeWords.due(due.at, now))",
        ],
        isChanged: due.at - now < 14 * .day
      )
    }
    add("Low mark, earliest", forecast.earliestLow)
    add("Low mark, expected", forecast.expectedLow)
    add("Empty, earliest", forecast.earliestEmpty)
    add("Empty, expected", forecast.expectedEmpty)
    for date in forecast.basis.dates where date != forecast.due {
      add(
        "\(NameWords.capital(date.because.words)) \(unverified(date.isVerified))",
        date.at
      )
    }
    add("Next refill, as planned", record.nextRefillAt)
    return table.markup
  }

  private func unverified(_ isVerified: Bool) -> Markup {
    isVerified ? .none : "\(tag: "unverified", .warn)"
  }

  private var fill: Markup {
    guard let reservoir = record.reservoir else {
      return Piece.paragraph("What is in the reservoir is not recorded.")
    }
    let lots = reservoir.lots.isEmpty ? "not known" : reservoir.lots.joined(separator: ", ")
    return Piece.facts([
      ("Holds", "\(AmountWords.fluid(reservoir.fluid))"),
      ("Filled", "\(figure: reservoir.volume.ml) on \(reservoir.filledAt.dayWords)"),
      ("Lot", "\(lots)"),
      (
        "Word of",
        reservoir.standing.isChecked
          ? "\(reservoir.standing.words)"
          : "\(tag: "not checked", .warn) \(reservoir.standing.words)"
      ),
    ])
  }

  private func caveats(_ forecast: ReservoirForecast) -> Markup {
    guard !forecast.basis.caveats.isEmpty else { return .none }
    let lines = forecast.basis.caveats.map { "\($0)." as Markup }
    return Piece.note(.warn, "CAUTION", Piece.list(lines))
  }

  // MARK: Picture

  private func days(_ instant: Instant) -> Double {
    Double((instant - now).milliseconds) / 86_400_000
  }

  private static func millilitres(_ volume: Volume) -> Double { Double(volume.nanolitres) / 1e6 }

  private func picture(_ forecast: ReservoirForecast) -> String {
    let basis = forecast.basis
    var known: [ForecastPicture.Point] = []
    if let reservoir = record.reservoir {
      known.append(
        .init(day: days(reservoir.filledAt), millilitres: Self.millilitres(reservoir.volume))
      )
    }
    if basis.isPumpsOwn {
      known.append(.init(day: days(basis.levelAt), millilitres: Self.millilitres(basis.level)))
    }
    let current = Self.millilitres(forecast.level(at: now))
    if known.last.map({ $0.day < 0 }) ?? true { known.append(.init(day: 0, millilitres: current)) }
    var marks: [ForecastPicture.Mark] = []
    if let at = forecast.earliestLow {
      marks.append(.init(day: days(at), name: "earliest \(at.shortDay)"))
    }
    if let at = forecast.expectedLow {
      marks.append(.init(day: days(at), name: "expected \(at.shortDay)"))
    }
    if let date = basis.dates.first(where: { $0.because == .stability }) {
      let end = forecast.expectedEmpty.map(days) ?? 0
      if days(date.at) > 0, days(date.at) < end * 2 {
        marks.append(.init(day: days(date.at), name: "stability \(date.at.shortDay)"))
      }
    }
    func line(_ empty: Instant?, _ level: (Instant) -> Volume) -> [ForecastPicture.Point] {
      guard let empty, empty > now else { return [] }
      return [
        .init(day: 0, millilitres: Self.millilitres(level(now))),
        .init(day: days(empty), millilitres: 0),
      ]
    }
    let words = forecast.due.map { "due \($0.at.dayWords), \($0.because.words)" } ?? "nothing flows"
    return ForecastPicture(
      known: known,
      expected: line(forecast.expectedEmpty) { forecast.level(at: $0) },
      earliest: line(forecast.earliestEmpty) { forecast.leastLevel(at: $0) },
      marks: marks,
      capacity: Self.millilitres(record.pump?.capacity ?? basis.level),
      lowMark: Self.millilitres(basis.reserve)
    ).svg(title: "Reservoir by day: \(basis.level.ml) known, \(words).")
  }
}
