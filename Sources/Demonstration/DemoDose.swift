import Quantities

/// The doses that reached a patient, by quarters of a day, and what is felt of them.
struct DemoDose: Equatable, Sendable {
  /// fg in each quarter since the beginning; a quarter that is not there brought nothing.
  let quarters: [Int64: Int64]
  /// fg in a quarter of the usual dose, which came in each quarter before the beginning.
  let usual: Int64

  init(_ quarters: [Int64: Int64], usual: DailyDose) {
    self.quarters = quarters
    self.usual = max(1, usual.mass.femtograms / 4)
  }

  /// Ten times the usual is as far as any curve goes.
  private static let most = 10.0

  /// The effect at the end of a quarter: the concentration at the effect site, in thousandths of that of
  /// the usual dose.
  ///
  /// - Parameters:
  ///   - end: how many quarters have passed since the beginning, when the usual dose was felt.
  ///   - body: what becomes of a dose.
  /// - Returns: 1,000 for that of the usual dose, 10,000 at the most.
  func effect(after end: Int64, in body: DemoBody) -> Int {
    var sum = 0.0
    for (back, share) in body.shares.enumerated() {
      let quarter = end - 1 - Int64(back)
      let given = quarter < 0 ? usual : quarters[quarter] ?? 0
      sum += share * Double(given)
    }
    return Int((min(sum / Double(usual), Self.most) * 1_000).rounded())
  }
}
