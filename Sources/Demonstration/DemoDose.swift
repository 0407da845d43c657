import Quantities

/// The doses that reached a patient, by quarters of a day, and what is felt of them.
struct DemoDose: Equatable, Sendable {
  /// fg in each quarter since the beginning; a quarter that is not there brought nothing.
  let quarters: [Int64: Int64]
  /// fg in a quarter of the usual dose.
  let usual: Int64

  init(_ quarters: [Int64: Int64], usual: DailyDose) {
    self.quarters = quarters
    self.usual = max(1, usual.mass.femtograms / 4)
  }

  /// So many time constants are looked back at; what lies before counts as usual, by less than a millionth.
  private static let reach: Int64 = 16

  /// The effect at the end of a quarter, in thousandths of that of the usual dose: each quarter it goes
  /// towards the dose by one part in `lag`.
  ///
  /// - Parameters:
  ///   - end: how many quarters have passed since the beginning, when the usual dose was felt.
  ///   - lag: the time constant, quarters.
  /// - Returns: 1,000 for that of the usual dose.
  func effect(after end: Int64, lag: Int64) -> Int {
    var millionths: Int64 = 1_000_000
    for quarter in max(0, end - lag * Self.reach)..<max(0, end) {
      // Ten times the usual is as far as any curve goes.
      let given = min(quarters[quarter] ?? 0, usual * 10)
      let dose = Int64(Int128(given) * 1_000_000 / Int128(usual))
      millionths += (dose - millionths) / lag
    }
    return Int(max(0, millionths + 500) / 1_000)
  }
}
