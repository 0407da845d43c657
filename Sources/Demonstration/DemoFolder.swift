import Foundation

/// Where a demonstration lives.
///
///     clock          what time it is, for every process
///     founded        accounts and what is printed at the start; its absence means a founding that broke off
///     ledger.sqlite  the clinic's record
///     server.key     seals the accounts' secrets
///     server.session the clinic server's session key; it signs nothing
///     relay.token    the relay's
///     keys/          people's keys, certificates and the root's public key
///     pumps/ID/      a virtual pump; pumps/ID.pump and .contact beside it, and .faults, which it follows
///     logs/          what the programs print
struct DemoFolder: Sendable {
  let path: String

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Says that a demonstration began the folder, so that it may be begun anew.
  var marker: String { file(".demonstration") }
  var clock: String { file("clock") }
  var founded: String { file("founded") }
  var ledger: String { file("ledger.sqlite") }
  var serverKey: String { file("server.key") }
  var serverSession: String { file("server.session") }
  var serverCertificate: String { file("server.cert") }
  var relayToken: String { file("relay.token") }
  var relayPumps: String { file("relay.json") }
  var root: String { file("keys/root.pub") }

  func key(_ person: String, _ ending: String) -> String { file("keys/\(person).\(ending)") }
  func pump(_ patient: String) -> String { file("pumps/\(patient)") }
  /// Where a signer writes its address, which has a random part.
  func signerAddress(_ person: String) -> String { file("keys/\(person).signer") }
  /// Where a patient's controller writes its address.
  func controllerAddress(_ patient: String) -> String { file("keys/\(patient).controller") }
  /// The passphrase of a patient's key, which their device holds.
  func controllerPassphrase(_ patient: String) -> String { file("keys/\(patient).passphrase") }
  func log(_ name: String) -> String { file("logs/\(name).log") }

  var isFounded: Bool { FileManager.default.fileExists(atPath: founded) }

  /// Makes it, empty: a founding that broke off leaves nothing that the next one could trip over.
  ///
  /// - Throws: where it holds anything and no demonstration began it: nothing of others is removed.
  func begin() throws {
    if let held = try? FileManager.default.contentsOfDirectory(atPath: path), !held.isEmpty {
      guard FileManager.default.fileExists(atPath: marker) else {
        throw DemoError(
          "\(path): given a folder that holds something and is no demonstration's, expected an empty "
            + "or a new one: give another with --data; nothing was changed"
        )
      }
      for name in [
        "founded", "clock", "clock.lock", "keys", "pumps", "logs", "server.key", "server.session",
        "server.cert", "relay.token", "relay.json",
      ] { try? FileManager.default.removeItem(atPath: file(name)) }
      let rest = try FileManager.default.contentsOfDirectory(atPath: path)
      for name in rest where name.hasPrefix("ledger.sqlite") {
        try FileManager.default.removeItem(atPath: file(name))
      }
    }
    for folder in ["", "/keys", "/pumps", "/logs"] {
      try FileManager.default.createDirectory(
        atPath: path + folder,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    }
    try write([], to: marker)
  }

  func write(_ bytes: [UInt8], to path: String, secret: Bool = false) throws {
    let made = FileManager.default.createFile(
      atPath: path,
      contents: Data(bytes),
      attributes: [.posixPermissions: secret ? 0o600 : 0o644]
    )
    guard made else { throw DemoError("\(path): cannot be written: is the disk full?") }
  }

  func read(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DemoError("\(path): cannot be read: remove the folder to start the demonstration over")
    }
    return Array(data)
  }
}

/// What the demonstration prints at each start, and shows on its page of codes.
struct DemoFounded: Codable {
  struct SignIn: Codable {
    let name: String
    let fullName: String
    let role: String
    let account: String
    let password: String
    /// Of the one-time codes; a demonstration's are no secret.
    let codeSecret: [UInt8]
    let passphrase: String?
    let signerPort: Int?
  }

  struct Pump: Codable {
    let patient: String
    let id: String
    let port: Int
  }

  /// A patient's own controller, on 127.0.0.1.
  struct Controller: Codable {
    let patient: String
    let port: Int
    let language: String
  }

  let people: [SignIn]
  let pumps: [Pump]
  /// Not there in a folder that an earlier version founded.
  var controllers: [Controller]?
}
