import Formulary
import PumpScenario
public import Quantities

/// Why a refill is due when it is.
public enum DueReason: String, Codable, Sendable, CaseIterable {
  case lowReservoir, stability, pumpLife
}

/// A date by which something runs out, and whether what it rests on is verified.
public struct DueDate: Equatable, Sendable, Codable {
  public let at: Instant
  public let because: DueReason
  /// Nothing that was recalled without its source is in it.
  public let isVerified: Bool
  /// What it rests on.
  public let source: String
}

/// What a forecast is worked out from; each figure is exact.
public struct ForecastBasis: Equatable, Sendable {
  /// What was in the reservoir.
  public let level: Volume
  public let levelAt: Instant
  /// Whether the pump said so; else it is what was filled.
  public let isPumpsOwn: Bool
  /// nL/d on average, without patient doses.
  public let mean: FlowRate
  /// The most of any 24 h, patient doses included, nL.
  public let most: Volume
  /// The low mark of the program.
  public let reserve: Volume
  /// Patient doses in the last days that were told.
  public let used: Volume
  /// How many days those were, at most 14; 0 where none was told.
  public let usedDays: Int
  /// How far the pump may be off, in tenths of a percent.
  public let accuracyPermille: Int64
  /// Of drug and pump.
  public let dates: [DueDate]
  /// What is unverified or was assumed, in words.
  public let caveats: [String]
}

/// When a reservoir runs low and empty, and when the next refill is due.
///
/// Expected: by the mean of the program and the patient's doses of the last 14 days. Earliest: with every
/// dose that the program allows, and the pump at the bad end of its accuracy. Dates are rounded down:
/// never too late.
public struct ReservoirForecast: Equatable, Sendable {
  public let basis: ForecastBasis
  /// Nothing where nothing flows.
  public let expectedLow: Instant?
  public let expectedEmpty: Instant?
  public let earliestLow: Instant?
  public let earliestEmpty: Instant?
  /// The first of the earliest low date, the drug's stability and the pump's life.
  public let due: DueDate?

  /// Works it out.
  ///
  /// - Throws: where a figure cannot be held.
  public init(_ basis: ForecastBasis) throws(TherapyRefusal) {
    do {
      let use: Rational =
        basis.usedDays == 0 ? .zero : Rational(basis.used.nanolitres, over: Int64(basis.usedDays))
      let reserve = min(basis.reserve, basis.level)
      let expected = try RefillFigures(
        fill: basis.level,
        reserve: reserve,
        basal: Rational(basis.mean.nanolitresPerDay),
        patientDoses: use
      )
      let usual = try RefillFigures(
        fill: basis.level,
        reserve: reserve,
        basal: try Rational(basis.mean.nanolitresPerDay) + use,
        patientDoses: .zero
      )
      let worst = try RefillFigures(
        fill: basis.level,
        reserve: reserve,
        basal: try Rational(basis.most.nanolitres)
          * Rational(1_000 + basis.accuracyPermille, over: 1_000),
        patientDoses: .zero
      )
      expectedLow = Self.date(expected.earliest, after: basis.levelAt)
      expectedEmpty = Self.date(usual.empty, after: basis.levelAt)
      earliestLow = Self.date(worst.expected, after: basis.levelAt)
      earliestEmpty = Self.date(worst.empty, after: basis.levelAt)
    } catch {
      throw TherapyRefusal(
        .notKnown,
        "forecast",
        given: error.description,
        expected: "figures that can be held",
        remedy: "Look at program and fill: one of them cannot be right."
      )
    }
    self.basis = basis
    var candidates = basis.dates
    if let earliestLow {
      let isVerified = basis.caveats.isEmpty
      candidates.append(
        DueDate(
          at: earliestLow,
          because: .lowReservoir,
          isVerified: isVerified,
          source: "program and fill"
        )
      )
    }
    due = candidates.min { ($0.at, $0.because.rawValue) < ($1.at, $1.because.rawValue) }
  }

  private static func date(_ span: Rational?, after start: Instant) -> Instant? {
    guard let span else { return nil }
    // Down to the ms: never too late.
    let rounded = span.isWhole ? span.roundedHalfEven() : span.roundedUp() - 1
    let ms = Int64(exactly: rounded) ?? Int64.max
    return start + TimeSpan(milliseconds: ms)
  }

  /// What is expected to be in the reservoir at an instant, rounded down to the nL.
  ///
  /// - Parameter instant: not before the level was known; before, it is that level.
  /// - Returns: at least nothing.
  public func level(at instant: Instant) -> Volume {
    let days = Int128(max(1, basis.usedDays))
    let perDays = Int128(basis.mean.nanolitresPerDay) * days + Int128(basis.used.nanolitres)
    let used = basis.usedDays == 0 ? Int128(basis.mean.nanolitresPerDay) : perDays
    return left(used, over: days, at: instant)
  }

  /// The least that can be in it: every dose taken, the pump at the bad end of its accuracy.
  public func leastLevel(at instant: Instant) -> Volume {
    let most = Int128(basis.most.nanolitres) * Int128(1_000 + basis.accuracyPermille)
    return left(most, over: 1_000, at: instant)
  }

  private func left(_ numerator: Int128, over denominator: Int128, at instant: Instant) -> Volume {
    let span = Int128(max(0, (instant - basis.levelAt).milliseconds))
    let divisor = denominator * Int128(TimeSpan.day.milliseconds)
    let (whole, rest) = (numerator * span).quotientAndRemainder(dividingBy: divisor)
    let gone = rest == 0 ? whole : whole + 1
    let level = max(0, Int128(basis.level.nanolitres) - gone)
    return Volume(nanolitres: Int64(level))
  }
}
