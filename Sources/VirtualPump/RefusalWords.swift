import PumpCore
public import PumpLink
import Quantities

extension Refusal {
  /// The reason in plain words, and what was given beside what is allowed, each with its unit.
  public var words: String {
    switch reason {
    case .ceiling: ceilingWords
    case .envelope: envelopeWords
    case .stale:
      detail == 1
        ? "stale: sequence \(given), and the pump has had \(limit)"
        : "stale: another order is in force than the one that it follows on"
    case .notYet: "notYet: it is pump time \(span(given)), and it begins at \(span(limit))"
    case .expired: "expired: it is pump time \(span(given)), and it held until \(span(limit))"
    case .program: programWords
    case .bolus: "bolus: \(BolusRefusal(rawValue: detail).map { "\($0)" } ?? "refused")"
    case .capacity: "capacity: \(volume(given)), and the reservoir holds \(volume(limit))"
    case .secondSignature: "secondSignature: a second person has to sign"
    case .none, .malformed, .notForThisPump, .unknownKey, .revoked, .badSignature, .role, .way,
      .drugs, .bridging, .notFound, .interrupted, .busy, .memory:
      "\(reason)"
    }
  }

  private var ceilingWords: String {
    guard let bound = CeilingBound(rawValue: detail) else { return "ceiling" }
    let figures: String
    switch bound {
    case .flow, .safeRate: figures = "\(rate(given)), at most \(rate(limit))"
    case .patientDose, .clinicianBolus, .prime, .volumePer24h:
      figures = "\(volume(given)), at most \(volume(limit))"
    case .dosesPer24h: figures = "\(given) doses, at most \(limit)"
    case .lockout: figures = "\(span(given)), at least \(span(limit))"
    case .validity, .suspension, .mri: figures = "\(span(given)), at most \(span(limit))"
    case .envelope: figures = "wider than any clinic may have it"
    }
    return "ceiling \(bound): \(figures)"
  }

  private var envelopeWords: String {
    guard let bound = EnvelopeBound(rawValue: detail) else { return "envelope" }
    let figures: String
    switch bound {
    case .prime: figures = "no prime from a distance"
    case .limits: figures = "limits, safe rate, restart gap and low mark must be those in force"
    case .step:
      figures =
        "\(volume(given)) in 24 h, and one step from the program in force ends at \(volume(limit))"
    case .week:
      figures =
        "\(volume(given)) in 24 h, and from the program last set in person it ends at \(volume(limit))"
    case .betweenIncreases:
      figures = "\(span(given)) since the last increase, at least \(span(limit))"
    case .bedsideAge:
      figures = "the last bedside session is \(span(given)) old, at most \(span(limit))"
    case .fault:
      figures =
        "a fault, an alarm, a catheter event or a residual has come since the bedside session"
    }
    return "envelope \(bound): \(figures)"
  }

  private var programWords: String {
    guard let code = RefusalCode(rawValue: detail) else { return "program" }
    switch code {
    case .modelRange, .rateLimit: return "program \(code): \(rate(given)), limit \(rate(limit))"
    case .volumeLimit, .primeTooLarge:
      return "program \(code): \(volume(given)), limit \(volume(limit))"
    case .primeNotAllowed, .mixtureChanged, .tooManyMixtures: return "program \(code)"
    }
  }

  private func span(_ milliseconds: Int64) -> String {
    TimeSpan(milliseconds: milliseconds).text
  }

  private func volume(_ nanolitres: Int64) -> String { Volume(nanolitres: nanolitres).text }

  private func rate(_ nanolitresPerDay: Int64) -> String {
    FlowRate(nanolitresPerDay: nanolitresPerDay).text
  }
}
