import NIOPosix
import Synchronization

/// Threads on which scrypt runs, so that it does not hold up those that answer requests.
///
/// There are few and so is what may wait for them: each run takes 32 MiB, and a crowd at the door
/// must not take the clinic's memory or keep those out who come later.
public final class PasswordWork: Sendable {
  /// As many runs at once.
  public static let threads = 2
  /// As many may wait; whoever comes then is asked to come again.
  public static let waitingMax = 32

  private let pool: NIOThreadPool
  private let waiting = Mutex(0)

  public init() {
    pool = NIOThreadPool(numberOfThreads: Self.threads)
    pool.start()
  }

  /// Ends the threads; whoever starts work must do this at the end.
  public func stop() async { try? await pool.shutdownGracefully() }

  /// Runs what blocks; nothing where too much waits already.
  func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
    let isTaken = waiting.withLock { waiting in
      guard waiting < Self.waitingMax else { return false }
      waiting += 1
      return true
    }
    guard isTaken else { return nil }
    defer { waiting.withLock { $0 -= 1 } }
    return try? await pool.runIfActive { work() }
  }
}
