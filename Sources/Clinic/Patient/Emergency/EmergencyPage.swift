import Quantities
import Therapy

/// The page of the emergency card: who, what, where, whom to call, what to do.
///
/// Nothing else of the record is on it.
struct EmergencyPage {
  let record: PatientRecord
  let heard: StatusHeard?
  let card: EmergencyCard
  let language: MyLanguage
  let now: Instant
  let isDemonstration: Bool
  /// The address of this page in the other language.
  let other: String

  private func say(_ phrase: EmergencyPhrase) -> Markup { Markup(phrase.words(language)) }
  private func say(_ phrase: EmergencyPhrase, _ value: String) -> Markup {
    Markup(phrase.words(language, value))
  }
  private func title(_ phrase: EmergencyPhrase) -> String { phrase.words(language) }

  private var isEnded: Bool { record.stage == .ended }
  private var isExplanted: Bool { end == .explanted }

  func html() -> String {
    // Of a pump that is out there is nothing to do; where it went elsewhere it still gives.
    let what = end == nil || end == .transferred ? advice : Markup.none
    return MyFrame.page(
      title(.title),
      language,
      isDemonstration: isDemonstration,
      .made("<div class=\"sheet\">\n") + Piece.heading(say(.title), say(.under))
        + .made("<p class=\"screen\">")
        + .made(
          "<a lang=\"\(language.other.rawValue)\" href=\"\(HTML.escaped(other))\">"
            + "\(language.other.name)</a> "
        ) + say(.print) + .made("</p>\n") + Piece.note(.bad, title(.call), "\(bold: card.call)")
        + warnings + Piece.card(nil, Piece.facts(rows)) + what + Piece.soft(say(.card))
        + .made("</div>\n")
    )
  }

  // MARK: What is not as the rows say

  /// How care here came to its end.
  private enum End { case died, explanted, transferred, other }

  /// The last one: somebody may have come back in between.
  private var end: End? {
    guard isEnded else { return nil }
    let pathway = record.pathway
    if pathway.died != nil { return .died }
    let out = pathway.explanted?.explantedAt
    let moved = pathway.transferred?.document.writtenAt
    switch (out, moved) {
    case (let out?, let moved?): return out > moved ? .explanted : .transferred
    case (.some, nil): return .explanted
    case (nil, .some): return .transferred
    case (nil, nil): return .other
    }
  }

  private var warnings: Markup {
    if let end { return ended(end) }
    var text = Markup.none
    for halt in record.halts {
      text += Piece.note(
        .bad,
        title(.halted),
        "\(EmergencyState.words(halt.reason, language)), "
          + say(.since, MyTime.moment(halt.haltedAt, language))
      )
    }
    for entry in record.openAlarms {
      text += Piece.note(
        entry.alarm.isHigh ? .bad : .warn,
        title(.alarm),
        "\(EmergencyState.words(entry.alarm, language)), "
          + say(.since, MyTime.moment(entry.raisedAt, language))
          + (entry.clearedAt.map { "; " + say(.over, MyTime.moment($0, language)) } ?? .none)
      )
    }
    if record.isReservoirUnknown {
      text += Piece.note(.bad, title(.notKnown).uppercased(), say(.reservoirUnknown))
    }
    return text
  }

  private func ended(_ end: End) -> Markup {
    var text = say(.endedSince, MyTime.day(record.pathway.since, language))
    switch end {
    case .died:
      if let on = record.pathway.died?.on {
        text += " " + say(.died, MyTime.day(on.start, language))
      }
    case .explanted:
      if let at = record.pathway.explanted?.explantedAt {
        text += " " + say(.explanted, MyTime.day(at, language))
      }
    case .transferred:
      if let to = record.pathway.transferred?.document.to { text += " " + say(.transferred, to) }
    case .other: break
    }
    return Piece.note(.bad, title(.ended), text)
  }

  // MARK: Facts

  private var rows: [(String, Markup)] {
    var rows: [(String, Markup)] = []
    if let identity = record.identity {
      rows.append(
        (
          title(.who),
          "\(bold: "\(identity.givenName) \(identity.familyName)"), "
            + say(.born, identity.born.text)
        )
      )
    }
    if let pump = record.pump, !isExplanted {
      rows.append((title(.pump), "\(pump.model), " + say(.serial, pump.serial)))
    }
    // Of a pump that others look after, or that is out, nothing is known here any more.
    if !isEnded { rows += delivery }
    if !isExplanted {
      rows.append(
        (title(.pocket), card.pocket.isEmpty ? say(.notRecorded) : "\(card.pocket)")
      )
      rows.append((title(.tip), record.catheter?.tip.map { "\($0)" } ?? say(.notKnown)))
    }
    return rows
  }

  private var delivery: [(String, Markup)] {
    func value(_ now: String?, before last: String?) -> Markup {
      if let now { return "\(bold: now)" }
      guard let last else { return say(.notKnown) }
      return "\(bold: title(.notKnown)); " + say(.before, last)
    }
    var dose = value(
      EmergencyFacts.dose(record, language),
      before: EmergencyFacts.lastDose(record, language)
    )
    if let mean = EmergencyFacts.dose(record, language),
      let most = EmergencyFacts.dose(record, most: true, language), most != mean
    {
      dose += "; " + say(.most, most)
    }
    let drug = value(
      EmergencyFacts.drug(record, language),
      before: EmergencyFacts.lastDrug(record, language)
    )
    var rows = [(title(.drug), drug), (title(.dose), dose), (title(.known), known)]
    if let heard { rows.append((title(.heard), state(heard))) }
    return rows
  }

  /// On whose word the program stands: the pump's only where the pump itself names the order of it.
  private var known: Markup {
    guard let program = record.program else { return say(.notKnown) }
    if program.standing == .receipt, let order = program.order, let heard, heard.inForce == order {
      return say(.knownBy, MyTime.moment(heard.heardAt, language)) + " " + say(.byPump)
    }
    let by: EmergencyPhrase =
      switch program.standing {
      case .receipt: .byReceipt
      case .byHand: .byHand
      case .recalled: .byPapers
      }
    return say(.knownBy, MyTime.moment(program.since, language)) + " " + say(by)
  }

  /// The pump's last word of itself, however old: its age is said.
  private func state(_ heard: StatusHeard) -> Markup {
    let words = EmergencyState.words(heard.state, language)
    let isGiving: Bool =
      switch heard.state {
      case .running, .priming, .bridging: true
      case .safe, .halted, .off: false
      }
    return "\(MyTime.moment(heard.heardAt, language)): "
      + (isGiving ? "\(words)" : "\(bold: words)")
      + (now - heard.heardAt > 24 * .hour ? "; " + say(.old) : .none)
  }

  // MARK: What to do

  private var advice: Markup {
    let advice = EmergencyAdvice(for: record.reservoir?.fluid, language)
    let always = EmergencyAdvice.always(language)
    // Each source once, in the order in which lines name them.
    var sources: [String] = []
    for line in always + advice.cards.flatMap(\.lines)
    where line.isVerified && !sources.contains(line.source) { sources.append(line.source) }
    var text = Piece.card(title(.always), list(always, sources))
    if advice.isOfEvery { text += Piece.note(.warn, "!", say(.anyDrug)) }
    for card in advice.cards {
      text += Piece.card(
        card.title,
        Piece.paragraph(say(.signs, card.signs)) + list(card.lines, sources)
      )
    }
    let items = sources.enumerated().map { "\($0.offset + 1): \($0.element)" }
    return text + Piece.soft("\(title(.source)). \(items.joined(separator: " · "))")
  }

  private func list(_ lines: [EmergencyAdvice.Line], _ sources: [String]) -> Markup {
    let items = lines.map { line -> String in
      let mark: Markup =
        line.isVerified
        ? .made("<sup>\((sources.firstIndex(of: line.source) ?? 0) + 1)</sup>")
        : "\(tag: title(.unverified), .warn)"
      return "<li>\(HTML.escaped(line.text)) \(mark.html)</li>"
    }
    return .made("<ul class=\"steps\">\(items.joined())</ul>\n")
  }

  // MARK: The code

  /// Where the code of a card is typed.
  static func entry(_ language: MyLanguage, fault: EmergencyPhrase?) -> String {
    func say(_ phrase: EmergencyPhrase) -> String { HTML.escaped(phrase.words(language)) }
    let notice =
      fault.map {
        Piece.note(
          .bad,
          EmergencyPhrase.entryFault.words(language),
          "\($0.words(language))",
          isAlert: true
        )
      } ?? .none
    let other = language.other
    return MyFrame.page(
      EmergencyPhrase.entryTitle.words(language),
      language,
      Piece.heading(Markup(EmergencyPhrase.entryTitle.words(language)))
        + .made(
          "<p><a lang=\"\(other.rawValue)\" href=\"/emergency?lang=\(other.rawValue)\">"
            + "\(other.name)</a></p>\n"
        ) + notice
        + Piece.card(
          nil,
          .made(
            "<form method=\"post\" action=\"/emergency\">"
              + "<input type=\"hidden\" name=\"lang\" value=\"\(language.rawValue)\">"
              + "<label for=\"e-code\">\(say(.entryCode))</label>"
              + "<input id=\"e-code\" name=\"code\" required autocomplete=\"off\" spellcheck=\"false\" "
              + "autocapitalize=\"characters\" aria-describedby=\"e-code-hint\">"
              + "<p class=\"hint\" id=\"e-code-hint\">\(say(.entryHelp))</p>"
              + "<button>\(say(.entryGo))</button></form>\n"
          )
        )
    )
  }
}
