public import NIOCore
import NIOHTTP1
import NIOPosix

/// What a server answered.
public struct HTTPAnswer: Sendable {
  public let status: Int
  let headers: HTTPHeaders
  public internal(set) var body: [UInt8]

  /// A header as it came; the first of its name.
  public func text(_ header: String) -> String? { headers.first(name: header) }

  /// A header that is a whole number.
  public func number(_ header: String) -> Int64? {
    headers.first(name: header).flatMap { Int64($0) }
  }
}

/// Why no answer came.
public struct HTTPCallError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One line.
  public let description: String

  static let closed = Self(description: "the server closed the connection")
}

/// One connection to a server, in clear: a request at a time, called anew where it was closed. No answer is
/// followed to another address.
public actor HTTPCall {
  public enum Method: Sendable { case get, post }

  static let connectLimit = TimeAmount.seconds(5)
  private let host: String
  private let port: Int
  private let address: SocketAddress?
  private let headers: [(String, String)]
  private let answerLimit: TimeAmount
  private let bodyMax: Int
  private let group: any EventLoopGroup
  private var channel: (any Channel)?

  /// - Parameters:
  ///   - host: a name or an address.
  ///   - port: of it.
  ///   - address: where the name was looked up already and nothing else may be called.
  ///   - headers: that every request carries.
  ///   - answerLimit: an answer takes no longer.
  ///   - bodyMax: bytes of an answer; a longer one is an error.
  ///   - group: the loops.
  public init(
    host: String,
    port: Int,
    address: SocketAddress? = nil,
    headers: [(String, String)] = [],
    answerLimit: TimeAmount,
    bodyMax: Int = 1 << 20,
    group: any EventLoopGroup
  ) {
    (self.host, self.port, self.address, self.headers) = (host, port, address, headers)
    (self.answerLimit, self.bodyMax, self.group) = (answerLimit, bodyMax, group)
  }

  /// Sends a request and waits for the answer.
  ///
  /// - Throws: where none came; whether the server has taken the request is then not known.
  public func send(
    _ method: Method,
    _ path: String,
    _ body: [UInt8] = [],
    type: String = "application/octet-stream",
    headers more: [(String, String)] = []
  ) async throws -> HTTPAnswer {
    let channel = try await connected()
    var headers: HTTPHeaders = ["host": "\(host):\(port)", "content-length": "\(body.count)"]
    headers.add(contentsOf: self.headers + more)
    if !body.isEmpty { headers.add(name: "content-type", value: type) }
    let head = HTTPRequestHead(
      version: .http1_1,
      method: method == .get ? .GET : .POST,
      uri: path,
      headers: headers
    )
    return try await Self.ask(head, body, on: channel, within: answerLimit)
  }

  /// Ends whatever becomes of the connection: also where it closed before the request was written, when no
  /// handler is left that would say so.
  static func ask(
    _ head: HTTPRequestHead,
    _ body: [UInt8],
    on channel: any Channel,
    within limit: TimeAmount
  ) async throws -> HTTPAnswer {
    let answer = channel.eventLoop.makePromise(of: HTTPAnswer.self)
    let written = channel.eventLoop.makePromise(of: Void.self)
    written.futureResult.whenFailure { _ in answer.fail(HTTPCallError.closed) }
    let late = channel.eventLoop.scheduleTask(in: limit) {
      answer.fail(HTTPCallError(description: "no answer came in time"))
      channel.close(promise: nil)
    }
    defer { late.cancel() }
    return try await withTaskCancellationHandler {
      channel.writeAndFlush(
        HTTPRequest(head: head, body: body, answer: answer),
        promise: written
      )
      return try await answer.futureResult.get()
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  public func close() {
    channel?.close(promise: nil)
    channel = nil
  }

  private func connected() async throws -> any Channel {
    if let channel, channel.isActive { return channel }
    let bodyMax = bodyMax
    let bootstrap = ClientBootstrap(group: group)
      .connectTimeout(Self.connectLimit)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(HTTPAnswerHandler(bodyMax))
        }
      }
    let fresh =
      if let address { try await bootstrap.connect(to: address).get() } else {
        try await bootstrap.connect(host: host, port: port).get()
      }
    channel = fresh
    return fresh
  }
}

/// A request on its way through the pipeline, and who waits for its answer.
struct HTTPRequest: Sendable {
  let head: HTTPRequestHead
  let body: [UInt8]
  let answer: EventLoopPromise<HTTPAnswer>
}

/// Puts an answer together and hands it to whoever asked; a connection that ends answers too.
final class HTTPAnswerHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = HTTPRequest
  typealias OutboundOut = HTTPClientRequestPart

  private let bodyMax: Int
  private var waiting: EventLoopPromise<HTTPAnswer>?
  private var answer: HTTPAnswer?

  init(_ bodyMax: Int) { self.bodyMax = bodyMax }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let request = unwrapOutboundIn(data)
    guard waiting == nil, context.channel.isActive else {
      request.answer.fail(HTTPCallError.closed)
      promise?.fail(HTTPCallError.closed)
      return
    }
    waiting = request.answer
    answer = nil
    context.write(wrapOutboundOut(.head(request.head)), promise: nil)
    if !request.body.isEmpty {
      context.write(
        wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))),
        promise: nil
      )
    }
    context.write(wrapOutboundOut(.end(nil)), promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      answer = HTTPAnswer(status: Int(head.status.code), headers: head.headers, body: [])
    case .body(let buffer):
      answer?.body += Array(buffer.readableBytesView)
      if answer.map({ $0.body.count > bodyMax }) == true {
        end(.failure(HTTPCallError(description: "the answer is longer than it can be")))
        context.close(promise: nil)
      }
    case .end:
      if let answer { end(.success(answer)) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(.failure(HTTPCallError.closed))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(.failure(error))
    context.close(promise: nil)
  }

  private func end(_ result: Result<HTTPAnswer, any Error>) {
    waiting?.completeWith(result)
    waiting = nil
    answer = nil
  }
}
