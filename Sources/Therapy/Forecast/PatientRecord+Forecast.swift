import Formulary
import PumpScenario
import Quantities

extension PatientRecord {
  /// How far back a patient's own doses count for what is expected.
  static let useDays = 14

  /// When the reservoir runs low and empty, from what is known at an instant.
  ///
  /// - Parameters:
  ///   - now: therapy time; doses of the 14 days before it count.
  ///   - settings: facts that the clinic has confirmed.
  /// - Returns: dates and levels.
  /// - Throws: ``TherapyRefusal/Code/notKnown``, naming what is missing.
  public func forecast(
    at now: Instant,
    settings: ClinicSettings = .standard
  ) throws(TherapyRefusal) -> ReservoirForecast {
    try ReservoirForecast(try forecastBasis(at: now, settings: settings))
  }

  /// What the program in force gives with what is in the reservoir; nothing where either is not known.
  public var programFigures: ProgramFigures? {
    guard let pump, let program, let reservoir else { return nil }
    return figures(of: program.program, with: reservoir.fluid, in: pump)
  }

  func figures(of program: ProgramJSON, with fluid: Fluid, in pump: PumpInPlace) -> ProgramFigures?
  {
    do {
      return try ProgramFigures(program, with: fluid, on: PumpConstants(of: pump).model)
    } catch {
      return nil
    }
  }

  private func forecastBasis(
    at now: Instant,
    settings: ClinicSettings
  ) throws(TherapyRefusal) -> ForecastBasis {
    guard let pump else { throw missing("the pump") }
    guard !isReservoirUnknown, let reservoir else { throw missing("what is in the reservoir") }
    guard let figures = programFigures else { throw missing("the program in force") }
    let constants = PumpConstants(of: pump)
    var caveats: [String] = []
    let known = level(reservoir)
    let use = use(before: now)
    if use.days == 0 && figures.patientDoses > .zero {
      caveats.append("no daily total was told: patient doses are not in the expected date")
    }
    let accuracy = constants.accuracyPermille
    if accuracy?.isVerified != true {
      caveats.append(
        accuracy == nil
          ? "the pump's accuracy is not known; 15 % is assumed, this project's own choice"
          : "the pump's accuracy is UNVERIFIED"
      )
    }
    let most = figures.largestDay.nanolitres + figures.patientDoses.nanolitres
    return ForecastBasis(
      level: known.level,
      levelAt: known.at,
      isPumpsOwn: known.isPumpsOwn,
      mean: figures.mean,
      most: Volume(nanolitres: most),
      reserve: figures.lowReservoir,
      used: use.volume,
      usedDays: use.days,
      accuracyPermille: accuracy?.value ?? 150,
      dates: dates(reservoir, pump, constants, settings),
      caveats: caveats
    )
  }

  /// The last level that is known: the pump's own count where it is newer than the fill.
  private func level(
    _ reservoir: ReservoirContent
  ) -> (level: Volume, at: Instant, isPumpsOwn: Bool) {
    if isLinked, let heard = lastHeard, heard.heardAt >= reservoir.filledAt {
      return (heard.reservoir, heard.heardAt, true)
    }
    return (reservoir.volume, reservoir.filledAt, false)
  }

  /// Patient doses of the 14 days before the day of an instant, as far as the pump has told them.
  private func use(before now: Instant) -> (volume: Volume, days: Int) {
    let today = now.day.number
    let told = deliveries.filter { (today - Int64(Self.useDays)..<today).contains($0.day.number) }
    let sum = told.reduce(Int64(0)) { $0 + $1.patientDoses.nanolitres }
    return (Volume(nanolitres: sum), told.count)
  }

  private func dates(
    _ reservoir: ReservoirContent,
    _ pump: PumpInPlace,
    _ constants: PumpConstants,
    _ settings: ClinicSettings
  ) -> [DueDate] {
    var dates: [DueDate] = []
    let stability = StabilityLimit.of(
      reservoir.fluid,
      in: .standard,
      confirmed: Set(settings.confirmedFacts)
    )
    if let stability {
      dates.append(
        DueDate(
          at: reservoir.stableFrom + stability.span,
          because: .stability,
          isVerified: stability.isVerified,
          source: stability.source
        )
      )
    }
    if let day = pump.replaceBy {
      dates.append(
        DueDate(at: day.start, because: .pumpLife, isVerified: true, source: "as the pump said it")
      )
    } else if let implanted = pump.implantedOn, let years = constants.lifeYears {
      dates.append(
        DueDate(
          at: implanted.start + TimeSpan(milliseconds: years.value * 365 * 86_400_000),
          because: .pumpLife,
          isVerified: years.isVerified,
          source: years.source
        )
      )
    }
    return dates
  }

  private func missing(_ what: String) -> TherapyRefusal {
    TherapyRefusal(
      .notKnown,
      "forecast",
      given: "nothing",
      expected: what,
      remedy: "Record \(what); until then there is no forecast."
    )
  }
}
