import Synchronization

/// What a handler did of what would else be done after it, and whose record it turned out to read.
final class CallRecord: Sendable {
  private let audited = Atomic(false)
  private let subject = Mutex<(patient: String?, of: String?)>((nil, nil))

  /// Whether the audit's entry went with what the handler committed.
  var isAudited: Bool {
    get { audited.load(ordering: .relaxed) }
    set { audited.store(newValue, ordering: .relaxed) }
  }

  /// Whose record it is, where the path does not name them: a session, a card or a feed does.
  var patient: String? {
    get { subject.withLock { $0.patient } }
    set { subject.withLock { $0.patient = newValue } }
  }

  /// More for the audit's text, as whose feed it was that nobody signed in for.
  var of: String? {
    get { subject.withLock { $0.of } }
    set { subject.withLock { $0.of = newValue } }
  }

  /// The text of the audit's entry.
  func text(_ plan: Route.Audit) -> String { of.map { "\(plan.text) of \($0)" } ?? plan.text }
}
