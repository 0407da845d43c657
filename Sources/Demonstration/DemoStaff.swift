import OrderText
import PumpCore
import PumpLink
import Signer

/// Who works in the demonstration clinic; all invented, all with passwords that anyone may know.
struct DemoPerson: Sendable {
  /// To sign in with, and the name of their files.
  let name: String
  let fullName: String
  /// What the clinic lets them do.
  let account: String
  /// What their certificate says; nothing where they sign nothing.
  let signs: Role?
  /// Which of the signers on 127.0.0.1 is theirs; nothing where they have none.
  let signerPlace: Int?

  var password: String { "reservoir-\(account)" }
  var passphrase: String { "\(name) signs orders" }

  static let all = [
    DemoPerson(
      name: "ada",
      fullName: "Ada Ruiz",
      account: "physician",
      signs: .prescriber,
      signerPlace: 0
    ),
    DemoPerson(
      name: "ben",
      fullName: "Ben Adeyemi",
      account: "physician",
      signs: .prescriber,
      signerPlace: 1
    ),
    DemoPerson(
      name: "noor",
      fullName: "Noor Lindqvist",
      account: "nurse",
      signs: .nurse,
      signerPlace: 2
    ),
    DemoPerson(
      name: "pia",
      fullName: "Pia Santos",
      account: "pharmacist",
      signs: .pharmacist,
      signerPlace: nil
    ),
    DemoPerson(
      name: "max",
      fullName: "Max Petrov",
      account: "administrator",
      signs: nil,
      signerPlace: nil
    ),
    DemoPerson(
      name: "uma",
      fullName: "Uma Berg",
      account: "auditor",
      signs: nil,
      signerPlace: nil
    ),
  ]
}

/// The keys of everyone, while the demonstration is being founded; afterwards each is in its own
/// file, sealed, and the root's is nowhere.
struct DemoKeys {
  struct Held {
    let person: DemoPerson
    let secrets: SecretKeys
    let file: KeyFile
    let certificates: CertificateFile
  }

  let root: SecretKeys
  let rootFile: PublicKeys
  let staff: [Held]
  /// The clinic server's: a session key and its certificate; it signs nothing.
  let server: SecretKeys
  let serverCertificates: CertificateFile

  /// - Parameters:
  ///   - start: from when the certificates hold, by the pumps' clocks.
  ///   - chance: gives as many bytes as it is asked for.
  /// - Throws: never for want of anything but memory.
  init(from start: LocalTime, chance: (Int) -> [UInt8]) throws(SigningError) {
    let root = SecretKeys(.root, chance: chance(64))
    let begin = LocalTime(milliseconds: start.milliseconds - 86_400_000)
    let end = LocalTime(milliseconds: start.milliseconds + 5 * 365 * 86_400_000)
    var staff: [Held] = []
    for person in DemoPerson.all {
      guard let role = person.signs else { continue }
      let secrets = SecretKeys(.person, chance: chance(64))
      let file = try KeyFile(
        sealing: secrets,
        name: person.fullName,
        under: Array(person.passphrase.utf8),
        chance: chance(KeyFile.chanceCount),
        // The passphrase is printed; a costly seal would protect nothing and delay each signature.
        cost: KeyCost(log: 14)
      )
      staff.append(
        Held(
          person: person,
          secrets: secrets,
          file: file,
          certificates: try CertificateFile(file.keys, role, from: begin, until: end, by: root)
        )
      )
    }
    self.root = root
    self.staff = staff
    rootFile = try PublicKeys(.root, name: "Demonstration clinic", of: root)
    server = SecretKeys(.person, chance: chance(64))
    serverCertificates = try CertificateFile(
      try PublicKeys(.person, name: "Demonstration clinic server", of: server),
      .clinicServer,
      from: begin,
      until: end,
      by: root
    )
  }

  subscript(name: String) -> Held {
    guard let held = staff.first(where: { $0.person.name == name }) else {
      preconditionFailure("\(name) is not of the demonstration's staff")
    }
    return held
  }
}
