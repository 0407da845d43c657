import Therapy

/// What a patient's page is written with: whose it is, who reads it, in which language, when.
struct MyContext: Sendable {
  let patient: PatientID
  /// The reader's name.
  let reader: String
  let formToken: String
  let language: MyLanguage
  /// Whether the reader is the patient.
  let isOwn: Bool
  /// Whether the reader may write in the diary.
  let mayWrite: Bool
  let now: Instant
  let isDemonstration: Bool
  /// Where the patient's own controller runs, where that is known.
  var controller: String?
  let freshKey: @Sendable () -> String

  func say(_ phrase: MyPhrase) -> Markup { Markup(phrase.words(language)) }
  func say(_ phrase: MyPhrase, _ value: String) -> Markup { Markup(phrase.words(language, value)) }

  /// A path with whose page it is, where that is not the reader's own.
  func path(_ rest: String = "") -> String { "/me\(rest)" + (isOwn ? "" : "?of=\(patient.text)") }

  /// A whole page.
  func page(_ title: String, isHome: Bool = false, _ content: Markup) -> String {
    MyFrame.page(
      title,
      language,
      reader: reader,
      formToken: formToken,
      isDemonstration: isDemonstration,
      of: isOwn ? nil : patient.text,
      (isHome
        ? .none
        : .made("<p class=\"back\"><a href=\"\(HTML.escaped(path()))\">")
          + "\(say(.home))" + .made("</a></p>\n")) + content
    )
  }

  /// A form that writes.
  func form(
    _ action: String,
    _ button: Markup,
    isPlain: Bool = false,
    _ content: Markup = .none
  ) -> Markup {
    var hidden = [("csrf", formToken), ("key", freshKey())]
    if !isOwn { hidden.append(("of", patient.text)) }
    let fields = hidden.map {
      "<input type=\"hidden\" name=\"\($0.0)\" value=\"\(HTML.escaped($0.1))\">"
    }
    return .made("<form method=\"post\" action=\"\(HTML.escaped(action))\">\(fields.joined())")
      + content
      + .made("<button\(isPlain ? " class=\"plain\"" : "")>\(button.html)</button></form>\n")
  }

  func date(_ instant: Instant) -> String { MyTime.day(instant, language) }
  func moment(_ instant: Instant) -> String { MyTime.moment(instant, language) }
}

/// The frame of the pages that patients and rescuers read: one column, no script, two languages.
enum MyFrame {
  static func page(
    _ title: String,
    _ language: MyLanguage,
    reader: String? = nil,
    formToken: String = "",
    isDemonstration: Bool = false,
    of patient: String? = nil,
    _ content: Markup
  ) -> String {
    func say(_ phrase: MyPhrase) -> String { phrase.words(language) }
    var values: [String: Any] = [
      "title": title, "language": language.rawValue, "content": content.html,
      "skip": say(.skip), "device": say(.notADevice), "utc": say(.utc),
    ]
    if isDemonstration { values["demonstration"] = say(.demonstration) }
    if let reader {
      var reading: [String: Any] = [
        "name": reader, "csrf": formToken, "signOut": say(.signOut),
        "other": language.other.rawValue, "otherName": language.other.name,
      ]
      if let patient { reading["of"] = patient }
      values["reader"] = reading
    }
    return PageLibrary.markup("my-frame", values).html
  }

  static let templates = [("my-frame", frame)]

  private static let frame = """
    <!doctype html>
    <html lang="{{language}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}} – Cisterna</title>
    <link rel="stylesheet" href="/static/clinic.css">
    <link rel="stylesheet" href="/static/patient.css">
    </head>
    <body class="my">
    <a class="skip" href="#main">{{skip}}</a>
    <header class="top"><div class="bar">
    <span class="brand">Cisterna</span>
    {{#reader}}
    <div class="who"><span>{{name}}</span>
    <form method="post" action="/me/language"><input type="hidden" name="csrf" value="{{csrf}}">\
    {{#of}}<input type="hidden" name="of" value="{{of}}">{{/of}}\
    <input type="hidden" name="language" value="{{other}}">\
    <button class="plain" lang="{{other}}">{{otherName}}</button></form>\
    <form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{{csrf}}">\
    <button class="plain">{{signOut}}</button></form></div>
    {{/reader}}
    </div></header>
    <main id="main" tabindex="-1">
    {{{content}}}
    </main>
    <footer>{{#demonstration}}{{demonstration}} {{/demonstration}}{{device}} {{utc}}</footer>
    </body>
    </html>

    """

  /// Beside the style of all pages.
  static let style = StaticFile(
    "patient.css",
    type: "text/css; charset=utf-8",
    """
    .my main { max-width: 36rem; font-size: 1.125rem; }
    .my .bar, .my footer { max-width: 36rem; }
    .my .who form { margin: 0; } .my .who button { min-height: 2.75rem; padding: .3rem .7rem; }
    .my .lead { font-size: 1.35rem; font-weight: 650; line-height: 1.3; }
    .my .card > .button, .my form > button, .my .card p > .button { display: block; width: 100%; min-height: 3.25rem;
      padding: .8rem 1rem; text-align: center; margin-top: .6rem; font-size: 1.125rem; }
    .my h2 { font-size: 1.25rem; }
    .my fieldset { display: block; padding: .25rem .75rem .75rem; }
    .my legend { font-size: 1.15rem; padding: 0 .25rem; }
    .my .choices { display: grid; gap: .4rem; grid-template-columns: repeat(auto-fit, minmax(5rem, 1fr)); }
    .my .choices.words { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
    .my .choices label { margin: 0; font-weight: 400; display: flex; align-items: center; min-height: 3rem;
      padding: .4rem .5rem; border: 1px solid var(--soft); border-radius: 8px; cursor: pointer; }
    .my .choices input { flex: none; margin-right: .4rem; } .my .choices.words label { font-size: 1rem; hyphens: auto; }
    .my .choices label:has([value=""]) { grid-column: 1 / -1; }
    .my .choices label:has(:checked) { background: var(--accent-soft); border-color: var(--accent);
      box-shadow: inset 0 0 0 1px var(--accent); font-weight: 650; }
    .my ul { padding-left: 1.25rem; } .my li { margin-bottom: .4rem; }
    .my .secret { font: 1.1rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
    .my .facts { grid-template-columns: minmax(0, 9rem) 1fr; }
    .sheet h1 { font-size: 1.4rem; } .sheet h2 { font-size: 1.1rem; margin-top: .4rem; }
    .sheet .steps { margin: 0; padding-left: 1.2rem; } .sheet .steps li { margin-bottom: .2rem; }
    @media (max-width: 30rem) { .my .who { justify-content: space-between; } .my .brand:has(+ .who) { display: none; } }
    @media print {
      @page { margin: 12mm; }
      .my .back, .my .screen { display: none; }
      .my main { max-width: none; padding: 0; font-size: 10.5pt; }
      .my.sheet, .sheet { font-size: 10.5pt; } .my .card { margin-bottom: 2mm; padding: 0; }
      .my .facts { gap: 0 1rem; } .my small { font-size: 8pt; } .my .note { background: #fff; padding: .2rem .5rem; margin-bottom: .2rem; }
    }
    """
  )
}

/// Days and moments in both languages.
enum MyTime {
  private static let months: [MyLanguage: [String]] = [
    .english: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ],
    .spanish: [
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
      "octubre", "noviembre", "diciembre",
    ],
  ]

  /// As in `5 January 2026`, `5 de enero de 2026`.
  static func day(_ instant: Instant, _ language: MyLanguage) -> String {
    let text = instant.text
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    let day = Int(text.dropFirst(8).prefix(2)) ?? 1
    let name = months[language]?[max(0, min(11, month - 1))] ?? ""
    return language == .english
      ? "\(day) \(name) \(text.prefix(4))" : "\(day) de \(name) de \(text.prefix(4))"
  }

  static func moment(_ instant: Instant, _ language: MyLanguage) -> String {
    "\(day(instant, language)), \(instant.text.dropFirst(11).prefix(5))"
  }
}
