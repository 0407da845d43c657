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
}

/// One connection to a server, in clear: a request at a time, called anew where it was closed. No answer is
/// followed to another address.
public actor HTTPCall {
  public enum Method: Sendable { case get, post, put }

  static let connectLimit = TimeAmount.seconds(5)
  static let bodyMax = 8 << 20

  private let host: String
  private let port: Int
  private let address: SocketAddress?
  private let headers: [(String, String)]
  private let answerLimit: TimeAmount
  private let group: any EventLoopGroup
  private var channel: (any Channel)?

  /// - Parameters:
  ///   - host: a name or an address.
  ///   - port: of it.
  ///   - address: where the name was looked up already and nothing else may be called.
  ///   - headers: that every request carries.
  ///   - answerLimit: an answer takes no longer.
  ///   - group: the loops.
  public init(
    host: String,
    port: Int,
    address: SocketAddress? = nil,
    headers: [(String, String)] = [],
    answerLimit: TimeAmount,
    group: any EventLoopGroup
  ) {
    (self.host, self.port, self.address, self.headers) = (host, port, address, headers)
    (self.answerLimit, self.group) = (answerLimit, group)
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
    let promise = channel.eventLoop.makePromise(of: HTTPAnswer.self)
    var headers: HTTPHeaders = ["host": "\(host):\(port)", "content-length": "\(body.count)"]
    headers.add(contentsOf: self.headers + more)
    if !body.isEmpty { headers.add(name: "content-type", value: type) }
    let head = HTTPRequestHead(
      version: .http1_1,
      method: method == .get ? .GET : method == .post ? .POST : .PUT,
      uri: path,
      headers: headers
    )
    let limit = channel.eventLoop.scheduleTask(in: answerLimit) {
      channel.close(promise: nil)
    }
    defer { limit.cancel() }
    return try await withTaskCancellationHandler {
      channel.writeAndFlush(HTTPRequest(head: head, body: body, answer: promise), promise: nil)
      return try await promise.futureResult.get()
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
    let bootstrap = ClientBootstrap(group: group)
      .connectTimeout(Self.connectLimit)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(HTTPAnswerHandler())
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

  private var waiting: EventLoopPromise<HTTPAnswer>?
  private var answer: HTTPAnswer?

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let request = unwrapOutboundIn(data)
    guard waiting == nil, context.channel.isActive else {
      request.answer.fail(HTTPCallError(description: "the server closed the connection"))
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
      if answer.map({ $0.body.count > HTTPCall.bodyMax }) == true {
        end(.failure(HTTPCallError(description: "the answer is longer than it can be")))
        context.close(promise: nil)
      }
    case .end:
      if let answer { end(.success(answer)) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(.failure(HTTPCallError(description: "the server closed the connection")))
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
