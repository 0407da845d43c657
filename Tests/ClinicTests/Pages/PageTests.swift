import Foundation
import Quantities
import Testing
import Therapy

@testable import Clinic

struct PageTests {
  @Test("every page has a title, one main heading, one main landmark and a language")
  func frame() throws {
    for (name, html) in try RenderedPages().all {
      #expect(count("<h1>", in: html) == 1, "\(name)")
      #expect(count("<main ", in: html) == 1, "\(name)")
      #expect(count(" – Cisterna</title>", in: html) == 1, "\(name)")
      #expect(html.contains("<html lang=\"en\">"), "\(name)")
    }
  }

  @Test("every field has a label, and no id is there twice")
  func labels() throws {
    for (name, html) in try RenderedPages().all {
      let ids = matches(#" id="([^"]+)""#, in: html)
      #expect(ids.count == Set(ids).count, "\(name): \(duplicates(ids))")
      let labelled = Set(matches(#"<label(?: class="check")? for="([^"]+)""#, in: html))
      for id in matches(#"<(?:input|textarea|select) id="([^"]+)""#, in: html) {
        #expect(labelled.contains(id), "\(name): \(id)")
      }
    }
  }

  @Test("nothing on a page would need another policy than our own files alone")
  func policy() throws {
    for (name, html) in try RenderedPages().all {
      #expect(!html.contains(" style="), "\(name)")
      #expect(!html.contains("<style"), "\(name)")
      #expect(!html.contains(" onclick"), "\(name)")
      #expect(count("<script", in: html) == 1, "\(name)")
    }
  }

  @Test("every form that writes carries the session's token, and all but signing out a key")
  func tokens() throws {
    for (name, html) in try RenderedPages().all where !name.hasPrefix("sign-in") {
      for form in html.components(separatedBy: "<form method=\"post\"").dropFirst() {
        let inside = form.components(separatedBy: "</form>")[0]
        #expect(inside.contains("name=\"csrf\" value=\"0123456789abcdef\""), "\(name)")
        let isKeyless =
          inside.hasPrefix(" action=\"/sign-out\"") || inside.hasPrefix(" action=\"/clock\"")
        #expect(isKeyless || inside.contains("name=\"key\""), "\(name)")
      }
    }
  }

  @Test("what people wrote is text on the page, whatever is in it")
  func escaped() throws {
    let pages = try RenderedPages().all
    let page = try #require(pages.first { $0.name == "patient-stalled" })
    #expect(page.html.contains("Called; &lt;no&gt; new symptoms &amp; walking well."))
    let markup: Markup = "\("<b>") \(bold: "\"&'") \(link: "a<b", to: "/x?\"y")"
    #expect(
      markup.html == "&lt;b&gt; <b>&quot;&amp;&#39;</b> <a href=\"/x?&quot;y\">a&lt;b</a>"
    )
  }

  @Test("a refused form shows the fault at its field and what was typed")
  func refused() throws {
    let pages = try RenderedPages().all
    let page = try #require(pages.first { $0.name == "patient-refused" })
    #expect(page.html.contains("aria-invalid=\"true\""))
    #expect(page.html.contains("Given &quot;11&quot;, expected 0 to 10."))
    #expect(page.html.contains("value=\"11\""))
    #expect(page.html.contains("Look at the value."))
  }

  @Test("a program goes through the form's fields and comes back the same")
  func programFields() throws {
    for record in try PageSample().records {
      let program = try #require(record.program?.program)
      let fluid = try #require(record.reservoir?.fluid)
      var typed = ProgramEntry(program).typed
      typed["text"] = nil
      // As a browser sends it: the number, and the unit that is chosen beside it.
      let query = typed.flatMap { name, value -> [String] in
        let parts = value.split(separator: " ")
        guard parts.count == 2 else { return ["\(name)=\(value)"] }
        return ["\(name)=\(parts[0])", "\(name).unit=\(parts[1])"]
      }
      let fields = try FormFields(query.joined(separator: "&").utf8)
      let back = try ProgramEntry.program(fields, drugs: fluid.drugs.map(\.name), shown: nil)
      let pump = try #require(record.pump)
      let one = try #require(ProgramDay(program, fluid, pump))
      let two = try #require(ProgramDay(back, fluid, pump), "\(back.text)")
      #expect(one.steps() == two.steps())
      #expect(one.rows.map(\.1) == two.rows.map(\.1))
    }
  }

  @Test("a prime that is typed goes into the program, and no later program begins with it")
  func prime() throws {
    let record = try #require(try PageSample().records.first)
    let program = try #require(record.program?.program)
    let typed =
      "rate=100&rate.unit=ug%2Fd&prime.volume=0.316&prime.volume.unit=mL&prime.over=20"
      + "&prime.over.unit=min"
    let written = try ProgramEntry.program(
      try FormFields(Array(typed.utf8)),
      drugs: ["baclofen"],
      shown: nil
    )
    #expect(
      written.text.contains(#""prime":{"volume":"0.316 mL","over":"20 min"}"#),
      "\(written.text)"
    )
    let primed = ProgramJSON(
      program.text.dropLast() + #","prime":{"volume":"0.316 mL","over":"20 min"}}"#
    )
    #expect(ProgramEntry(primed).typed["prime.volume"] == nil)
    #expect(ProgramEntry(primed).typed["safeRate"] == ProgramEntry(program).typed["safeRate"])
    let without = try ProgramEntry.program(
      try FormFields(Array("rate=100&rate.unit=ug%2Fd".utf8)),
      drugs: ["baclofen"],
      shown: nil
    )
    #expect(!without.text.contains("prime"))
    #expect(ProgramEntry.field(of: "$.program.prime.over") == "prime.over")
  }

  @Test(
    "the day that a refill's form begins with is no later, at eight, than the forecast's instant"
  )
  func nextDay() throws {
    let midnight = try #require(Day("2026-03-31")).start
    for (minutes, day) in [
      (172, "2026-03-30"), (479, "2026-03-30"), (480, "2026-03-31"), (1_439, "2026-03-31"),
    ] {
      #expect(RefillForm.day(by: midnight + Int64(minutes) * .minute).text == day)
    }
  }

  @Test("the link to the signer holds order and receipt as base64url without padding")
  func signerLink() throws {
    let pages = try RenderedPages().all
    let page = try #require(pages.first { $0.name == "order-to-sign" })
    #expect(
      page.html.contains("http://127.0.0.1:7400/0123?order=AQID-_8&amp;receipt=AQID-_8")
    )
  }

  @Test("a value older than a day says so")
  func stale() throws {
    let old = AgeWords.said(
      "0.15 mL/d",
      at: PageSample.now + TimeSpan(milliseconds: -172_800_000),
      PageSample.now
    )
    #expect(old.html.contains("older than 24 h"))
    let new = AgeWords.said("0.15 mL/d", at: PageSample.now, PageSample.now)
    #expect(!new.html.contains("older"))
  }

  @Test("the pages can be written to a folder, to be looked at")
  func written() throws {
    guard let folder = ProcessInfo.processInfo.environment["CISTERNA_PAGES"] else { return }
    let url = URL(fileURLWithPath: folder)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, html) in try RenderedPages().all {
      let local = html.replacing("/static/clinic", with: "clinic")
      try Data(local.utf8).write(to: url.appendingPathComponent("\(name).html"))
    }
    try Data(ClinicStyle.css.utf8).write(to: url.appendingPathComponent("clinic.css"))
    try Data(ClinicScript.javaScript.utf8).write(to: url.appendingPathComponent("clinic.js"))
  }

  private func count(_ part: String, in text: String) -> Int {
    text.components(separatedBy: part).count - 1
  }

  private func duplicates(_ ids: [String]) -> [String] {
    Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.map(\.key).sorted()
  }

  private func matches(_ pattern: String, in text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let range = NSRange(text.startIndex..., in: text)
    return expression.matches(in: text, range: range).compactMap { match in
      Range(match.range(at: 1), in: text).map { String(text[$0]) }
    }
  }

  @Test
  func `how a record begins is offered to those alone for whom its act is`() {
    let paths = ["/enroll": EnrollAct.act.roles, "/adopt": AdoptForm.roles]
      .merging(["/arrive": ArrivalAct.roles]) { one, _ in one }
    for role in AccountRole.allCases {
      let page = PatientsPage(summaries: [], search: "", context: PageSample.context([role])).html()
      for (path, roles) in paths {
        #expect(page.contains("href=\"\(path)\"") == roles.contains(role), "\(path) \(role)")
      }
    }
  }
}
