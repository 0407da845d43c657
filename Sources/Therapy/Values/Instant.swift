import PumpCore
import PumpScenario
public import Quantities

/// A point of therapy time: whole ms since 1970 in UTC.
///
/// It is not a time of the pump's clock, which is a `PumpTime`.
public struct Instant: Comparable, Hashable, Sendable, Codable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Reads a whole number of ms.
  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  /// Writes a whole number of ms.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(milliseconds)
  }

  /// The last instant that is reckoned with: the end of the year 9999.
  public static let latest = Instant(milliseconds: 253_402_300_799_999)

  /// Later by a span; no later than ``latest`` and no earlier than 1970, so that nothing traps.
  public static func + (lhs: Self, rhs: TimeSpan) -> Self {
    let (sum, overflow) = lhs.milliseconds.addingReportingOverflow(rhs.milliseconds)
    if overflow { return rhs.milliseconds > 0 ? latest : Self(milliseconds: 0) }
    return Self(milliseconds: min(max(sum, 0), latest.milliseconds))
  }

  /// How much later the left one is; both lie in the years that are reckoned with.
  public static func - (lhs: Self, rhs: Self) -> TimeSpan {
    TimeSpan(milliseconds: lhs.milliseconds.subtractingReportingOverflow(rhs.milliseconds).0)
  }

  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.milliseconds < rhs.milliseconds }

  /// Whether it lies between 1970 and the end of the year 9999.
  public var isReckonable: Bool { (0...Self.latest.milliseconds).contains(milliseconds) }

  /// The beginning of its minute, as a form gives it back.
  var minute: Instant { Instant(milliseconds: milliseconds - milliseconds % 60_000) }

  /// The day in UTC.
  public var day: Day { Day(number: milliseconds / 86_400_000) }

  /// ISO 8601, in UTC.
  public var text: String { LocalTime(milliseconds: milliseconds).text + "Z" }
}

/// A calendar day, `2026-01-05`, of no time zone.
public struct Day: Comparable, Hashable, Sendable, Codable {
  /// Days since 1970-01-01; before it below nothing.
  public let number: Int64

  /// A day by its number.
  init(number: Int64) {
    self.number = number
  }

  /// Reads `2026-01-05`; nothing where there is no such day in the years 0001 to 9999.
  public init?(_ text: String) {
    guard text.utf8.count == 10, let time = LocalTime(text: text + "T00:00:00") else {
      return nil
    }
    number = time.milliseconds / 86_400_000
  }

  /// Reads a text such as `"2026-01-05"`.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.singleValueContainer()
    let given = try box.decode(String.self)
    guard let day = Day(given) else {
      throw DecodingError.dataCorruptedError(
        in: box,
        debugDescription: "\(ScenarioError.quoted(given)): expected a day such as \"2026-01-05\""
      )
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(text)
  }

  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }

  /// Its first instant in UTC.
  public var start: Instant { Instant(milliseconds: number * 86_400_000) }

  /// As in `2026-01-05`.
  public var text: String {
    String(LocalTime(milliseconds: number * 86_400_000).text.prefix(10))
  }
}
