import Therapy

/// Calendars of one's own and, for administrators, hooks that alarms are told to.
struct LinksPage {
  /// A secret that is shown once, when it was made.
  enum Made {
    case feed(String)
    case hook(String)
  }

  let table: AccessTable
  let outcomes: [String: [WebhookCourier.Outcome]]
  let waiting: [String: Int]
  let made: Made?
  let context: PageContext
  let state: FormState

  func html() -> String {
    var cards: [Markup] = []
    if context.visitor.isClinical { cards.append(calendar) }
    if context.visitor.isAdministrator { cards += [names, hooks] }
    return context.page(
      "Calendars and hooks",
      .settings,
      Piece.heading("Calendars and hooks") + shown
        + (cards.isEmpty
          ? Piece.card(nil, Piece.paragraph("There is nothing here for your role."))
          : Piece.grid(cards))
    )
  }

  private var shown: Markup {
    switch made {
    case .feed(let address):
      Piece.note(
        .warn,
        "SHOWN ONCE",
        "The address of your calendar: \(bold: address). Whoever has it sees what is in it."
      )
    case .hook(let secret):
      Piece.note(
        .warn,
        "SHOWN ONCE",
        "The secret of the hook: \(bold: secret). With it the other end checks Cisterna-Signature."
      )
    case nil: .none
    }
  }

  private var calendar: Markup {
    var text = Markup.none
    for feed in table.feeds(of: context.visitor.account) {
      text += Piece.paragraph("An address made \(Instant(milliseconds: feed.issuedAt).words).")
      text += PageForm(
        "feed-\(feed.id)",
        to: "/settings/links/calendar/\(feed.id)/end",
        "End this address"
      ).markup(context, state)
    }
    return Piece.card(
      "Your calendar of refills",
      Piece.soft(
        table.showsNames
          ? "Titles hold names and drugs: the clinic decided so."
          : "Titles hold initials and no drug."
      ) + text
        + PageForm("feed", to: "/settings/links/calendar", "Make a calendar address")
        .markup(context, state)
    )
  }

  private var names: Markup {
    Piece.card(
      "What calendars may say",
      PageForm("names", to: "/settings/links/names", "Decide it").markup(
        context,
        state,
        [
          Field(
            "names",
            "Names and drugs may stand in staff's calendars",
            .check,
            value: table.showsNames ? "yes" : "",
            hint: "A calendar is often synchronised to companies that are not the clinic.",
            isRequired: false
          )
        ]
      )
    )
  }

  private var hooks: Markup {
    var text = Markup.none
    for hook in table.openHooks {
      let all = (outcomes[hook.id] ?? []).reversed()
      var list = PageTable("Outcomes of \(hook.url)", ["When", "What"])
      for outcome in all.prefix(8) {
        list.add([
          "\(Instant(milliseconds: outcome.at).words)",
          outcome.isGood ? "\(outcome.text)" : "\(outcome.text) \(tag: "not told", .warn)",
        ])
      }
      text += Piece.title(hook.url)
      text += Piece.paragraph(
        "\(waiting[hook.id] ?? 0) waiting. "
          + (hook.mayBeLocal
            ? "May lie in the clinic's own network." : "Outside of own networks alone.")
      )
      text += list.isEmpty ? Piece.soft("Nothing was told yet.") : list.markup
      text += PageForm(
        "hook-\(hook.id)",
        to: "/settings/links/hooks/\(hook.id)/remove",
        "Remove the hook"
      )
      .markup(context, state)
    }
    let form = PageForm("hook", to: "/settings/links/hooks", "Add the hook").markup(
      context,
      state,
      [
        Field(
          "url",
          "Address",
          hint:
            "As in http://forwarder:8080/alarms. There is no TLS on the way: see docs/patient.md."
        ),
        Field(
          "local",
          "It lies in the clinic's own network, or on this machine",
          .check,
          isRequired: false
        ),
      ]
    )
    return Piece.card(
      "Hooks for alarms",
      Piece.soft(
        "Each alarm is told to each hook: the record's id and a link, signed. No name, no drug, not which alarm."
      ) + text + Piece.details("A new hook", isOpen: state.form == "hook", form)
    )
  }
}
