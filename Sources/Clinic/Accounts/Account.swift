import JSONText
import Ledger

/// Somebody who can sign in.
public struct Account: Equatable, Sendable, Identifiable {
  public let id: String
  /// What they type: lower-case letters, digits, dots and hyphens.
  public let name: String
  /// What others read.
  public internal(set) var fullName: String
  public internal(set) var roles: Set<AccountRole>
  /// The record that is a patient's own; nothing for all others.
  public let patient: String?
  public internal(set) var isClosed = false
  var password: PasswordHash
  /// Under the server's key.
  var sealedSecret: [UInt8]
  /// The last step whose one-time code was taken.
  var usedStep: Int64?
}

/// All accounts: a fold of the ledger's stream `clinic`; events of other kinds are passed over.
struct AccountTable: Sendable {
  /// How many events of the stream are in it.
  private(set) var version: Int64 = 0
  private(set) var accounts: [String: Account] = [:]
  private var ids: [String: String] = [:]
  /// What was done, by the client's key of the act.
  private(set) var acts: [String: Act] = [:]

  struct Act: Equatable, Sendable {
    let account: String
    let kind: String
  }

  subscript(name name: String) -> Account? { ids[name].flatMap { accounts[$0] } }

  /// Takes the next event of the stream; one that is in it already is passed over.
  ///
  /// - Throws: where an event of an account cannot be read: nothing is then decided on the table.
  mutating func apply(_ event: LedgerEvent) throws(AccountEventError) {
    guard event.version > version else { return }
    if let change = try AccountEvent(event.draft) {
      apply(change)
      acts[event.draft.id] = Act(account: change.account, kind: change.kind)
    }
    version = event.version
  }

  private mutating func apply(_ event: AccountEvent) {
    let id = event.account
    switch event.change {
    case .opened(let name, let fullName, let roles, let patient, let password, let secret):
      accounts[id] = Account(
        id: id,
        name: name,
        fullName: fullName,
        roles: roles,
        patient: patient,
        password: password,
        sealedSecret: secret
      )
      ids[name] = id
    case .rolesSet(let roles): accounts[id]?.roles = roles
    case .passwordSet(let password): accounts[id]?.password = password
    case .codeSet(let secret):
      accounts[id]?.sealedSecret = secret
      accounts[id]?.usedStep = nil
    case .signedIn(let step):
      use(step: step, of: id)
    case .closed: accounts[id]?.isClosed = true
    case .reopened: accounts[id]?.isClosed = false
    }
  }

  /// A code was taken: it counts as used from here on, before that is durable.
  mutating func use(step: Int64, of id: String) {
    guard let used = accounts[id].map({ $0.usedStep ?? .min }) else { return }
    accounts[id]?.usedStep = max(used, step)
  }
}
