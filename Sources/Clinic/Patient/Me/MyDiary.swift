import Therapy

/// The diary: questions that take less than a minute, and what was answered.
struct MyDiary {
  let record: PatientRecord
  let context: MyContext
  /// What was chosen in a form that was not taken, and why.
  var typed: FormFields?
  var fault: WebError?
  var isSaved = false

  private var language: MyLanguage { context.language }
  private func words(_ phrase: MyPhrase) -> String { phrase.words(language) }
  private func say(_ phrase: MyPhrase) -> Markup { context.say(phrase) }

  static let spasms: [MyPhrase] = [.spasms0, .spasms1, .spasms2, .spasms3, .spasms4]
  static let sleep: [MyPhrase] = [.sleep0, .sleep1, .sleep2, .sleep3, .sleep4]
  static let mood: [MyPhrase] = [.mood0, .mood1, .mood2, .mood3, .mood4]

  static func phrase(_ trouble: DiaryEntry.Trouble) -> MyPhrase {
    switch trouble {
    case .drowsy: .drowsy
    case .dizzy: .dizzy
    case .nausea: .nausea
    case .itching: .itching
    case .constipation: .constipation
    case .weakness: .weakness
    case .urination: .urination
    case .headache: .headache
    case .swelling: .swelling
    }
  }

  func html() -> String {
    let today = record.diary(of: context.now.day)?.value
    var notes = Markup.none
    if isSaved { notes += Piece.note(.good, "✓", say(.diarySaved)) }
    if let fault {
      notes += Piece.note(
        .bad,
        words(.diaryFault),
        fault.code == "value" && fault.field == nil ? say(.diaryAnyOne) : "\(fault.description)",
        isAlert: true
      )
    }
    let form =
      Piece.soft(say(.diaryHelp))
      + .made(
        "<input type=\"hidden\" name=\"day\" value=\"\(context.now.day.text)\">\n"
      )
      + scale("pain", .pain, say(.painHelp), (0...10).map { ("\($0)", "\($0)") }, today?.pain)
      + scale("spasms", .spasms, .none, choices(Self.spasms), today?.spasms, isWords: true)
      + scale("sleep", .sleep, .none, choices(Self.sleep), today?.sleep, isWords: true)
      + scale("mood", .mood, .none, choices(Self.mood), today?.mood, isWords: true)
      + troubles(today) + free(today)
    return context.page(
      words(.diary),
      Piece.heading(say(.diary), "\(context.date(context.now))") + notes
        + context.form("/me/diary", say(.diarySave), form)
    )
  }

  private func choices(_ phrases: [MyPhrase]) -> [(String, String)] {
    phrases.enumerated().map { ("\($0)", words($1)) }
  }

  private func scale(
    _ name: String,
    _ title: MyPhrase,
    _ hint: Markup,
    _ choices: [(value: String, name: String)],
    _ today: Int?,
    isWords: Bool = false
  ) -> Markup {
    let chosen = typed?[name] ?? today.map { "\($0)" } ?? ""
    let radios = ([("", words(.noAnswer))] + choices).map { value, text in
      "<label for=\"d-\(name)-\(value)\"><input type=\"radio\" id=\"d-\(name)-\(value)\" "
        + "name=\"\(name)\" value=\"\(value)\"\(value == chosen ? " checked" : "")>"
        + "<span>\(HTML.escaped(text))</span></label>"
    }
    let help = hint.isEmpty ? "" : "<p class=\"hint\">\(hint.html)</p>"
    return .made(
      "<fieldset><legend>\(HTML.escaped(words(title)))</legend>\(help)"
        + "<div class=\"choices\(isWords ? " words" : "")\">\(radios.joined())</div></fieldset>\n"
    )
  }

  private func troubles(_ today: DiaryEntry?) -> Markup {
    let boxes = DiaryEntry.Trouble.allCases.map { trouble in
      let name = "trouble.\(trouble.rawValue)"
      let isOn = typed.map { $0[name] == "yes" } ?? today?.troubles.contains(trouble) ?? false
      return "<label for=\"d-\(trouble.rawValue)\"><input type=\"checkbox\" "
        + "id=\"d-\(trouble.rawValue)\" name=\"\(name)\" value=\"yes\"\(isOn ? " checked" : "")>"
        + "<span>\(HTML.escaped(words(Self.phrase(trouble))))</span></label>"
    }
    return .made(
      "<fieldset><legend>\(HTML.escaped(words(.troubles)))</legend>"
        + "<div class=\"choices words\">\(boxes.joined())</div></fieldset>\n"
    )
  }

  private func free(_ today: DiaryEntry?) -> Markup {
    let text = typed?["words"] ?? today?.words ?? ""
    return .made(
      "<label for=\"d-words\">\(HTML.escaped(words(.words)))</label>"
        + "<textarea id=\"d-words\" name=\"words\" maxlength=\"2000\" aria-describedby=\"d-words-hint\">"
        + "\(HTML.escaped(text))</textarea>"
        + "<p class=\"hint\" id=\"d-words-hint\">\(HTML.escaped(words(.wordsHelp)))</p>\n"
    )
  }

  // MARK: Reading

  /// What was answered, as a list.
  static func summary(_ entry: DiaryEntry, _ language: MyLanguage) -> Markup {
    var rows: [(String, Markup)] = []
    func add(_ title: MyPhrase, _ value: String?) {
      if let value { rows.append((title.words(language), "\(value)")) }
    }
    func word(_ number: Int?, _ phrases: [MyPhrase]) -> String? {
      number.flatMap { phrases.indices.contains($0) ? phrases[$0].words(language) : nil }
    }
    add(.pain, entry.pain.map { "\($0) / 10" })
    add(.spasms, word(entry.spasms, spasms))
    add(.sleep, word(entry.sleep, sleep))
    add(.mood, word(entry.mood, mood))
    if !entry.troubles.isEmpty {
      add(.troubles, entry.troubles.map { phrase($0).words(language) }.joined(separator: ", "))
    }
    add(.words, entry.words)
    return Piece.facts(rows)
  }

  /// The entry that a form tells of.
  static func entry(_ fields: FormFields) throws(WebError) -> DiaryEntry {
    DiaryEntry(
      day: try fields.neededDay("day"),
      pain: try fields.whole("pain"),
      spasms: try fields.whole("spasms"),
      sleep: try fields.whole("sleep"),
      mood: try fields.whole("mood"),
      troubles: DiaryEntry.Trouble.allCases.filter { fields.isYes("trouble.\($0.rawValue)") },
      words: fields.text("words")
    )
  }
}
