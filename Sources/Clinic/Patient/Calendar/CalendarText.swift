import Crypto
import Foundation
import OrderText
import Quantities
import Therapy

/// A calendar as text (RFC 5545).
struct CalendarText {
  /// A day with a title, all of it.
  struct Event: Equatable, Sendable {
    /// The same for the same thing whatever its day, so that a calendar moves it and does not add another.
    let uid: String
    let day: Day
    let title: String
    let note: String
  }

  let name: String
  let events: [Event]
  /// When it was made: each event's `DTSTAMP`.
  let now: Instant

  var bytes: [UInt8] {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cisterna//Clinic//EN", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(name))", "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events {
      lines += [
        "BEGIN:VEVENT", "UID:\(event.uid)", "DTSTAMP:\(Self.stamp(now))",
        "DTSTART;VALUE=DATE:\(Self.date(event.day))",
        // The end is not part of the event: the day after.
        "DTEND;VALUE=DATE:\(Self.date((event.day.start + .day).day))",
        "SUMMARY:\(Self.escaped(event.title))",
      ]
      if !event.note.isEmpty { lines.append("DESCRIPTION:\(Self.escaped(event.note))") }
      lines += ["CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT"]
    }
    lines.append("END:VCALENDAR")
    return lines.flatMap { Self.folded($0) }
  }

  /// No line has more than 75 octets; a break falls between characters, and the next line begins with a blank.
  static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var count = 0
    for scalar in line.unicodeScalars {
      let octets = Array(String(scalar).utf8)
      if count + octets.count > 75 {
        bytes += Array("\r\n ".utf8)
        count = 1
      }
      bytes += octets
      count += octets.count
    }
    return bytes + Array("\r\n".utf8)
  }

  /// A text value: backslash, comma, semicolon and line break are escaped, other control characters left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case ",": result += "\\,"
      case ";": result += "\\;"
      case "\n": result += "\\n"
      default:
        if scalar.value >= 32, scalar.value != 127 { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  private static func date(_ day: Day) -> String { day.text.replacing("-", with: "") }

  private static func stamp(_ instant: Instant) -> String {
    let text = instant.text.prefix(19).replacing("-", with: "").replacing(":", with: "")
    return "\(text)Z"
  }

  /// An id that says nobody's name.
  static func uid(_ what: String, _ patient: PatientID) -> String {
    let hash = SHA256.hash(data: Array("cisterna calendar \(what) \(patient.text)".utf8))
    return "\(Hex.text(hash.prefix(12)))@cisterna"
  }
}

/// What stands in a feed.
enum CalendarEvents {
  /// Of one patient, for staff: initials alone, but where the clinic says that names may be shown.
  static func staff(
    _ summary: PatientSummary,
    drugs: String?,
    showsNames: Bool
  ) -> [CalendarText.Event] {
    let who = showsNames ? summary.name : initials(summary.name)
    let with = showsNames ? drugs.map { " (\($0))" } ?? "" : ""
    return events(summary, visit: "Refill visit: \(who)\(with)", due: "Refill due: \(who)\(with)")
      + visits(summary, .english) { kind in
        "\(NameWords.capital(NameWords.spaced(kind.rawValue))): \(who)"
      }
  }

  /// Of a patient, for themself: nothing that a passer-by could read.
  static func own(_ summary: PatientSummary, _ language: MyLanguage) -> [CalendarText.Event] {
    let (visit, call) =
      language == .english
      ? ("Clinic visit", "The clinic calls") : ("Visita a la clínica", "La clínica llama")
    return events(
      summary,
      visit: visit,
      due: language == .english ? "\(visit) at the latest" : "\(visit) como tarde"
    ) + visits(summary, language) { $0 == .telephone ? call : visit }
  }

  /// Visits besides refills, each on the day from which it is due.
  ///
  /// Of several of a kind the earliest is always the first: a feed is read as a whole, so that a calendar
  /// shows the right days whichever of them was held or moved.
  private static func visits(
    _ summary: PatientSummary,
    _ language: MyLanguage,
    _ title: (VisitKind) -> String
  ) -> [CalendarText.Event] {
    var counts: [VisitKind: Int] = [:]
    let tasks = summary.tasks.filter { $0.kind == .visit }.sorted { $0.at < $1.at }
    return tasks.compactMap { task in
      guard let kind = VisitKind(rawValue: task.about) else { return nil }
      counts[kind, default: 0] += 1
      // The first instant at which it is overdue is that of the day after its last one.
      let last = task.until.map { ($0 + TimeSpan(milliseconds: -86_400_000)).day } ?? task.at.day
      let span = language == .english ? "Due until \(last.text)." : "Hasta el \(last.text)."
      return .init(
        uid: CalendarText.uid("\(kind.rawValue) \(counts[kind] ?? 1)", summary.patient),
        day: task.at.day,
        title: title(kind),
        note: last == task.at.day ? "" : span
      )
    }
  }

  private static func events(
    _ summary: PatientSummary,
    visit: String,
    due: String
  ) -> [CalendarText.Event] {
    var events: [CalendarText.Event] = []
    if let at = summary.nextRefillAt {
      events.append(
        .init(uid: CalendarText.uid("visit", summary.patient), day: at.day, title: visit, note: "")
      )
    }
    if let at = summary.due?.at {
      events.append(
        .init(
          uid: CalendarText.uid("due", summary.patient),
          day: at.day,
          title: due,
          note: "Reckoned; it moves with what the pump gives."
        )
      )
    }
    return events
  }

  /// The initials of a name, `L. B.` of `Bauer, Lena`.
  static func initials(_ name: String) -> String {
    name.split(separator: ",").reversed()
      .compactMap { part in part.first { $0.isLetter }.map { "\($0.uppercased())." } }
      .joined(separator: " ")
  }
}
