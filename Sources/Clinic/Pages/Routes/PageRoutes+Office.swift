import Formulary
import Ledger
import Therapy

/// Alarms, planner, formulary, audit, settings and the demonstration's clock.
extension PageRoutes {
  var alarms: [Route] {
    let desk = desk
    return [
      page("/alarms", "Alarms of all pumps.", audit: .init("read the alarms", patient: nil)) {
        _,
        context throws(WebError) in
        try await desk.alarmsPage(.fresh, context)
      },
      alarm("seen", "acknowledged an alarm") { alarm, _ throws(WebError) in
        .acknowledgeAlarm(alarm)
      },
      alarm("act", "recorded what was done about an alarm") { alarm, fields throws(WebError) in
        .actOnAlarm(AlarmActed(alarm: alarm, action: try fields.needed("action")))
      },
    ]
  }

  private func alarm(
    _ path: String,
    _ audit: String,
    _ command:
      @escaping @Sendable (PumpAlarm, FormFields) throws(WebError) -> TherapyCommand
  ) -> Route {
    let desk = desk
    return form(
      "/patients/{patient}/alarms/{alarm}/\(path)",
      "Takes the form: \(audit).",
      audit: .init(audit)
    ) { call throws(WebError) in
      guard let alarm = PumpAlarm(rawValue: call["alarm"]) else {
        throw .noSuch("alarm", given: call["alarm"])
      }
      return try await desk.taken(
        call,
        "\(path)-\(call["patient"])-\(alarm.rawValue)",
        page: { state, context throws(WebError) in try await desk.alarmsPage(state, context) },
        act: { fields throws(WebError) in
          try await desk.perform([try command(alarm, fields)], call, fields)
          return "/alarms"
        }
      )
    }
  }

  var plans: [Route] {
    [
      page("/planner", "The calculators.", AccountRole.staff) { _, context throws(WebError) in
        PlannerPages(context: context).list()
      },
      page("/planner/{calculator}", "One calculator.", AccountRole.staff) {
        call,
        context throws(WebError) in
        guard let name = PlanName(rawValue: call["calculator"]) else {
          throw .noSuch("calculator", given: call["calculator"])
        }
        return PlannerPages(context: context).one(name, call.query)
      },
      page("/model", "The patient model, to explore.", AccountRole.staff) {
        call,
        context throws(WebError) in
        ModelPage(context: context, query: call.query).html()
      },
      page("/formulary", "The drugs.", AccountRole.staff) { _, context throws(WebError) in
        FormularyPages(context: context).list()
      },
      page("/formulary/{drug}", "The facts of a drug.", AccountRole.staff) {
        call,
        context throws(WebError) in
        guard let drug = DrugLibrary.standard.drug(call["drug"]) else {
          throw .noSuch("drug", given: call["drug"])
        }
        return FormularyPages(context: context).one(drug)
      },
    ]
  }

  var office: [Route] {
    let desk = desk
    return [
      page(
        "/audit",
        "Who read or wrote what on a day.",
        [.administrator, .auditor],
        audit: .init("read the audit", patient: nil)
      ) { call, context throws(WebError) in
        let today = Instant(milliseconds: call.now).day.text
        let day = call.query["day"].flatMap(Day.init)?.text ?? today
        do throws(LedgerError) {
          let events = try await call.ledger.read(
            stream: "audit/\(day)",
            after: 0,
            limit: 10_000
          )
          return AuditPage(
            day: day,
            entries: events.compactMap(AuditPage.Entry.init),
            context: context
          ).html()
        } catch { throw WebError(error) }
      },
      page("/settings", "The clinic's settings and one's own signer.", AccountRole.staff) {
        _,
        context throws(WebError) in
        await desk.settingsPage(.fresh, context)
      },
      form(
        "/settings/signer",
        "Keeps where one's own signer runs.",
        AccountRole.staff,
        audit: .init("told the address of their signer", patient: nil),
        needsKey: false
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "signer",
          page: { state, context throws(WebError) in await desk.settingsPage(state, context) },
          act: { fields throws(WebError) in
            try desk.signers.keep(try fields.needed("address"), for: call.visitor.who)
            return "/settings"
          }
        )
      },
    ] + people
  }

  private var people: [Route] {
    let desk = desk
    return [
      form(
        "/settings/people",
        "Opens an account.",
        [.administrator],
        audit: .init("opened an account", patient: nil)
      ) { call throws(WebError) in
        try await desk.secretMade(call, "person") { fields, act throws(WebError) in
          let new = NewAccount(
            name: try fields.needed("name"),
            fullName: try fields.needed("fullName"),
            roles: Set(AccountRole.allCases.filter { fields.isYes("role.\($0.rawValue)") }),
            patient: nil,
            password: try fields.needed("password")
          )
          let (account, secret) = try await desk.accounts.open(new, act)
          return (account.fullName, secret)
        }
      },
      form(
        "/settings/people/{account}/code",
        "Gives an account another secret for one-time codes.",
        [.administrator],
        audit: .init("gave an account another one-time-code secret", patient: nil)
      ) { call throws(WebError) in
        try await desk.secretMade(call, "code-\(call["account"])") { _, act throws(WebError) in
          let secret = try await desk.accounts.renewCode(of: call["account"], act)
          desk.sessions.endAll(of: call["account"])
          return (desk.accounts[call["account"]]?.fullName ?? "", secret)
        }
      },
      form(
        "/settings/people/{account}/close",
        "Closes an account; its acts stay.",
        [.administrator],
        audit: .init("closed an account", patient: nil)
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "close-\(call["account"])",
          page: { state, context throws(WebError) in await desk.settingsPage(state, context) },
          act: { _ throws(WebError) in
            try await desk.accounts.close(call["account"], PageDesk.act(call))
            desk.sessions.endAll(of: call["account"])
            return "/settings"
          }
        )
      },
    ]
  }

  var clock: [Route] {
    guard let demonstration = desk.care.settings.demonstration else { return [] }
    return [
      form(
        "/clock",
        "Sets how fast the demonstration's clock goes.",
        AccountRole.clinical.union([.administrator]),
        audit: .init("set the demonstration's clock", patient: nil),
        needsKey: false
      ) { call throws(WebError) in
        let fields = try call.form()
        guard let speed = try fields.whole("speed"), DemonstrationClock.speeds.contains(speed)
        else {
          throw FormFields.fault("speed", given: fields["speed"], expected: "0, 1, 60 or 600")
        }
        do { try demonstration.set(Int64(speed)) } catch {
          throw WebError(503, "busy", "The clock cannot be set now.", todo: "Try it again.")
        }
        return .seeOther(SessionRoutes.path(fields["back"]) ?? "/")
      }
    ]
  }
}

extension PageDesk {
  static func act(_ call: RouteCall) -> AccountAct {
    AccountAct(key: call.actKey, who: call.visitor.who, time: call.now)
  }

  /// Open alarms of all, and past ones where the clinic is small enough to read every record.
  func alarmsPage(
    _ state: FormState,
    _ context: PageContext
  ) async throws(WebError) -> String {
    let all = await care.records.summaries()
    let wanted = all.count <= 200 ? all : all.filter { !$0.openAlarms.isEmpty }
    var entries: [AlarmsPage.Entry] = []
    for summary in wanted {
      let record = try await care.records.patient(summary.patient)
      entries += record.alarms.map { AlarmsPage.Entry(record: record, alarm: $0) }
    }
    return AlarmsPage(entries: entries, context: context, state: state).html()
  }

  func settingsPage(
    _ state: FormState,
    _ context: PageContext,
    secret: (name: String, secret: String)? = nil
  ) async -> String {
    SettingsPage(
      people: await accounts.all.map {
        SettingsPage.Person(
          id: $0.id,
          name: $0.name,
          fullName: $0.fullName,
          roles: $0.roles,
          isClosed: $0.isClosed
        )
      },
      signer: signers[context.visitor.account],
      codeSecret: secret,
      context: context,
      state: state
    ).html()
  }

  /// An act that makes a secret: the page that answers shows it, and none after it does.
  func secretMade(
    _ call: RouteCall,
    _ form: String,
    _ act: (FormFields, AccountAct) async throws(WebError) -> (name: String, secret: [UInt8]?)
  ) async throws(WebError) -> WebResponse {
    let fields = try call.form()
    do throws(WebError) {
      let (name, secret) = try await act(fields, Self.act(call))
      let page = await settingsPage(
        .fresh,
        try await context(call),
        secret: (name, secret.map(OneTimeCode.base32) ?? "was shown before: make another one")
      )
      return WebResponse(html: page)
    } catch {
      let state = FormState(form: form, fields, fault: FormFault(error))
      var refused = error
      refused.page = await settingsPage(state, try await context(call))
      throw refused
    }
  }
}
