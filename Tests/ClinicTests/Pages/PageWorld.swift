import Foundation
import Ledger
import PumpLink
import Therapy

@testable import Clinic

/// A clinic without sockets and without pumps, asked as a browser asks.
final class PageWorld: Sendable {
  let web: ClinicWeb
  let care: ClinicCare
  let accounts: AccountBook
  let sessions: SessionBook
  let ledger: MemoryLedger
  static let host = "clinic.example:80"

  /// - Parameter ledger: of a clinic that ran before.
  /// - Throws: where a part cannot be made.
  init(on ledger: MemoryLedger = MemoryLedger()) async throws {
    self.ledger = ledger
    let now = PageSample.now.milliseconds
    let clock = ClinicClock(
      therapy: { now },
      security: { now },
      elapsed: { now },
      sleep: { _ in }
    )
    let chance = ClinicChance { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    guard let key = ServerKey([UInt8](repeating: 7, count: 32))
    else { throw PageSample.NoSuch() }
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
      clock: clock,
      chance: chance,
      ledger: ledger,
      accounts: accounts,
      sessions: sessions,
      metrics: Metrics()
    )
    care = try await ClinicCare(parts, LiveHub(), LineBook(), CareSettings(root: Bytes32()))
    web = try ClinicWeb(
      care.routes + PageRoutes(care, accounts, sessions).routes + [StaticFile.style.route],
      parts
    )
    guard await accounts.isEmpty else { return }
    for role in AccountRole.allCases {
      let new = NewAccount(
        name: "one-\(role.rawValue)",
        fullName: "One \(role.rawValue)",
        roles: [role],
        patient: role == .patient ? "p-own" : nil,
        password: "correct horse battery"
      )
      _ = try await accounts.open(
        new,
        AccountAct(key: "open-\(role.rawValue)", who: "setup", time: now)
      )
    }
  }

  private func begin(_ role: AccountRole) async throws -> (token: String, session: Session) {
    let all = await accounts.all
    let account = try PageSample.unwrap(all.first { $0.name == "one-\(role.rawValue)" })
    let now = PageSample.now.milliseconds
    let chance = ClinicChance { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    return sessions.begin(account.id, from: "127.0.0.1", at: now, chance)
  }

  func get(_ path: String, as role: AccountRole = .physician) async throws -> WebResponse {
    let (token, _) = try await begin(role)
    let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
    var request = WebRequest(.get, parts[0], query: parts.count > 1 ? parts[1] : "")
    request.headers = ["host": Self.host, "cookie": "cisterna=\(token)", "accept": "text/html"]
    return await web.answer(request)
  }

  /// Sends a form as it stands on a page; the version is the record's.
  func post(
    _ path: String,
    _ fields: [String: String],
    as role: AccountRole = .physician,
    key: String = "form-\(UUID().uuidString)"
  ) async throws -> WebResponse {
    let (token, session) = try await begin(role)
    var all = fields
    all["csrf"] = session.formToken
    all["key"] = key
    let isObservation = path.hasSuffix("scores")
    if all["version"] == nil, !isObservation, let id = path.split(separator: "/").dropFirst().first,
      let patient = PatientID(String(id)), let record = try? await care.records.patient(patient)
    {
      all["version"] = "\(record.position)"
    }
    let body = all.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
      .joined(separator: "&")
    var request = WebRequest(.post, path, body: Array(body.utf8))
    request.headers = [
      "host": Self.host, "cookie": "cisterna=\(token)",
      "content-type": "application/x-www-form-urlencoded", "accept": "text/html",
    ]
    return await web.answer(request)
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { "%" + String(Int($0) + 256, radix: 16).dropFirst() }.joined()
  }

  /// A patient adopted by the form; without a link to the pump.
  func adopt() async throws -> String {
    let response = try await post("/adopt", Self.adoption)
    guard let path = response[header: "location"] else {
      throw Refused(page: String(decoding: response.bytes, as: UTF8.self))
    }
    return String(path.dropFirst("/patients/".count))
  }

  struct Refused: Error { let page: String }

  static let adoption = [
    "patient": "p-0123456789ab", "confirmed": "yes", "identity.givenName": "Lena",
    "identity.familyName": "Bauer", "identity.born": "1974-06-02",
    "identity.recordNumber": "C-1001", "identity.sex": "female", "identity.language": "en",
    "indication": "spasticity", "origin": "spinal", "pump.model": "SynchroMed II",
    "pump.capacity": "20", "pump.serial": "NGP-1", "catheter.implantedLength": "80",
    "fill.drug0": "baclofen", "fill.concentration0": "2000", "fill.concentration0.unit": "ug/mL",
    "fill.volume": "20", "fill.filledAt": "2025-12-20T08:00", "fill.lot": "BCL-1",
    "fill.standing": "byHand", "program.rate": "300", "program.rate.unit": "ug/d",
    "program.maxRate": "1", "program.maxVolume": "0.5", "program.maxDose": "700",
    "program.safeRate": "0.05", "program.lowReservoir": "2",
    "program.programmedAt": "2025-12-20T08:30",
  ]
}

extension WebResponse {
  var page: String { String(decoding: bytes, as: UTF8.self) }
}
