public import Quantities

/// A drug of the formulary: one file of `Data`, read and checked.
public struct Drug: Equatable, Sendable {
  /// As in RxNorm.
  public let name: String
  public let drugClass: DrugClass
  /// How it works, in a few words.
  public let kind: String
  public let indications: [DrugIndication]
  /// The unit of mass in which people speak of it.
  public let unit: DrugUnit
  /// Whether it is labelled for an intrathecal pump.
  public let isLabelled: DrugFact<Bool>
  /// The age in years below which the label does not go.
  public let youngest: DrugFact<Int>?
  public let contraindications: [DrugFact<String>]
  public let available: [AvailableConcentrations]
  /// The highest concentration in a reservoir.
  public let concentrationCeiling: DrugFact<Concentration>?
  public let doses: DrugDoses
  public let titration: [TitrationRule]
  public let screening: ScreeningProtocol?
  public let stability: [DrugStability]
  public let withdrawal: DrugDanger
  public let overdose: DrugDanger
  /// What is known of granuloma at the catheter's tip (H-29).
  public let granuloma: [DrugFact<String>]
  public let safeRate: SafeRateRule
  /// After so long without any the full dose is not resumed by itself.
  public let restartGap: DrugFact<TimeSpan>
  /// The lowest advisable low-reservoir mark.
  public let lowReservoir: DrugFact<Volume>
}

public enum DrugClass: String, Equatable, Sendable, CaseIterable {
  case opioid, localAnesthetic, alpha2Agonist, calciumChannelBlocker, gabaAgonist
}

/// A unit of mass by its UCUM name.
public enum DrugUnit: String, Equatable, Sendable, CaseIterable {
  case ug, mg

  var perDay: PlanUnit { self == .ug ? .microgramPerDay : .milligramPerDay }
}

/// Concentrations that are sold or compounded, and what for.
public struct AvailableConcentrations: Equatable, Sendable {
  public enum Purpose: String, Equatable, Sendable, CaseIterable {
    case reservoir, screening
  }

  public let purpose: Purpose
  public let concentrations: DrugFact<[Concentration]>
}

/// Doses by context.
public struct DrugDoses: Equatable, Sendable {
  /// One dose of a trial.
  public let trial: [DrugFact<ClosedRange<Mass>>]
  /// One dose that the patient asks for.
  public let patientDose: [DrugFact<ClosedRange<Mass>>]
  public let start: [StartingDose]
  public let usual: [UsualDose]
  /// The daily dose above which care is asked for; never refuses.
  public let caution: DrugFact<DailyDose>?
  public let maximum: DrugFact<DailyDose>?

  /// The most to start with: the least upper end of the ranges that fit.
  public func startingCeiling(
    _ population: DrugPopulation,
    _ indication: DrugIndication
  ) -> DrugFact<DailyDose>? {
    let fitting = start.filter {
      $0.populations.contains(population) && $0.settings.contains(indication)
    }
    return fitting.map { $0.dose.map($0.dose.value.upperBound) }.min { lhs, rhs in
      // Of two equal ones the one that someone has read.
      (lhs.value, lhs.isVerified ? 0 : 1) < (rhs.value, rhs.isVerified ? 0 : 1)
    }
  }
}

public struct StartingDose: Equatable, Sendable {
  public let populations: [DrugPopulation]
  public let settings: [DrugIndication]
  public let dose: DrugFact<ClosedRange<DailyDose>>
}

public struct UsualDose: Equatable, Sendable {
  /// Any where there is none.
  public let origin: SpasticityOrigin?
  /// Years; any age where there is none.
  public let below: Int?
  public let dose: DrugFact<ClosedRange<DailyDose>>
}

/// How long a fill of this drug alone stays good.
public struct DrugStability: Equatable, Sendable {
  public enum Condition: String, Equatable, Sendable, CaseIterable {
    case any, undiluted, diluted, firstFill
  }

  public let condition: Condition
  public let limit: DrugFact<TimeSpan>
}

/// What a loss or an excess of the drug does.
public struct DrugDanger: Equatable, Sendable {
  public let risk: DrugRisk
  /// Its signs, and the first thing to do.
  public let signs: DrugFact<String>
}

/// What should be delivered while a reason for caution holds.
public struct SafeRateRule: Equatable, Sendable {
  public enum Class: String, Equatable, Sendable, CaseIterable {
    /// Losing it is the greater danger.
    case `continue`
    /// Going on is the greater danger.
    case stop
  }

  public let rateClass: Class
  /// Of the mean basal rate, %.
  public let share: DrugFact<Rational>
  public let reason: String
}
