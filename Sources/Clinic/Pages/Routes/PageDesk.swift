import Therapy

/// What the handlers of pages have in common: who asks, what is read, and how a form is taken.
struct PageDesk: Sendable {
  let care: ClinicCare
  let accounts: AccountBook
  let sessions: SessionBook
  let signers = SignerAddresses()

  /// What a page is written with.
  func context(_ call: RouteCall, key: String? = nil) async throws(WebError) -> PageContext {
    guard case .person(let account, let session) = call.visitor else { throw .notSignedIn }
    var names: [String: String] = [:]
    for account in await accounts.all { names[account.id] = account.fullName }
    names["server"] = "the clinic's server"
    var clock: PageClock?
    if let demonstration = care.settings.demonstration {
      clock = PageClock(
        speed: Int(demonstration.speed()),
        isHeld: demonstration.isHeld()
      )
    }
    let chance = call.chance
    return PageContext(
      visitor: PageVisitor(
        account: account.id,
        name: account.fullName,
        roles: account.roles,
        formToken: session.formToken
      ),
      now: Instant(milliseconds: call.therapyNow),
      clock: clock,
      settings: await care.records.settings(),
      names: names,
      path: call.request.method == .get ? call.request.path : "/",
      page: Self.page(call.request),
      auditGap: call.audit.gap?.waiting,
      freshKey: { key ?? chance.eventID("form") }
    )
  }

  /// The address under which a page is read again.
  private static func page(_ request: WebRequest) -> String? {
    guard request.method == .get else { return nil }
    return request.query.isEmpty ? request.path : "\(request.path)?\(request.query)"
  }

  func patient(_ call: RouteCall) throws(WebError) -> PatientID {
    guard let id = PatientID(call["patient"]) else {
      throw .noSuch("patient", given: call["patient"])
    }
    return id
  }

  func record(_ call: RouteCall) async throws(WebError) -> PatientRecord {
    try await care.records.patient(try patient(call))
  }

  /// As many entries of the pump's journal as its page shows.
  func journal(_ record: PatientRecord) async throws(WebError) -> [JournalEntry] {
    guard case .linked(let link) = record.link else { return [] }
    return try await care.records.journalEntries(of: link.pump, most: 200)
  }

  func forecast(_ record: PatientRecord) async throws(WebError) -> Result<
    ReservoirForecast, TherapyRefusal
  > { try await care.records.forecast(record.id) }

  typealias Page = @Sendable (FormState, PageContext) async throws(WebError) -> String

  /// Takes a form: where it is refused, the same page comes again with what was typed.
  ///
  /// - Parameters:
  ///   - call: with the form.
  ///   - form: its name on the page.
  ///   - page: written again with the fault.
  ///   - act: what it does; returns where to go on.
  /// - Returns: where to go on.
  /// - Throws: the refusal with the page in it.
  func taken(
    _ call: RouteCall,
    _ form: String,
    page: Page,
    act: (FormFields) async throws(WebError) -> String
  ) async throws(WebError) -> WebResponse {
    let fields = try call.form()
    do throws(WebError) {
      return .seeOther(try await act(fields))
    } catch {
      guard error.status != 401, error.status != 403 else { throw error }
      // Where it is not known whether it was done, the same key asks again and does it once.
      let key = error.status == 503 ? call.key : nil
      let state = FormState(form: form, fields, fault: FormFault(error).at(fields.names))
      let html = try await page(state, try await context(call, key: key))
      // As an error, so that the audit has the refusal and no later request gets its answer.
      var refused = error
      refused.page = html
      throw refused
    }
  }

  /// Records commands of a form, with the questions answered where their box is ticked.
  func perform(
    _ commands: [TherapyCommand],
    _ call: RouteCall,
    _ fields: FormFields
  ) async throws(WebError) {
    _ = try await care.perform(
      commands,
      for: try patient(call),
      call,
      isConfirmed: fields.isYes("confirmed")
    )
  }
}
