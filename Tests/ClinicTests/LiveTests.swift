import Testing

@testable import Clinic

struct LiveTests {
  private let sessions = SessionBook()
  private let chance = TestChance().chance
  private let hub = LiveHub()

  private func session(_ account: String) -> Session {
    sessions.begin(account, from: "x", at: 0, chance).session
  }

  private func all(_ stream: LiveStream) async -> [String] {
    var texts: [String] = []
    for await chunk in stream.chunks { texts.append(String(decoding: chunk, as: UTF8.self)) }
    return texts
  }

  @Test
  func `a client hears of the topics that it may know of, and of no other`() async throws {
    let stream = try hub.listen(session("a")) { $0.hasPrefix("patient/p-1") }
    hub.publish("patient/p-1/orders", "7")
    hub.publish("patient/p-2/orders", "8")
    hub.close()
    #expect(
      await all(stream) == ["retry: 2000\n\n", "event: patient/p-1/orders\ndata: 7\n\n"]
    )
  }

  @Test
  func `a line break in what is told does not make another event`() async throws {
    let stream = try hub.listen(session("a")) { _ in true }
    hub.publish("work", "one\n\nevent: forged\ndata: x")
    hub.close()
    #expect(await all(stream).last == "event: work\ndata: one event: forged data: x\n\n")
  }

  @Test
  func `a client that takes nothing is cut off, and the others go on`() async throws {
    let slow = try hub.listen(session("a")) { $0 == "slow" }
    let quick = try hub.listen(session("b")) { $0 == "quick" }
    for _ in 0...LiveHub.waitingMax { hub.publish("slow") }
    #expect(hub.count == 1 && hub.cutOff == 1)
    hub.publish("quick")
    hub.close()
    #expect(await all(slow).count == LiveHub.waitingMax)
    #expect(await all(quick).count == 2)
  }

  @Test
  func `a heartbeat keeps a client, and ends one whose session is over`() async throws {
    let stream = try hub.listen(session("a")) { _ in true }
    hub.beat(sessions, at: 1)
    #expect(hub.count == 1)
    hub.beat(sessions, at: SessionBook.idleMax + 1)
    #expect(hub.count == 0)
    #expect(await all(stream) == ["retry: 2000\n\n", ": \n\n"])
  }

  @Test
  func `after the end nobody can listen`() throws {
    hub.close()
    #expect(throws: WebError.self) { try hub.listen(session("a")) { _ in true } }
  }

  @Test
  func `a client that leaves is forgotten`() throws {
    let stream = try hub.listen(session("a")) { _ in true }
    stream.end()
    #expect(hub.count == 0)
  }

  @Test
  func `what somebody may not know of is not told, also where it is asked for (H-54)`() async throws
  {
    let clinic = try await TestClinic(roles: [.patient])
    let hub = hub
    let route = LiveRoute.route(hub) { account, topic in
      topic == "patient/\(account.patient ?? "-")"
    }
    let web = try ClinicWeb([route], clinic.parts)
    let signedIn = await clinic.session(.patient)
    let answer = await web.answer(
      WebRequest(
        .get,
        "/events",
        query: "topics=patient%2Fp-1,patient/p-2,work",
        headers: clinic.headers(signedIn)
      )
    )
    guard case .events(let stream) = answer.body else {
      Issue.record("no stream: \(answer.status)")
      return
    }
    for topic in ["work", "patient/p-2", "patient/p-1/orders", "patient/p-11"] {
      hub.publish(topic)
    }
    hub.close()
    #expect(await all(stream).dropFirst() == ["event: patient/p-1/orders\ndata: \n\n"])
    let none = await web.answer(
      WebRequest(.get, "/events", headers: clinic.headers(signedIn))
    )
    #expect(none.status == 422)
  }
}
