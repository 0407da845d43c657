import Foundation
import Ledger
import PumpLink
import Therapy

@testable import Clinic

/// A clinic with what others than staff have of it, asked as browsers ask.
final class PatientWorld: Sendable {
  static let host = "clinic.example:80"
  static let own = "p-own"

  let web: ClinicWeb
  let care: ClinicCare
  let access: PatientAccess
  let accounts: AccountBook
  let sessions: SessionBook
  let ledger: MemoryLedger
  let time = TestTime()
  let chance = ClinicChance { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }

  init(on ledger: MemoryLedger = MemoryLedger()) async throws {
    self.ledger = ledger
    guard let key = ServerKey([UInt8](repeating: 7, count: 32)) else { throw NotMade() }
    accounts = try await AccountBook(
      ledger,
      key: key,
      work: PasswordWork(),
      chance: chance,
      costLog: 10
    )
    sessions = SessionBook()
    let parts = ClinicParts(
      settings: WebSettings(hosts: [Self.host], isSecure: false),
      clock: time.clock,
      chance: chance,
      ledger: ledger,
      accounts: accounts,
      sessions: sessions,
      metrics: Metrics()
    )
    care = try await ClinicCare(parts, LiveHub(), LineBook(), CareSettings(root: Bytes32()))
    access = try await PatientAccess(
      care,
      sessions,
      key: key,
      origin: "http://clinic.example",
      controllers: [Self.own: "http://127.0.0.1:7350/abc/"]
    )
    web = try ClinicWeb(
      care.routes + PageRoutes(care, accounts, sessions).routes + access.routes
        + [StaticFile.style.route],
      parts
    )
    guard await accounts.isEmpty else { return }
    for role in AccountRole.allCases {
      try await open("one-\(role.rawValue)", role, patient: role == .patient ? Self.own : nil)
    }
    try await open("two-patient", .patient, patient: "p-two")
    for (id, name) in [(Self.own, "Lena"), ("p-two", "Otto")] {
      var fields = PageWorld.adoption
      fields["patient"] = id
      fields["identity.givenName"] = name
      fields["identity.recordNumber"] = "C-\(id)"
      fields["pump.serial"] = "NGP-\(id)"
      fields["fill.filledAt"] = "2026-11-10T08:00"
      fields["program.programmedAt"] = "2026-11-10T08:30"
      let answer = try await post("/adopt", fields)
      guard answer.status == 303 else { throw PageWorld.Refused(page: answer.page) }
    }
  }

  private func open(_ name: String, _ role: AccountRole, patient: String?) async throws {
    _ = try await accounts.open(
      NewAccount(
        name: name,
        fullName: "Full \(name)",
        roles: [role],
        patient: patient,
        password: "correct horse battery"
      ),
      AccountAct(key: "open-\(name)", who: "setup", time: time.now)
    )
  }

  private func begin(_ name: String) async throws -> (token: String, session: Session) {
    let all = await accounts.all
    guard let account = all.first(where: { $0.name == name }) else { throw NotMade() }
    return sessions.begin(account.id, from: "127.0.0.1", at: time.now, chance)
  }

  /// Reads a page; as nobody where no name is given.
  func get(
    _ path: String,
    as name: String? = "one-patient",
    from address: String = "127.0.0.1"
  ) async throws -> WebResponse {
    let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
    var request = WebRequest(
      .get,
      parts[0],
      query: parts.count > 1 ? parts[1] : "",
      address: address
    )
    request.headers = ["host": Self.host, "accept": "text/html"]
    if let name { request.headers["cookie"] = "cisterna=\(try await begin(name).token)" }
    return await web.answer(request)
  }

  /// Sends a form.
  func post(
    _ path: String,
    _ fields: [String: String],
    as name: String? = "one-physician",
    from address: String = "127.0.0.1",
    key: String = "form-\(UUID().uuidString)"
  ) async throws -> WebResponse {
    var all = fields
    var headers = [
      "host": Self.host, "content-type": "application/x-www-form-urlencoded",
      "accept": "text/html",
    ]
    if let name {
      let (token, session) = try await begin(name)
      all["csrf"] = session.formToken
      all["key"] = key
      headers["cookie"] = "cisterna=\(token)"
    }
    let body = all.map { "\(PageWorld.encoded($0.key))=\(PageWorld.encoded($0.value))" }
      .joined(separator: "&")
    var request = WebRequest(.post, path, body: Array(body.utf8), address: address)
    request.headers = headers
    return await web.answer(request)
  }

  /// The code of a fresh card of the patient.
  func card(of patient: String = PatientWorld.own) async throws -> String {
    let made = try await post(
      "/patients/\(patient)/access/card",
      ["call": "Pump clinic: +1 555 0100", "pocket": "left lower abdomen"]
    )
    guard let code = made.page.firstMatch(of: #/card is <b>([0-9A-Z-]{30})</b>/#) else {
      throw PageWorld.Refused(page: made.page)
    }
    return String(code.output.1)
  }

  func everything() async throws -> String {
    let events = try await ledger.read(after: 0, limit: 1_000)
    return events.map {
      "\($0.stream) \($0.draft.who) \($0.draft.what) \(String(decoding: $0.draft.payload, as: UTF8.self))"
    }.joined(separator: "\n")
  }
}
