/// What one client of live updates is sent, until it ends.
public struct LiveStream: Sendable {
  /// A piece of `text/event-stream`, whole.
  public let chunks: AsyncStream<[UInt8]>
  /// To be called when whoever reads it has left.
  public let end: @Sendable () -> Void
}
