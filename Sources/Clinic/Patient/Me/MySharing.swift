import Therapy

/// Who sees what of a patient: caregivers, the emergency card's looks, calendars.
struct MySharing {
  let patient: PatientID
  let table: AccessTable
  /// Full names by account.
  let names: [String: String]
  let account: String
  let context: MyContext
  /// A calendar's address, shown once, when it was made.
  var made: String?
  var fault: Markup?

  private func say(_ phrase: MyPhrase) -> Markup { context.say(phrase) }
  private func say(_ phrase: MyPhrase, _ value: String) -> Markup { context.say(phrase, value) }
  private func title(_ phrase: MyPhrase) -> String { phrase.words(context.language) }

  func html() -> String {
    context.page(
      title(.sharing),
      Piece.heading(say(.sharing)) + caregivers + card + calendar
    )
  }

  private var caregivers: Markup {
    let all = table.caregivers(of: patient)
    var text = all.isEmpty ? Piece.paragraph(say(.caregiversNone)) : .none
    for one in all {
      let name = names[one.account] ?? one.account
      text += Piece.paragraph(
        say(one.mayWrite ? .caregiverWrites : .caregiverMay, name) + " "
          + say(.caregiverSince, context.date(Instant(milliseconds: one.since)))
      )
      text += context.form(
        "/me/caregivers/\(one.id)/end",
        say(.caregiverEnd, name),
        isPlain: true
      )
    }
    if let fault { text += Piece.note(.bad, title(.diaryFault), fault, isAlert: true) }
    let fields: Markup =
      .made(
        "<label for=\"s-name\">\(say(.caregiverName).html)</label>"
          + "<input id=\"s-name\" name=\"name\" required autocomplete=\"off\" autocapitalize=\"none\" "
          + "aria-describedby=\"s-name-hint\"><p class=\"hint\" id=\"s-name-hint\">"
          + "\(say(.caregiverNameHelp).html)</p>"
          + "<label class=\"check\" for=\"s-diary\"><input type=\"checkbox\" id=\"s-diary\" "
          + "name=\"diary\" value=\"yes\"><span>\(say(.caregiverDiary).html)</span></label>\n"
      )
    return Piece.card(
      title(.caregivers),
      text
        + Piece.details(
          title(.caregiverAdd),
          isOpen: fault != nil,
          context.form("/me/caregivers", say(.caregiverAllow), fields)
        )
    )
  }

  private var card: Markup {
    guard let card = table.card(of: patient) else {
      return Piece.card(title(.card), Piece.paragraph(say(.cardNone)))
    }
    let looks = card.looks.reversed().map { look in
      say(.cardLookAt, context.moment(Instant(milliseconds: look.at))) + " \(look.address)"
    }
    return Piece.card(
      title(.card),
      Piece.paragraph(say(.cardIssued, context.date(Instant(milliseconds: card.issuedAt))))
        + Piece.title(title(.cardLooks))
        + (looks.isEmpty ? Piece.paragraph(say(.cardLooksNone)) : Piece.list(Array(looks)))
    )
  }

  private var calendar: Markup {
    var text = Markup.none
    if let made {
      text += Piece.note(
        .good,
        title(.calendarMade),
        .made("<span class=\"secret\">\(HTML.escaped(made))</span> ") + say(.calendarOnce)
      )
    }
    let feeds = table.feeds(of: account)
    if feeds.isEmpty { text += Piece.paragraph(say(.calendarNone)) }
    for feed in feeds {
      text += Piece.paragraph(
        say(.calendarSince, context.date(Instant(milliseconds: feed.issuedAt)))
      )
      text += context.form("/me/calendar/\(feed.id)/end", say(.calendarEnd), isPlain: true)
    }
    return Piece.card(
      title(.calendar),
      text + Piece.soft(say(.calendarHelp))
        + context.form("/me/calendar", say(.calendarMake), isPlain: true)
    )
  }
}
