import Quantities

/// The clinic: its people with their keys, its settings and the facts it has confirmed; a fold.
public struct ClinicRecord: Equatable, Sendable {
  /// A person with what became of them.
  public struct Member: Equatable, Sendable {
    public internal(set) var person: ClinicPerson
    public internal(set) var keys: [PersonKey] = []
    /// Why they left; nothing while they work here.
    public internal(set) var left: String?
  }

  public internal(set) var position = 0
  public internal(set) var members: [Member] = []
  /// Without the confirmed facts of later events; see ``currentSettings``.
  public internal(set) var settings = ClinicSettings.standard
  public internal(set) var facts: [FactConfirmed] = []
  /// The clinic's own figures of what care costs; nothing where it has given none.
  public internal(set) var costs: CostQuestion?
  public internal(set) var unread: [EventID] = []
  public internal(set) var irregular: [IrregularEvent] = []

  public init() {}

  /// The person, where they work here.
  public func member(_ id: PersonID) -> Member? {
    members.first { $0.person.person == id && $0.left == nil }
  }

  /// What patients' records are decided with.
  public var currentSettings: ClinicSettings {
    ClinicSettings(
      singlePersonRefill: settings.singlePersonRefill,
      envelope: settings.envelope,
      receiptWait: settings.receiptWait,
      silenceTask: settings.silenceTask,
      silenceCall: settings.silenceCall,
      refillNotice: settings.refillNotice,
      confirmedFacts: facts.map(\.fact)
    )
  }

  /// The state after one more event; every event has an outcome.
  @discardableResult
  public mutating func apply(_ event: ClinicEvent, _ meta: EventMeta) -> FoldOutcome {
    position = max(position, meta.id.position)
    if case .unread = event {
      unread.append(meta.id)
      return .unread
    }
    guard let reason = fold(event) else { return .applied }
    irregular.append(IrregularEvent(event: meta.id, reason: reason))
    return .irregular(reason)
  }

  private mutating func fold(_ event: ClinicEvent) -> String? {
    switch event {
    case .personAdded(let value):
      guard !members.contains(where: { $0.person.person == value.person }) else {
        return "added twice"
      }
      members.append(Member(person: value))
      return nil
    case .roleChanged(let value):
      return change(value.person) { member in
        member.person = ClinicPerson(
          person: value.person,
          name: member.person.name,
          roles: value.roles
        )
      }
    case .personLeft(let value): return change(value.person) { $0.left = value.reason }
    case .keyRegistered(let value): return change(value.person) { $0.keys.append(value) }
    case .keyWithdrawn(let value):
      for index in members.indices { members[index].keys.removeAll { $0.key == value.key } }
      return nil
    case .settingsChanged(let value):
      settings = value
      return nil
    case .factConfirmed(let value):
      facts.append(value)
      return nil
    case .costsSet(let value):
      costs = value
      return nil
    case .unread: return nil
    }
  }

  private mutating func change(_ id: PersonID, _ change: (inout Member) -> Void) -> String? {
    guard let index = members.firstIndex(where: { $0.person.person == id }) else {
      return "no person \(id.text)"
    }
    change(&members[index])
    return nil
  }
}
