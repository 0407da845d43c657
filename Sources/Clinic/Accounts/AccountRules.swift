/// What an account must be, whoever opens it.
enum AccountRules {
  static func check(_ new: NewAccount) throws(WebError) {
    let isName =
      (3...40).contains(new.name.utf8.count)
      && new.name.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "."), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    guard isName else {
      throw fault(
        "$.name",
        given: "\"\(new.name.prefix(60))\"",
        "3 to 40 lower-case letters, digits, dots and hyphens"
      )
    }
    let full = new.fullName
    guard (1...100).contains(full.utf8.count), !full.unicodeScalars.contains(where: isControl)
    else {
      throw fault("$.fullName", given: "\(full.utf8.count) bytes", "a name of 1 to 100 bytes")
    }
    try check(new.roles, patient: new.patient)
    try check(password: new.password, name: new.name)
  }

  static func check(_ roles: Set<AccountRole>, patient: String?) throws(WebError) {
    guard !roles.isEmpty else { throw fault("$.roles", given: "none", "at least one role") }
    // Somebody who is treated and treats has two accounts: the one shows one record, the other many.
    guard roles.contains(.patient) == (patient != nil),
      roles.isDisjoint(with: [.patient, .caregiver]) || roles.count == 1
    else {
      throw fault(
        "$.roles",
        given: roles.map(\.rawValue).sorted().joined(separator: ", "),
        "the role patient alone and with the id of the record, caregiver alone, or neither of them"
      )
    }
  }

  static func check(password: String, name: String) throws(WebError) {
    guard password.count >= PasswordHash.passwordLeast,
      password.utf8.count <= PasswordHash.passwordMost
    else {
      throw fault(
        "$.password",
        given: "\(password.count) characters",
        "\(PasswordHash.passwordLeast) characters to \(PasswordHash.passwordMost) bytes"
      )
    }
    guard name.isEmpty || !password.lowercased().contains(name) else {
      throw fault("$.password", given: "one with the account's name in it", "one without")
    }
  }

  /// The last administrator stays: nobody could open accounts any more.
  static func checkRemains(
    _ table: borrowing AccountTable,
    _ id: String,
    without isAdministratorLost: Bool
  ) throws(WebError) {
    guard isAdministratorLost, table.accounts[id]?.roles.contains(.administrator) == true else {
      return
    }
    let others = table.accounts.values.contains {
      $0.id != id && !$0.isClosed && $0.roles.contains(.administrator)
    }
    guard others else {
      throw WebError(
        409,
        "lastAdministrator",
        "This is the last administrator.",
        todo: "Open another administrator's account first."
      )
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  private static func fault(
    _ field: String,
    given: String,
    _ expected: String
  ) -> WebError {
    WebError(
      422,
      "badField",
      "A field is not what it must be.",
      field: field,
      given: given,
      expected: expected,
      todo: "Correct the field and send it again."
    )
  }
}
