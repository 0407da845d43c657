import Crypto
import Foundation
import OrderText
import Synchronization

/// Somebody who is signed in.
public struct Session: Equatable, Sendable, Identifiable {
  /// Names the session in lists, and opens nothing.
  public let id: String
  public let account: String
  /// Security time.
  public let begunAt: Int64
  public internal(set) var seenAt: Int64
  public let address: String
  /// Every form of this session carries it.
  public let formToken: String
}

/// Sessions in memory, by the hash of their tokens: whoever reads the memory's copy gets no token.
///
/// They end with the server, on purpose: signing in again costs a minute, a stolen token a record.
public final class SessionBook: Sendable {
  /// A session that was not used for so long is over.
  public static let idleMax: Int64 = 30 * 60_000
  /// No session is older.
  public static let ageMax: Int64 = 12 * 3_600_000
  /// So many of one account; the one that was not used for longest ends.
  public static let perAccountMax = 8
  /// So many in all.
  public static let countMax = 10_000

  private let sessions = Mutex<[SHA256Digest: Session]>([:])

  public init() {}

  /// Begins a session.
  ///
  /// - Returns: the token, which is nowhere else, and the session.
  public func begin(
    _ account: String,
    from address: String,
    at now: Int64,
    _ chance: ClinicChance
  ) -> (token: String, session: Session) {
    let token = chance.token()
    let session = Session(
      id: Hex.text(chance.bytes(8)),
      account: account,
      begunAt: now,
      seenAt: now,
      address: address,
      formToken: chance.token()
    )
    sessions.withLock { sessions in
      sessions = sessions.filter { Self.isOpen($0.value, at: now) }
      let own = sessions.filter { $0.value.account == account }
      if own.count >= Self.perAccountMax { Self.endOldest(of: own, in: &sessions) }
      if sessions.count >= Self.countMax { Self.endOldest(of: sessions, in: &sessions) }
      sessions[Self.key(token)] = session
    }
    return (token, session)
  }

  /// The session of a token, which is thereby used; nothing where there is none or it is over.
  public func use(_ token: String, at now: Int64) -> Session? {
    let key = Self.key(token)
    return sessions.withLock { sessions in
      guard var session = sessions[key] else { return nil }
      guard Self.isOpen(session, at: now) else {
        sessions[key] = nil
        return nil
      }
      session.seenAt = max(session.seenAt, now)
      sessions[key] = session
      return session
    }
  }

  /// Whether a session goes on, without using it: for what is open for long, such as live updates.
  public func isOpen(_ id: String, at now: Int64) -> Bool {
    sessions.withLock { sessions in
      sessions.values.contains { $0.id == id && Self.isOpen($0, at: now) }
    }
  }

  /// The sessions of an account, newest first.
  public func list(of account: String, at now: Int64) -> [Session] {
    sessions.withLock { sessions in
      sessions.values.filter { $0.account == account && Self.isOpen($0, at: now) }
        .sorted { ($0.begunAt, $0.id) > ($1.begunAt, $1.id) }
    }
  }

  /// Ends one session.
  public func end(_ id: String, of account: String) {
    sessions.withLock { sessions in
      sessions = sessions.filter { !($0.value.id == id && $0.value.account == account) }
    }
  }

  /// Ends all sessions of an account: its roles, its password or its standing changed.
  public func endAll(of account: String) {
    sessions.withLock { sessions in sessions = sessions.filter { $0.value.account != account } }
  }

  private static func key(_ token: String) -> SHA256Digest { SHA256.hash(data: Array(token.utf8)) }

  private static func isOpen(_ session: Session, at now: Int64) -> Bool {
    // A clock set back does not lengthen a session by more than it was set back.
    now - session.seenAt <= idleMax && now - session.begunAt <= ageMax
  }

  private static func endOldest(
    of some: [SHA256Digest: Session],
    in sessions: inout [SHA256Digest: Session]
  ) {
    if let oldest = some.min(by: { $0.value.seenAt < $1.value.seenAt }) {
      sessions[oldest.key] = nil
    }
  }
}
