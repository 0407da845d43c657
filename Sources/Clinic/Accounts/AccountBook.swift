public import Ledger
import OrderText
import Synchronization

/// What an account is opened with.
public struct NewAccount: Sendable {
  public var name: String
  public var fullName: String
  public var roles: Set<AccountRole>
  /// The record that is the patient's own.
  public var patient: String?
  public var password: String

  public init(
    name: String,
    fullName: String,
    roles: Set<AccountRole>,
    patient: String? = nil,
    password: String
  ) {
    self.name = name
    self.fullName = fullName
    self.roles = roles
    self.patient = patient
    self.password = password
  }
}

/// Who does something to an account, and under which key: the event's id.
public struct AccountAct: Sendable {
  public var key: String
  public var who: String
  /// Security time.
  public var time: Int64

  public init(key: String, who: String, time: Int64) {
    self.key = key
    self.who = who
    self.time = time
  }
}

/// The accounts of a clinic, kept in the ledger's stream `clinic`.
public actor AccountBook {
  private let ledger: any LedgerStore
  private let key: ServerKey
  private let work: PasswordWork
  private let chance: ClinicChance
  private let costLog: Int
  private var table = AccountTable()
  /// The accounts of the table.
  private let known = Mutex<[String: Account]>([:])

  /// Reads the accounts there are.
  ///
  /// - Parameters:
  ///   - ledger: of the clinic.
  ///   - key: seals one-time-code secrets.
  ///   - work: where passwords are hashed.
  ///   - chance: for salts, secrets and ids.
  /// - Throws: where the ledger cannot be read, or holds an account's event that cannot be.
  public init(
    _ ledger: any LedgerStore,
    key: ServerKey,
    work: PasswordWork,
    chance: ClinicChance
  ) async throws {
    try await self.init(
      ledger,
      key: key,
      work: work,
      chance: chance,
      costLog: PasswordHash.standardCostLog
    )
  }

  init(
    _ ledger: any LedgerStore,
    key: ServerKey,
    work: PasswordWork,
    chance: ClinicChance,
    costLog: Int
  ) async throws {
    self.ledger = ledger
    self.key = key
    self.work = work
    self.chance = chance
    self.costLog = costLog
    try await catchUp()
  }

  /// An account as it is now; asked for each request, so that nobody waits here for somebody's sign-in.
  public nonisolated subscript(id: String) -> Account? { known.withLock { $0[id] } }

  /// Whether nobody can sign in yet.
  public var isEmpty: Bool { table.accounts.isEmpty }

  /// All accounts, by name.
  public var all: [Account] { table.accounts.values.sorted { $0.name < $1.name } }

  func account(named name: String) -> Account? { table[name: name] }

  // MARK: Acts

  /// Opens an account.
  ///
  /// - Returns: the account, and its one-time-code secret, which is never given out again; nothing
  ///   where the same act was done before.
  public func open(
    _ new: NewAccount,
    _ act: AccountAct
  ) async throws(WebError) -> (account: Account, secret: [UInt8]?) {
    if let done = table.acts[act.key], let account = table.accounts[done.account] {
      guard account.name == new.name, done.kind == "account.opened" else {
        throw WebError(.idTaken(id: act.key))
      }
      return (account, nil)
    }
    try AccountRules.check(new)
    let hash = try await hash(new.password)
    let id = "account-\(Hex.text(chance.bytes(8)))"
    let secret = chance.bytes(OneTimeCode.secretCount)
    let sealed = key.seal(secret, for: id, nonce: chance.bytes(12))
    let change = AccountEvent.Change.opened(
      name: new.name,
      fullName: new.fullName,
      roles: new.roles,
      patient: new.patient,
      password: hash,
      secret: sealed
    )
    try await append(AccountEvent(id, change), act) { table throws(WebError) in
      guard table[name: new.name] == nil else {
        throw WebError(
          409,
          "nameTaken",
          "There is an account of this name.",
          field: "$.name",
          given: "\"\(new.name)\"",
          todo: "Take another name."
        )
      }
      // Here, where nobody comes in between: whoever asked before may have seen none yet.
      guard
        new.patient == nil
          || !table.accounts.values.contains(where: { $0.patient == new.patient && !$0.isClosed })
      else {
        throw WebError(
          409,
          "accountThere",
          "This patient has an account.",
          todo: "Use it, or close it first."
        )
      }
    }
    guard let account = table.accounts[id] else { throw .outcomeUnknown }
    return (account, secret)
  }

  /// Gives an account other roles.
  public func set(
    roles: Set<AccountRole>,
    of id: String,
    _ act: AccountAct
  ) async throws(WebError) {
    try AccountRules.check(roles, patient: table.accounts[id]?.patient)
    try await append(AccountEvent(id, .rolesSet(roles)), act) { table throws(WebError) in
      try AccountRules.checkRemains(table, id, without: !roles.contains(.administrator))
    }
  }

  /// Gives an account another password.
  public func set(
    password: String,
    of id: String,
    _ act: AccountAct
  ) async throws(WebError) {
    try AccountRules.check(password: password, name: table.accounts[id]?.name ?? "")
    let hash = try await hash(password)
    try await append(AccountEvent(id, .passwordSet(hash)), act)
  }

  /// Gives an account another one-time-code secret.
  ///
  /// - Parameters:
  ///   - id: of the account.
  ///   - act: who does it.
  /// - Returns: the secret, which is never given out again; nothing where the same act was done before.
  /// - Throws: where there is no such account, or it could not be recorded.
  public func renewCode(of id: String, _ act: AccountAct) async throws(WebError) -> [UInt8]? {
    let secret = chance.bytes(OneTimeCode.secretCount)
    let sealed = key.seal(secret, for: id, nonce: chance.bytes(12))
    let isNew = try await append(AccountEvent(id, .codeSet(secret: sealed)), act)
    return isNew ? secret : nil
  }

  /// Closes an account: it cannot sign in, and its past acts stay its own.
  public func close(_ id: String, _ act: AccountAct) async throws(WebError) {
    try await append(AccountEvent(id, .closed), act) { table throws(WebError) in
      try AccountRules.checkRemains(table, id, without: true)
    }
  }

  // MARK: Signing in

  /// Whether name, password and code are right; if so the code is used up, durably.
  ///
  /// It takes as long for a name that nobody has as for a wrong password.
  func check(
    name: String,
    password: String,
    code: String,
    at now: Int64
  ) async throws(WebError) -> Account? {
    let account = table[name: name].flatMap { $0.isClosed ? nil : $0 }
    let hash = account?.password ?? .standIn(costLog: costLog)
    let typed = Array(password.utf8.prefix(PasswordHash.passwordMost + 1))
    guard let isRight = await work.run({ hash.isOf(typed) }) else { throw .busy }
    // Looked up again: what happened while scrypt ran counts.
    let current = table[name: name].flatMap { $0.isClosed ? nil : $0 }
    let secret = current.flatMap { key.open($0.sealedSecret, for: $0.id) }
    let step = OneTimeCode.matching(
      code,
      secret ?? [UInt8](repeating: 0, count: OneTimeCode.secretCount),
      at: now,
      after: current?.usedStep
    )
    guard isRight, secret != nil, let step, let current, current.password == hash else {
      return nil
    }
    table.use(step: step, of: current.id)
    let act = AccountAct(key: chance.eventID("sign-in"), who: current.id, time: now)
    try await append(AccountEvent(current.id, .signedIn(step: step)), act)
    return table.accounts[current.id]
  }

  private func hash(_ password: String) async throws(WebError) -> PasswordHash {
    let (bytes, salt, costLog) = (
      Array(password.utf8), chance.bytes(PasswordHash.saltCount), costLog
    )
    let hash = await work.run { PasswordHash(bytes, salt: salt, costLog: costLog) }
    guard let hash else { throw .busy }
    return hash
  }

  // MARK: The ledger

  /// Records a change; the rule is asked again each time somebody else wrote in between.
  ///
  /// - Returns: false where the same act was done before, and nothing was recorded now.
  @discardableResult
  private func append(
    _ event: AccountEvent,
    _ act: AccountAct,
    _ rule: (borrowing AccountTable) throws(WebError) -> Void = { _ throws(WebError) in }
  ) async throws(WebError) -> Bool {
    let draft = EventDraft(
      id: act.key,
      time: act.time,
      who: act.who,
      what: event.kind,
      form: AccountEvent.form,
      payload: event.payload
    )
    for _ in 0..<8 {
      if let done = table.acts[act.key] {
        let isSame = done == AccountTable.Act(account: event.account, kind: event.kind)
        guard isSame else { throw WebError(.idTaken(id: act.key)) }
        return false
      }
      if case .opened = event.change {
      } else if table.accounts[event.account] == nil {
        throw .noSuch("account", given: event.account)
      }
      try rule(table)
      do throws(LedgerError) {
        _ = try await ledger.append(
          [draft],
          to: AccountEvent.stream,
          expecting: .exactly(table.version)
        )
      } catch {
        guard case .conflict = error else { throw WebError(error) }
        try await catchUpOrFail()
        continue
      }
      try await catchUpOrFail()
      return true
    }
    throw .busy
  }

  private func catchUpOrFail() async throws(WebError) {
    do { try await catchUp() } catch let error as LedgerError { throw WebError(error) } catch {
      throw WebError(
        500,
        "accounts",
        "The accounts cannot be read.",
        todo: "Tell the administrator."
      )
    }
  }

  private func catchUp() async throws {
    while true {
      let events = try await ledger.read(
        stream: AccountEvent.stream,
        after: table.version,
        limit: 1_000
      )
      if events.isEmpty { return }
      // Also where one of them cannot be applied: whoever was closed before it stays outside.
      defer { known.withLock { [accounts = table.accounts] in $0 = accounts } }
      for event in events { try table.apply(event) }
    }
  }
}
