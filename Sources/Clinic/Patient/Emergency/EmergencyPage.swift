import Quantities
import Therapy

/// What a record tells in an emergency, and on whose word.
enum EmergencyFacts {
  /// What the program gives on average in 24 h; nothing where it is not known.
  static func dose(_ record: PatientRecord, most: Bool = false) -> String? {
    guard let figures = record.programFigures, let fluid = record.reservoir?.fluid else {
      return nil
    }
    return figures.doses.compactMap { dose in
      fluid.drugs.first { $0.name == dose.drug }.map {
        "\($0.name) \(AmountWords.mass((most ? dose.most : dose.mean).mass, of: $0))"
      }
    }.joined(separator: ", ")
  }
}

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

  func html() -> String {
    MyFrame.page(
      title(.title),
      language,
      isDemonstration: isDemonstration,
      .made("<div class=\"sheet\">\n") + Piece.heading(say(.title), say(.under))
        + .made("<p class=\"screen\">")
        + .made(
          "<a lang=\"\(language.other.rawValue)\" href=\"\(HTML.escaped(other))\">"
            + "\(language.other.name)</a> "
        ) + say(.print) + .made("</p>\n") + Piece.note(.bad, title(.call), "\(bold: card.call)")
        + Piece.card(nil, Piece.facts(rows)) + advice + sources
        + Piece.soft(say(.card)) + .made("</div>\n")
    )
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
    if let pump = record.pump {
      rows.append((title(.pump), "\(pump.model), " + say(.serial, pump.serial)))
    }
    rows.append(
      (
        title(.drug),
        record.reservoir.map { "\(bold: AmountWords.fluid($0.fluid))" } ?? say(.notKnown)
      )
    )
    var dose: Markup = say(.notKnown)
    if let mean = EmergencyFacts.dose(record) {
      dose = "\(bold: mean)"
      if let most = EmergencyFacts.dose(record, most: true), most != mean {
        dose += "; " + say(.most, most)
      }
    }
    rows.append((title(.dose), dose))
    rows.append((title(.known), known))
    rows.append(
      (title(.pocket), card.pocket.isEmpty ? say(.notRecorded) : "\(card.pocket)")
    )
    rows.append((title(.tip), record.catheter?.tip.map { "\($0)" } ?? say(.notKnown)))
    return rows
  }

  private var known: Markup {
    if let heard {
      let isOld = now - heard.heardAt > 24 * .hour
      return say(.knownBy, MyTime.moment(heard.heardAt, language)) + " " + say(.byPump)
        + (isOld ? "; " + say(.old) : .none) + state(heard, isOld: isOld)
    }
    guard let program = record.program else { return say(.notKnown) }
    let by: EmergencyPhrase =
      switch program.standing {
      case .receipt: .byPump
      case .byHand: .byHand
      case .recalled: .byPapers
      }
    return say(.knownBy, MyTime.moment(program.since, language)) + " " + say(by)
  }

  /// What the pump said that it does, where that is not its program.
  private func state(_ heard: StatusHeard, isOld: Bool) -> Markup {
    guard !isOld else { return .none }
    switch heard.state {
    case .running, .priming, .bridging: return .none
    case .safe: return ". " + Markup(MyPhrase.safe.words(language))
    case .halted: return ". \(bold: MyPhrase.halted.words(language))"
    case .off: return ". \(bold: MyPhrase.off.words(language))"
    }
  }

  // MARK: What to do

  private var drugs: [String] { record.reservoir?.fluid.drugs.map(\.name) ?? [] }

  private var all: [(drug: String, advice: EmergencyAdvice)] {
    drugs.compactMap { drug in EmergencyAdvice.of(drug).map { (drug, $0) } }
  }

  private var lines: [EmergencyAdvice.Line] {
    var lines = EmergencyAdvice.always
    for item in all { lines += item.advice.tooMuch + item.advice.tooLittle }
    return lines
  }

  /// Each source once, in the order in which lines name them.
  private var sourceList: [String] {
    var list: [String] = []
    for line in lines where line.isVerified && !list.contains(line.source) {
      list.append(line.source)
    }
    return list
  }

  private var advice: Markup {
    var text = Piece.card(title(.always), list(EmergencyAdvice.always))
    if all.count < max(1, drugs.count) { text += Piece.note(.warn, "!", say(.noAdvice)) }
    for (drug, advice) in all {
      let name = MyDrugs.name(drug, language)
      text += Piece.card("\(title(.tooMuch)): \(name)", list(advice.tooMuch))
      text += Piece.card("\(title(.tooLittle)): \(name)", list(advice.tooLittle))
    }
    return text
  }

  private func list(_ lines: [EmergencyAdvice.Line]) -> Markup {
    let items = lines.map { line -> String in
      let mark: Markup =
        line.isVerified
        ? .made("<sup>\((sourceList.firstIndex(of: line.source) ?? 0) + 1)</sup>")
        : "\(tag: title(.unverified), .warn)"
      return "<li>\(HTML.escaped(line.words(language))) \(mark.html)</li>"
    }
    return .made("<ul class=\"steps\">\(items.joined())</ul>\n")
  }

  private var sources: Markup {
    let items = sourceList.enumerated().map { "\($0.offset + 1): \($0.element)" }
    return Piece.soft("\(title(.source)). \(items.joined(separator: " · "))")
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
