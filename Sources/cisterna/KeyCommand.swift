import ArgumentParser
import JSONText
import OrderText
import PumpCore
import PumpLink
import PumpScenario
import Signer

/// `cisterna key`.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make keys, look at them, certify and revoke them.",
    discussion: """
      A clinic's root certifies people; a person signs orders; a pump takes orders of people whom its \
      root has certified.

        cisterna key new clinic --root --name "Clinic at the harbor"
        cisterna key new ada --name "Ada Byron"
        cisterna key certify ada.pub --root clinic.key --role prescriber --until 2027-01-01
        cisterna key show ada.cert

      Secrets are sealed under a passphrase, which is asked for at the terminal. Exit status of every \
      key command: 0; 2 where an argument or a file is bad; 3 where a signature or certificate does \
      not hold; 4 where the passphrase is wrong.
      """,
    subcommands: [KeyNew.self, KeyShow.self, KeyCertify.self, KeyRevoke.self]
  )
}

/// `cisterna key new`.
struct KeyNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make the keys of a person or of a clinic's root.",
    discussion: """
      Writes FILE.key (secret, sealed under a passphrase of at least 12 characters, readable by you \
      alone) and FILE.pub, which goes to whoever certifies. Nothing is ever overwritten.

        cisterna key new ada --name "Ada Byron"
      """
  )

  @Argument(help: ArgumentHelp("Files to write, without their endings.", valueName: "file"))
  var file: String

  @Option(help: "The name of the person or clinic.")
  var name: String

  @Flag(help: "Make a clinic's root, which certifies people and signs no orders.")
  var root = false

  @OptionGroup var passphrase: PassphraseOptions

  func run() throws {
    let bytes = try passphrase.passphrase("New passphrase for \(name): ", twice: true)
    let secrets = SecretKeys(root ? .root : .person, chance: Chance.bytes(64))
    let key = try naming(nil) {
      try KeyFile(
        sealing: secrets,
        name: name,
        under: bytes,
        chance: Chance.bytes(KeyFile.chanceCount)
      )
    }
    try Files.writeNew(key.bytes, to: file + ".key", mode: 0o600)
    try Files.writeNew(key.keys.bytes, to: file + ".pub")
    try KeyShow.show(key.keys, "\(file).key and \(file).pub", json: false)
  }
}

/// `cisterna key show`.
struct KeyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "What a key, certificate, revocation or pump file says.",
    discussion: """
      Takes .key, .pub, .cert, .revoked and .pump files; no passphrase is needed, and no secret is \
      shown.

        cisterna key show ada.cert
      """
  )

  @Argument(help: "A file.")
  var file: String

  @Flag(help: "Print JSON instead of text.")
  var json = false

  func run() throws {
    let bytes = try Files.read(file)
    try naming(file) {
      if bytes.starts(with: Array("cisterna.certi".utf8)) {
        return try Self.show(try CertificateFile(bytes: bytes), json: json)
      }
      if bytes.starts(with: Array("cisterna.revok".utf8)) {
        guard let list = Revocation(bytes: bytes) else {
          throw SigningError(.malformed, "given bytes that are no list of revoked keys")
        }
        return try Self.show(list, json: json)
      }
      if let pump = try? KnownPump(bytes: bytes) {
        return try Self.print(
          [("pump", Hex.text(pump.id)), ("key", Hex.text(pump.key))],
          json: json
        )
      }
      if let keys = try? PublicKeys(bytes: bytes) { return try Self.show(keys, file, json: json) }
      let key = try KeyFile(bytes: bytes)
      try Self.show(key.keys, file, json: json, cost: key.cost)
    }
  }

  static func show(
    _ keys: PublicKeys,
    _ file: String,
    json: Bool,
    cost: KeyCost? = nil
  ) throws {
    var rows = [("file", file), ("name", keys.name), ("kind", keys.kind.rawValue)]
    if keys.kind == .person { rows.append(("person id", Hex.spoken(keys.person))) }
    rows.append(("key id", Hex.spoken(keys.id)))
    rows.append(("signing key", Hex.text(keys.signing)))
    if let session = keys.session { rows.append(("session key", Hex.text(session))) }
    if let cost {
      rows.append(("sealed with", "scrypt N 2^\(cost.log), r 8, p 1; ChaCha20-Poly1305"))
    }
    try print(rows, json: json)
  }

  static func show(_ file: CertificateFile, json: Bool) throws {
    for certificate in file.certificates {
      let id = Bytes16(of: certificate.key, Chance.crypto)
      try print(
        [
          ("certificate of", certificate.use == .signing ? "a signing key" : "a session key"),
          ("key id", Hex.spoken(id)), ("key", Hex.text(certificate.key)),
          ("person id", Hex.spoken(certificate.name)), ("role", "\(certificate.role)"),
          ("holds from", certificate.notBefore.text), ("holds until", certificate.notAfter.text),
          ("by root", Hex.spoken(certificate.signature.key)),
        ],
        json: json
      )
    }
  }

  static func show(_ list: Revocation, json: Bool) throws {
    var rows = [("list number", "\(list.number)"), ("by root", Hex.spoken(list.signature.key))]
    for place in 0..<list.count { rows.append(("revoked key id", Hex.spoken(list[place]))) }
    try print(rows, json: json)
  }

  static func print(_ rows: [(String, String)], json: Bool) throws {
    guard json else {
      let width = rows.map(\.0.count).max() ?? 0
      let lines = rows.map { name, value in
        name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
      }
      return try Streams.standardOutput(Array(lines.joined().utf8))
    }
    var writer = JSONWriter()
    writer.beginObject()
    var seen: Set<String> = []
    for (name, _) in rows where seen.insert(name).inserted {
      let values = rows.filter { $0.0 == name }.map(\.1)
      writer.key(name.split(separator: " ").joined(separator: "_"))
      if values.count == 1 {
        writer.string(values[0])
      } else {
        writer.beginArray()
        for value in values { writer.string(value) }
        writer.endArray()
      }
    }
    writer.endObject()
    writer.newline()
    try Streams.standardOutput(writer.bytes)
  }
}

/// `cisterna key certify`.
struct KeyCertify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Vouch for a person's keys with the clinic's root.",
    discussion: """
      Compare the key id with the person, by voice or on paper, before you certify: a file can be \
      exchanged on its way. Writes one .cert file with a certificate for each of the two keys. The \
      dates are local ones, of the pump's clock.

        cisterna key certify ada.pub --root clinic.key --role prescriber --until 2027-01-01
      """
  )

  @Argument(help: ArgumentHelp("The public keys.", valueName: "person.pub"))
  var file: String

  @Option(help: ArgumentHelp("The root's key file.", valueName: "root.key"))
  var root: String

  @Option(help: "prescriber, nurse, pharmacist or clinicServer.")
  var role: String

  @Option(help: ArgumentHelp("The first day; today without.", valueName: "2026-01-01"))
  var from: String?

  @Option(help: ArgumentHelp("The last day.", valueName: "2027-01-01"))
  var until: String

  @Option(
    help: ArgumentHelp(
      "Where to; the name of the person's file with .cert without.",
      valueName: "file"
    )
  )
  var output: String?

  @OptionGroup var passphrase: PassphraseOptions

  func run() throws {
    let keys = try naming(file) { try PublicKeys(bytes: try Files.read(file)) }
    let roles: [Role] = [.prescriber, .nurse, .pharmacist, .clinicServer]
    guard let role = roles.first(where: { "\($0)" == role }) else {
      let known = roles.map { "\($0)" }.joined(separator: ", ")
      throw Failure(.badInput, "--role: given \"\(self.role)\", expected one of \(known)")
    }
    let begin = try day("--from", from ?? String(Chance.now().text.prefix(10)), "T00:00:00")
    let end = try day("--until", until, "T23:59:59.999")
    let secrets = try KeyOpening.open(root, passphrase)
    let certificates = try naming(nil) {
      try CertificateFile(keys, role, from: begin, until: end, by: secrets)
    }
    let name = file.hasSuffix(".pub") ? String(file.dropLast(4)) : file
    try Files.write(certificates.bytes, to: output ?? name + ".cert")
    if output != "-" { try KeyShow.show(certificates, json: false) }
  }

  private func day(_ option: String, _ text: String, _ time: String) throws -> LocalTime {
    guard let local = LocalTime(text: text + time) else {
      throw Failure(.badInput, "\(option): given \"\(text)\", expected a date such as 2027-01-01")
    }
    return local
  }
}

/// `cisterna key revoke`.
struct KeyRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "List keys that count no more, signed by the clinic's root.",
    discussion: """
      The newest list holds alone, so it names every key that shall not count; --previous takes over \
      those of the list before and counts its number on. Anyone may bring the list to a pump.

        cisterna key revoke ada.pub --root clinic.key --previous 1.revoked --output 2.revoked
      """
  )

  @Argument(help: "Key ids of 32 digits, or .pub and .cert files.")
  var keys: [String] = []

  @Option(help: ArgumentHelp("The root's key file.", valueName: "root.key"))
  var root: String

  @Option(help: ArgumentHelp("The list before.", valueName: "file"))
  var previous: String?

  @Option(help: ArgumentHelp("Where to.", valueName: "file"))
  var output: String

  @OptionGroup var passphrase: PassphraseOptions

  func run() throws {
    var ids: [Bytes16] = []
    var number: UInt64 = 1
    if let previous {
      guard let list = Revocation(bytes: try Files.read(previous)), list.number < .max else {
        throw Failure(.badInput, "\(previous): expected a list of revoked keys")
      }
      number = list.number + 1
      ids = (0..<list.count).map { list[$0] }
    }
    for key in keys { for id in try Self.ids(key) where !ids.contains(id) { ids.append(id) } }
    let secrets = try KeyOpening.open(root, passphrase)
    let list = try naming(nil) { try Revocation(ids, number: number, by: secrets) }
    guard let bytes = list.array else { throw Failure(.badInput, "the list cannot be written") }
    try Files.write(bytes, to: output)
    if output != "-" { try KeyShow.show(list, json: false) }
  }

  private static func ids(_ key: String) throws -> [Bytes16] {
    if let id = Hex.bytes16(key.split(separator: " ").joined()) { return [id] }
    let bytes = try Files.read(key)
    return try naming(key) {
      if let keys = try? PublicKeys(bytes: bytes) {
        return [keys.id] + (keys.session.map { [Bytes16(of: $0, Chance.crypto)] } ?? [])
      }
      return try CertificateFile(bytes: bytes).certificates.map {
        Bytes16(of: $0.key, Chance.crypto)
      }
    }
  }
}
