import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves a program's pages to the machine it runs on, and to nothing else.
package struct LoopbackServer: Sendable {
  let port: Int
  let headers: [(String, String)]
  let label: String
  let answer: @Sendable (PageRequest) async -> PageResponse

  /// - Parameters:
  ///   - port: on 127.0.0.1.
  ///   - headers: that every answer carries.
  ///   - label: of its log.
  ///   - answer: the pages.
  package init(
    port: Int,
    headers: [(String, String)],
    label: String,
    answer: @escaping @Sendable (PageRequest) async -> PageResponse
  ) {
    (self.port, self.headers, self.label, self.answer) = (port, headers, label, answer)
  }

  /// Serves until it is told to end (SIGINT, SIGTERM).
  ///
  /// - Parameter started: called once it listens.
  /// - Throws: where the port is taken.
  package func run(started: @escaping @Sendable () -> Void) async throws {
    let (headers, answer) = (headers, answer)
    let responder = CallbackResponder<BasicRequestContext> { request, _ in
      Self.response(await answer(await Self.read(request)), headers)
    }
    var logger = Logger(label: label)
    logger.logLevel = .error
    let application = Application(
      responder: responder,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: port),
        serverName: nil,
        reuseAddress: true
      ),
      onServerRunning: { _ in started() },
      logger: logger
    )
    try await application.runService()
  }

  private static func read(_ request: Request) async -> PageRequest {
    var read = PageRequest()
    read.method = request.method == .get ? .get : request.method == .post ? .post : .other
    read.path = request.uri.path
    read.query = request.uri.query ?? ""
    read.host = request.head.authority
    read.origin = request.headers[.origin]
    read.site = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
    read.contentType = request.headers[.contentType] ?? ""
    guard read.method == .post else { return read }
    // One byte more than allowed, so that too much is told from just enough.
    if let buffer = try? await request.body.collect(upTo: PageEntry.bodyMax) {
      read.body = Array(buffer.readableBytesView)
    } else {
      read.body = [UInt8](repeating: 0, count: PageEntry.bodyMax + 1)
    }
    return read
  }

  private static func response(
    _ answer: PageResponse,
    _ all: [(String, String)]
  ) -> Response {
    var headers = HTTPFields()
    for (name, value) in all {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    headers[.contentType] = answer.contentType
    if let name = answer.fileName {
      headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    }
    if let seconds = answer.retryAfter { headers[.retryAfter] = "\(seconds)" }
    if let location = answer.location { headers[.location] = location }
    return Response(
      status: HTTPResponse.Status(code: answer.status),
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    )
  }
}
