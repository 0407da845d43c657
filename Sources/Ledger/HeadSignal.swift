import Synchronization

/// Tells those who follow the ledger that it has grown.
final class HeadSignal: Sendable {
  private struct Listeners {
    var next = 0
    var continuations: [Int: AsyncStream<Int64>.Continuation] = [:]
  }

  private let listeners = Mutex(Listeners())

  /// Only the newest position waits for a slow listener: it reads from where it was.
  func listen() -> AsyncStream<Int64> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Int64.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let number = listeners.withLock { listeners in
      listeners.next += 1
      listeners.continuations[listeners.next] = continuation
      return listeners.next
    }
    continuation.onTermination = { [weak self] _ in
      self?.listeners.withLock { _ = $0.continuations.removeValue(forKey: number) }
    }
    return stream
  }

  func announce(_ position: Int64) {
    let now = listeners.withLock { Array($0.continuations.values) }
    for continuation in now { continuation.yield(position) }
  }
}
