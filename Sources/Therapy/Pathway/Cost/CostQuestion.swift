/// An amount with its name, in hundredths of the currency.
public struct CostItem: Codable, Equatable, Sendable {
  public let name: String
  public let cents: Int64

  public init(name: String, cents: Int64) {
    self.name = name
    self.cents = cents
  }
}

/// What the pump and the care without it cost, in the clinic's own figures; none is invented here.
public struct CostQuestion: Codable, Equatable, Sendable {
  /// ISO 4217, as in `CHF`.
  public let currency: String
  /// Once, in the first month: evaluation, trial, implant, device.
  public let pumpOnce: [CostItem]
  /// Each month: refills, visits, drug.
  public let pumpMonthly: [CostItem]
  /// Of another pump at the end of its life; nothing where none is reckoned with.
  public let replacement: CostItem?
  /// In months.
  public let replacementEvery: Int?
  /// Each month of the care without a pump.
  public let conventionalMonthly: [CostItem]
  /// How many months are reckoned.
  public let months: Int
  /// A year's discount in hundredths of a percent, taken off at each full year; nothing for none.
  public let discountBasisPoints: Int?

  public init(
    currency: String,
    pumpOnce: [CostItem],
    pumpMonthly: [CostItem],
    replacement: CostItem? = nil,
    replacementEvery: Int? = nil,
    conventionalMonthly: [CostItem],
    months: Int,
    discountBasisPoints: Int? = nil
  ) {
    self.currency = currency
    self.pumpOnce = pumpOnce
    self.pumpMonthly = pumpMonthly
    self.replacement = replacement
    self.replacementEvery = replacementEvery
    self.conventionalMonthly = conventionalMonthly
    self.months = months
    self.discountBasisPoints = discountBasisPoints
  }

  /// The largest amount that is taken, so that no sum of 600 months overflows: 10 million.
  public static let largest: Int64 = 1_000_000_000

  /// The first thing that is wrong with it.
  func check() throws(TherapyRefusal) {
    let isCurrency =
      currency.utf8.count == 3
      && currency.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    guard isCurrency else {
      throw Self.refusal("currency", "\"\(currency.prefix(20))\"", "three letters, as CHF")
    }
    try hold(months, 1...600, "months")
    try hold(pumpOnce, "pumpOnce", least: 1)
    try hold(pumpMonthly, "pumpMonthly", least: 1)
    try hold(conventionalMonthly, "conventionalMonthly", least: 1)
    if let replacement { try hold([replacement], "replacement", least: 1) }
    guard (replacement == nil) == (replacementEvery == nil) else {
      throw Self.refusal(
        "replacementEvery",
        replacementEvery.map { "\($0) months" } ?? "nothing",
        "both a replacement and its months, or neither"
      )
    }
    if let replacementEvery { try hold(replacementEvery, 12...240, "replacementEvery") }
    if let discountBasisPoints { try hold(discountBasisPoints, 0...2_000, "discountBasisPoints") }
  }

  private func hold(
    _ value: Int,
    _ range: ClosedRange<Int>,
    _ field: String
  ) throws(TherapyRefusal) {
    guard range.contains(value) else {
      throw Self.refusal(field, "\(value)", "\(range.lowerBound) to \(range.upperBound)")
    }
  }

  private func hold(
    _ items: [CostItem],
    _ field: String,
    least: Int
  ) throws(TherapyRefusal) {
    guard (least...40).contains(items.count) else {
      throw Self.refusal(field, "\(items.count) amounts", "\(least) to 40")
    }
    for (index, item) in items.enumerated() {
      let path = field == "replacement" ? field : "\(field)[\(index)]"
      guard !item.name.isEmpty, item.name.utf8.count <= TextLimit.name.upperBound else {
        throw Self.refusal("\(path).name", "\(item.name.utf8.count) bytes", "1 to 100 bytes")
      }
      guard (0...Self.largest).contains(item.cents) else {
        throw Self.refusal("\(path).cents", "\(item.cents)", "0 to \(Self.largest)")
      }
    }
    guard Set(items.map(\.name)).count == items.count else {
      throw Self.refusal(field, "a name twice", "each amount once")
    }
  }

  private static func refusal(
    _ field: String,
    _ given: String,
    _ expected: String
  ) -> TherapyRefusal {
    TherapyRefusal(
      .value,
      field,
      given: given,
      expected: expected,
      remedy: "Give the clinic's own figures, in hundredths of the currency."
    )
  }
}
