import Clinic
import Dispatch
import Foundation
import OrderText
import PumpLink
import PumpLinkCrypto
import Signer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a clinic's server lives.
///
///     ledger.sqlite   the clinic's record
///     server.key      seals the accounts' secrets
///     server.session  the server's session key; it signs nothing
///     server.pub      what the root certifies of it
///     server.cert     the root's certificate of it; pumps are not called without
///     root.pub        the root's public key, as the pumps know it
///     relay.token     what relays show
///     certificates/   of people who sign
///     revoked         the newest list of keys that count no more, where there is one
struct ClinicFolder {
  let path: String

  func file(_ name: String) -> String { "\(path)/\(name)" }

  var ledger: String { file("ledger.sqlite") }
  var serverKey: String { file("server.key") }
  var serverSession: String { file("server.session") }
  var serverPublic: String { file("server.pub") }
  var serverCertificate: String { file("server.cert") }
  var root: String { file("root.pub") }
  var relayToken: String { file("relay.token") }
  var certificates: String { file("certificates") }
  var revoked: String { file("revoked") }

  /// Takes the folder for this process, until it ends: two servers of one clinic would both call its pumps.
  func hold() throws {
    let path = file("server.lock")
    let lock = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw Failure(
        .badInput,
        "\(self.path): given no folder of a clinic that can be written: make one with `cisterna clinic found`"
      )
    }
    // Never closed: the system lets go of it when the process ends, however that is.
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw Failure(.badInput, "\(self.path): another server runs this clinic: end that one first")
    }
  }

  /// The root's public key.
  func rootKey() throws -> Bytes32 { try Self.rootKeys(root).signing }

  static func rootKeys(_ path: String) throws -> PublicKeys {
    let bytes = try Files.read(path)
    let keys = try naming(path) { try PublicKeys(bytes: bytes) }
    guard keys.kind == .root else {
      throw Failure(
        .badInput,
        "\(path): given the keys of a person, expected a root's: the .pub of `cisterna key new --root`"
      )
    }
    return keys
  }

  /// What relays show.
  func token() throws -> String {
    let token = try secret(relayToken)
    guard token.utf8.count >= 32 else {
      throw Failure(
        .badInput,
        "\(relayToken): given \(token.utf8.count) characters, expected at least 32 that nobody can guess"
      )
    }
    return token
  }

  /// As whom pumps are called.
  ///
  /// - Parameter root: the clinic's.
  /// - Returns: nothing while the root has not certified the server.
  /// - Throws: where the certificate is of another key, of another root, or of a person.
  func caller(_ root: Bytes32) throws -> ClinicCaller? {
    guard let key = Hex.bytes32(try secret(serverSession)) else {
      throw Failure(
        .badInput,
        "\(serverSession): given no session key, expected 64 hexadecimal digits"
      )
    }
    guard Files.exists(serverCertificate) else { return nil }
    var pair = CertificatePair()
    for certificate in try certified(serverCertificate, root) {
      guard certificate.use == .session, certificate.role == .clinicServer,
        certificate.key == Chance.crypto.x25519PublicKey(of: key)
      else {
        throw Failure(
          .refused,
          "\(serverCertificate): given a certificate of another key or role, expected one of "
            + "\(serverPublic) with --role clinicServer"
        )
      }
      _ = pair.append(certificate)
    }
    return ClinicCaller(key: key, certificates: pair)
  }

  /// The certificates of people who sign, of every file with the ending `.cert`.
  ///
  /// - Parameter root: the clinic's, which must have given each.
  /// - Returns: all of them, also those that hold no more.
  /// - Throws: where a file is no certificate, or another root's.
  func people(_ root: Bytes32) throws -> [Certificate] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: certificates)) ?? []
    return try names.filter { $0.hasSuffix(".cert") }.sorted().flatMap { name in
      try certified("\(certificates)/\(name)", root)
    }
  }

  private func certified(_ path: String, _ root: Bytes32) throws -> [Certificate] {
    let bytes = try Files.read(path)
    let certificates = try naming(path) { try CertificateFile(bytes: bytes).certificates }
    for certificate in certificates
    where !certificate.isValid(certificate.signature, by: root, Chance.crypto) {
      throw Failure(
        .refused,
        "\(path): given a certificate of another root, expected one of \(self.root): "
          + "take it out, or have it certified anew"
      )
    }
    return certificates
  }

  private func secret(_ path: String) throws -> String {
    try Files.checkPrivate(path)
    let text = String(decoding: try Files.read(path), as: UTF8.self)
    return text.split(whereSeparator: \.isWhitespace).joined()
  }
}

/// The clocks and the chance of a clinic that treats people: both times are the wall's.
enum ClinicWall {
  static var clock: ClinicClock {
    ClinicClock(
      therapy: now,
      security: now,
      elapsed: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) },
      sleep: { try await Task.sleep(for: .milliseconds($0)) }
    )
  }

  static var chance: ClinicChance { ClinicChance { Chance.bytes($0) } }

  @Sendable static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}
