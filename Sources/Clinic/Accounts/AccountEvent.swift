import JSONText
import Ledger
import OrderText

/// An event of the stream `clinic` that is of an account but cannot be read.
struct AccountEventError: Error, CustomStringConvertible {
  let id: String
  let reason: String

  var description: String { "event \(id) of an account cannot be read: \(reason)" }
}

/// What happened to an account, as the ledger holds it in form 1.
///
/// No payload holds a password, and a one-time-code secret only sealed under the server's key.
struct AccountEvent: Sendable {
  enum Change: Sendable {
    case opened(
      name: String,
      fullName: String,
      roles: Set<AccountRole>,
      patient: String?,
      password: PasswordHash,
      secret: [UInt8]
    )
    case rolesSet(Set<AccountRole>)
    case passwordSet(PasswordHash)
    case codeSet(secret: [UInt8])
    case signedIn(step: Int64)
    case closed
    case reopened
  }

  static let stream = "clinic"
  static let form: Int32 = 1

  let account: String
  let change: Change

  var kind: String {
    switch change {
    case .opened: "account.opened"
    case .rolesSet: "account.rolesSet"
    case .passwordSet: "account.passwordSet"
    case .codeSet: "account.codeSet"
    case .signedIn: "account.signedIn"
    case .closed: "account.closed"
    case .reopened: "account.reopened"
    }
  }

  var payload: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("account", account)
    switch change {
    case .opened(let name, let fullName, let roles, let patient, let password, let secret):
      writer.member("name", name)
      writer.member("fullName", fullName)
      writer.member("roles", roles)
      if let patient { writer.member("patient", patient) }
      writer.member("password", password)
      writer.member("sealedSecret", Hex.text(secret))
    case .rolesSet(let roles): writer.member("roles", roles)
    case .passwordSet(let password): writer.member("password", password)
    case .codeSet(let secret): writer.member("sealedSecret", Hex.text(secret))
    case .signedIn(let step):
      writer.key("step")
      writer.integer(step)
    case .closed, .reopened: break
    }
    writer.endObject()
    return writer.bytes
  }

  init(_ account: String, _ change: Change) {
    self.account = account
    self.change = change
  }

  /// The change that a draft tells of; nothing where it is none of an account's.
  init?(_ draft: EventDraft) throws(AccountEventError) {
    guard draft.what.hasPrefix("account.") else { return nil }
    guard draft.form == Self.form else {
      throw AccountEventError(id: draft.id, reason: "form \(draft.form) is newer than this program")
    }
    do {
      let root = JSONCursor(root: try JSONValue(parsing: draft.payload))
      let object = try root.object([
        "account", "name", "fullName", "roles", "patient", "password", "sealedSecret", "step",
      ])
      account = try object.required("account").string()
      change = try Self.change(draft.what, object)
    } catch { throw AccountEventError(id: draft.id, reason: "\(error)") }
  }

  private static func change(_ kind: String, _ object: JSONObject) throws -> Change {
    func secret() throws -> [UInt8] { try object.required("sealedSecret").hex() }
    switch kind {
    case "account.opened":
      return .opened(
        name: try object.required("name").string(),
        fullName: try object.required("fullName").string(),
        roles: try object.required("roles").roles(),
        patient: try object.optional("patient")?.string(),
        password: try object.required("password").passwordHash(),
        secret: try secret()
      )
    case "account.rolesSet": return .rolesSet(try object.required("roles").roles())
    case "account.passwordSet":
      return .passwordSet(try object.required("password").passwordHash())
    case "account.codeSet": return .codeSet(secret: try secret())
    case "account.signedIn":
      return .signedIn(step: Int64(try object.required("step").integer(in: 0 ... .max)))
    case "account.closed": return .closed
    case "account.reopened": return .reopened
    default:
      throw JSONMismatch(path: "$", given: kind, expected: "a kind of event that is known here")
    }
  }
}

extension JSONWriter {
  /// A member that is a text.
  mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  fileprivate mutating func member(_ name: String, _ roles: Set<AccountRole>) {
    key(name)
    beginArray()
    for role in AccountRole.allCases where roles.contains(role) { string(role.rawValue) }
    endArray()
  }

  fileprivate mutating func member(_ name: String, _ password: PasswordHash) {
    key(name)
    beginObject()
    key("scryptLog")
    integer(password.costLog)
    member("salt", Hex.text(password.salt))
    member("hash", Hex.text(password.hash))
    endObject()
  }
}

extension JSONCursor {
  fileprivate func hex() throws(JSONMismatch) -> [UInt8] {
    guard let bytes = Hex.bytes(try string()) else {
      throw mismatch(expected: "hexadecimal digits")
    }
    return bytes
  }

  /// A set of roles.
  func roles() throws(JSONMismatch) -> Set<AccountRole> {
    var roles: Set<AccountRole> = []
    for element in try array() {
      guard let role = AccountRole(rawValue: try element.string()) else {
        let names = AccountRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw element.mismatch(expected: "one of \(names)")
      }
      roles.insert(role)
    }
    return roles
  }

  fileprivate func passwordHash() throws(JSONMismatch) -> PasswordHash {
    let object = try object(["scryptLog", "salt", "hash"])
    return PasswordHash(
      costLog: try object.required("scryptLog").integer(in: PasswordHash.accepted),
      salt: try object.required("salt").hex(),
      hash: try object.required("hash").hex()
    )
  }
}
