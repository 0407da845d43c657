import Synchronization

/// Lets people in: name, password and one-time code, ever more slowly after failures.
public final class SignInDesk: Sendable {
  private struct Delays: Sendable {
    var accounts = SignInDelay(free: 3)
    /// A clinic's people share an address.
    var addresses = SignInDelay(free: 20)
  }

  private let accounts: AccountBook
  private let sessions: SessionBook
  private let chance: ClinicChance
  private let delays = Mutex(Delays())

  public init(_ accounts: AccountBook, _ sessions: SessionBook, _ chance: ClinicChance) {
    self.accounts = accounts
    self.sessions = sessions
    self.chance = chance
  }

  /// Tries to sign in.
  ///
  /// - Parameters:
  ///   - name: as typed.
  ///   - password: as typed.
  ///   - code: of the authenticator.
  ///   - address: where it comes from.
  ///   - now: security time.
  /// - Returns: the token for the cookie, and the session.
  /// - Throws: the same for a name that nobody has, a wrong password and a wrong or used code;
  ///   `tooManyAttempts` with the wait, also for names that nobody has.
  public func signIn(
    name: String,
    password: String,
    code: String,
    from address: String,
    at now: Int64
  ) async throws(WebError) -> (token: String, session: Session, account: Account) {
    let name = name.lowercased()
    // Names that cannot be are one entry, so that nobody fills the table with texts of a kilobyte.
    let key = name.utf8.count <= 40 ? name : "-"
    let wait = delays.withLock { delays in
      let wait = delays.addresses.attempt(address, at: now)
      return wait > 0 ? wait : delays.accounts.attempt(key, at: now)
    }
    if wait > 0 { throw Self.tooMany(wait) }
    let account = try await accounts.check(name: name, password: password, code: code, at: now)
    guard let account else { throw Self.refused }
    delays.withLock { delays in
      delays.accounts.clear(key)
      delays.addresses.takeBack(address)
    }
    let (token, session) = sessions.begin(account.id, from: address, at: now, chance)
    return (token, session, account)
  }

  static let refused = WebError(
    401,
    "signInRefused",
    "The name, the password or the code is not right.",
    todo: "Check all three. A code counts once: wait for the next one."
  )

  static func tooMany(_ milliseconds: Int64) -> WebError {
    let seconds = Int((milliseconds + 999) / 1_000)
    return WebError(
      429,
      "tooManyAttempts",
      "There were too many attempts that failed.",
      todo: "Wait \(seconds) s, then try again.",
      retryAfter: seconds
    )
  }
}
