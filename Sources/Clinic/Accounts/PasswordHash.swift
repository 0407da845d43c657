import Crypto
import CryptoExtras
import Foundation

/// What is kept of a password: a salt and what scrypt (RFC 7914) makes of both.
public struct PasswordHash: Equatable, Sendable {
  /// N = 2^log; 32 MiB and about 0.2 s each time with the standard one.
  let costLog: Int
  let salt: [UInt8]
  let hash: [UInt8]

  /// N = 2^15, r = 8, p = 1.
  public static let standardCostLog = 15
  static let accepted = 10...20
  static let saltCount = 16
  static let hashCount = 32

  /// How many characters a password has at least.
  public static let passwordLeast = 12
  /// How many bytes a password has at most: scrypt reads them all.
  public static let passwordMost = 256

  init(costLog: Int, salt: [UInt8], hash: [UInt8]) {
    self.costLog = costLog
    self.salt = salt
    self.hash = hash
  }

  /// Hashes a password, which blocks its thread: see ``PasswordWork``.
  ///
  /// - Parameters:
  ///   - password: UTF-8.
  ///   - salt: ``saltCount`` fresh bytes.
  ///   - costLog: of scrypt.
  init(_ password: [UInt8], salt: [UInt8], costLog: Int) {
    self.init(costLog: costLog, salt: salt, hash: Self.derive(password, salt, costLog))
  }

  /// Whether it is of this password, which blocks its thread to find out.
  func isOf(_ password: [UInt8]) -> Bool {
    Secret.isSame(Self.derive(password, salt, costLog), hash)
  }

  /// What stands in for the hash of a name that nobody has, so that it takes as long to refuse.
  static func standIn(costLog: Int) -> PasswordHash {
    PasswordHash(
      costLog: costLog,
      salt: [UInt8](repeating: 0x5A, count: saltCount),
      hash: [UInt8](repeating: 0, count: hashCount)
    )
  }

  private static func derive(_ password: [UInt8], _ salt: [UInt8], _ costLog: Int) -> [UInt8] {
    let key = try? KDF.Scrypt.deriveKey(
      from: password,
      salt: salt,
      outputByteCount: hashCount,
      rounds: 1 << costLog,
      blockSize: 8,
      parallelism: 1
    )
    guard let key else { preconditionFailure("scrypt fails only for want of memory") }
    return unsafe key.withUnsafeBytes { unsafe Array($0) }
  }
}

extension PasswordHash: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Never the hash: what is printed ends in logs.
  public var description: String { "a password's hash" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
