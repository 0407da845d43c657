public import JSONText
public import Ledger

/// Who asks.
public enum Visitor: Sendable {
  case nobody
  case person(Account, Session)
  case relay

  /// As the ledger names them.
  public var who: String {
    switch self {
    case .nobody: "nobody"
    case .person(let account, _): account.id
    case .relay: "relay"
    }
  }

  public var account: Account? {
    if case .person(let account, _) = self { return account }
    return nil
  }

  public var session: Session? {
    if case .person(_, let session) = self { return session }
    return nil
  }
}

/// A request that passed every check of its route, and what its handler works with.
public struct RouteCall: Sendable {
  /// What came in the body.
  public enum Body: Sendable {
    case none
    /// Checked against the route's schema.
    case json(JSONCursor)
    case form(FormFields)
    case bytes([UInt8])
  }

  public let route: Route
  public let request: WebRequest
  /// The values at the template's places.
  public let values: [String: String]
  public let query: FormFields
  public let visitor: Visitor
  public let body: Body
  /// The key of the client's making: the id of the first event that a write records.
  public let key: String?
  /// The version that it was decided on, from `If-Match` or the field `version`.
  public let version: Int64?
  /// Security time.
  public let now: Int64
  /// Therapy time.
  public let therapyNow: Int64
  public let ledger: any LedgerStore
  public let chance: ClinicChance
  let audit: AuditBook
  let record: CallRecord

  /// A value of the path; traps where the template has no such place.
  public subscript(place: String) -> String {
    guard let value = values[place] else {
      preconditionFailure("\(route.name) has no place {\(place)}")
    }
    return value
  }

  /// The members of the JSON body, known to be those of the schema.
  public func object() throws(WebError) -> JSONObject {
    guard case .json(let cursor) = body else { throw RouteCall.noBody }
    do throws(JSONMismatch) { return try cursor.anyObject() } catch { throw WebError(error) }
  }

  /// The fields of the form.
  public func form() throws(WebError) -> FormFields {
    guard case .form(let fields) = body else { throw RouteCall.noBody }
    return fields
  }

  /// A whole number of the query; nothing where it is not there.
  func queryInteger(
    _ name: String,
    in range: ClosedRange<Int>
  ) throws(WebError) -> Int? {
    guard let text = query[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw WebError(
        422,
        "badField",
        "A field is not what it must be.",
        field: name,
        given: "\"\(text.prefix(60))\"",
        expected: "a whole number, \(range.lowerBound) to \(range.upperBound)",
        todo: "Correct the address."
      )
    }
    return number
  }

  /// The client's key, or a fresh one where the route asks for none.
  public var actKey: String { key ?? chance.eventID("act") }

  static let noBody = WebError(
    400,
    "noBody",
    "The request has no body of the kind that this takes.",
    field: "Content-Type",
    todo: "Send it as the description of the API says."
  )

  /// Records events and the audit's entry of this call, all or none, durable before it returns.
  ///
  /// - Parameter parts: by stream; the id of the first draft is to be ``actKey``.
  /// - Returns: the events of the parts in their order, the audit's behind them; they are the first
  ///   ones where the same was sent before.
  /// - Throws: a conflict with what changed since, `keyTaken`, or that it was not or may not be stored.
  public func commit(_ parts: [StreamDrafts]) async throws(WebError) -> Appended {
    guard let plan = route.audit else { return try await append(parts) }
    let entry = AuditEntry(
      kind: .wrote,
      who: visitor.who,
      patient: plan.patient.flatMap { values[$0] } ?? record.patient,
      text: record.text(plan),
      route: route.name,
      path: route.audited(request.path)
    )
    let id = (parts.first?.drafts.first?.id ?? actKey) + "/audit"
    let draft = audit.draft(entry, id: id, at: now)
    record.isAudited = true
    do throws(WebError) {
      return try await append(parts + [audit.part(draft, at: now)])
    } catch  where error.code == "keyTaken" {
      // The first one may have been before midnight, so in the audit of the day before.
      return try await append(parts + [audit.part(draft, at: now - AuditBook.day)])
    } catch {
      record.isAudited = false
      throw error
    }
  }

  private func append(_ parts: [StreamDrafts]) async throws(WebError) -> Appended {
    do throws(LedgerError) { return try await ledger.append(parts) } catch {
      guard case .conflict(let stream, let expected, let actual) = error else {
        throw WebError(error)
      }
      throw await conflict(stream, expected: expected, actual: actual)
    }
  }

  /// What changed since the version that was expected.
  private func conflict(_ stream: String, expected: Int64, actual: Int64) async -> WebError {
    var conflict = WebError(.conflict(stream: stream, expected: expected, actual: actual))
    if version != nil { conflict.status = 412 }
    let since = try? await ledger.read(stream: stream, after: expected, limit: 5)
    let changes = (since ?? []).map { "\($0.draft.what) by \($0.draft.who)" }
    if !changes.isEmpty {
      conflict.message += " Since then: \(changes.joined(separator: "; "))."
    }
    return conflict
  }
}
