import Foundation
import HTTPCall
import NIOCore
import NIOPosix
import SimulatedClock
import Testing

@testable import Demonstration

/// How a simulation begins, and what becomes of it where its clock fails.
struct SimulationStartTests {
  private static func folder() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "simulation-\(UUID().uuidString)")
  }

  /// Answers every request as a server that is somebody else's.
  private final class Stranger: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
    }
  }

  private static func stranger() async throws -> any Channel {
    try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Stranger())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  @Test
  func `a port at which another serves is refused before anything is made`() async throws {
    let stranger = try await Self.stranger()
    let folder = Self.folder()
    let port = try #require(stranger.localAddress?.port)
    let simulation = Simulation(
      Simulation.Options(
        patients: 1,
        days: 1,
        seed: 1,
        folder: folder.path,
        port: port,
        program: "/bin/false"
      ),
      chance: { [UInt8](repeating: 7, count: $0) }
    )
    let fault = await #expect(throws: SimulationFault.self) {
      _ = try await simulation.run(tell: { _ in })
    }
    #expect(fault?.description.contains("--port: given \(port)") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
    try await stranger.close()
  }

  @Test
  func `an answer of another's server is not that of the one that was started`() async throws {
    let stranger = try await Self.stranger()
    let folder = Self.folder()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = folder.appending(path: "server.log").path
    // It runs, and serves nothing.
    let other = try DemoProcess("server", "/bin/sh", ["-c", "exec sleep 60"], log: log)
    defer { other.stop() }
    let web = SimulationWeb(port: try #require(stranger.localAddress?.port))
    #expect(try await web.send(.get, "/sign-in").status == 200)
    await #expect(throws: SimulationFault.self) {
      try await SimulationClinic.wait(for: web, other, log)
    }
    try await stranger.close()
  }

  @Test
  func `a clock that cannot be written ends time, and is told`() async throws {
    let folder = Self.folder()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let clock = try SimulatedClockWriter(
      path: folder.appending(path: "clock").path,
      wall: 1_000,
      start: 0,
      speed: 0
    )
    let time = SimulationTime(clock, start: 0, days: 9, awake: 1, between: { _ in })
    #expect(await time.sleep(until: SimulationTime.day))
    #expect(await time.failure == nil)
    // As where the disk is gone.
    try FileManager.default.removeItem(at: folder)
    #expect(await !time.sleep(until: 2 * SimulationTime.day))
    #expect(time.now == SimulationTime.day)
    #expect(await time.failure?.contains("cannot be written") == true)
    #expect(await !time.sleep(until: 0))
  }
}
