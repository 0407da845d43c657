import Foundation
import JSONText
import Ledger
import NIOCore
import NIOPosix
import OrderText
import Synchronization
import Testing
import Therapy

@testable import Clinic

/// Hooks: told of alarms at least once, signed, whatever the other end does.
struct WebhookTests {
  /// A server of the other end: takes what comes, and answers as it is told.
  final class Other: Sendable {
    private let taken = Mutex<[String]>([])
    private let answers: Mutex<[String]>
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    var requests: [String] { taken.withLock { $0 } }
    var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }

    init(_ answers: [String]) { self.answers = Mutex(answers) }

    func begin() async throws {
      let bound = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .childChannelInitializer { child in
          child.eventLoop.makeCompletedFuture {
            try child.pipeline.syncOperations.addHandler(Taking(self))
          }
        }
        .bind(host: "127.0.0.1", port: 0).get()
      channel.withLock { $0 = bound }
    }

    func end() async { try? await channel.withLock { $0 }?.close().get() }

    fileprivate func answer(_ request: String) -> String {
      taken.withLock { $0.append(request) }
      return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? "200 OK" }
    }
  }

  private final class Taking: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let other: Other
    private var text = ""

    init(_ other: Other) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      text += String(buffer: unwrapInboundIn(data))
      guard let gap = text.firstRange(of: "\r\n\r\n"),
        let length = text.firstMatch(of: #/content-length: (\d+)/#).flatMap({ Int($0.output.1) }),
        text[gap.upperBound...].utf8.count >= length
      else { return }
      let status = other.answer(text)
      text = ""
      let reply = "HTTP/1.1 \(status)\r\ncontent-length: 0\r\nlocation: http://127.0.0.1:1/\r\n\r\n"
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: reply)), promise: nil)
    }
  }

  /// A courier beside a world, on its ledger.
  static func courier(
    _ world: PatientWorld,
    bring: @escaping WebhookCourier.Bring = WebhookCall.bring
  ) async throws -> WebhookCourier {
    guard let key = ServerKey([UInt8](repeating: 7, count: 32)) else { throw NotMade() }
    return WebhookCourier(
      world.ledger,
      try await AccessBook(world.ledger, key: key),
      origin: "http://clinic.example",
      clock: world.time.clock,
      bring: bring
    )
  }

  /// Adds a hook by its form; its secret.
  static func add(_ url: String, _ world: PatientWorld, isLocal: Bool = true) async throws
    -> [UInt8]
  {
    var fields = ["url": url]
    if isLocal { fields["local"] = "yes" }
    let page = try await world.post("/settings/links/hooks", fields, as: "one-administrator").page
    guard let match = page.firstMatch(of: #/hook: <b>([0-9a-f]{64})<\/b>/#),
      let secret = Hex.bytes(match.output.1)
    else { throw PageWorld.Refused(page: page) }
    return secret
  }

  static func raise(_ world: PatientWorld, _ alarm: PumpAlarm = .reservoirLow) async throws {
    let id = try PageSample.unwrap(PatientID(PatientWorld.own))
    if try await !world.care.records.patient(id).isLinked {
      let physician = Author(person: try PageSample.unwrap(PersonID("ada")), role: .physician)
      let link = PumpLinked(
        pump: try PageSample.unwrap(PumpID(String(repeating: "c1", count: 16))),
        receiptKey: try PageSample.unwrap(KeyText(String(repeating: "c2", count: 32)))
      )
      let act = RecordAct(id, key: "link-own", [RecordAct.Step(.linkPump(link), by: physician)])
      _ = try await world.care.records.record(act)
    }
    let raised = AlarmRaised(
      alarm: alarm,
      raisedAt: Instant(milliseconds: world.time.now),
      pumpMilliseconds: 5
    )
    let act = RecordAct(
      id,
      key: "alarm-\(alarm.rawValue)",
      [RecordAct.Step(.raiseAlarm(raised), by: TherapyText.server)]
    )
    _ = try await world.care.records.record(act)
  }

  @Test
  func `an alarm is told over the network, signed, with nobody's name (H-50, H-72)`() async throws {
    let world = try await PatientWorld()
    let other = Other(["200 OK"])
    try await other.begin()
    let secret = try await Self.add("http://127.0.0.1:\(other.port)/alarms?x=1", world)
    let courier = try await Self.courier(world)
    try await Self.raise(world)
    try await courier.turn()
    let request = try #require(other.requests.first)
    #expect(request.hasPrefix("POST /alarms?x=1 HTTP/1.1\r\n"))
    let body = try #require(request.components(separatedBy: "\r\n\r\n").last)
    let stamp = try #require(request.firstMatch(of: #/cisterna-timestamp: (\d+)/#)?.output.1)
    let signature = try #require(
      request.firstMatch(of: #/cisterna-signature: v1=([0-9a-f]{64})/#)?.output.1
    )
    let right = WebhookMessage.signature(
      Array(body.utf8),
      timestamp: try #require(Int64(stamp)),
      secret: secret
    )
    #expect(signature == right)
    let object = try JSONCursor(root: try JSONValue(parsing: Array(body.utf8))).anyObject()
    #expect(try object.required("record").string() == PatientWorld.own)
    #expect(try object.required("link").string() == "http://clinic.example/patients/p-own")
    for text in ["Lena", "Bauer", "baclofen", "reservoir", "NGP"] {
      #expect(!request.contains(text))
    }
    // Told once, also after a restart.
    try await courier.turn()
    try await Self.courier(world).turn()
    #expect(other.requests.count == 1)
    await other.end()
    #expect(!(try await world.everything()).contains(Hex.text(secret)))
  }

  @Test
  func `the signature is HMAC-SHA256 over timestamp and body, as another program reckons it`() {
    let one = WebhookMessage.signature(Array("{}".utf8), timestamp: 1, secret: [1, 2, 3])
    // printf '1.{}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:010203
    #expect(one == "384cf8da98f0e5bba433f07664aa3a428ced3804dadb55315aecd21e52af5442")
    #expect(one != WebhookMessage.signature(Array("{}".utf8), timestamp: 2, secret: [1, 2, 3]))
  }

  @Test
  func `a refusal is tried again with longer waits, under the same id, and listed`() async throws {
    let world = try await PatientWorld()
    let other = Other(["500 No", "302 Found", "204 Good"])
    try await other.begin()
    _ = try await Self.add("http://127.0.0.1:\(other.port)/", world)
    let courier = try await Self.courier(world)
    try await Self.raise(world)
    try await courier.turn()
    #expect(other.requests.count == 1)
    world.time.pass(1_000)
    try await courier.turn()
    #expect(other.requests.count == 1, "not before the wait is over")
    world.time.pass(1_000)
    try await courier.turn()
    // An answer that sends elsewhere is no answer, and is not followed.
    #expect(other.requests.count == 2)
    // A restart knows that it is not through yet.
    let second = try await Self.courier(world)
    try await second.turn()
    #expect(other.requests.count == 3)
    let ids = other.requests.compactMap {
      $0.firstMatch(of: #/cisterna-delivery: (\S+)/#).map { String($0.output.1) }
    }
    #expect(ids.count == 3 && Set(ids).count == 1)
    let hook = try #require(ids.first?.split(separator: "-").dropLast().joined(separator: "-"))
    #expect(await second.outcomes(of: hook).last?.isGood == true)
    await other.end()
  }

  @Test
  func `waits double and are bounded, and it ends`() {
    #expect((1...4).map(WebhookCourier.wait) == [2_000, 4_000, 8_000, 16_000])
    #expect(WebhookCourier.wait(after: 60) == WebhookCourier.longestWait)
    let all = (1..<WebhookCourier.triesMax).map(WebhookCourier.wait).reduce(0, +)
    #expect(all > 12 * 3_600_000 && all < 36 * 3_600_000)
  }

  @Test
  func `a hook that hangs holds up neither the alarm nor another hook (H-50)`() async throws {
    let world = try await PatientWorld()
    _ = try await Self.add("http://127.0.0.1:9/hangs", world)
    _ = try await Self.add("http://127.0.0.1:9/good", world)
    let told = Mutex<[String]>([])
    let courier = try await Self.courier(world) { address, _, _, _ in
      told.withLock { $0.append(address.path) }
      if address.path == "/hangs" {
        try? await Task.sleep(for: .milliseconds(300))
        return .failure(WebhookTrouble(description: "no answer"))
      }
      return .success(200)
    }
    try await Self.raise(world)
    let id = try #require(PatientID(PatientWorld.own))
    #expect(try await world.care.records.patient(id).alarms.count == 1)
    try await courier.turn()
    #expect(Set(told.withLock { $0 }) == ["/hangs", "/good"])
    try await Self.raise(world, .motorStall)
    #expect(try await world.care.records.patient(id).alarms.count == 2)
  }

  @Test
  func `hooks whose secret cannot be opened are told of and hold up no other (H-50)`() async throws
  {
    let world = try await PatientWorld()
    // Sealed by another server's key; more of them than one turn takes, and their names come first.
    for number in 0...WebhookCourier.atOnceMax {
      var event = AccessEvent(.hookAdded)
      event.id = "hook-\(String(repeating: "0", count: 10))\(10 + number)"
      (event.url, event.isYes) = ("http://127.0.0.1:9/broken", true)
      event.sealed = String(repeating: "ab", count: 60)
      _ = try await world.ledger.append(
        [try event.draft(id: "add-\(number)", who: "setup", at: world.time.now)],
        to: AccessEvent.stream,
        expecting: .any
      )
    }
    _ = try await Self.add("http://127.0.0.1:9/good", world)
    let told = Mutex<[String]>([])
    let courier = try await Self.courier(world) { address, _, _, _ in
      told.withLock { $0.append(address.path) }
      return .success(200)
    }
    try await Self.raise(world)
    try await courier.turn()
    try await courier.turn()
    #expect(told.withLock { $0 } == ["/good"])
    let first = await courier.outcomes(of: "hook-000000000010").first
    #expect(first?.text.contains("its secret cannot be opened") == true)
    #expect(first?.isGood == false)
  }

  @Test
  func `a telling whose outcome could not be recorded is told again under the same id`()
    async throws
  {
    let world = try await PatientWorld()
    let other = Other(["200 OK"])
    try await other.begin()
    _ = try await Self.add("http://127.0.0.1:\(other.port)/", world)
    try await Self.raise(world)
    // Killed between the answer and the recording of it: nothing of the first one is in the ledger.
    let lost = try await Self.courier(world)
    try await lost.turn()
    let kept = MemoryLedger()
    for event in try await world.ledger.read(after: 0, limit: 1_000)
    where event.stream != WebhookEvent.stream {
      _ = try await kept.append([event.draft], to: event.stream, expecting: .any)
    }
    let again = try await PatientWorld(on: kept)
    try await Self.courier(again).turn()
    #expect(other.requests.count == 2)
    let ids = other.requests.compactMap {
      $0.firstMatch(of: #/cisterna-delivery: (\S+)/#)?.output.1
    }
    #expect(Set(ids).count == 1)
    await other.end()
  }

  @Test
  func `a hook that was removed, or came after an alarm, is not told of it`() async throws {
    let world = try await PatientWorld()
    try await Self.raise(world)
    let other = Other(["200 OK"])
    try await other.begin()
    _ = try await Self.add("http://127.0.0.1:\(other.port)/", world)
    let page = try await world.get("/settings/links", as: "one-administrator").page
    let path = try #require(
      page.firstMatch(of: #/\/settings\/links\/hooks\/hook-\w+\/remove/#)?.output
    )
    try await Self.courier(world).turn()
    #expect(other.requests.isEmpty)
    #expect(try await world.post(String(path), [:], as: "one-nurse").status == 403)
    #expect(try await world.post(String(path), [:], as: "one-administrator").status == 303)
    try await Self.raise(world, .motorStall)
    try await Self.courier(world).turn()
    #expect(other.requests.isEmpty)
    await other.end()
  }

  @Test
  func `addresses that no clinic means are refused, and own ones but where it was said (H-62)`()
    throws
  {
    let always = [
      "0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255", "::", "ff02::1", "fe80::1",
      "::ffff:169.254.169.254",
    ]
    let own = [
      "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
      "100.64.0.1",
      "::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
    ]
    let others = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2001:db8::1"]
    for text in always {
      let address = try SocketAddressText.address(text, 80)
      #expect(WebhookAddress.refusal(address, mayBeLocal: false) != nil, "\(text)")
      #expect(WebhookAddress.refusal(address, mayBeLocal: true) != nil, "\(text)")
    }
    for text in own {
      let address = try SocketAddressText.address(text, 80)
      #expect(WebhookAddress.refusal(address, mayBeLocal: false) != nil, "\(text)")
      #expect(WebhookAddress.refusal(address, mayBeLocal: true) == nil, "\(text)")
    }
    for text in others {
      let address = try SocketAddressText.address(text, 80)
      #expect(WebhookAddress.refusal(address, mayBeLocal: false) == nil, "\(text)")
    }
  }

  @Test
  func `a name that points inwards is not called, whatever it pointed to when it was added (H-62)`()
    async throws
  {
    let other = Other(["200 OK"])
    try await other.begin()
    let address = try WebhookAddress("http://localhost:\(other.port)/")
    let message = WebhookMessage(hook: "h", position: 1, patient: "p", origin: "o", at: 0)
    let refused = await WebhookCall.bring(address, mayBeLocal: false, message, [])
    guard case .failure(let why) = refused else {
      Issue.record("called")
      return
    }
    #expect(why.description.contains("not called"))
    #expect(other.requests.isEmpty)
    await other.end()
  }

  @Test
  func `an address that is none is refused with what is expected`() async throws {
    let world = try await PatientWorld()
    for url in [
      "https://x.example/", "ftp://x", "http://", "http://a:b@x/", "http://x:0/", "http://x:99999/",
      "http://x y/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/",
    ] {
      let answer = try await world.post(
        "/settings/links/hooks",
        ["url": url],
        as: "one-administrator"
      )
      #expect(answer.status == 422, "\(url)")
      #expect(answer.page.contains("aria-invalid=\"true\""), "\(url)")
    }
    #expect(try WebhookAddress("http://x.example") == WebhookAddress("http://x.example:80/"))
  }
}
