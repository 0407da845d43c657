/// Where everything stands in the pump's memory, in bytes from its start.
public struct StoreLayout: Equatable, Sendable {
  /// Two copies of the program in force, and room for the next one while it is written.
  public static let programBytes = 2560
  /// Two slots of the controller's state, written in turn.
  public static let stateBytes = 6144
  /// Two copies of the book of strokes.
  public static let bookBytes = 48
  static let safeRateBytes = 32
  static let recordBytes = 32
  /// Two slots of what the link keeps: orders, receipts, keys.
  public static let linkBytes = 12_288

  public static func program(_ copy: Int) -> Int { copy * programBytes }
  public static func state(_ slot: Int) -> Int { 2 * programBytes + slot * stateBytes }
  public static func book(_ copy: Int) -> Int { state(2) + copy * 64 }
  public static let safeRate = book(2)
  static let journal = safeRate + 64

  /// Records of the journal: critical events, daily totals, details.
  public let criticalRecords: Int
  public let dailyRecords: Int
  public let detailRecords: Int

  /// - Parameters:
  ///   - criticalRecords: kept for the life of the pump: more than one a day for eleven years.
  ///   - dailyRecords: two a day for eleven years.
  ///   - detailRecords: ninety a day for ninety days.
  public init(
    criticalRecords: Int = 4_096,
    dailyRecords: Int = 8_192,
    detailRecords: Int = 8_192
  ) {
    self.criticalRecords = criticalRecords
    self.dailyRecords = dailyRecords
    self.detailRecords = detailRecords
  }

  public static let standard = StoreLayout()

  func records(_ area: JournalArea) -> Int {
    switch area {
    case .critical: criticalRecords
    case .daily: dailyRecords
    case .detail: detailRecords
    }
  }

  func start(of area: JournalArea) -> Int {
    switch area {
    case .critical: Self.journal
    case .daily: Self.journal + criticalRecords * Self.recordBytes
    case .detail: Self.journal + (criticalRecords + dailyRecords) * Self.recordBytes
    }
  }

  func link(_ slot: Int) -> Int {
    start(of: .detail) + detailRecords * Self.recordBytes + slot * Self.linkBytes
  }

  /// What the memory must hold.
  public var size: Int { link(2) }
}
