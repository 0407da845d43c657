import NIOCore
import NIOPosix

/// A connection to a pump, whatever carries it.
public protocol PumpPort: Sendable {
  /// What the pump sends; ends with the connection.
  var bytes: AsyncStream<[UInt8]> { get }
  func put(_ bytes: [UInt8]) async throws
  func close()
}

/// A connection to a pump's port.
struct PumpSocket: PumpPort {
  static let connectLimit = TimeAmount.seconds(5)

  private let channel: any Channel
  /// What the pump sends; ends with the connection.
  let bytes: AsyncStream<[UInt8]>

  init(_ line: RelayLine, _ group: any EventLoopGroup) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
    bytes = stream
    channel = try await ClientBootstrap(group: group)
      .connectTimeout(Self.connectLimit)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(PumpBytesHandler(continuation))
        }
      }
      .connect(host: line.host, port: line.port).get()
  }

  func put(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  func close() { channel.close(promise: nil) }
}

private final class PumpBytesHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let continuation: AsyncStream<[UInt8]>.Continuation

  init(_ continuation: AsyncStream<[UInt8]>.Continuation) { self.continuation = continuation }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    continuation.yield(Array(unwrapInboundIn(data).readableBytesView))
  }

  func channelInactive(context: ChannelHandlerContext) {
    continuation.finish()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
