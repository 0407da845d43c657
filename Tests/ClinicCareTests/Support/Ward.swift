import Foundation
import JSONText
import Ledger
import OrderText
import PumpLink
import PumpLinkCrypto
import Quantities
import Synchronization
import Testing
import Therapy
import VirtualPump

@testable import Clinic

/// The wall goes as it goes; therapy time besides jumps where a test lets it.
final class WardTime: Sendable {
  /// 2026-11-21T12:00Z.
  static let begin: Int64 = 1_795_262_400_000
  private let begun = ContinuousClock.now
  private let jumped = Mutex<Int64>(0)

  func pass(_ span: TimeSpan) { jumped.withLock { $0 += span.milliseconds } }

  var clock: ClinicClock {
    let elapsed: @Sendable () -> Int64 = { [begun] in
      Int64((ContinuousClock.now - begun) / .milliseconds(1))
    }
    return ClinicClock(
      therapy: { [self] in Self.begin + elapsed() + jumped.withLock { $0 } },
      security: { Self.begin + elapsed() },
      elapsed: elapsed,
      sleep: { try await Task.sleep(for: .milliseconds($0)) }
    )
  }
}

/// A clinic without sockets: accounts, records, orders, lines.
struct Ward: Sendable {
  static let host = "clinic.test:7200"
  static let patient: PatientID = ClinicCare.patientID(of: "adopt-key-1")

  let time: WardTime
  let clock: ClinicClock
  let ledger: any LedgerStore
  let accounts: AccountBook
  let sessions = SessionBook()
  let chance: ClinicChance
  let lines = LineBook()
  let hub = LiveHub()
  let care: ClinicCare
  let web: ClinicWeb
  let held: HeldTime

  /// What a demonstration's clock was told.
  final class HeldTime: Sendable {
    private let told = Mutex<[Bool]>([])
    var all: [Bool] { told.withLock { $0 } }
    func tell(_ isHeld: Bool) { told.withLock { $0.append(isHeld) } }
  }

  /// - Parameters:
  ///   - ledger: of a clinic that ran before, for a restart.
  ///   - time: of the world, which goes on over a restart.
  ///   - demonstration: a clock that people may set.
  /// - Throws: where a part cannot be made.
  init(
    _ ledger: any LedgerStore = MemoryLedger(),
    time: WardTime = WardTime(),
    demonstration: DemonstrationClock? = nil
  ) async throws {
    self.ledger = ledger
    self.time = time
    clock = time.clock
    chance = ClinicChance { count in
      (0..<count).map { _ in UInt8.random(in: 0 ... .max) }
    }
    guard let key = ServerKey([UInt8](repeating: 7, count: 32)) else { throw NotMade("key") }
    accounts = try await AccountBook(
      ledger,
      key: key,
      work: PasswordWork(),
      chance: chance,
      costLog: 10
    )
    let parts = ClinicParts(
      settings: WebSettings(
        hosts: [Self.host],
        isSecure: false,
        signerOrigins: ["http://127.0.0.1:7400"],
        relayToken: "a relay's token with more than 32 characters"
      ),
      clock: clock,
      chance: chance,
      ledger: ledger,
      accounts: accounts,
      sessions: sessions,
      metrics: Metrics()
    )
    let held = HeldTime()
    self.held = held
    care = try await ClinicCare(
      parts,
      hub,
      lines,
      CareSettings(
        root: People.crypto.ed25519PublicKey(of: People.root),
        caller: ClinicCaller(
          key: People.server.session,
          certificates: People.pair(People.server.sessionCertificate)
        ),
        certificates: [
          People.prescriber.certificate, People.colleague.certificate, People.nurse.certificate,
        ],
        holdTime: { held.tell($0) },
        demonstration: demonstration
      )
    )
    web = try ClinicWeb(care.routes, parts)
    guard await accounts.isEmpty else { return }
    for role in AccountRole.allCases {
      let new = NewAccount(
        name: "one-\(role.rawValue)",
        fullName: "One \(role.rawValue)",
        roles: [role],
        patient: role == .patient ? Self.patient.text : nil,
        password: "correct horse battery"
      )
      let act = AccountAct(key: "open-\(role.rawValue)", who: "setup", time: clock.security())
      _ = try await accounts.open(new, act)
    }
  }

  // MARK: Asking as a browser does

  /// Sends a write of the API.
  func post(
    _ path: String,
    _ json: String,
    as role: AccountRole = .physician,
    key: String = "key-\(UUID().uuidString)",
    version: Int? = nil,
    method: WebRequest.Method = .post
  ) async -> WebResponse {
    let account = await accounts.account(named: "one-\(role.rawValue)")
    let (token, session) = sessions.begin(
      account?.id ?? "",
      from: "127.0.0.1",
      at: clock.security(),
      chance
    )
    var request = WebRequest(method, path, body: Array(json.utf8))
    request.headers = [
      "host": Self.host, "content-type": "application/json", "cookie": "cisterna=\(token)",
      "x-csrf": session.formToken, "idempotency-key": key,
    ]
    if let version { request.headers["if-match"] = "\"\(version)\"" }
    let answer = await web.answer(request)
    if answer.status >= 400 { Self.check(refusal: answer, of: path) }
    return answer
  }

  /// Every refusal is what the description of the API says it is.
  private static func check(refusal answer: WebResponse, of path: String) {
    do {
      let root = try JSONValue(parsing: answer.bytes)
      try OpenAPIDocument.error.check(JSONCursor(root: root))
    } catch {
      Issue.record("POST \(path): \(answer.text) is not what openapi.json says: \(error)")
    }
  }

  /// Sends another write than a post.
  func put(_ path: String, _ json: String, as role: AccountRole) async -> WebResponse {
    await post(path, json, as: role, method: .put)
  }

  func get(
    _ path: String,
    query: String = "",
    as role: AccountRole = .physician
  ) async -> WebResponse {
    let account = await accounts.account(named: "one-\(role.rawValue)")
    let (token, _) = sessions.begin(
      account?.id ?? "",
      from: "127.0.0.1",
      at: clock.security(),
      chance
    )
    var request = WebRequest(.get, path, query: query)
    request.headers = ["host": Self.host, "cookie": "cisterna=\(token)"]
    return await web.answer(request)
  }

  /// The form of a signer's page.
  func signed(_ bytes: [UInt8]) async -> WebResponse {
    var request = WebRequest(.post, "/signed", body: Array("order=\(Base64URL.text(bytes))".utf8))
    request.headers = [
      "host": Self.host, "content-type": "application/x-www-form-urlencoded",
      "origin": "http://127.0.0.1:7400",
    ]
    return await web.answer(request)
  }

  // MARK: A patient

  static let program = """
    {"basal":{"mode":"constant","rate":"0.5 mL/d"},"limits":{"maxRate":"5 mL/d",\
    "maxVolumePer24h":"5 mL","maxDosePer24h":{"baclofen":"10 mg"}},"safeRate":"0.05 mL/d",\
    "restartGap":"48 h","lowReservoir":"2 mL"}
    """

  /// The body that takes over a patient with the pump's own fill and program.
  func adoption() throws -> String {
    let earlier = clock.therapy() - 2 * 86_400_000
    let program = try text(Self.program)
    return """
      {"identity":{"givenName":"Anna","familyName":"Muster","born":"1970-03-04",\
      "recordNumber":"4711","sex":"female","language":"de-CH"},"indication":"spasticity",\
      "origin":"spinal","pump":{"model":"Cisterna virtual","isCatalogued":false,\
      "capacity":"20 mL","serial":"V-1"},"fill":{"volume":"20 mL","fluid":{"drugs":[{"name":\
      "baclofen","concentration":"2 mg/mL"}]},"filledAt":\(earlier),"lots":["L-1"],\
      "standing":"recalled"},"program":{"program":\(program),"programmedAt":\(earlier),\
      "reason":"as the programmer says"},"confirmed":true}
      """
  }

  private func text(_ value: String) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  /// A patient who is in care, with a pump that is carried.
  func linked(_ number: UInt8 = 0xC1) async throws -> CarriedPump {
    let adopted = await post("/api/v1/patients", try adoption(), key: "adopt-key-1")
    guard adopted.status == 200 else { throw NotMade(adopted.text) }
    let secrets = TestPump.secrets(number)
    let link = """
      {"pump":"\(Hex.text(secrets.id.octets))","receiptKey":"\
      \(Hex.text(People.crypto.ed25519PublicKey(of: secrets.signingSeed).octets))","sessionKey":"\
      \(Hex.text(People.crypto.x25519PublicKey(of: secrets.sessionKey).octets))"}
      """
    let version = try await record().position
    let linked = await post(path("/pump/link"), link, version: version)
    guard linked.status == 200 else { throw NotMade(linked.text) }
    return CarriedPump(try .started(number), clock)
  }

  func path(_ rest: String) -> String { "/api/v1/patients/\(Self.patient)\(rest)" }

  func record() async throws -> PatientRecord { try await care.records.patient(Self.patient) }

  /// One side of the patient's line, and rounds at it.
  func line(_ way: LinkWay = .remote) async throws -> (PumpLine, LineRounds, PumpKeeper) {
    guard let (patient, link) = await care.records.links.first, let pump = CalledPump(link),
      let caller = care.settings.caller
    else { throw NotMade("a link") }
    let line = PumpLine(pump, way, caller, clock, chance)
    lines.add(line)
    let keeper = PumpKeeper(
      patient: patient,
      link: link,
      line: line,
      records: care.records,
      certificates: care.certificates,
      receipts: care.orders.receipts,
      chance: chance
    )
    return (line, LineRounds(line, keeper, clock), keeper)
  }

  /// The order in a draft's bytes.
  func drafted(_ order: String, way: String = "bedside") async throws -> OrderLife {
    let version = try await record().position
    let body = #"{"order":\#(order),"way":"\#(way)","reason":"a test","confirmed":true}"#
    let answer = await post(path("/orders"), body, version: version)
    guard answer.status == 200, let life = try await record().orders.last else {
      throw NotMade(answer.text)
    }
    return life
  }
}

extension WebResponse {
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The code of a refusal.
  var code: String? {
    guard let value = try? JSONValue(parsing: bytes) else { return nil }
    let error = try? JSONCursor(root: value).anyObject().required("error").anyObject()
    return try? error?.required("code").string()
  }
}
