import Ledger
import PumpLink
import Testing

@testable import Clinic

struct ClinicHouseTests {
  @Test
  func `the house's own routes fit together, and its figures tell of ledger, lines and clients`()
    async throws
  {
    let time = TestTime()
    let chance = TestChance().chance
    let key = try #require(ServerKey([UInt8](repeating: 7, count: 32)))
    let house = try await ClinicHouse(
      MemoryLedger(),
      WebSettings(hosts: [TestClinic.host], isSecure: true),
      key: key,
      clock: time.clock,
      chance: chance
    )
    let pump = CalledPump(id: Bytes16(), sessionKey: Bytes32(), signingKey: Bytes32())
    let caller = ClinicCaller(key: Bytes32(repeating: 1), certificates: CertificatePair())
    house.lines.add(PumpLine(pump, .remote, caller, time.clock, chance))
    let new = NewAccount(
      name: "first",
      fullName: "The First",
      roles: [.administrator],
      password: TestClinic.password
    )
    let act = AccountAct(key: "first-account", who: "setup", time: time.now)
    _ = try await house.parts.accounts.open(new, act)
    let server = try house.server(house.routes { _, _ in false })
    let answer = await server.web.answer(
      WebRequest(.get, "/metrics", headers: ["host": TestClinic.host])
    )
    #expect(answer.text.contains("cisterna_ledger_appends_total 1\n"))
    #expect(answer.text.contains("cisterna_lines{state=\"noRelay\"} 1\n"))
    #expect(answer.text.contains("cisterna_lines{state=\"open\"} 0\n"))
    #expect(answer.text.contains("cisterna_live_clients 0\n"))
    #expect(answer[header: "strict-transport-security"] != nil)
    #expect("\(caller)" == "the clinic's session key")
    await house.stop()
  }

  @Test
  func `over TLS the cookie is of this host alone and goes by no other way`() {
    let open = WebSettings(hosts: ["clinic.test:443"], isSecure: true)
    let cookie = open.setCookie("t").value
    #expect(cookie == "__Host-cisterna=t; Path=/; HttpOnly; SameSite=Strict; Secure")
    #expect(open.origins == ["https://clinic.test"])
    #expect(open.isOwn("clinic.test") && open.isOwn("CLINIC.test:443"))
    #expect(!open.isOwn("clinic.test:80") && !open.isOwn(nil))
  }
}
