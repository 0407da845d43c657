import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import OrderText
public import PumpCore
import PumpScenario

/// Serves the signer's pages to the machine it runs on, and to nothing else.
public struct SignerServer: Sendable {
  private let page: SignerPage

  /// - Parameters:
  ///   - desk: the person and what is at hand.
  ///   - port: on 127.0.0.1.
  ///   - chance: 32 bytes that nobody can guess, for the address and for forms.
  ///   - seconds: from any fixed instant, for the delay after wrong passphrases.
  ///   - now: by the clock on the wall.
  /// - Throws: where a page is malformed.
  public init(
    _ desk: SignerDesk,
    port: Int,
    chance: [UInt8],
    seconds: @escaping @Sendable () -> Double,
    now: @escaping @Sendable () -> LocalTime
  ) throws {
    precondition(chance.count == 32, "two tokens of 16 bytes")
    page = SignerPage(
      desk: desk,
      port: port,
      token: Hex.text(chance[..<16]),
      formToken: Hex.text(chance[16...]),
      gate: PassphraseGate(clock: seconds),
      now: now,
      views: try PageViews()
    )
  }

  /// What is to be opened in a browser.
  public var address: String { "http://127.0.0.1:\(page.port)/\(page.token)/" }

  /// Serves until it is told to end (SIGINT, SIGTERM).
  ///
  /// - Parameter started: called once it listens.
  /// - Throws: where the port is taken.
  public func run(started: @escaping @Sendable () -> Void) async throws {
    let page = page
    let responder = CallbackResponder<BasicRequestContext> { request, _ in
      Self.response(await page.answer(await Self.read(request)), page.desk.clinic)
    }
    var logger = Logger(label: "signer")
    logger.logLevel = .error
    let application = Application(
      responder: responder,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: page.port),
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
    if let buffer = try? await request.body.collect(upTo: SignerPage.bodyMax) {
      read.body = Array(buffer.readableBytesView)
    } else {
      read.body = [UInt8](repeating: 0, count: SignerPage.bodyMax + 1)
    }
    return read
  }

  private static func response(_ answer: PageResponse, _ clinic: ClinicAddress?) -> Response {
    var headers = HTTPFields()
    for (name, value) in PageResponse.headers(clinic: clinic) {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    headers[.contentType] = answer.contentType
    if let name = answer.fileName {
      headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    }
    if let seconds = answer.retryAfter { headers[.retryAfter] = "\(seconds)" }
    return Response(
      status: HTTPResponse.Status(code: answer.status),
      headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
    )
  }
}
