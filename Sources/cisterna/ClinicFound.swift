import ArgumentParser
import Clinic
import Dispatch
import Foundation
import Ledger
import OrderText
import PumpLink
import Signer

/// `cisterna clinic found`.
struct ClinicFound: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "found",
    abstract: "Make a clinic's folder: its ledger, the server's keys, the first administrator.",
    discussion: """
      Prints the administrator's password and the secret of their one-time codes, once: neither is \
      kept in a form that anyone could read. The root's secret key is not asked for and stays where \
      it is.

        cisterna clinic found harbor-clinic --root harbor.pub --administrator max \
      --full-name "Max Petrov"

      The folder is made, or must be empty. Exit status: 0; 2 where an argument or a file is bad, and \
      then there is no clinic.
      """
  )

  @Argument(help: ArgumentHelp("The clinic's folder.", valueName: "folder"))
  var folder: String

  @Option(
    help: ArgumentHelp("The root's public keys, as the pumps know it.", valueName: "file.pub")
  )
  var root: String

  @Option(help: "The name with which the first administrator signs in.")
  var administrator: String

  @Option(help: "Their name as people say it.")
  var fullName: String

  func run() throws {
    let root = try ClinicFolder.rootKeys(root)
    let place = ClinicFolder(path: folder)
    let held = try? FileManager.default.contentsOfDirectory(atPath: folder)
    if Files.exists(folder), held?.isEmpty != true {
      throw Failure(
        .badInput,
        "\(folder): given a folder that holds something, expected an empty or a new one; "
          + "nothing was changed"
      )
    }
    Task {
      do {
        let known = try await Self.found(place, root, administrator, fullName)
        Streams.writeOrExit(known)
        Streams.exit(.success)
      } catch {
        // What was made holds no record of anyone yet.
        try? FileManager.default.removeItem(atPath: place.path)
        let words = (error as? WebError).map(Self.words) ?? "\(error)"
        Streams.standardError("\(place.path): no clinic was founded: \(words)\n")
        Streams.exit(.badInput)
      }
    }
    dispatchMain()
  }

  private static func found(
    _ place: ClinicFolder,
    _ root: PublicKeys,
    _ name: String,
    _ fullName: String
  ) async throws -> String {
    for path in [place.path, place.certificates] {
      try FileManager.default.createDirectory(
        atPath: path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
    }
    try place.hold()
    try writeKeys(place, root)
    let ledger = try SQLiteLedger(path: place.ledger)
    let house = try await ClinicHouse(
      ledger,
      WebSettings(hosts: [], isSecure: true),
      key: try ServerKeyFile.open(place.serverKey, ClinicWall.chance),
      clock: ClinicWall.clock,
      chance: ClinicWall.chance
    )
    let password = password(for: name)
    let (_, secret) = try await house.parts.accounts.open(
      NewAccount(name: name, fullName: fullName, roles: [.administrator], password: password),
      AccountAct(key: "founding-\(name)", who: "founding", time: ClinicWall.now())
    )
    await house.stop()
    try ledger.close()
    return told(place, name, fullName, password, OneTimeCode.base32(secret ?? []))
  }

  private static func writeKeys(_ place: ClinicFolder, _ root: PublicKeys) throws {
    // Only the session key is kept: the server signs nothing, and nobody can make it.
    let secrets = SecretKeys(.person, chance: Chance.bytes(64))
    guard let session = secrets.session else { preconditionFailure("a person has a session key") }
    let name = "\(root.name.prefix(50)) server"
    try Files.writeNew(root.bytes, to: place.root)
    try Files.writeNew(
      try PublicKeys(.person, name: name, of: secrets).bytes,
      to: place.serverPublic
    )
    try Files.writeNew(Array("\(Hex.text(session))\n".utf8), to: place.serverSession, mode: 0o600)
    try Files.writeNew(
      Array("\(Hex.text(Chance.bytes(32)))\n".utf8),
      to: place.relayToken,
      mode: 0o600
    )
  }

  /// 100 bits of chance in groups that can be copied by hand; without the name, as the rules ask.
  private static func password(for name: String) -> String {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    while true {
      let text = Chance.bytes(20).map { letters[Int($0) % letters.count] }
      let groups = stride(from: 0, to: 20, by: 5).map { String(text[$0..<$0 + 5]) }
      let password = groups.joined(separator: "-")
      if !password.contains(name) { return password }
    }
  }

  private static func told(
    _ place: ClinicFolder,
    _ name: String,
    _ fullName: String,
    _ password: String,
    _ secret: String
  ) -> String {
    """
    \(place.path): a clinic is founded. What follows is shown this once.

    administrator  \(name) (\(fullName))
    password       \(password)
    code secret    \(secret)
    authenticator  otpauth://totp/Cisterna:\(name)?secret=\(secret)&issuer=Cisterna

    Next, with the root at hand, and then without:
      cisterna key certify \(place.serverPublic) --root ROOT.key --role clinicServer --until 2027-12-31
      cisterna clinic serve \(place.path)

    Certificates of people who sign go into \(place.certificates)/, a list of revoked keys to
    \(place.revoked). Back up the folder; server.key and server.session are secret.

    """
  }

  private static func words(_ error: WebError) -> String {
    let parts = [
      error.message, error.field.map { "\($0):" }, error.given.map { "given \($0)," },
      error.expected.map { "expected \($0)" },
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }
}
