import NIOCore
import NIOHTTP1
import NIOPosix

/// What the clinic answered.
struct ClinicAnswer: Sendable {
  var status: Int
  var headers: HTTPHeaders
  var body: [UInt8]

  func number(_ header: String) -> Int64? { headers.first(name: header).flatMap { Int64($0) } }
}

/// One connection to the clinic: a request at a time, called anew where it was closed.
actor ClinicCall {
  /// An answer takes no longer: the clinic holds a poll for 20 s.
  static let answerLimit = TimeAmount.seconds(35)
  static let connectLimit = TimeAmount.seconds(5)
  static let bodyMax = 1 << 20

  private let clinic: RelayClinic
  private let group: any EventLoopGroup
  private var channel: (any Channel)?

  init(_ clinic: RelayClinic, _ group: any EventLoopGroup) {
    self.clinic = clinic
    self.group = group
  }

  /// Sends a request and waits for the answer.
  func send(
    _ method: HTTPMethod,
    _ path: String,
    _ body: [UInt8] = []
  ) async throws -> ClinicAnswer {
    let channel = try await connected()
    let promise = channel.eventLoop.makePromise(of: ClinicAnswer.self)
    var headers: HTTPHeaders = [
      "host": "\(clinic.host):\(clinic.port)", "authorization": "Bearer \(clinic.token)",
      "content-length": "\(body.count)",
    ]
    if !body.isEmpty { headers.add(name: "content-type", value: "application/octet-stream") }
    let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
    let limit = channel.eventLoop.scheduleTask(in: Self.answerLimit) {
      channel.close(promise: nil)
    }
    defer { limit.cancel() }
    return try await withTaskCancellationHandler {
      channel.writeAndFlush(ClinicRequest(head: head, body: body, answer: promise), promise: nil)
      return try await promise.futureResult.get()
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  func close() {
    channel?.close(promise: nil)
    channel = nil
  }

  private func connected() async throws -> any Channel {
    if let channel, channel.isActive { return channel }
    let fresh = try await ClientBootstrap(group: group)
      .connectTimeout(Self.connectLimit)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(ClinicAnswerHandler())
        }
      }
      .connect(host: clinic.host, port: clinic.port).get()
    channel = fresh
    return fresh
  }
}

/// A request on its way through the pipeline, and who waits for its answer.
struct ClinicRequest: Sendable {
  let head: HTTPRequestHead
  let body: [UInt8]
  let answer: EventLoopPromise<ClinicAnswer>
}

/// Puts an answer together and hands it to whoever asked; a connection that ends answers too.
final class ClinicAnswerHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = ClinicRequest
  typealias OutboundOut = HTTPClientRequestPart

  private var waiting: EventLoopPromise<ClinicAnswer>?
  private var answer: ClinicAnswer?

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let request = unwrapOutboundIn(data)
    guard waiting == nil, context.channel.isActive else {
      request.answer.fail(RelayError("the clinic closed the connection"))
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
      answer = ClinicAnswer(status: Int(head.status.code), headers: head.headers, body: [])
    case .body(let buffer):
      answer?.body += Array(buffer.readableBytesView)
      if answer.map({ $0.body.count > ClinicCall.bodyMax }) == true {
        end(.failure(RelayError("the clinic's answer is longer than it can be")))
        context.close(promise: nil)
      }
    case .end:
      if let answer { end(.success(answer)) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(.failure(RelayError("the clinic closed the connection")))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(.failure(error))
    context.close(promise: nil)
  }

  private func end(_ result: Result<ClinicAnswer, any Error>) {
    waiting?.completeWith(result)
    waiting = nil
    answer = nil
  }
}
