import OrderText
import PumpCore
import PumpLink
import PumpScenario
import Quantities
import Signer
import VirtualPump

/// What a person sees of their pump: HTML of what is known, and of nothing else.
struct ControllerView {
  /// What is asked about once before it is done.
  enum Act {
    case dose, stopDose
    /// With the hash of the order that waits.
    case stopChange(String)
  }

  let entry: PageEntry
  let name: String
  let language: ControllerLanguage

  private func say(_ phrase: ControllerPhrase) -> String { escaped(phrase.words(language)) }
  private func say(_ phrase: ControllerPhrase, _ value: String) -> String {
    escaped(phrase.words(language, value))
  }

  // MARK: Pages

  func home(_ look: ControllerLook) -> String {
    var parts: [String] = []
    if look.isSilent {
      parts.append(note("warn", say(.silent), say(.silentHelp)))
    }
    if look.hasOpen { parts.append(note("warn", say(.unknown), say(.unknownHelp) + again)) }
    if look.wasOpen { parts.append(note("warn", say(.unknown), say(.unknownOver))) }
    guard let status = look.status else {
      return frame(parts.joined() + section(.now, "<p>\(say(.unknownState))</p>") + lookAgain)
    }
    parts.append(section(.now, state(status, look)))
    parts.append(section(.dose, dose(status, look)))
    parts.append(section(.change, change(status)))
    parts.append(section(.alarms, alarms(status)))
    return frame(parts.joined() + lookAgain + "<p class=\"soft\">\(say(.link))</p>")
  }

  /// One question, two buttons.
  func sure(_ act: Act) -> String {
    let (question, yes, path): (ControllerPhrase, ControllerPhrase, String) =
      switch act {
      case .dose: (.askSure, .yesAsk, "dose")
      case .stopDose: (.stopDoseSure, .yesStop, "stop-dose")
      case .stopChange: (.stopChangeSure, .yesStopChange, "stop-change")
      }
    var fields = ""
    if case .stopChange(let hash) = act {
      fields = "<input type=\"hidden\" name=\"change\" value=\"\(escaped(hash))\">"
    }
    return frame(
      "<h1>\(say(question))</h1>" + form(path, fields, say(yes))
        + "<p><a class=\"button plain\" href=\"\(base)/?lang=\(language.rawValue)\">\(say(.no))</a></p>",
      hasTitle: true
    )
  }

  func answered(_ answer: ControllerAnswer, _ look: ControllerLook) -> String {
    let back =
      "<p><a class=\"button\" href=\"\(base)/?lang=\(language.rawValue)\">\(say(.lookBack))</a></p>"
    var text: String
    switch answer {
    case .dose(let next):
      text = note("good", say(.granted), next.map { line(.next, $0, look) } ?? "")
    case .bolusStopped: text = note("good", say(.stopped2), "")
    case .changeStopped: text = note("good", say(.changeStopped), "")
    case .refused(let refusal, let content): text = refused(refusal, content, look)
    case .unknown where look.hasOpen:
      text = note("warn", say(.unknown), say(.unknownHelp) + again)
    case .unknown: text = ""
    case .notReached: text = note("warn", say(.silent), say(.silentHelp))
    }
    if look.wasOpen { text += note("warn", say(.unknown), say(.unknownOver)) }
    text = text.replacing("class=\"note", with: "role=\"status\" class=\"note")
    return frame(text + back)
  }

  /// What was not done, by what was asked for: a stop that the pump did not take is never told as a dose.
  private func refused(
    _ refusal: Refusal,
    _ content: RequestContent,
    _ look: ControllerLook
  ) -> String {
    switch content {
    case .patientDose: note("warn", say(.refused), why(refusal, look))
    case .cancelPending where refusal.reason == .notFound: note("warn", say(.changeGone), "")
    case .cancelPending: note("bad", say(.changeNotStopped), say(.reason, refusal.words))
    case .cancelBolus, .acknowledge:
      note("bad", say(.doseNotStopped), say(.reason, refusal.words))
    }
  }

  var nothing: String { frame(note("warn", say(.unknownState), "")) }

  // MARK: Parts

  private func state(_ status: PumpStatus, _ look: ControllerLook) -> String {
    let words: ControllerPhrase
    var tone = ""
    switch PumpState(rawValue: UInt8(clamping: status[.state].value)) {
    case .running?: words = .running
    case .priming?, .bridging?: words = .bolus
    case .safe?: (words, tone) = (.safe, " bad")
    case .halted?: (words, tone) = (.halted, " bad")
    case .off?: (words, tone) = (.off, " bad")
    case nil: (words, tone) = (.unknownState, " bad")
    }
    var doses: [String] = []
    let planned = status.inForce.plannedDose
    for place in 0..<planned.count {
      let (drug, amount) = planned[place]
      doses.append("\(ControllerDrugs.name(of: drug, language)) \(Mass(femtograms: amount).text)")
    }
    let age =
      look.age < 120 ? say(.secondsAgo, "\(look.age)") : say(.minutesAgo, "\(look.age / 60)")
    let left = Volume(nanolitres: status[.reservoir].value / 100_000 * 100_000).text
    return "<p class=\"lead\(tone)\">\(say(words))</p>"
      + (doses.isEmpty ? "" : "<p>\(say(.perDay, doses.joined(separator: ", ")))</p>")
      + "<p>\(say(.left, left)) <small>\(say(.leftNote))</small></p>"
      + "<p class=\"soft\">\(age) \(say(.asOf, ControllerTime.clock(local(status))))</p>"
  }

  private func dose(_ status: PumpStatus, _ look: ControllerLook) -> String {
    guard status.inForce.patientDoses > .zero else { return "<p>\(say(.noDoses))</p>" }
    var text: String
    if let next = look.nextDose {
      text =
        next > status[.demand].time
        ? "<p class=\"lead\">\(line(.doseAt, next, look))</p>"
        : "<p class=\"lead\">\(say(.doseNow))</p>"
    } else {
      text = "<p>\(say(.doseNotKnown))</p>"
    }
    if !look.hasOpen { text += button("dose", .ask) }
    // A stop waits for nothing, least of all for a dose of which nobody knows whether it runs.
    return text + button("stop-dose", .stopDose, isPlain: true)
  }

  private func change(_ status: PumpStatus) -> String {
    guard let pending = status.pending else { return "<p>\(say(.changeNone))</p>" }
    let at = ControllerTime.words(local(status, pending.until), now: local(status), language)
    return "<p class=\"lead\">\(say(.changeAt, at))</p><p>\(say(.changeHelp))</p>"
      + "<p><a class=\"button\" href=\"\(base)/stop-change?lang=\(language.rawValue)&amp;change="
      + "\(Hex.text(pending.hash))\">\(say(.stopChange))</a></p>"
  }

  private func alarms(_ status: PumpStatus) -> String {
    let set = status[.alarms].value | status[.alarmConditions].value
    let all = Alarm.allCases.filter { set >> Int64($0.rawValue) & 1 == 1 }
    guard !all.isEmpty else { return "<p>\(say(.noAlarm))</p>" }
    let items = all.map { alarm in
      "<li><b>\(escaped(ControllerAlarms.words(alarm, language)))</b> "
        + "\(say(alarm == .electiveReplacement ? .replaceHelp : .alarmHelp))</li>"
    }
    return "<ul class=\"alarms\">\(items.joined())</ul>"
  }

  private func why(_ refusal: Refusal, _ look: ControllerLook) -> String {
    var text: String
    switch (refusal.reason, BolusRefusal(rawValue: refusal.detail)) {
    case (.bolus, .notPrescribed?): text = say(.notPrescribed)
    case (.bolus, .halted?): text = say(.stopped)
    case (.bolus, .bridging?): text = say(.bridging)
    case (.bolus, .busy?): text = say(.busy)
    case (.bolus, .lockout?): text = say(.lockout)
    case (.bolus, .dailyMaximum?): text = say(.dailyMaximum)
    case (.bolus, .rateLimit?), (.bolus, .volumeLimit?): text = say(.limits)
    case (.bolus, .reservoir?): text = say(.tooLittle)
    default: text = say(.otherReason, refusal.words)
    }
    if refusal.reason == .bolus, refusal.limit > 0 {
      text += " <b>\(line(.notYetAt, PumpTime(milliseconds: refusal.limit), look))</b>"
    }
    return text
  }

  /// An instant of the pump's in a sentence; where its clock was not heard, without.
  private func line(
    _ phrase: ControllerPhrase,
    _ instant: PumpTime,
    _ look: ControllerLook
  ) -> String {
    guard let status = look.status else { return "" }
    return say(
      phrase,
      ControllerTime.words(local(status, instant), now: local(status), language)
    )
  }

  private func local(_ status: PumpStatus, _ instant: PumpTime? = nil) -> LocalTime {
    let reading = status[.local]
    let ahead = instant.map { ($0 - reading.time).milliseconds } ?? 0
    return LocalTime(milliseconds: reading.value + ahead)
  }

  // MARK: HTML

  private var base: String { "/\(entry.token)" }

  private var again: String { form("again", "", say(.askAgain)) }

  private var lookAgain: String {
    "<p><a class=\"button plain\" href=\"\(base)/?lang=\(language.rawValue)\">\(say(.lookAgain))</a></p>"
  }

  private func button(_ path: String, _ words: ControllerPhrase, isPlain: Bool = false) -> String {
    "<p><a class=\"button\(isPlain ? " plain" : "")\" href=\"\(base)/\(path)?lang=\(language.rawValue)\">"
      + "\(say(words))</a></p>"
  }

  private func form(_ path: String, _ fields: String, _ button: String) -> String {
    "<form method=\"post\" action=\"\(base)/\(path)\">"
      + "<input type=\"hidden\" name=\"csrf\" value=\"\(entry.formToken)\">"
      + "<input type=\"hidden\" name=\"lang\" value=\"\(language.rawValue)\">\(fields)"
      + "<button>\(button)</button></form>"
  }

  private func section(_ title: ControllerPhrase, _ content: String) -> String {
    "<section aria-labelledby=\"\(title.rawValue)\"><h2 id=\"\(title.rawValue)\">\(say(title))</h2>"
      + content + "</section>"
  }

  private func note(_ tone: String, _ head: String, _ text: String) -> String {
    "<div class=\"note \(tone)\"><b>\(head)</b> \(text)</div>"
  }

  private func frame(_ content: String, hasTitle: Bool = false) -> String {
    let other: ControllerLanguage = language == .english ? .spanish : .english
    return """
      <!doctype html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(say(.title)) – Cisterna</title>
      <link rel="stylesheet" href="\(base)/style.css">
      </head>
      <body>
      <a class="skip" href="#main">\(say(.skip))</a>
      <header><p>\(say(.title)): <b>\(escaped(name))</b></p>
      <p><a lang="\(other.rawValue)" href="\(base)/?lang=\(other.rawValue)">\(say(.other))</a></p></header>
      <main id="main">
      \(hasTitle ? "" : "<h1>\(say(.title))</h1>")
      \(content)
      </main>
      </body>
      </html>
      """
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
