import Quantities
import Therapy

/// What the clinic decided, one's own signer, and for administrators the people.
struct SettingsPage {
  /// Somebody with an account, as the list shows them.
  struct Person: Sendable {
    let id: String
    let name: String
    let fullName: String
    let roles: Set<AccountRole>
    let isClosed: Bool
  }

  let people: [Person]
  let signer: String?
  /// A secret for an authenticator, shown once, when it was made.
  let codeSecret: (name: String, secret: String)?
  let context: PageContext
  let state: FormState

  func html() -> String {
    let cards =
      context.visitor.isAdministrator
      ? [Piece.column([own, clinic]), Piece.column([change, new])] : [own, clinic]
    return context.page(
      "Settings",
      .settings,
      Piece.heading("Settings") + secret + Piece.grid(cards)
        + (context.visitor.isAdministrator ? Piece.card("People", list) : .none)
    )
  }

  private var secret: Markup {
    guard let codeSecret else { return .none }
    return Piece.note(
      .warn,
      "SHOWN ONCE",
      "The secret of the authenticator of \(codeSecret.name): \(bold: codeSecret.secret). "
        + "Give it to the person, in person."
    )
  }

  private var own: Markup {
    Piece.card(
      "Your own signer",
      Piece.paragraph(
        "Orders are signed by a program on your own computer. Its address is what it prints "
          + "when it starts; the clinic only makes links to it."
      )
        + PageForm("signer", to: "/settings/signer", "Keep the address").markup(
          context,
          state,
          [
            Field(
              "address",
              "Address",
              value: signer ?? "",
              hint: "As in http://127.0.0.1:7400/… ; it is kept until the server is started anew."
            )
          ]
        )
        + Piece.actions([Piece.button("Calendars and hooks", to: "/settings/links", isPlain: true)])
    )
  }

  private var clinic: Markup {
    let settings = context.settings
    let facts = settings.confirmedFacts
    return Piece.card(
      "What the clinic decided",
      Piece.facts([
        (
          "One person may refill",
          settings.singlePersonRefill.map { "yes: \($0)" }
            ?? "no: a second person is always asked for"
        ), ("Unknown after", "\(settings.receiptWait.text) without a receipt"),
        (
          "Silent pump",
          "a task after \(settings.silenceTask.text), a call after \(settings.silenceCall.text)"
        ),
        ("Refill on the list", "\(settings.refillNotice.text) before the earliest date"),
        ("Envelope, step", "at most \(settings.envelope.stepPercent) %"),
        ("Envelope, 7 days", "at most \(settings.envelope.weekPercent) %"),
        ("Between increases", "\(settings.envelope.betweenIncreases.text)"),
        ("Delay of an increase", "\(settings.envelope.delay.text)"),
        (
          "Facts confirmed",
          facts.isEmpty ? "none" : "\(facts.joined(separator: ", "))"
        ),
      ])
    )
  }

  private var change: Markup {
    let settings = context.settings
    return Piece.card(
      "Change what the clinic decided",
      PageForm("clinic", to: "/settings/clinic", "Change it").markup(
        context,
        state,
        [
          Field(
            "singlePersonRefill",
            "Why one person may refill alone",
            value: settings.singlePersonRefill ?? "",
            hint: "Empty: a second person is always asked for.",
            isRequired: false
          ),
          Field(
            "receiptWait",
            "Outcome unknown after",
            .quantity(["min"]),
            value: "\(settings.receiptWait.milliseconds / 60_000) min"
          ),
          Field(
            "silenceTask",
            "Silent pump: a task after",
            .quantity(["h"]),
            value: "\(settings.silenceTask.milliseconds / 3_600_000) h"
          ),
          Field(
            "silenceCall",
            "Silent pump: a call after",
            .quantity(["h"]),
            value: "\(settings.silenceCall.milliseconds / 3_600_000) h"
          ),
          Field(
            "refillNotice",
            "Refill on the list before it is due",
            .quantity(["d"]),
            value: "\(settings.refillNotice.milliseconds / 86_400_000) d"
          ),
        ] + OrderForm.envelope(settings.envelope)
      )
    )
  }

  private var new: Markup {
    Piece.card(
      "A new person",
      PageForm("person", to: "/settings/people", "Open the account").markup(
        context,
        state,
        [
          Field(
            "name",
            "Name to sign in",
            hint: "Lower-case letters, digits, dots, hyphens.",
            complete: "off"
          ),
          Field("fullName", "Full name", complete: "off"),
        ]
          + AccountRole.allCases.filter { $0 != .patient }.map {
            Field("role.\($0.rawValue)", NameWords.capital($0.rawValue), .check, isRequired: false)
          }
          + [Field("password", "First password", .password, complete: "new-password")]
      )
    )
  }

  private var list: Markup {
    var table = PageTable("People with an account", ["Name", "Roles", "State", "Change"])
    for person in people {
      table.add([
        "\(person.fullName) \(soft: person.name)",
        "\(AccountRole.allCases.filter(person.roles.contains).map(\.rawValue).joined(separator: ", "))",
        person.isClosed ? "\(tag: "closed")" : "open",
        person.isClosed || person.id == context.visitor.account
          ? "–" : changes(person),
      ])
    }
    return table.markup
  }

  private func changes(_ person: Person) -> Markup {
    Piece.details(
      "Change \(person.fullName)",
      PageForm(
        "code-\(person.id)",
        to: "/settings/people/\(person.id)/code",
        "A new secret for the authenticator"
      ).markup(context, state)
        + PageForm(
          "close-\(person.id)",
          to: "/settings/people/\(person.id)/close",
          "Close the account"
        ).markup(context, state)
    )
  }
}
