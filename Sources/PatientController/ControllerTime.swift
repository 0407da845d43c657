import PumpCore
import PumpScenario
import Quantities

/// An instant of the pump's clock in the words of a person.
enum ControllerTime {
  private static let months: [ControllerLanguage: [String]] = [
    .english: [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    .spanish: [
      "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic",
    ],
  ]

  /// As in `at 14:05` and, on another day than now, `at 14:05 on 6 Jan`, with how long that is.
  static func words(
    _ instant: LocalTime,
    now: LocalTime,
    _ language: ControllerLanguage
  ) -> String {
    let (text, today) = (instant.text, now.text)
    var words = (language == .english ? "at " : "a las ") + clock(instant)
    if text.prefix(10) != today.prefix(10) {
      words += (language == .english ? " on " : " del ") + day(instant, language)
    }
    let ahead = instant.milliseconds - now.milliseconds
    guard ahead > 0 else { return words }
    return words + " (" + (language == .english ? "in " : "en ") + span(ahead) + ")"
  }

  static func clock(_ instant: LocalTime) -> String { String(instant.text.dropFirst(11).prefix(5)) }

  static func day(_ instant: LocalTime, _ language: ControllerLanguage) -> String {
    let text = instant.text
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    let names = months[language] ?? []
    return "\(Int(text.dropFirst(8).prefix(2)) ?? 1) "
      + (names.indices.contains(month - 1) ? names[month - 1] : "\(month)")
  }

  /// Minutes are rounded up: never told too early.
  private static func span(_ milliseconds: Int64) -> String {
    let minutes = (milliseconds + 59_999) / 60_000
    guard minutes >= 60 else { return "\(minutes) min" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
