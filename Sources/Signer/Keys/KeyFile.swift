import Crypto
import CryptoExtras
import Foundation
import JSONText
public import OrderText
import PumpLink
import PumpLinkCrypto

/// What it costs to try one passphrase: the parameters of scrypt (RFC 7914), which a file states.
///
/// The standard ones take 128 MiB and about half a second. A file that states less is refused, since
/// whoever gave it would be able to search; one that states more than a gibibyte would hang.
public struct KeyCost: Equatable, Sendable {
  /// The exponent of N = 2^log.
  public let log: Int
  /// r of scrypt; p is 1.
  static let blockSize = 8
  public static let standard = KeyCost(log: 17)
  static let accepted = 14...20

  package init(log: Int) { self.log = log }

  /// The key that a passphrase gives with a salt.
  func key(_ passphrase: [UInt8], salt: [UInt8]) throws(SigningError) -> SymmetricKey {
    do {
      return try KDF.Scrypt.deriveKey(
        from: passphrase,
        salt: salt,
        outputByteCount: 32,
        rounds: 1 << log,
        blockSize: Self.blockSize,
        parallelism: 1
      )
    } catch {
      throw SigningError(
        .passphrase,
        "the key cannot be opened: scrypt needs \(1 << (log - 10)) MiB"
      )
    }
  }
}

/// The secrets of one person, sealed under a passphrase; the public part stands beside them in clear.
///
/// ChaCha20-Poly1305 under a key that scrypt makes of the passphrase and a fresh salt. All of the
/// file that stands in clear is authenticated with it, so that nothing in it can be exchanged.
public struct KeyFile: Equatable, Sendable {
  public let keys: PublicKeys
  public let cost: KeyCost
  let salt: [UInt8]
  let nonce: [UInt8]
  let sealed: [UInt8]

  /// How many characters a passphrase has at least.
  public static let passphraseLeast = 12
  /// How many bytes of chance ``init(sealing:name:under:chance:cost:)`` takes.
  public static let chanceCount = 28

  /// Seals secrets.
  ///
  /// - Parameters:
  ///   - secrets: of the person or root.
  ///   - name: of them.
  ///   - passphrase: UTF-8, at least ``passphraseLeast`` characters.
  ///   - chance: ``chanceCount`` bytes that are used only here.
  ///   - cost: of trying a passphrase.
  /// - Throws: ``SigningError/Kind/weakPassphrase``, or `malformed` for the name.
  public init(
    sealing secrets: SecretKeys,
    name: String,
    under passphrase: [UInt8],
    chance: [UInt8],
    cost: KeyCost = .standard
  ) throws(SigningError) {
    precondition(chance.count == Self.chanceCount, "a salt and a nonce")
    let count = String(decoding: passphrase, as: UTF8.self).count
    guard count >= Self.passphraseLeast else {
      throw SigningError(
        .weakPassphrase,
        "given a passphrase of \(count) characters, expected at least \(Self.passphraseLeast)"
      )
    }
    let keys = try PublicKeys(secrets.session == nil ? .root : .person, name: name, of: secrets)
    let (salt, nonce) = (Array(chance[..<16]), Array(chance[16...]))
    let clear = Self.clear(keys, cost, salt: salt, nonce: nonce)
    var plain = (0..<32).map { secrets.signing[$0] }
    if let session = secrets.session { plain += (0..<32).map { session[$0] } }
    let key = try cost.key(passphrase, salt: salt)
    guard let nonceValue = try? ChaChaPoly.Nonce(data: nonce),
      let box = try? ChaChaPoly.seal(plain, using: key, nonce: nonceValue, authenticating: clear)
    else { preconditionFailure("sealing with a whole key and nonce fails only for want of memory") }
    self.keys = keys
    self.cost = cost
    self.salt = salt
    self.nonce = nonce
    sealed = Array(box.ciphertext) + Array(box.tag)
  }

  /// Reads a file.
  ///
  /// - Throws: ``SigningError/Kind/malformed``.
  public init(bytes: [UInt8]) throws(SigningError) {
    try self.init(bytes: bytes, accepted: KeyCost.accepted)
  }

  init(bytes: [UInt8], accepted: ClosedRange<Int>) throws(SigningError) {
    let text = try KeyText(
      bytes,
      "key",
      ["kind", "name", "signing", "session", "scryptLog", "scryptBlock", "salt", "nonce", "sealed"]
    )
    keys = try PublicKeys(text)
    cost = KeyCost(log: try text.number("scryptLog", in: accepted))
    _ = try text.number("scryptBlock", in: KeyCost.blockSize...KeyCost.blockSize)
    salt = try text.bytes("salt", count: 16)
    nonce = try text.bytes("nonce", count: 12)
    sealed = try text.bytes("sealed", count: (keys.kind == .person ? 64 : 32) + 16)
    try KeyText.same(bytes, self.bytes)
  }

  /// Opens the secrets.
  ///
  /// - Parameter passphrase: UTF-8.
  /// - Returns: the secrets.
  /// - Throws: ``SigningError/Kind/passphrase`` where it is another one, or where the file has been
  ///   changed: the two cannot be told apart.
  public func open(_ passphrase: [UInt8]) throws(SigningError) -> SecretKeys {
    let key = try cost.key(passphrase, salt: salt)
    let clear = Self.clear(keys, cost, salt: salt, nonce: nonce)
    let wrong = SigningError(
      .passphrase,
      "wrong passphrase for the key of \(keys.name), or a changed file"
    )
    guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
      let box = try? ChaChaPoly.SealedBox(
        nonce: nonce,
        ciphertext: sealed.dropLast(16),
        tag: sealed.suffix(16)
      ), let plain = try? ChaChaPoly.open(box, using: key, authenticating: clear),
      let signing = Bytes32(Array(plain).span)
    else { throw wrong }
    let session = plain.count == 64 ? Bytes32(Array(plain.suffix(32)).span) : nil
    let secrets = SecretKeys(signing: signing, session: session)
    guard try PublicKeys(keys.kind, name: keys.name, of: secrets) == keys else { throw wrong }
    return secrets
  }

  /// The file: one line of JSON.
  public var bytes: [UInt8] {
    var writer = Self.writer(keys, cost, salt: salt, nonce: nonce)
    writer.member("sealed", Hex.text(sealed))
    return KeyText.end(&writer)
  }

  /// What stands in clear before the secrets.
  private static func clear(
    _ keys: PublicKeys,
    _ cost: KeyCost,
    salt: [UInt8],
    nonce: [UInt8]
  ) -> [UInt8] {
    writer(keys, cost, salt: salt, nonce: nonce).bytes
  }

  private static func writer(
    _ keys: PublicKeys,
    _ cost: KeyCost,
    salt: [UInt8],
    nonce: [UInt8]
  ) -> JSONWriter {
    var writer = KeyText.writer("key")
    keys.write(&writer)
    writer.key("scryptLog")
    writer.integer(cost.log)
    writer.key("scryptBlock")
    writer.integer(KeyCost.blockSize)
    writer.member("salt", Hex.text(salt))
    writer.member("nonce", Hex.text(nonce))
    return writer
  }
}
