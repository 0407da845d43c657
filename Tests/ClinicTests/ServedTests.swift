import Foundation
import Ledger
import Logging
import NIOCore
import NIOPosix
import OrderText
import ServiceLifecycle
import Synchronization
import Testing

@testable import Clinic

/// What a program logs, kept.
final class KeptLog: Sendable {
  private let kept = Mutex("")

  var text: String { kept.withLock { $0 } }

  func add(_ line: String) { kept.withLock { $0 += line + "\n" } }
}

struct KeptLogHandler: LogHandler {
  let log: KeptLog
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    log.add("\(event.message) \(metadata) \(event.metadata ?? [:])")
  }
}

/// The server on a real socket, asked byte by byte.
@Suite(.serialized, .timeLimit(.minutes(1)))
struct ServedTests {
  private let clinic: TestClinic
  private let hub = LiveHub()
  private let log = KeptLog()

  init() async throws { clinic = try await TestClinic(roles: [.nurse]) }

  private struct Served {
    let port: Int
    let task: Task<Void, any Error>
    let group: ServiceGroup

    /// As the process does where it is told to end by a signal.
    func end() async {
      await group.triggerGracefulShutdown()
      _ = await task.result
    }

    /// The same without waiting for it.
    ///
    /// A task that is cancelled would drop connections that NIO has accepted and nobody has taken, which ends the
    /// whole process (apple/swift-nio#2813).
    func leave() { Task { [group] in await group.triggerGracefulShutdown() } }
  }

  private func serve() async throws -> Served {
    var parts = clinic.parts
    let begun = ContinuousClock.now
    let elapsed: @Sendable () -> Int64 = {
      Int64((ContinuousClock.now - begun) / .milliseconds(1))
    }
    parts.clock = ClinicClock(
      therapy: { TestTime.begin },
      security: { TestTime.begin },
      elapsed: elapsed,
      sleep: { try await Task.sleep(for: .milliseconds($0)) }
    )
    let hub = hub
    let routes = clinic.routes + [LiveRoute.route(hub) { _, topic in topic == "work" }]
    let web = try ClinicWeb(routes, parts)
    let (ports, started) = AsyncStream.makeStream(of: Int.self)
    let log = log
    let logger = Logger(label: "test") { _ in KeptLogHandler(log: log) }
    let server = ClinicServer(web, hub, parts)
    let application = server.application(host: "127.0.0.1", port: 0, log: logger) { port in
      started.yield(port)
    }
    let group = ServiceGroup(services: [application], logger: logger)
    let task = Task {
      defer { started.finish() }
      try await group.run()
    }
    return Served(port: try #require(await ports.first { _ in true }), task: task, group: group)
  }

  /// Sends text and gives what comes until it is enough or the other side closes.
  private func ask(
    _ port: Int,
    _ text: String,
    until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
  ) async throws -> String {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var answer = ""
      for try await buffer in inbound {
        answer += String(decoding: buffer.readableBytesView, as: UTF8.self)
        if isEnough(answer) { break }
      }
      return answer
    }
  }

  private func head(_ line: String, _ more: [String] = []) -> String {
    ([line, "host: \(TestClinic.host)", "connection: close"] + more).joined(separator: "\r\n")
      + "\r\n\r\n"
  }

  @Test
  func `a request on a socket is answered with the security headers`() async throws {
    let served = try await serve()
    defer { served.leave() }
    let answer = try await ask(served.port, head("GET /healthz HTTP/1.1"))
    #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("ok\n"))
    #expect(answer.lowercased().contains("content-security-policy: default-src 'none'"))
    let other = try await ask(
      served.port,
      "GET / HTTP/1.1\r\nhost: evil.test\r\nconnection: close\r\n\r\n"
    )
    #expect(other.hasPrefix("HTTP/1.1 421"))
    let long = head("POST /sign-in HTTP/1.1", ["content-length: 9000000"])
    let tooLong = try await ask(
      served.port,
      long + String(repeating: "x", count: 70_000),
      until: { $0.contains("\r\n\r\n") }
    )
    #expect(tooLong.hasPrefix("HTTP/1.1 413"))
  }

  @Test
  func `nothing of a sign-in is logged, right or wrong`() async throws {
    let served = try await serve()
    defer { served.leave() }
    for code in [clinic.code(of: .nurse), "000000"] {
      let body =
        "{\"name\":\"one-nurse\",\"password\":\"\(TestClinic.password)\",\"code\":\"\(code)\"}"
      let answer = try await ask(
        served.port,
        head(
          "POST /api/v1/session?from=a-query HTTP/1.1",
          ["content-type: application/json", "content-length: \(body.utf8.count)"]
        ) + body
      )
      let isRight = code != "000000"
      #expect(answer.hasPrefix(isRight ? "HTTP/1.1 200" : "HTTP/1.1 401"))
    }
    let secret = clinic.secrets[.nurse] ?? []
    for text in [TestClinic.password, clinic.code(of: .nurse), Hex.text(secret), "one-nurse"] {
      #expect(!log.text.contains(text))
    }
    #expect(!log.text.contains("cisterna="))
  }

  @Test
  func `live updates come over a socket, and the server ends while somebody listens`() async throws
  {
    let served = try await serve()
    let signedIn = await clinic.session(.nurse)
    let hub = hub
    let request = head(
      "GET /events?topics=work HTTP/1.1",
      ["cookie: cisterna=\(signedIn.token)"]
    )
    let listening = Task { try await ask(served.port, request) }
    for _ in 0..<500 where hub.count == 0 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(hub.count == 1)
    hub.publish("work", "41")
    try await Task.sleep(for: .milliseconds(50))
    let begun = ContinuousClock.now
    await served.end()
    #expect(ContinuousClock.now - begun < .seconds(3))
    let heard = try await listening.value
    #expect(heard.lowercased().contains("content-type: text/event-stream"))
    #expect(heard.contains("event: work\ndata: 41\n\n"))
  }

  @Test
  func `a client that leaves is forgotten by the server`() async throws {
    let served = try await serve()
    defer { served.leave() }
    let signedIn = await clinic.session(.nurse)
    let request = head(
      "GET /events?topics=work HTTP/1.1",
      ["cookie: cisterna=\(signedIn.token)"]
    )
    _ = try await ask(served.port, request, until: { $0.contains("retry:") })
    for _ in 0..<300 where hub.count > 0 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(hub.count == 0)
  }

  @Test
  func `the server's key is in a file that only its owner may read`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "key-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: "server.key").path
    let key = try ServerKeyFile.open(path, clinic.chance)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let again = try ServerKeyFile.open(path, clinic.chance)
    let sealed = key.seal([1], for: "a", nonce: [UInt8](repeating: 0, count: 12))
    #expect(again.open(sealed, for: "a") == [1])
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(throws: ServerKeyError.self) { try ServerKeyFile.open(path, clinic.chance) }
    for count in [0, 31, 33] {
      let bad = folder.appending(path: "bad-\(count)").path
      _ = FileManager.default.createFile(
        atPath: bad,
        contents: Data(count: count),
        attributes: [.posixPermissions: 0o600]
      )
      #expect(throws: ServerKeyError.self) { try ServerKeyFile.open(bad, clinic.chance) }
    }
  }
}
