import PumpCatalog
import Quantities

/// What the formulary says of the most that is given of a drug, for every calculator alike (SR-041).
enum DrugLimits {
  /// The highest concentration in a pump; nothing where the drug or its limit is not known.
  static func maximumConcentration(of drug: String) -> LimitFact<Concentration>? {
    DrugLibrary.standard.drug(drug)?.concentrationCeiling?.limit
  }

  /// The most in 24 h; nothing where the drug or its limit is not known.
  static func maximumDailyDose(of drug: String) -> LimitFact<DailyDose>? {
    DrugLibrary.standard.drug(drug)?.doses.maximum?.limit
  }

  /// The daily dose above which care is asked for; it warns and never refuses.
  static func cautionDailyDose(of drug: String) -> LimitFact<DailyDose>? {
    DrugLibrary.standard.drug(drug)?.doses.caution?.limit
  }
}

extension PlanResult {
  /// Warns of a daily dose above which care is asked for.
  ///
  /// - Parameters:
  ///   - dose: fg/d, exact.
  ///   - drug: its name.
  ///   - what: as in `baclofen: 1.2 mg/d`.
  mutating func careAbove(_ dose: Rational, of drug: String, what: String) {
    guard let fact = DrugLimits.cautionDailyDose(of: drug), dose > fact.limit.exact else { return }
    let standing = fact.isVerified ? "" : ", which is UNVERIFIED"
    warn(
      .aboveCaution,
      "\(what) is over \(fact.limit.text), above which care is asked for\(standing)",
      source: fact.source
    )
  }
}

extension DrugFact {
  /// The members of a result that tell the standing of a fact.
  var standing: [PlanMember] {
    [
      PlanMember("source", .text(source)),
      PlanMember("confidence", .text(confidence.rawValue)),
      PlanMember("verified", .flag(isVerified)),
    ]
  }
}
