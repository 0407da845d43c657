import PatientModel
import Therapy

/// The pages of the clinic as routes: what a browser asks, and what a form writes.
public struct PageRoutes: Sendable {
  let desk: PageDesk

  /// - Parameters:
  ///   - care: of the patients.
  ///   - accounts: of those who sign in.
  ///   - sessions: of those who are signed in.
  ///   - signers: where people's signers run, by account, as far as it is known before they say it.
  public init(
    _ care: ClinicCare,
    _ accounts: AccountBook,
    _ sessions: SessionBook,
    signers: [String: String] = [:]
  ) {
    desk = PageDesk(care: care, accounts: accounts, sessions: sessions)
    for (account, address) in signers { try? desk.signers.keep(address, for: account) }
  }

  static let tag = "Pages"

  public var routes: [Route] {
    [StaticFile.script.route, StaticFile.model.route, StaticFile.modelWorker.route]
      + today + patient + observations + details + pathway + program
      + orders
      + newOrders + requests + refill
      + alarms + plans + costs + office + clinic + clock
  }

  /// A page that is read.
  func page(
    _ template: String,
    _ summary: String,
    _ roles: Set<AccountRole> = AccountRole.clinical,
    audit: Route.Audit? = nil,
    _ html: @escaping @Sendable (RouteCall, PageContext) async throws(WebError) -> String
  ) -> Route {
    let desk = desk
    return Route(
      .get,
      RouteTemplate(template),
      summary,
      tag: Self.tag,
      face: .page,
      access: .roles(roles),
      audit: audit
    ) { call throws(WebError) in
      WebResponse(html: try await html(call, try await desk.context(call)))
    }
  }

  /// A form that is taken.
  func form(
    _ template: String,
    _ summary: String,
    _ roles: Set<AccountRole> = AccountRole.clinical,
    audit: Route.Audit,
    needsKey: Bool = true,
    needsVersion: Bool = false,
    _ handler: @escaping Route.Handler
  ) -> Route {
    Route(
      .post,
      RouteTemplate(template),
      summary,
      tag: Self.tag,
      face: .page,
      access: .roles(roles),
      needsKey: needsKey,
      needsVersion: needsVersion,
      audit: audit,
      handler: handler
    )
  }

  // MARK: Today and patients

  private var today: [Route] {
    let desk = desk
    let shelf = TodayShelf()
    return [
      Route(
        .get,
        "/",
        "What needs someone now; whoever treats nobody is sent to their own page.",
        tag: Self.tag,
        face: .page,
        access: .anyRole,
        audit: .init("read the work list", patient: nil)
      ) { call throws(WebError) in
        let context = try await desk.context(call)
        guard context.visitor.isClinical else {
          if !context.visitor.roles.isDisjoint(with: MyRoutes.readers) { return .seeOther("/me") }
          return .seeOther(context.visitor.roles.contains(.auditor) ? "/audit" : "/settings")
        }
        let content = await shelf.content(of: desk.care.records)
        return WebResponse(html: TodayPage.html(content, context))
      },
      page(
        "/patients",
        "All patients, with a search.",
        audit: .init("read the list of patients", patient: nil)
      ) { call, context throws(WebError) in
        PatientsPage(
          summaries: await desk.care.records.summaries(),
          search: call.query["q"] ?? "",
          context: context
        ).html()
      },
    ]
  }

  private var patient: [Route] {
    let desk = desk
    let answers = RouteAnswers()
    let own = AccountRole.clinical.union([.patient])
    return [
      page(
        "/patients/{patient}",
        "One patient.",
        own,
        audit: .init("read the record")
      ) { call, context throws(WebError) in
        try await desk.patientPage(call, .fresh, context)
      },
      page(
        "/patients/{patient}/pump",
        "A pump's own words.",
        audit: .init("read the pump's status")
      ) { call, context throws(WebError) in
        let record = try await desk.record(call)
        let live = await desk.care.records.live(record.id)
        return PumpPage(
          record: record,
          live: live.map { StatusText.heard($0.status, at: $0.heardAt) },
          journal: try await desk.journal(record),
          context: context
        ).html()
      },
      page(
        "/patients/{patient}/routes",
        "The pump's way beside the oral one, by the model.",
        audit: .init("read what the model says of the drug's ways")
      ) { call, context throws(WebError) in
        let record = try await desk.record(call)
        let route = RoutesPage.route(record, context)
        var answer: RouteComparison?
        if let route { answer = await answers.answer(to: route.question) }
        return RoutesPage(record: record, route: route, answer: answer, context: context).html()
      },
    ] + adopt
  }

  private var adopt: [Route] {
    beginning(
      "adopt",
      "adopt a patient",
      AdoptForm.roles,
      audit: "adopted a patient",
      page: { context, state, patient in
        AdoptPage(context: context, state: state, patient: patient).html()
      },
      commands: { fields throws(WebError) in [.adopt(try AdoptForm.adoption(fields))] },
      next: { "/patients/\($0.text)" }
    )
  }

  /// A page and its form that begin a record.
  ///
  /// The page draws the record's id and the form carries it, so that what is sent twice begins one.
  ///
  /// - Parameters:
  ///   - name: of the form, and of its path.
  ///   - what: as in `adopt a patient`.
  ///   - roles: who may.
  ///   - audit: what was done, in the past tense.
  ///   - html: the page, with the id that the record is to have.
  ///   - commands: of what was typed.
  ///   - next: where it leads.
  /// - Returns: the two.
  func beginning(
    _ name: String,
    _ what: String,
    _ roles: Set<AccountRole>,
    audit: String,
    page html: @escaping @Sendable (PageContext, FormState, String) -> String,
    commands: @escaping @Sendable (FormFields) throws(WebError) -> [TherapyCommand],
    next: @escaping @Sendable (PatientID) -> String
  ) -> [Route] {
    let desk = desk
    return [
      page("/\(name)", "The form to \(what).", roles) { call, context throws(WebError) in
        html(context, .fresh, AdoptForm.freshID(call.chance))
      },
      form(
        "/\(name)",
        "Takes the form to \(what).",
        roles,
        audit: .init(audit, patient: nil)
      ) { call throws(WebError) in
        let fields = try call.form()
        let id = fields["patient"].flatMap { PatientID($0) } ?? AdoptForm.patientID(call.chance)
        return try await desk.taken(
          call,
          name,
          page: { state, context throws(WebError) in html(context, state, id.text) },
          act: { fields throws(WebError) in
            _ = try await desk.care.perform(
              try commands(fields),
              for: id,
              call,
              isConfirmed: fields.isYes("confirmed")
            )
            return next(id)
          }
        )
      },
    ]
  }
}

extension PageDesk {
  func patientPage(
    _ call: RouteCall,
    _ state: FormState,
    _ context: PageContext
  ) async throws(WebError) -> String {
    let record = try await record(call)
    return PatientPage(
      record: record,
      forecast: try await forecast(record),
      context: context,
      state: state
    ).html()
  }
}
