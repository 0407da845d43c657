import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
import ServiceLifecycle

/// Serves a clinic's web over HTTP until it is told to end (SIGINT, SIGTERM).
public struct ClinicServer: Sendable {
  let web: ClinicWeb
  let hub: LiveHub
  let sessions: SessionBook
  let clock: ClinicClock
  /// Ends what waits for long besides live updates, such as relays' polls.
  let atEnd: @Sendable () -> Void

  public init(
    _ web: ClinicWeb,
    _ hub: LiveHub,
    _ parts: ClinicParts,
    atEnd: @escaping @Sendable () -> Void = {}
  ) {
    self.web = web
    self.hub = hub
    self.atEnd = atEnd
    sessions = parts.sessions
    clock = parts.clock
  }

  /// Serves.
  ///
  /// - Parameters:
  ///   - host: the address to listen on.
  ///   - port: 0 for any.
  ///   - log: takes warnings and errors; no request is ever logged.
  ///   - work: ends with the server, as polling pumps does.
  ///   - started: called with the port, once it listens.
  /// - Throws: where the port is taken.
  public func run(
    host: String,
    port: Int,
    log: Logger,
    work: @escaping @Sendable () async throws -> Void = {},
    started: @escaping @Sendable (Int) -> Void
  ) async throws {
    try await application(host: host, port: port, log: log, work: work, started: started)
      .runService()
  }

  /// What is served, as a part of a group of services.
  func application(
    host: String,
    port: Int,
    log: Logger,
    work: @escaping @Sendable () async throws -> Void = {},
    started: @escaping @Sendable (Int) -> Void
  ) -> some ApplicationProtocol {
    let responder = CallbackResponder<ClinicRequestContext> { [web, hub, atEnd] request, context in
      let read = await Self.read(request, context, web.settings, max: web.bodyMax)
      // The server is told of its end first, and waits for its requests: they must be told too.
      let answer = await withGracefulShutdownHandler {
        await web.answer(read)
      } onGracefulShutdown: {
        hub.close()
        atEnd()
      }
      return Self.response(answer, request)
    }
    return Application(
      responder: responder,
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        serverName: nil,
        reuseAddress: true
      ),
      services: [background(work)],
      onServerRunning: { channel in started(channel.localAddress?.port ?? port) },
      logger: log
    )
  }

  /// Beats the live streams' heart and runs the work, until the server has ended.
  private func background(_ work: @escaping @Sendable () async throws -> Void) -> some Service {
    BackgroundService { [hub, sessions, clock, atEnd] in
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          while (try? await clock.sleep(LiveHub.heartbeatMilliseconds)) != nil {
            hub.beat(sessions, at: clock.security())
          }
        }
        group.addTask { try? await work() }
        await withTaskCancellationOrGracefulShutdownHandler {
          try? await gracefulShutdown()
        } onCancelOrGracefulShutdown: {
          hub.close()
          atEnd()
        }
        group.cancelAll()
      }
    }
  }

  private static func read(
    _ request: Request,
    _ context: ClinicRequestContext,
    _ settings: WebSettings,
    max bodyMax: Int
  ) async -> WebRequest {
    var read = WebRequest(
      WebRequest.Method(rawValue: request.method.rawValue.lowercased()) ?? .other,
      request.uri.path,
      query: request.uri.query ?? ""
    )
    for field in request.headers {
      let name = field.name.canonicalName
      read.headers[name] = read.headers[name].map { "\($0), \(field.value)" } ?? field.value
    }
    read.address = settings.address(
      peer: context.address,
      forwarded: read.headers["x-forwarded-for"]
    )
    if let authority = request.head.authority { read.headers["host"] = authority }
    guard read.method != .get else { return read }
    if let buffer = try? await request.body.collect(upTo: bodyMax) {
      read.body = Array(buffer.readableBytesView)
    } else {
      read.isBodyTooLong = true
    }
    return read
  }

  /// The names that are in nearly every answer, read once.
  private static let headerNames: [String: HTTPField.Name] = {
    let names = [
      "cache-control", "content-type", "etag", "content-security-policy",
      "x-content-type-options", "referrer-policy", "x-frame-options",
      "cross-origin-opener-policy", "cross-origin-resource-policy", "strict-transport-security",
    ]
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        HTTPField.Name(name).map { (name, $0) }
      }
    )
  }()

  private static func response(_ answer: WebResponse, _ request: Request) -> Response {
    var headers = HTTPFields()
    for (name, value) in answer.headers {
      if let name = headerNames[name] ?? HTTPField.Name(name) {
        headers.append(HTTPField(name: name, value: value))
      }
    }
    let status = HTTPResponse.Status(code: answer.status)
    switch answer.body {
    case .bytes(let bytes):
      return Response(
        status: status,
        headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
      )
    case .events(let stream):
      return Response(
        status: status,
        headers: headers,
        body: ResponseBody { writer in
          defer { stream.end() }
          try await withGracefulShutdownHandler {
            try await request.body.consumeWithInboundCloseHandler { _ in
              for await chunk in stream.chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
            } onInboundClosed: {
              stream.end()
            }
          } onGracefulShutdown: {
            stream.end()
          }
          try await writer.finish(nil)
        }
      )
    }
  }
}

/// What the server knows of a connection.
struct ClinicRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The peer's, without the port.
  let address: String

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? "unknown"
  }
}

private struct BackgroundService: Service {
  let work: @Sendable () async -> Void

  func run() async throws { await work() }
}
