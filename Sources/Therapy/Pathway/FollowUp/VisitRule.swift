import Formulary

/// The visits that follow from an implant or from taking over (pathway: Follow-up, recalled).
struct VisitRule {
  let id: String
  let kind: VisitKind
  let purpose: String
  let from: Day
  let to: Day
  let source: String

  private static let recalled = "recalled, UNVERIFIED"

  /// - Parameters:
  ///   - number: of the implant in this record, from 1.
  ///   - day: on which it was.
  ///   - indication: pain is reviewed twice in the first weeks.
  /// - Returns: the rules, by their days.
  static func afterImplant(
    _ number: Int,
    on day: Day,
    for indication: DrugIndication
  ) -> [VisitRule] {
    func rule(_ kind: VisitKind, _ days: ClosedRange<Int64>, _ purpose: String) -> VisitRule {
      VisitRule(
        id: "\(kind.rawValue)-\(number)",
        kind: kind,
        purpose: purpose,
        from: day.later(by: days.lowerBound),
        to: day.later(by: days.upperBound),
        source: recalled
      )
    }
    let wound = rule(.woundCheck, 7...10, "wound, sutures, signs of infection or leak")
    guard indication != .spasticity else { return [wound] }
    return [
      wound, rule(.firstReview, 7...14, "pain, side effects, examination of the legs"),
      rule(.secondReview, 28...42, "pain, side effects, examination of the legs"),
    ]
  }

  /// A year after taking over or after the review before; on the list from a month before.
  ///
  /// - Parameters:
  ///   - number: from 1.
  ///   - day: from which the year counts.
  ///   - fluid: its drugs say what else is looked at.
  /// - Returns: the rule of that year.
  static func annual(_ number: Int, after day: Day, _ fluid: Fluid?) -> VisitRule {
    let drugs = fluid?.drugs.compactMap { DrugLibrary.standard.drug($0.name) } ?? []
    var purpose = "goals, dose, examination (a granuloma), pump and catheter"
    if drugs.contains(where: { $0.drugClass == .opioid }) {
      purpose += "; hormones, bones, breathing at night"
    }
    if drugs.contains(where: { $0.drugClass == .calciumChannelBlocker }) {
      purpose += "; creatine kinase, mood and thinking"
    }
    return VisitRule(
      id: "\(VisitKind.annualReview.rawValue)-\(number)",
      kind: .annualReview,
      purpose: purpose,
      from: day.later(by: 335),
      to: day.later(by: 365),
      source: recalled
    )
  }
}

extension Day {
  /// Whole days later, within the years that are reckoned with.
  func later(by days: Int64) -> Day {
    let (sum, overflow) = number.addingReportingOverflow(days)
    guard !overflow else { return Instant.latest.day }
    return Day(number: min(max(sum, 0), Instant.latest.day.number))
  }
}
