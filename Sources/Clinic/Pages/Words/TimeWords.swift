import PumpCore
import Quantities
import Therapy

extension Instant {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private var parts: (year: String, month: String, day: String, clock: String) {
    let text = self.text
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    let day = Int(text.dropFirst(8).prefix(2)) ?? 1
    return (
      String(text.prefix(4)), Self.months[max(0, min(11, month - 1))], "\(day)",
      String(text.dropFirst(11).prefix(5))
    )
  }

  /// As in `5 Jan 2026`.
  var dayWords: String { "\(parts.day) \(parts.month) \(parts.year)" }

  /// As in `5 Jan`.
  var shortDay: String { "\(parts.day) \(parts.month)" }

  /// As in `5 Jan 2026, 08:12`.
  var words: String { "\(dayWords), \(parts.clock)" }

  /// As in `Mon 5 Jan 2026, 08:12`.
  var longWords: String {
    "\(Self.weekdays[LocalTime(milliseconds: milliseconds).weekday]) \(words)"
  }

  /// As a browser's field takes it: `2026-01-05T08:12`.
  var fieldText: String { String(text.prefix(16)) }

  /// What a browser's field gives.
  init?(field: String) {
    guard field.utf8.count == 16 || field.utf8.count == 19, let day = Day(String(field.prefix(10)))
    else { return nil }
    let clock = field.dropFirst(11).split(separator: ":")
    guard clock.count >= 2, let hour = Int64(clock[0]), let minute = Int64(clock[1]),
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    self.init(milliseconds: day.start.milliseconds + (hour * 60 + minute) * 60_000)
  }
}

extension Day {
  var words: String { start.dayWords }
}

/// How long something is ago, or ahead.
enum AgeWords {
  static func span(_ span: TimeSpan) -> String {
    let minutes = abs(span.milliseconds) / 60_000
    switch minutes {
    case ..<1: return "less than a minute"
    case ..<120: return "\(minutes) min"
    case ..<(48 * 60): return "\(minutes / 60) h"
    default: return "\(minutes / 1_440) d"
    }
  }

  static func ago(_ instant: Instant, _ now: Instant) -> String {
    instant > now ? "in \(span(instant - now))" : "\(span(now - instant)) ago"
  }

  /// As in `in 9 d`, `2 d over`.
  static func due(_ instant: Instant, _ now: Instant) -> String {
    instant >= now ? "in \(span(instant - now))" : "\(span(now - instant)) over"
  }

  /// A value of the pump with its age; one older than a day says so.
  static func said(_ value: String, at instant: Instant, _ now: Instant) -> Markup {
    let age = "said \(ago(instant, now))"
    guard now - instant > 24 * .hour else { return "\(figure: value) \(soft: age)" }
    return .made(
      "<span class=\"stale\">\(HTML.escaped(value)) \(HTML.escaped(age)): older than 24 h</span>"
    )
  }
}
