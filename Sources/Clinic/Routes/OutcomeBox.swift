import Synchronization

/// Carries an error out of work that itself cannot throw.
final class OutcomeBox: Sendable {
  private let box = Mutex<WebError?>(nil)

  var error: WebError? { box.withLock { $0 } }

  func set(_ error: WebError) { box.withLock { $0 = error } }
}
