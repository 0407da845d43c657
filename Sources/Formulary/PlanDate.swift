import PumpCore
import PumpScenario
import Quantities

/// A date of a request, ISO 8601: `2026-01-05`, `2026-01-05T08:00`, with seconds, and with a zone
/// such as `Z` or `+01:00` where one was given; results keep its form.
struct PlanDate: Equatable, Comparable {
  private enum Form {
    case day, minute, second
  }

  /// Milliseconds of the calendar on which it was given.
  let milliseconds: Int64
  private let form: Form
  private let zone: String

  static let expectation = "a date such as \"2026-01-05T08:00:00\""

  private init(milliseconds: Int64, form: Form, zone: String) {
    self.milliseconds = milliseconds
    self.form = form
    self.zone = zone
  }

  /// Reads a date; nothing where it is none, or no such day exists.
  init?(text: String) {
    if text.utf8.count == 10, let day = LocalTime(text: text + "T00:00:00") {
      self.init(milliseconds: day.milliseconds, form: .day, zone: "")
      return
    }
    let (time, zone) = Self.split(text)
    guard let zone else { return nil }
    if time.utf8.count == 16, let minute = LocalTime(text: time + ":00") {
      self.init(milliseconds: minute.milliseconds, form: .minute, zone: zone)
    } else if let second = LocalTime(text: time) {
      self.init(milliseconds: second.milliseconds, form: .second, zone: zone)
    } else {
      return nil
    }
  }

  /// The reading and its zone; the zone is nothing where it is malformed.
  private static func split(_ text: String) -> (time: String, zone: String?) {
    if text.hasSuffix("Z") { return (String(text.dropLast()), "Z") }
    let tail = text.utf8.suffix(6)
    guard text.utf8.count > 16, let sign = tail.first,
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    else { return (text, "") }
    let offset = String(text.suffix(6))
    let isOffset = LocalTime(text: "2000-01-01T\(offset.dropFirst()):00") != nil
    return (String(text.dropLast(6)), isOffset ? offset : nil)
  }

  /// The date an interval later, rounded down to what its form shows: never too late.
  ///
  /// - Parameter interval: in ms, exact.
  /// - Returns: nothing after the year 9999.
  /// - Throws: where the interval has too many digits.
  func later(by interval: Rational) throws(PlanError) -> PlanDate? {
    let sum = try Rational(milliseconds) + interval
    let exact = Rational.floored(sum.numerator, sum.denominator)
    let step: Int128 =
      switch form {
      case .day: 86_400_000
      case .minute: 60_000
      case .second: 1_000
      }
    let whole = Rational.floored(exact, step) * step
    guard let milliseconds = Int64(exactly: whole), milliseconds < Self.end else { return nil }
    return PlanDate(milliseconds: milliseconds, form: form, zone: zone)
  }

  /// The first instant of the year 10000.
  private static let end: Int64 = 253_402_300_800_000

  /// ISO 8601, in the form in which it was given.
  var text: String {
    let text = LocalTime(milliseconds: milliseconds).text
    return switch form {
    case .day: String(text.prefix(10))
    case .minute: String(text.prefix(16)) + zone
    case .second: text + zone
    }
  }

  /// Milliseconds since 1970 in UTC, or of local time where no zone was given.
  var instant: Int64 {
    guard zone.utf8.count == 6, let hours = Int64(zone.dropFirst().prefix(2)),
      let minutes = Int64(zone.suffix(2))
    else { return milliseconds }
    let offset = (hours * 60 + minutes) * 60_000
    return zone.hasPrefix("-") ? milliseconds + offset : milliseconds - offset
  }

  /// By the instant, whatever the zone.
  static func < (lhs: Self, rhs: Self) -> Bool { lhs.instant < rhs.instant }
}

extension ScenarioField {
  /// A date, ISO 8601.
  func date() throws(PlanError) -> PlanDate {
    let text = try string(PlanDate.expectation)
    guard let date = PlanDate(text: text) else {
      throw fault(
        given: PlanError.quoted(text),
        expected: "\(PlanDate.expectation), of a day that exists"
      )
    }
    return date
  }
}
