/// A month of the comparison; sums are from the first month on.
public struct CostMonth: Codable, Equatable, Sendable {
  /// From 1.
  public let month: Int
  public let pumpCents: Int64
  public let conventionalCents: Int64

  /// What the pump has cost more; below nothing where it has saved.
  public var differenceCents: Int64 { pumpCents - conventionalCents }
}

/// Why the pump does not break even within the months that were reckoned.
public enum NoBreakEven: String, Codable, Sendable, CaseIterable {
  /// It costs as much a month as the care without it, or more.
  case monthlyNotLower
  /// Its months are cheaper, and its replacements eat that up.
  case replacementsOutweigh
  /// It saves, and not enough in so many months.
  case horizonTooShort
}

/// Where the sums meet.
public enum BreakEven: Equatable, Sendable {
  /// The first month at the end of which the pump has cost no more; and from which month on that stays so,
  /// which is later where a replacement turns it over again, and nothing where it is so at the end no more.
  case month(Int, lastingFrom: Int?)
  case never(NoBreakEven)
}

/// The cost of a pump against the care without it, month by month: sums of whole cents.
public struct CostCourse: Equatable, Sendable {
  public let question: CostQuestion
  public let months: [CostMonth]
  public let breakEven: BreakEven

  /// Reckons the months.
  ///
  /// Without a discount each figure is exact. With one, a month's amount of year *n* (from 0) is divided
  /// by (1 + rate)ⁿ: the factor is kept to 10⁻¹², and each month's amount is rounded half to even to the
  /// cent before it is added, so that the sums are exact again.
  ///
  /// - Parameter question: the clinic's own figures.
  /// - Throws: the first figure that is missing or out of its range, with its field.
  public init(_ question: CostQuestion) throws(TherapyRefusal) {
    try question.check()
    self.question = question
    let once = Self.sum(question.pumpOnce)
    let monthly = Self.sum(question.pumpMonthly)
    let conventional = Self.sum(question.conventionalMonthly)
    let scale: Int128 = 1_000_000_000_000
    var factor = scale
    var (pumpTotal, otherTotal): (Int64, Int64) = (0, 0)
    var rows: [CostMonth] = []
    rows.reserveCapacity(question.months)
    for month in 1...question.months {
      if month > 1, month % 12 == 1, let points = question.discountBasisPoints {
        factor = Self.divided(factor * 10_000, Int128(10_000 + points))
      }
      func now(_ cents: Int64) -> Int64 {
        Int64(Self.divided(Int128(cents) * factor, scale))
      }
      var cents = monthly + (month == 1 ? once : 0)
      // The pump that was in place for so many months is replaced in the month after them.
      if let every = question.replacementEvery, let replacement = question.replacement,
        month > 1, (month - 1) % every == 0
      {
        cents += replacement.cents
      }
      pumpTotal += now(cents)
      otherTotal += now(conventional)
      rows.append(
        CostMonth(month: month, pumpCents: pumpTotal, conventionalCents: otherTotal)
      )
    }
    months = rows
    breakEven = Self.breakEven(rows, question, monthly: monthly, conventional: conventional)
  }

  private static func breakEven(
    _ rows: [CostMonth],
    _ question: CostQuestion,
    monthly: Int64,
    conventional: Int64
  ) -> BreakEven {
    if let first = rows.first(where: { $0.differenceCents <= 0 }) {
      let lastAbove: Int = rows.last(where: { $0.differenceCents > 0 })?.month ?? 0
      return .month(first.month, lastingFrom: lastAbove < rows.count ? lastAbove + 1 : nil)
    }
    if monthly >= conventional { return .never(.monthlyNotLower) }
    // A replacement that was reckoned costs more than the months between two of them save.
    if let every = question.replacementEvery, let replacement = question.replacement,
      question.months > every,
      replacement.cents >= (conventional - monthly) * Int64(every)
    {
      return .never(.replacementsOutweigh)
    }
    return .never(.horizonTooShort)
  }

  private static func sum(_ items: [CostItem]) -> Int64 { items.reduce(0) { $0 + $1.cents } }

  /// A quotient of numbers that are not below nothing, rounded half to even.
  private static func divided(_ number: Int128, _ by: Int128) -> Int128 {
    let (whole, rest) = number.quotientAndRemainder(dividingBy: by)
    let twice = rest * 2
    return twice > by || (twice == by && whole & 1 == 1) ? whole + 1 : whole
  }
}
