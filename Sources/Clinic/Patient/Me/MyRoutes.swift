import Therapy

/// The patients' own pages: of one's own record, or of whoever lets one see theirs.
///
/// Whose page it is comes from the session, never from the path: a patient's own, or one of those who let a
/// caregiver. A record that is asked for by name and not allowed is refused (H-54).
struct MyRoutes: Sendable {
  let care: ClinicCare
  let accounts: AccountBook
  let access: AccessBook
  /// Where patients' own controllers run, by patient, as far as it is known.
  let controllers: [String: String]

  static let tag = "Patient"
  static let readers: Set<AccountRole> = [.patient, .caregiver]

  var routes: [Route] { pages + diary + sharing + calendar + [MyFrame.style.route] }

  // MARK: Whose page

  /// Whose page somebody asks for; nothing where a caregiver has to choose.
  private func subject(
    _ call: RouteCall
  ) async throws(WebError) -> (patient: PatientID, isOwn: Bool, mayWrite: Bool)? {
    guard let account = call.visitor.account else { throw .notSignedIn }
    var wanted = call.query["of"]
    if case .form(let fields) = call.body { wanted = fields["of"] }
    if let own = account.patient {
      guard wanted == nil || wanted == own, let id = PatientID(own) else {
        throw RouteChecks.notYours(account, [])
      }
      return (id, true, true)
    }
    let permissions = await access.table.permissions(of: account.id)
    if let wanted {
      guard let found = permissions.first(where: { $0.patient == wanted }),
        let id = PatientID(found.patient)
      else { throw RouteChecks.notYours(account, []) }
      return (id, false, found.mayWrite)
    }
    guard permissions.count == 1, let only = permissions.first, let id = PatientID(only.patient)
    else { return nil }
    return (id, false, only.mayWrite)
  }

  private func context(
    _ call: RouteCall
  ) async throws(WebError) -> (context: MyContext, record: PatientRecord) {
    guard let account = call.visitor.account, let session = call.visitor.session else {
      throw .notSignedIn
    }
    guard let subject = try await subject(call) else { throw RouteChecks.notYours(account, []) }
    // The path does not name them, and the audit has to (SR-088).
    call.record.patient = subject.patient.text
    let record = try await care.records.patient(subject.patient)
    let chosen = await access.table.languages[account.id]
    let chance = call.chance
    return (
      MyContext(
        patient: subject.patient,
        reader: account.fullName,
        formToken: session.formToken,
        language: chosen.flatMap(MyLanguage.init) ?? MyLanguage(record: record.identity?.language),
        isOwn: subject.isOwn,
        mayWrite: subject.mayWrite,
        now: Instant(milliseconds: call.therapyNow),
        isDemonstration: care.settings.demonstration != nil,
        controller: subject.isOwn ? controllers[subject.patient.text] : nil,
        freshKey: { chance.eventID("form") }
      ), record
    )
  }

  private func page(
    _ template: RouteTemplate,
    _ summary: String,
    _ roles: Set<AccountRole> = readers,
    audit: String,
    _ html:
      @escaping @Sendable (RouteCall, MyContext, PatientRecord) async throws(WebError) -> String
  ) -> Route {
    Route(
      .get,
      template,
      summary,
      tag: Self.tag,
      face: .page,
      access: .roles(roles),
      audit: .init(audit, patient: nil)
    ) { call throws(WebError) in
      let (context, record) = try await context(call)
      return WebResponse(html: try await html(call, context, record))
    }
  }

  private func form(
    _ template: RouteTemplate,
    _ summary: String,
    _ roles: Set<AccountRole> = readers,
    audit: String,
    needsKey: Bool = true,
    _ handler: @escaping Route.Handler
  ) -> Route {
    Route(
      .post,
      template,
      summary,
      tag: Self.tag,
      face: .page,
      access: .roles(roles),
      needsKey: needsKey,
      audit: .init(audit, patient: nil),
      bodyMax: 16 * 1024,
      handler: handler
    )
  }

  // MARK: Reading

  private var pages: [Route] {
    [
      Route(
        .get,
        "/me",
        "A patient's own page.",
        tag: Self.tag,
        face: .page,
        access: .roles(Self.readers),
        audit: .init("read a patient's own page", patient: nil),
        handler: home
      ),
      page("/me/aftercare", "Living with a pump.", audit: "read about living with a pump") {
        _,
        context,
        record throws(WebError) in
        MyLeaflets(record: record, context: context).aftercare()
      },
      page("/me/card", "The travel and MRI card.", audit: "read a travel card") {
        _,
        context,
        record throws(WebError) in
        MyLeaflets(record: record, context: context).card()
      },
    ]
  }

  private func home(_ call: RouteCall) async throws(WebError) -> WebResponse {
    guard let account = call.visitor.account, let session = call.visitor.session else {
      throw .notSignedIn
    }
    guard try await subject(call) != nil else {
      return WebResponse(html: try await chooser(account, session))
    }
    let (context, record) = try await context(call)
    return WebResponse(
      html: MyPage(
        record: record,
        heard: await EmergencyRoutes.heard(record, care),
        forecast: try await care.records.forecast(record.id),
        context: context
      ).html()
    )
  }

  /// For a caregiver of nobody, or of several.
  private func chooser(_ account: Account, _ session: Session) async throws(WebError) -> String {
    let table = await access.table
    let language = table.languages[account.id].flatMap(MyLanguage.init) ?? .english
    let permissions = table.permissions(of: account.id)
    var links: [Markup] = []
    for one in permissions {
      let name = await accounts.all.first { $0.patient == one.patient }?.fullName ?? one.patient
      links.append("\(link: name, to: "/me?of=\(one.patient)")")
    }
    let title: MyPhrase = permissions.isEmpty ? .nobodyAllows : .choosePage
    return MyFrame.page(
      MyPhrase.myPump.words(language),
      language,
      reader: account.fullName,
      formToken: session.formToken,
      isDemonstration: care.settings.demonstration != nil,
      Piece.heading(Markup(title.words(language))) + (links.isEmpty ? .none : Piece.list(links))
    )
  }

  // MARK: The diary

  private var diary: [Route] {
    [
      page("/me/diary", "The form of the diary.", audit: "opened a diary") {
        call,
        context,
        record throws(WebError) in
        guard context.mayWrite else { throw Self.readOnly }
        return MyDiary(
          record: record,
          context: context,
          isSaved: call.query["saved"] == "yes"
        ).html()
      },
      form("/me/diary", "Takes what was written in the diary.", audit: "wrote in a diary") {
        call throws(WebError) in
        let fields = try call.form()
        let (context, record) = try await context(call)
        guard context.mayWrite else { throw Self.readOnly }
        do throws(WebError) {
          _ = try await care.perform(
            [.writeDiary(try MyDiary.entry(fields))],
            for: context.patient,
            call
          )
        } catch {
          var refused = error
          var known = error
          if known.field?.isEmpty == true { known.field = nil }
          refused.page = MyDiary(
            record: record,
            context: context,
            typed: fields,
            fault: known
          ).html()
          throw refused
        }
        return .seeOther(
          "/me/diary?saved=yes" + (context.isOwn ? "" : "&of=\(context.patient.text)")
        )
      },
      form(
        "/me/language",
        "Chooses the language of one's pages.",
        audit: "chose a language",
        needsKey: false
      ) { call throws(WebError) in
        let fields = try call.form()
        guard let language = fields["language"].flatMap(MyLanguage.init) else {
          throw FormFields.fault("language", given: fields["language"], expected: "en or es")
        }
        var event = AccessEvent(.languageChosen)
        (event.account, event.language) = (call.visitor.who, language.rawValue)
        try await access.record(event, call)
        let of = fields["of"].flatMap { PatientID($0) }
        return .seeOther("/me" + (of.map { "?of=\($0.text)" } ?? ""))
      },
    ]
  }

  private static let readOnly = WebError(
    403,
    "readOnly",
    "You may see this page, and not write in the diary.",
    todo: "Ask the patient to let you."
  )

  // MARK: Who sees it

  private var sharing: [Route] {
    [
      page("/me/sharing", "Who sees a patient's page.", [.patient], audit: "read who sees the page")
      {
        call,
        context,
        _ throws(WebError) in
        try await sharingPage(call, context)
      },
      form(
        "/me/caregivers",
        "Lets a caregiver see one's page.",
        [.patient],
        audit: "let a caregiver see their page",
        allow
      ),
      form(
        "/me/caregivers/{permission}/end",
        "Ends that a caregiver sees one's page.",
        [.patient],
        audit: "ended that a caregiver sees their page"
      ) { call throws(WebError) in
        let (context, _) = try await context(call)
        guard let one = await access.table.caregivers[call["permission"]],
          one.patient == context.patient.text
        else { throw .noSuch("permission", given: call["permission"]) }
        var event = AccessEvent(.caregiverEnded)
        (event.id, event.patient) = (one.id, one.patient)
        try await access.record(event, call)
        return .seeOther("/me/sharing")
      },
    ]
  }

  private func allow(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let fields = try call.form()
    let (context, _) = try await context(call)
    let name = (fields.text("name") ?? "").lowercased()
    guard let caregiver = await accounts.all.first(where: { $0.name == name }),
      caregiver.roles == [.caregiver], !caregiver.isClosed
    else {
      // In the same words whether there is no such account or it is another's: a patient learns of no other.
      var error = FormFields.fault(
        "name",
        given: "\"\(name.prefix(40))\"",
        expected: "a caregiver's name"
      )
      error.page = try await sharingPage(call, context, fault: context.say(.caregiverFault))
      throw error
    }
    var event = AccessEvent(.caregiverAllowed)
    (event.id, event.patient) = (call.chance.eventID("caregiver"), context.patient.text)
    (event.account, event.isYes) = (caregiver.id, fields.isYes("diary"))
    try await access.record(event, call)
    return .seeOther("/me/sharing")
  }

  private func sharingPage(
    _ call: RouteCall,
    _ context: MyContext,
    made: String? = nil,
    fault: Markup? = nil
  ) async throws(WebError) -> String {
    var names: [String: String] = [:]
    for account in await accounts.all { names[account.id] = account.fullName }
    return MySharing(
      patient: context.patient,
      table: await access.table,
      names: names,
      account: call.visitor.who,
      context: context,
      made: made,
      fault: fault
    ).html()
  }

  // MARK: The calendar

  private var calendar: [Route] {
    [
      form(
        "/me/calendar",
        "Makes an address of a calendar of one's own visits.",
        [.patient],
        audit: "made a calendar's address"
      ) { call throws(WebError) in
        let (context, _) = try await context(call)
        let token = AccessToken(call.chance)
        var event = AccessEvent(.feedIssued)
        (event.id, event.patient) = (call.chance.eventID("feed"), context.patient.text)
        (event.account, event.hash) = (call.visitor.who, token.hash)
        try await access.record(event, call)
        let address =
          "\(StaffRoutes.origin(call, care.parts.settings))/calendar/\(token.text).ics"
        return WebResponse(html: try await sharingPage(call, context, made: address))
      },
      form(
        "/me/calendar/{feed}/end",
        "Ends an address of a calendar.",
        [.patient],
        audit: "ended a calendar's address"
      ) { call throws(WebError) in
        _ = try await context(call)
        try await StaffRoutes.endFeed(call, access)
        return .seeOther("/me/sharing")
      },
    ]
  }
}
