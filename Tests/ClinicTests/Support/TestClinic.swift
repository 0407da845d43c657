import JSONText
import Ledger
import Synchronization

@testable import Clinic

/// Time that a test sets.
final class TestTime: Sendable {
  /// 2026-11-21T12:00Z.
  static let begin: Int64 = 1_795_262_400_000

  private let milliseconds = Mutex(TestTime.begin)

  var now: Int64 { milliseconds.withLock { $0 } }

  func pass(_ span: Int64) { milliseconds.withLock { $0 += span } }

  var clock: ClinicClock {
    ClinicClock(
      therapy: { [self] in now },
      security: { [self] in now },
      elapsed: { [self] in now },
      sleep: { [self] span in
        let end = now + span
        while now < end {
          try Task.checkCancellation()
          await Task.yield()
        }
      }
    )
  }
}

/// Bytes that a test can foresee, never the same twice.
final class TestChance: Sendable {
  private let count = Mutex<UInt64>(0)

  var chance: ClinicChance {
    ClinicChance { [self] wanted in
      var state = count.withLock { count in
        count += 1
        return count &* 0x9E37_79B9_7F4A_7C15
      }
      return (0..<wanted).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt8(truncatingIfNeeded: state >> 24)
      }
    }
  }
}

/// A clinic without sockets, with an account of each role.
struct TestClinic: Sendable {
  static let host = "clinic.test:7200"
  static let relayToken = "a relay's token with more than 32 characters"
  static let password = "correct horse battery"
  static let patient = "p-1"

  let time = TestTime()
  let chance = TestChance().chance
  let ledger: any LedgerStore
  let work = PasswordWork()
  let key: ServerKey
  let accounts: AccountBook
  let sessions = SessionBook()
  let desk: SignInDesk
  let parts: ClinicParts
  var secrets: [AccountRole: [UInt8]] = [:]

  init(
    _ ledger: any LedgerStore = MemoryLedger(),
    roles: [AccountRole] = AccountRole.allCases
  ) async throws {
    self.ledger = ledger
    guard let key = ServerKey([UInt8](repeating: 7, count: 32)) else { throw NotMade() }
    self.key = key
    accounts = try await AccountBook(ledger, key: key, work: work, chance: chance, costLog: 10)
    desk = SignInDesk(accounts, sessions, chance)
    parts = ClinicParts(
      settings: WebSettings(
        hosts: [Self.host],
        isSecure: false,
        signerOrigins: ["http://127.0.0.1:7400"],
        relayToken: Self.relayToken
      ),
      clock: time.clock,
      chance: chance,
      ledger: ledger,
      accounts: accounts,
      sessions: sessions,
      metrics: Metrics()
    )
    for role in roles {
      let new = NewAccount(
        name: "one-\(role.rawValue)",
        fullName: "One \(role.rawValue)",
        roles: [role],
        patient: role == .patient ? Self.patient : nil,
        password: Self.password
      )
      let act = AccountAct(key: "open-\(role.rawValue)", who: "setup", time: time.now)
      secrets[role] = try await accounts.open(new, act).secret
    }
  }

  /// All that this module serves by itself.
  var routes: [Route] {
    SessionRoutes(desk, accounts, sessions, parts.settings).routes
      + AccountRoutes(accounts, sessions).routes + OperationRoutes.routes(ledger, parts.metrics)
      + [StaticFile.style.route]
  }

  func code(of role: AccountRole) -> String {
    OneTimeCode.code(secrets[role] ?? [], step: OneTimeCode.step(at: time.now))
  }

  /// Signs in, without the desk: many tests, few seconds.
  func session(_ role: AccountRole) async -> (token: String, session: Session) {
    let account = await accounts.account(named: "one-\(role.rawValue)")
    return sessions.begin(account?.id ?? "", from: "127.0.0.1", at: time.now, chance)
  }

  /// Headers of a browser that is signed in.
  func headers(_ signedIn: (token: String, session: Session)?, form: Bool = true) -> [String:
    String]
  {
    var headers = ["host": Self.host, "content-type": "application/json"]
    if let signedIn {
      headers["cookie"] = "cisterna=\(signedIn.token)"
      if form { headers["x-csrf"] = signedIn.session.formToken }
    }
    return headers
  }
}

struct NotMade: Error {}

extension WebResponse {
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The code of a refusal.
  var code: String? {
    guard let value = try? JSONValue(parsing: bytes) else { return nil }
    let error = try? JSONCursor(root: value).anyObject().required("error").anyObject()
    return try? error?.required("code").string()
  }
}
