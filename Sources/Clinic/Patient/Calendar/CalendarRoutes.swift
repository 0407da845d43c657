import Therapy

/// Calendars by secret addresses: what a calendar program asks, which signs in nowhere.
struct CalendarRoutes: Sendable {
  let care: ClinicCare
  let accounts: AccountBook
  let access: AccessBook

  var routes: [Route] {
    var feed = Route(
      .get,
      "/calendar/{feed}",
      "Refills and visits as a calendar, by the secret address of a feed.",
      tag: "Calendar",
      face: .bytes,
      access: .public,
      audit: .init("read the calendar", patient: nil),
      handler: read
    )
    feed.isPathSecret = true
    return [feed]
  }

  private func read(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let name = call["feed"].hasSuffix(".ics") ? String(call["feed"].dropLast(4)) : call["feed"]
    guard let token = AccessToken(name), let id = await access.id(of: token) else {
      throw Self.none
    }
    let table = await access.table
    // Whoever may not sign in any more has no calendar either.
    guard let feed = table.feeds[id], feed.revokedAt == nil,
      let account = accounts[feed.account], !account.isClosed
    else { throw Self.none }
    // Nobody is signed in here: the audit has whose feed it is and whose record (SR-088).
    (call.record.patient, call.record.of) = (feed.patient, account.id)
    let now = Instant(milliseconds: call.therapyNow)
    let text: CalendarText
    if let patient = feed.patient.flatMap({ PatientID($0) }) {
      guard account.patient == patient.text,
        let summary = await care.records.summary(patient)
      else { throw Self.none }
      let record = try await care.records.patient(patient)
      let language =
        table.languages[account.id].flatMap(MyLanguage.init)
        ?? MyLanguage(record: record.identity?.language)
      text = CalendarText(
        name: language == .english ? "My visits" : "Mis visitas",
        events: CalendarEvents.own(summary, language),
        now: now
      )
    } else {
      guard !account.roles.isDisjoint(with: AccountRole.clinical) else { throw Self.none }
      var events: [CalendarText.Event] = []
      for summary in await care.records.summaries() {
        let drugs =
          table.showsNames
          ? try await care.records.patient(summary.patient).reservoir?.fluid.drugs.map(\.name)
            .joined(separator: ", ") : nil
        events += CalendarEvents.staff(summary, drugs: drugs, showsNames: table.showsNames)
      }
      text = CalendarText(name: "Refills", events: events, now: now)
    }
    return WebResponse(
      200,
      headers: [
        ("content-type", "text/calendar; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"visits.ics\""),
      ],
      body: .bytes(text.bytes)
    )
  }

  private static let none = WebError(
    404,
    "notFound",
    "There is no such calendar, or its address was ended.",
    todo: "Make a new address on your page."
  )
}
