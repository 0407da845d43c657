import Foundation
import Testing
import Therapy

@testable import Clinic

/// Calendars, read by a parser that knows RFC 5545 and nothing of the writer.
struct CalendarTests {
  struct Broken: Error { let why: String }

  /// The properties of each event of a calendar.
  static func parse(_ bytes: [UInt8]) throws -> [[String: String]] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Broken(why: "not UTF-8")
    }
    guard text.hasSuffix("\r\n") else { throw Broken(why: "the last line has no end") }
    let raw = text.components(separatedBy: "\r\n").dropLast()
    var lines: [String] = []
    for line in raw {
      guard line.utf8.count <= 75 else { throw Broken(why: "\(line.utf8.count) octets: \(line)") }
      guard !line.contains("\n"), !line.contains("\r") else { throw Broken(why: "bare break") }
      if line.hasPrefix(" ") {
        guard let last = lines.popLast() else { throw Broken(why: "nothing to unfold") }
        lines.append(last + line.dropFirst())
      } else {
        lines.append(line)
      }
    }
    guard lines.first == "BEGIN:VCALENDAR", lines.last == "END:VCALENDAR",
      lines.contains("VERSION:2.0"), lines.contains(where: { $0.hasPrefix("PRODID:") })
    else { throw Broken(why: "no calendar") }
    var events: [[String: String]] = []
    var open: [String: String]?
    for line in lines {
      switch line {
      case "BEGIN:VEVENT": open = [:]
      case "END:VEVENT":
        guard let event = open else { throw Broken(why: "an end without a beginning") }
        for name in ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"] where event[name] == nil {
          throw Broken(why: "no \(name)")
        }
        events.append(event)
        open = nil
      default:
        guard open != nil else { continue }
        guard let colon = line.firstIndex(of: ":") else { throw Broken(why: line) }
        let name = String(line[..<colon])
        guard open?[name] == nil else { throw Broken(why: "\(name) twice") }
        open?[name] = try unescaped(line[line.index(after: colon)...])
      }
    }
    return events
  }

  private static func unescaped(_ text: Substring) throws -> String {
    var result = ""
    var rest = text[...]
    while let letter = rest.popFirst() {
      if letter == "\\" {
        switch rest.popFirst() {
        case "n", "N": result += "\n"
        case let other? where "\\,;".contains(other): result.append(other)
        default: throw Broken(why: "a broken escape")
        }
      } else if letter == ";" || letter == "," {
        throw Broken(why: "a bare \(letter)")
      } else {
        result.append(letter)
      }
    }
    return result
  }

  @Test
  func `a calendar reads back with folding, escapes and all-day dates`() throws {
    let day = try #require(Day("2026-12-31"))
    let patient = try #require(PatientID("p-1"))
    let titles = [
      "Refill, due; now\\then", "Ein sehr langer Titel " + String(repeating: "ä€😀", count: 40), "x",
      "a\nb", String(repeating: "y", count: 67), String(repeating: "z", count: 68),
    ]
    let text = CalendarText(
      name: "Refills; all, of them",
      events: titles.enumerated().map {
        .init(uid: CalendarText.uid("visit\($0)", patient), day: day, title: $1, note: "")
      },
      now: Instant(milliseconds: 1_767_600_720_000)
    )
    let events = try Self.parse(text.bytes)
    #expect(events.compactMap { $0["SUMMARY"] } == titles)
    #expect(events.allSatisfy { $0["DTSTART;VALUE=DATE"] == "20261231" })
    #expect(events.allSatisfy { $0["DTEND;VALUE=DATE"] == "20270101" })
    #expect(events.allSatisfy { $0["DTSTAMP"] == "20260105T081200Z" })
    #expect(Set(events.compactMap { $0["UID"] }).count == titles.count)
  }

  @Test
  func `an event keeps its id when its day moves, and the id names nobody`() throws {
    let patient = try #require(PatientID("bauer-lena"))
    let uid = CalendarText.uid("due", patient)
    #expect(uid == CalendarText.uid("due", patient))
    #expect(uid != CalendarText.uid("visit", patient))
    #expect(!uid.contains("bauer"))
  }

  @Test
  func `staff's titles have initials and no drug, unless the clinic says so (H-72)`() throws {
    let sample = try PageSample()
    let record = try sample.record("bauer-lena")
    let summary = record.summary(at: PageSample.now)
    let plain = CalendarEvents.staff(summary, drugs: "baclofen", showsNames: false)
    #expect(!plain.isEmpty)
    for event in plain {
      #expect(event.title.hasSuffix("L. B."))
      #expect(!event.title.contains("Bauer") && !event.title.contains("baclofen"))
    }
    #expect(plain.contains { $0.title == "Annual review: L. B." }, "visits are among them")
    let full = CalendarEvents.staff(summary, drugs: "baclofen", showsNames: true)
    #expect(full.allSatisfy { $0.title.contains("Bauer, Lena") })
    #expect(full.contains { $0.title.hasSuffix("Bauer, Lena (baclofen)") })
    for event in plain + full { #expect(plain.count { $0.uid == event.uid } == 1, "\(event)") }
    for language in MyLanguage.allCases {
      for event in CalendarEvents.own(summary, language) {
        #expect(!event.title.contains("Refill") && !event.title.contains("L. B."))
      }
    }
  }

  @Test
  func `visits besides refills are in it, each on the day from which it is due`() throws {
    var record = try PageSample().record("bauer-lena")
    let day = try #require(Day("2026-02-03"))
    let planned = VisitPlanned(visit: "visit-1", kind: .telephone, on: day, purpose: "baclofen?")
    try PageSample.add(.pathway(.visitPlanned(planned)), to: &record)
    let summary = record.summary(at: PageSample.now)
    for (language, title) in [
      (MyLanguage.english, "The clinic calls"), (.spanish, "La clínica llama"),
    ] {
      let events = CalendarEvents.own(summary, language).filter { $0.day == day }
      #expect(events.map(\.title) == [title])
      #expect(events.allSatisfy { $0.note.isEmpty }, "a day of its own has no span")
    }
    let staff = CalendarEvents.staff(summary, drugs: nil, showsNames: false)
    #expect(staff.contains { $0.day == day && $0.title == "Telephone: L. B." })
    #expect(!staff.contains { $0.title.contains("baclofen") })
    let open = record.visits.filter { $0.standing == .planned && $0.kind != .refill }
    for visit in open {
      let span = visit.from == visit.to ? "" : "Due until \(visit.to.text)."
      #expect(staff.contains { $0.day == visit.from && $0.note == span }, "\(visit)")
    }
  }
}
