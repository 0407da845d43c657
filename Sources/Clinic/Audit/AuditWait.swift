import Synchronization

/// Sees to it that one task alone waits for the disk.
final class AuditWait: Sendable {
  /// So often it is tried again, ms.
  static let every: Int64 = 5_000

  private let isWaiting = Mutex(false)

  /// Takes the wait, where nobody has it.
  func begin() -> Bool {
    isWaiting.withLock { isWaiting in
      defer { isWaiting = true }
      return !isWaiting
    }
  }

  func end() { isWaiting.withLock { $0 = false } }
}
