import Ledger
import OrderText
import Testing

@testable import Clinic

struct SignInTests {
  private func code(_ clinic: TestClinic, _ code: String, name: String = "one-nurse") async
    -> String
  {
    await outcome(clinic, name: name, password: TestClinic.password, code: code)
  }

  private func outcome(
    _ clinic: TestClinic,
    name: String,
    password: String,
    code: String,
    from address: String = "10.0.0.1"
  ) async -> String {
    do throws(WebError) {
      _ = try await clinic.desk.signIn(
        name: name,
        password: password,
        code: code,
        from: address,
        at: clinic.time.now
      )
      return "in"
    } catch { return error.code }
  }

  @Test
  func `name, password and code together let somebody in, once a code`() async throws {
    let clinic = try await TestClinic(roles: [.nurse])
    let right = clinic.code(of: .nurse)
    #expect(await code(clinic, right) == "in")
    #expect(await code(clinic, right) == "signInRefused")
    clinic.time.pass(30_000)
    #expect(await code(clinic, clinic.code(of: .nurse)) == "in")
  }

  @Test
  func `a code that was taken stays taken after a restart (SR-113)`() async throws {
    let clinic = try await TestClinic(roles: [.nurse])
    let right = clinic.code(of: .nurse)
    #expect(await code(clinic, right) == "in")
    let again = try await AccountBook(
      clinic.ledger,
      key: clinic.key,
      work: clinic.work,
      chance: clinic.chance,
      costLog: 10
    )
    let account = try await again.check(
      name: "one-nurse",
      password: TestClinic.password,
      code: right,
      at: clinic.time.now
    )
    #expect(account == nil)
  }

  @Test
  func `the same code twice at once lets one in`() async throws {
    let clinic = try await TestClinic(roles: [.nurse])
    let right = clinic.code(of: .nurse)
    async let one = code(clinic, right)
    async let two = code(clinic, right)
    let outcomes = await [one, two].sorted()
    #expect(outcomes == ["in", "signInRefused"])
  }

  @Test
  func `a wrong name, password or code are told by the same words`() async throws {
    let clinic = try await TestClinic(roles: [.nurse])
    let right = clinic.code(of: .nurse)
    let password = TestClinic.password
    var errors: [WebError] = []
    for (name, password, code) in [
      ("nobody-here", password, right), ("one-nurse", "another password", right),
      ("one-nurse", password, "000000"), ("", "", ""), ("one-nurse", password, ""),
    ] {
      do throws(WebError) {
        _ = try await clinic.desk.signIn(
          name: name,
          password: password,
          code: code,
          from: "10.0.0.\(errors.count)",
          at: clinic.time.now
        )
      } catch { errors.append(error) }
    }
    #expect(errors.count == 5)
    #expect(Set(errors.map(\.description)).count == 1)
  }

  @Test
  func `a name that nobody has is delayed just as one that somebody has`() async throws {
    let clinic = try await TestClinic(roles: [.nurse])
    var waits: [String: [String]] = [:]
    for name in ["one-nurse", "nobody-here"] {
      for attempt in 0..<8 {
        let outcome = await outcome(
          clinic,
          name: name,
          password: "wrong",
          code: "1",
          from: "10.1.\(attempt).\(name.utf8.count)"
        )
        waits[name, default: []].append(outcome)
      }
    }
    #expect(waits["one-nurse"] == waits["nobody-here"])
    #expect(waits["one-nurse"]?.last == "tooManyAttempts")
  }

  @Test
  func `after a wait of five minutes at the longest the right one gets in (H-66)`() async throws {
    let clinic = try await TestClinic(roles: [.nurse])
    for attempt in 0..<200 {
      _ = await outcome(
        clinic,
        name: "one-nurse",
        password: "wrong",
        code: "1",
        from: "10.2.\(attempt / 10).1"
      )
      clinic.time.pass(60_000)
    }
    clinic.time.pass(SignInDelay.delayMax)
    #expect(await code(clinic, clinic.code(of: .nurse)) == "in")
  }

  @Test
  func `a closed account is refused in the same words, and its sessions are over`() async throws {
    let clinic = try await TestClinic(roles: [.nurse, .administrator])
    let signedIn = await clinic.session(.nurse)
    let web = try ClinicWeb(clinic.routes, clinic.parts)
    let nurse = await clinic.accounts.account(named: "one-nurse")
    let act = AccountAct(key: "close-nurse", who: "setup", time: clinic.time.now)
    try await clinic.accounts.close(nurse?.id ?? "", act)
    #expect(await code(clinic, clinic.code(of: .nurse)) == "signInRefused")
    let answer = await web.answer(
      WebRequest(.get, "/api/v1/session", headers: clinic.headers(signedIn))
    )
    #expect(answer.status == 401)
  }

  @Test
  func `the last administrator can be neither closed nor demoted`() async throws {
    let clinic = try await TestClinic(roles: [.administrator, .nurse])
    let id = await clinic.accounts.account(named: "one-administrator")?.id ?? ""
    let act = AccountAct(key: "close-last", who: "setup", time: clinic.time.now)
    await #expect(throws: WebError.self) { try await clinic.accounts.close(id, act) }
    await #expect(throws: WebError.self) {
      try await clinic.accounts.set(roles: [.nurse], of: id, act)
    }
  }

  @Test
  func `an act that was done before gives out no secret, and does nothing else (SR-113)`()
    async throws
  {
    let clinic = try await TestClinic(roles: [.nurse])
    let id = await clinic.accounts.account(named: "one-nurse")?.id ?? ""
    let act = AccountAct(key: "renew-once", who: "setup", time: clinic.time.now)
    #expect(try await clinic.accounts.renewCode(of: id, act) != nil)
    let again = try await AccountBook(
      clinic.ledger,
      key: clinic.key,
      work: clinic.work,
      chance: clinic.chance,
      costLog: 10
    )
    let sealed = again[id]?.sealedSecret
    #expect(try await again.renewCode(of: id, act) == nil)
    #expect(again[id]?.sealedSecret == sealed)
    await #expect(throws: WebError.self) { try await again.close(id, act) }
    #expect(again[id]?.isClosed == false)
  }

  @Test
  func `neither password nor secret is in the ledger or in what is printed`() async throws {
    let clinic = try await TestClinic(roles: [.nurse])
    let secret = try #require(clinic.secrets[.nurse])
    let account = try #require(await clinic.accounts.account(named: "one-nurse"))
    var texts = ["\(account)", "\(clinic.key)", String(reflecting: account.password)]
    for event in try await clinic.ledger.read(after: 0, limit: 1_000) {
      texts.append(String(decoding: event.draft.payload, as: UTF8.self))
    }
    dump(account, to: &texts[0])
    for text in texts {
      #expect(!text.contains(TestClinic.password))
      #expect(!text.contains(OneTimeCode.base32(secret)))
      #expect(!text.contains(Hex.text(secret)))
    }
    #expect(!texts[0].contains(Hex.text(account.password.hash)))
  }

  @Test
  func `a sealed secret opens under its key and for its account alone`() throws {
    let key = try #require(ServerKey([UInt8](repeating: 1, count: 32)))
    let other = try #require(ServerKey([UInt8](repeating: 2, count: 32)))
    let sealed = key.seal([1, 2, 3], for: "account-1", nonce: [UInt8](repeating: 9, count: 12))
    #expect(key.open(sealed, for: "account-1") == [1, 2, 3])
    #expect(key.open(sealed, for: "account-2") == nil)
    #expect(other.open(sealed, for: "account-1") == nil)
    for place in sealed.indices {
      var changed = sealed
      changed[place] ^= 1
      #expect(key.open(changed, for: "account-1") == nil)
    }
  }
}
