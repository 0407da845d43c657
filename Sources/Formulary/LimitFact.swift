import Quantities

/// A limit of the formulary: its value, where from, and whether someone has read it there.
///
/// One that nobody has read warns and never refuses (DESIGN, section 8).
struct LimitFact<Quantity: QuantityText & Comparable>: Equatable {
  let limit: Quantity
  let source: String
  let isVerified: Bool
}

extension PlanResult {
  /// Refuses what is over a verified limit, and warns of what is over another one.
  ///
  /// - Parameters:
  ///   - value: exact, in the stored unit of the limit.
  ///   - fact: nothing where the formulary has no limit.
  ///   - what: as in `morphine 25 mg/mL`.
  ///   - code: of the refusal.
  mutating func hold<Quantity>(
    _ value: Rational,
    to fact: LimitFact<Quantity>?,
    what: String,
    code: FindingCode
  ) {
    guard let fact, value > fact.limit.exact else { return }
    let message = "\(what) is over the formulary's maximum of \(fact.limit.text)"
    if fact.isVerified {
      refuse(code, message, source: fact.source)
    } else {
      warn(.unverifiedLimit, "\(message), which is UNVERIFIED", source: fact.source)
    }
  }
}
