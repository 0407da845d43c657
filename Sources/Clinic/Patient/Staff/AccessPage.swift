import Therapy

/// What staff see and do of a patient's own access: their account, their emergency card, who helps them.
struct AccessPage {
  /// Shown once, when it was made.
  enum Made {
    case card(code: String, address: String)
    case account(name: String, secret: String)
  }

  let record: PatientRecord
  let table: AccessTable
  /// Of this patient's own account, where there is one.
  let accountName: String?
  let made: Made?
  let context: PageContext
  let state: FormState

  private var head: PatientHead { PatientHead(record: record, context: context) }

  func html() -> String {
    context.page(
      "Access of \(head.name)",
      .patients,
      head.markup(.access) + shown
        + Piece.grid([
          Piece.column([card, Piece.card("Caregivers", caregivers)]),
          Piece.column([Piece.card("Looks with the card", looks), account]),
        ])
    )
  }

  private var shown: Markup {
    switch made {
    case .card(let code, let address):
      Piece.note(
        .warn,
        "SHOWN ONCE",
        "The code of the emergency card is \(bold: code), its page \(bold: address). Write or print it on the "
          + "card now. It is not the secret of the pump's own emergency card, which this server never has."
      )
    case .account(let name, let secret):
      Piece.note(
        .warn,
        "SHOWN ONCE",
        "The secret of the authenticator of \(name): \(bold: secret). Give it to the patient, in person."
      )
    case nil: .none
    }
  }

  private var card: Markup {
    var text: Markup
    if let card = table.card(of: record.id) {
      text =
        Piece.facts([
          ("Made", "\(Instant(milliseconds: card.issuedAt).words)"),
          ("Who is called", "\(card.call)"),
          ("Where the pump lies", card.pocket.isEmpty ? "not recorded" : "\(card.pocket)"),
        ])
        + PageForm("revoke", to: head.path("/access/card/revoke"), "Make the card worthless")
        .markup(context, state)
    } else {
      text = Piece.paragraph("No card of this patient holds.")
    }
    let form = PageForm("card", to: head.path("/access/card"), "Make a new card").markup(
      context,
      state,
      [
        Field(
          "call",
          "Who is called, with the number",
          hint: "As in Pump clinic, day and night: +1 555 0100. It stands on top of the page."
        ),
        Field(
          "pocket",
          "Where the pump lies",
          hint: "As in left lower abdomen.",
          isRequired: false
        ),
      ]
    )
    return Piece.card(
      "Emergency card",
      Piece.soft(
        "Whoever has its code sees who this is, what the pump gives, whom to call and what to do; no more. A new "
          + "card makes the one before worthless."
      ) + text + Piece.details("A new card", isOpen: state.form == "card", form)
    )
  }

  private var looks: Markup {
    let cards = table.cards.values.filter { $0.patient == record.id.text }
    let all = cards.flatMap(\.looks).sorted { $0.at > $1.at }
    guard !all.isEmpty else { return Piece.paragraph("Nobody has looked.") }
    var list = PageTable("Looks with the card", ["When", "From the address"])
    for look in all.prefix(50) {
      list.add(["\(Instant(milliseconds: look.at).words)", "\(look.address)"])
    }
    return Piece.soft("\(cards.map(\.lookCount).reduce(0, +)) in all, the newest first.")
      + list.markup
  }

  private var caregivers: Markup {
    let all = table.caregivers(of: record.id)
    guard !all.isEmpty else {
      return Piece.paragraph("The patient lets nobody see their page.")
    }
    var list = PageTable("Caregivers", ["Who", "May", "Since"])
    for one in all {
      list.add([
        "\(context.names[one.account] ?? one.account)",
        one.mayWrite ? "see, and write in the diary" : "see",
        "\(Instant(milliseconds: one.since).words)",
      ])
    }
    return list.markup
      + Piece.soft("The patient alone lets and ends; an administrator may close the account.")
  }

  private var account: Markup {
    if let accountName {
      return Piece.card(
        "The patient's account",
        Piece.paragraph("Signs in as \(bold: accountName).")
      )
    }
    return Piece.card(
      "The patient's account",
      Piece.details(
        "Open an account for the patient",
        isOpen: state.form == "account",
        PageForm("account", to: head.path("/access/account"), "Open the account").markup(
          context,
          state,
          [
            Field(
              "name",
              "Name to sign in",
              hint: "Lower-case letters, digits, dots, hyphens.",
              complete: "off"
            ), Field("password", "First password", .password, complete: "new-password"),
          ]
        )
      )
    )
  }
}

/// What patients wrote in their diary, for staff.
struct DiaryView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup {
    let days = Set(record.diary.map(\.value.day)).sorted(by: >).prefix(14)
    guard !days.isEmpty else { return Piece.paragraph("The patient has written nothing.") }
    var table = PageTable(
      "Diary",
      ["Day", "#Pain", "Spasms", "Sleep", "Mood", "Troubles and words"]
    )
    for day in days {
      guard let entry = record.diary(of: day) else { continue }
      let value = entry.value
      func word(_ number: Int?, _ phrases: [MyPhrase]) -> Markup {
        guard let number, phrases.indices.contains(number) else { return "–" }
        return "\(phrases[number].words(.english))"
      }
      var words = value.troubles.map { MyDiary.phrase($0).words(.english) }
      if let text = value.words { words.append("“\(text)”") }
      table.add([
        "\(figure: day.words) \(soft: context.name(of: entry.by))",
        value.pain.map { "\($0) of 10" } ?? "–", word(value.spasms, MyDiary.spasms),
        word(value.sleep, MyDiary.sleep), word(value.mood, MyDiary.mood),
        words.isEmpty ? "–" : "\(words.joined(separator: "; "))",
      ])
    }
    return table.markup
      + Piece.soft(
        "In the patient's own words; no score of an examiner. Nobody is told of an entry."
      )
  }
}
