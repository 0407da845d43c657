import Therapy

/// Who sees a page, and with which form token.
struct PageVisitor: Sendable {
  let account: String
  let name: String
  let roles: Set<AccountRole>
  let formToken: String

  var roleWords: String {
    AccountRole.allCases.filter(roles.contains).map(\.rawValue).joined(separator: ", ")
  }

  var isClinical: Bool { !roles.isDisjoint(with: AccountRole.clinical) }
  var isAdministrator: Bool { roles.contains(.administrator) }
}

/// A simulated clock as a page shows it.
struct PageClock: Sendable {
  static let speeds = [(0, "Pause"), (1, "1×"), (60, "60×"), (600, "600×")]

  let speed: Int
  /// Whether an order is on its way, so that time goes as on the wall until its receipt comes.
  var isHeld = false
}

/// The entries of the main navigation.
enum MainPlace: String, CaseIterable, Sendable {
  case today, patients, alarms, planner, model, formulary, audit, settings

  var path: String { self == .today ? "/" : "/\(rawValue)" }
  var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  func isOpen(to roles: Set<AccountRole>) -> Bool {
    switch self {
    case .today, .patients, .alarms: !roles.isDisjoint(with: AccountRole.clinical)
    case .planner, .model, .formulary, .settings: !roles.isDisjoint(with: AccountRole.staff)
    case .audit: !roles.isDisjoint(with: [.administrator, .auditor])
    }
  }
}

/// What every page is written with: who, when, and what the clinic decided.
struct PageContext: Sendable {
  let visitor: PageVisitor
  let now: Instant
  var clock: PageClock?
  var settings = ClinicSettings.standard
  /// Full names by account.
  var names: [String: String] = [:]
  /// The path of the page, to come back to.
  var path = "/"
  /// With its query, where reading it again gives the same page; nothing where a form was answered.
  var page: String?
  /// How many entries of the audit wait for the disk; nothing while it takes them.
  var auditGap: Int?
  /// A fresh key for a form, so that a second click does nothing twice.
  let freshKey: @Sendable () -> String

  /// What everyone must know who reads on while nothing can be recorded.
  private var gapNote: Markup {
    guard auditGap != nil else { return .none }
    return Piece.note(
      .bad,
      "NOTHING CAN BE RECORDED",
      "The server's disk takes nothing. Reading goes on, and what you read is noted in memory until the disk "
        + "is back. Write on paper what must be kept, and tell the administrator.",
      isAlert: true
    )
  }

  func name(of person: PersonID) -> String { names[person.text] ?? person.text }

  /// A whole page.
  ///
  /// - Parameters:
  ///   - title: of the window.
  ///   - place: which entry of the navigation is current.
  ///   - topics: what the script listens for.
  ///   - content: the page.
  /// - Returns: the document.
  func page(
    _ title: String,
    _ place: MainPlace,
    topics: [String] = [],
    _ content: Markup
  ) -> String {
    var values: [String: Any] = [
      "title": title, "content": (gapNote + content).html,
      "visitor": [
        "name": visitor.name, "roles": visitor.roleWords, "csrf": visitor.formToken,
        "places": MainPlace.allCases.filter { $0.isOpen(to: visitor.roles) }.map {
          ["to": $0.path, "name": $0.name, "isHere": $0 == place] as [String: Any]
        },
      ] as [String: Any],
    ]
    values["account"] = visitor.account
    if let page { values["page"] = page }
    if !topics.isEmpty { values["topics"] = topics.joined(separator: ",") }
    if let clock { values["clock"] = clockValues(clock) }
    return PageLibrary.markup("frame", values).html
  }

  /// A page for nobody in particular, as the one to sign in.
  static func plain(_ title: String, _ content: Markup) -> String {
    PageLibrary.markup("frame", ["title": title, "content": content.html]).html
  }

  private func clockValues(_ clock: PageClock) -> [String: Any] {
    [
      "milliseconds": "\(now.milliseconds)", "speed": clock.isHeld ? 1 : clock.speed,
      "time": now.longWords,
      "csrf": visitor.formToken, "back": path,
      "mayTurn": !visitor.roles.isDisjoint(with: AccountRole.clinical.union([.administrator])),
      "words": clock.isHeld
        ? "Held at 1× while an order is on its way: time goes on faster once its receipt comes."
        : "Invented patients. Not a medical device.",
      "speeds": PageClock.speeds.map {
        ["value": $0.0, "name": $0.1, "isOn": $0.0 == clock.speed] as [String: Any]
      },
    ]
  }
}
