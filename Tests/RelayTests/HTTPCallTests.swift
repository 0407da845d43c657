import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import HTTPCall

/// A call ends, whatever becomes of its connection: else whoever waits for it waits for ever.
@Suite(.timeLimit(.minutes(1)))
struct HTTPCallTests {
  private static let loops = MultiThreadedEventLoopGroup.singleton

  /// A server that takes a connection and says nothing; or closes it at once.
  private static func server(closes: Bool) async throws -> any Channel {
    try await ServerBootstrap(group: loops)
      .childChannelInitializer { channel in
        if closes { channel.close(promise: nil) }
        return channel.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  private static func call(_ server: any Channel, within limit: TimeAmount) -> HTTPCall {
    let port = server.localAddress?.port ?? 0
    return HTTPCall(host: "127.0.0.1", port: port, answerLimit: limit, group: loops)
  }

  @Test
  func `a request on a connection that has closed ends (SR-101)`() async throws {
    let server = try await Self.server(closes: false)
    let channel = try await ClientBootstrap(group: Self.loops)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(HTTPAnswerHandler(1 << 20))
        }
      }
      .connect(to: #require(server.localAddress)).get()
    try await channel.close().get()
    // A turn of the loop later no handler is left.
    try await channel.eventLoop.submit {}.get()
    let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
    await #expect(throws: (any Error).self) {
      _ = try await HTTPCall.ask(head, [], on: channel, within: .milliseconds(200))
    }
    try await server.close().get()
  }

  @Test
  func `a server that hangs up at once, or says nothing, ends a call with an error`() async throws {
    let closing = try await Self.server(closes: true)
    let silent = try await Self.server(closes: false)
    var failed = 0
    for server in [closing, closing, closing, silent] {
      do { _ = try await Self.call(server, within: .milliseconds(100)).send(.get, "/") } catch {
        failed += 1
      }
    }
    #expect(failed == 4)
    for server in [closing, silent] { try await server.close().get() }
  }

  @Test
  func `a call that is given up ends, though the server says nothing`() async throws {
    let server = try await Self.server(closes: false)
    let call = Self.call(server, within: .seconds(3_600))
    let asked = Task { try await call.send(.get, "/") }
    asked.cancel()
    await #expect(throws: (any Error).self) { try await asked.value }
    try await server.close().get()
  }
}
