import Synchronization

/// What a handler did of what would else be done after it.
final class CallRecord: Sendable {
  private let audited = Atomic(false)

  /// Whether the audit's entry went with what the handler committed.
  var isAudited: Bool {
    get { audited.load(ordering: .relaxed) }
    set { audited.store(newValue, ordering: .relaxed) }
  }
}
