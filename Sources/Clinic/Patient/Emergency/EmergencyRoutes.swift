import Synchronization
import Therapy

/// The emergency page: opened by the code of a patient's card, without signing in.
///
/// A right code is always taken: nobody who treats is kept waiting because others guessed or looked. Wrong
/// ones are answered ever more slowly for their address, though 128 bits are not guessed.
struct EmergencyRoutes: Sendable {
  /// So many looks of a card in an hour are written down one by one; what comes beyond them is answered all
  /// the same and counted by the hundred, so that whoever has a card cannot fill the ledger with it.
  static let looksMax = 60
  static let hour: Int64 = 3_600_000

  /// What wrong codes came from an address, and what looks of a card came beyond those written down.
  final class Doors: Sendable {
    private let delays = Mutex(SignInDelay(free: 20))
    private let counts = Mutex<[String: (since: Int64, count: Int)]>([:])

    /// The number of a look beyond those that are written down one by one, within an hour.
    func beyond(_ card: String, at now: Int64) -> Int {
      counts.withLock { counts in
        var known = counts[card] ?? (now, 0)
        if now - known.since > EmergencyRoutes.hour || now < known.since { known = (now, 0) }
        known.count += 1
        counts[card] = known
        return known.count
      }
    }

    func wrong(from address: String, at now: Int64) -> Bool {
      delays.withLock { $0.attempt(address, at: now) > 0 }
    }
  }

  let care: ClinicCare
  let access: AccessBook
  private let doors = Doors()

  init(_ care: ClinicCare, _ access: AccessBook) { (self.care, self.access) = (care, access) }

  static let tag = "Emergency"

  var routes: [Route] {
    var page = Route(
      .get,
      "/emergency/{code}",
      "What a pump gives and what to do, by the code of the patient's card.",
      tag: Self.tag,
      face: .page,
      access: .public,
      audit: .init("looked with an emergency card", patient: nil),
      handler: show
    )
    page.isPathSecret = true
    return [
      Route(
        .get,
        "/emergency",
        "Where the code of an emergency card is typed.",
        tag: Self.tag,
        face: .page,
        access: .public
      ) { call throws(WebError) in
        WebResponse(html: EmergencyPage.entry(Self.language(call.query["lang"]), fault: nil))
      },
      Route(
        .post,
        "/emergency",
        "Takes the code of an emergency card.",
        tag: Self.tag,
        face: .page,
        access: .public,
        audit: .init("typed the code of an emergency card", patient: nil),
        bodyMax: 4 * 1024,
        handler: typed
      ), page,
    ]
  }

  static func language(_ text: String?) -> MyLanguage { text.flatMap(MyLanguage.init) ?? .english }

  private func typed(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let form = try call.form()
    let language = Self.language(form["lang"])
    guard let token = AccessToken(form["code"] ?? ""), try await card(token) != nil else {
      throw refused(call, language)
    }
    return .seeOther("/emergency/\(token.text)?lang=\(language.rawValue)")
  }

  private func card(_ token: AccessToken) async throws(WebError) -> EmergencyCard? {
    guard let id = await access.id(of: token), let card = await access.table.cards[id],
      card.revokedAt == nil
    else { return nil }
    return card
  }

  private func refused(_ call: RouteCall, _ language: MyLanguage) -> WebError {
    let isSlow = doors.wrong(from: call.request.address, at: call.now)
    var error = WebError(
      isSlow ? 429 : 404,
      isSlow ? "tooManyAttempts" : "notFound",
      "No card that holds has this code.",
      todo: "Look at each letter of the card.",
      retryAfter: isSlow ? 60 : nil
    )
    error.page = EmergencyPage.entry(language, fault: isSlow ? .tooMany : .wrong)
    return error
  }

  private func show(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let given = call.query["lang"]
    guard let token = AccessToken(call["code"]), let card = try await card(token),
      let patient = PatientID(card.patient)
    else { throw refused(call, Self.language(given)) }
    let recent = card.looks.count { $0.at > call.now - Self.hour }
    call.record.patient = card.patient
    let record = try await care.records.patient(patient)
    let language = given.flatMap(MyLanguage.init) ?? MyLanguage(record: nil)
    // Before anyone sees it: a look that cannot be recorded is not given (SR-088).
    if recent < Self.looksMax {
      var look = AccessEvent(.cardLooked)
      (look.id, look.patient) = (card.id, card.patient)
      look.address = call.request.address
      try await access.record(look, call)
    } else {
      let beyond = doors.beyond(card.id, at: call.now)
      if beyond % 100 == 1 {
        call.record.of =
          "\(card.id), look \(Self.looksMax + beyond) of an hour, counted by the hundred"
      } else {
        // In the entry of the hundred that it belongs to.
        call.record.isAudited = true
      }
    }
    let heard = await Self.heard(record, care)
    return WebResponse(
      html: EmergencyPage(
        record: record,
        heard: heard,
        card: card,
        language: language,
        now: Instant(milliseconds: call.therapyNow),
        isDemonstration: care.settings.demonstration != nil,
        other: "/emergency/\(token.text)?lang=\(language.other.rawValue)"
      ).html()
    )
  }

  /// The newest word of the pump: of this run of the server, else of the record.
  static func heard(_ record: PatientRecord, _ care: ClinicCare) async -> StatusHeard? {
    guard record.isLinked else { return nil }
    let live = await care.records.live(record.id)
    return live.map { StatusText.heard($0.status, at: $0.heardAt) } ?? record.lastHeard
  }
}
