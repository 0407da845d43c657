import Crypto
import Foundation

/// The key under which the server seals what it must be able to read again: one-time-code secrets.
///
/// It is in a file beside the ledger, so that a copy of the ledger alone gives no secret away. No
/// order can be signed with it.
public struct ServerKey: Sendable {
  public static let count = 32
  private let key: SymmetricKey

  /// - Parameter bytes: ``count`` bytes of chance.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.count else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// Seals a secret for one place, so that it cannot be moved to another.
  func seal(_ secret: [UInt8], for place: String, nonce: [UInt8]) -> [UInt8] {
    guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
      let box = try? ChaChaPoly.seal(
        secret,
        using: key,
        nonce: nonce,
        authenticating: Array(place.utf8)
      )
    else { preconditionFailure("sealing with a whole key and nonce fails only for want of memory") }
    return Array(box.combined)
  }

  /// The secret; nothing where it was sealed under another key, for another place, or was changed.
  func open(_ sealed: [UInt8], for place: String) -> [UInt8]? {
    guard let box = try? ChaChaPoly.SealedBox(combined: sealed),
      let secret = try? ChaChaPoly.open(box, using: key, authenticating: Array(place.utf8))
    else { return nil }
    return Array(secret)
  }
}

extension ServerKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Never the key.
  public var description: String { "the server's key" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
