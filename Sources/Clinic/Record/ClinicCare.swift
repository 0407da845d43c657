import OrderText
public import PumpLink
public import Therapy

/// What a clinic's patients and pumps are cared for with, beside the house itself.
public struct CareSettings: Sendable {
  /// Ed25519: the clinic's root, as its pumps know it.
  public var root: Bytes32
  /// As whom pumps are called; nothing where no pump is called.
  public var caller: ClinicCaller?
  /// Of people's signing keys, beside those in the ledger.
  public var certificates: [Certificate]
  /// The newest list of revoked keys.
  public var revocation: @Sendable () -> Revocation?
  /// Told when the first order is on its way, and when the last one was answered.
  public var holdTime: @Sendable (Bool) -> Void
  /// How often pumps are asked.
  public var pace: PollPace
  /// The demonstration's clock; nothing in a clinic that treats anyone.
  public var demonstration: DemonstrationClock?
  /// The page to go to once a signed order was taken.
  public var afterSigning: @Sendable (PatientID, OrderID) -> String
  /// The page to go to once a signed request was taken.
  public var afterAsking: @Sendable (PatientID, RequestID) -> String

  public init(
    root: Bytes32,
    caller: ClinicCaller? = nil,
    certificates: [Certificate] = [],
    revocation: @escaping @Sendable () -> Revocation? = { nil },
    holdTime: @escaping @Sendable (Bool) -> Void = { _ in },
    pace: PollPace = .standard,
    demonstration: DemonstrationClock? = nil,
    afterSigning: @escaping @Sendable (PatientID, OrderID) -> String = { patient, _ in
      "/patients/\(patient)/orders"
    },
    afterAsking: @escaping @Sendable (PatientID, RequestID) -> String = { patient, request in
      "/patients/\(patient)/requests/\(request)"
    }
  ) {
    self.root = root
    self.caller = caller
    self.certificates = certificates
    self.revocation = revocation
    self.holdTime = holdTime
    self.pace = pace
    self.demonstration = demonstration
    self.afterSigning = afterSigning
    self.afterAsking = afterAsking
  }
}

/// A clock that people may set to go faster, in a demonstration.
public struct DemonstrationClock: Sendable {
  /// How fast people may let it go.
  public static let speeds = [0, 1, 60, 600]
  /// The fastest of all: for tests that let months pass.
  public var top: Int
  /// As people chose it, whatever it is held at.
  public var speed: @Sendable () -> Int64
  public var set: @Sendable (Int64) throws -> Void
  /// Whether it goes no faster than the wall's now, since an order is on its way.
  public var isHeld: @Sendable () -> Bool

  public init(
    top: Int = 600,
    speed: @escaping @Sendable () -> Int64,
    set: @escaping @Sendable (Int64) throws -> Void,
    isHeld: @escaping @Sendable () -> Bool = { false }
  ) {
    self.isHeld = isHeld
    self.top = top
    self.speed = speed
    self.set = set
  }
}

/// The patients of a clinic, their orders and their pumps: what pages and the API work with.
public struct ClinicCare: Sendable {
  public let records: RecordBook
  public let orders: OrderDesk
  public let certificates: CertificateBook
  let parts: ClinicParts
  let settings: CareSettings
  private let lines: LineBook
  private let receipts = ReceiptShelf()

  /// Reads the records there are.
  ///
  /// - Parameters:
  ///   - parts: of the server.
  ///   - hub: told of every change.
  ///   - lines: where relays find the lines to pumps.
  ///   - settings: root, keys and what a demonstration adds.
  /// - Throws: where the ledger cannot be read.
  public init(
    _ parts: ClinicParts,
    _ hub: LiveHub,
    _ lines: LineBook,
    _ settings: CareSettings
  ) async throws(WebError) {
    self.parts = parts
    self.settings = settings
    self.lines = lines
    records = try await RecordBook(
      parts.ledger,
      parts.clock,
      hub,
      holdTime: settings.holdTime
    )
    certificates = try await CertificateBook(
      parts.ledger,
      root: settings.root,
      given: settings.certificates
    )
    orders = OrderDesk(
      records: records,
      certificates: certificates,
      lines: lines,
      receipts: receipts,
      revocation: settings.revocation
    )
  }

  /// Follows the ledger and the pumps until its task is cancelled; the work of ``ClinicServer``'s run.
  public func work() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [records, parts] in
        while !Task.isCancelled {
          // What others append is seen late where this fails, and what is done here at once all the same.
          do throws(WebError) { try await records.follow() } catch {
            parts.metrics.add("cisterna_follow_failures_total")
          }
          do { try await parts.clock.sleep(5_000) } catch { return }
        }
      }
      if let caller = settings.caller {
        let ward = PumpWard(
          records: records,
          certificates: certificates,
          receipts: receipts,
          lines: lines,
          caller: caller,
          clock: parts.clock,
          chance: parts.chance,
          pace: settings.pace
        )
        group.addTask { await ward.run() }
      }
    }
    // The next start reads it instead of the events; without it, it only takes longer. A task of its own,
    // since this one was cancelled, and a store may refuse to begin anything for it.
    let last = Task { [records, parts] in
      do throws(WebError) { try await records.saveSnapshot() } catch {
        parts.metrics.add("cisterna_snapshot_failures_total")
      }
    }
    await last.value
  }

  /// Whether somebody may know that a topic changed: patients of their own record and pump alone.
  public static func mayKnow(_ account: Account, _ topic: String) -> Bool {
    if !account.roles.isDisjoint(with: AccountRole.clinical) { return true }
    guard let patient = account.patient else { return false }
    return topic == "patient/\(patient)" || topic == "pump/\(patient)"
  }

  // MARK: What pages do

  /// Does what somebody who is signed in asks for, with the entry in the audit.
  ///
  /// - Parameters:
  ///   - commands: of one patient, all or none.
  ///   - patient: whose record.
  ///   - call: who asks, with key and version.
  ///   - isConfirmed: whether the questions were answered with yes.
  /// - Returns: the record as it is then.
  /// - Throws: the refusal, or the conflict with what changed.
  public func perform(
    _ commands: [TherapyCommand],
    for patient: PatientID,
    _ call: RouteCall,
    isConfirmed: Bool = false
  ) async throws(WebError) -> Performed {
    var steps: [RecordAct.Step] = []
    for command in commands {
      steps.append(RecordAct.Step(command, by: try Self.author(of: command, call)))
    }
    let act = RecordAct(
      patient,
      key: call.actKey,
      steps,
      version: call.version,
      isConfirmed: isConfirmed
    )
    return try await records.perform(act) { parts throws(WebError) in
      try await call.commit(parts)
    }
  }

  /// Drafts an order for whoever is signed in.
  public func draft(
    _ request: OrderRequest,
    for patient: PatientID,
    _ call: RouteCall,
    isConfirmed: Bool = false
  ) async throws(WebError) -> Performed {
    let terms = ActTerms(
      key: call.actKey,
      author: try Self.author(call, among: [.physician, .nurse]),
      version: call.version,
      isConfirmed: isConfirmed
    )
    return try await orders.draft(request, for: patient, terms) { parts throws(WebError) in
      try await call.commit(parts)
    }
  }

  /// Who gives a command: in the one of their roles that may, else in any, which is then refused.
  static func author(of command: TherapyCommand, _ call: RouteCall) throws(WebError) -> Author {
    try author(call, among: command.roles)
  }

  static func author(
    _ call: RouteCall,
    among roles: Set<PersonRole>
  ) throws(WebError) -> Author {
    guard let account = call.visitor.account, let person = PersonID(account.id) else {
      throw .notSignedIn
    }
    let own = account.roles.compactMap { PersonRole(rawValue: $0.rawValue) }
      .sorted { $0.rawValue < $1.rawValue }
    guard let role = own.first(where: roles.contains) ?? own.first else { throw .notSignedIn }
    return Author(person: person, role: role)
  }
}
