import ArgumentParser
import Dispatch
import Foundation
import OrderText
import PumpLink
import Signer

/// `cisterna signer`.
struct SignerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signer",
    abstract: "A page on this computer that shows what orders say, and signs them.",
    discussion: """
      Prints an address with a random part: open it in a browser on this computer. The page is served \
      to 127.0.0.1 alone, and your key stays sealed until you type the passphrase for one signature.

        cisterna signer --key ada.key --cert ada.cert --root clinic.pub --pump my.pump

      A second person runs their own signer, with their own key, and signs the same bytes. Ends with \
      Control-C. Exit status: 0; 2 where a file is bad or the port is taken; 3 where the certificate \
      does not hold.
      """
  )

  @Option(help: ArgumentHelp("Your key file.", valueName: "file.key"))
  var key: String

  @Option(help: ArgumentHelp("Your certificates.", valueName: "file.cert"))
  var cert: String

  @Option(
    help: ArgumentHelp("The clinic's public keys, to check certificates.", valueName: "file.pub")
  )
  var root: String?

  @Option(
    help: ArgumentHelp("A pump's id and key; give one for each pump.", valueName: "file.pump")
  )
  var pump: [String] = []

  @Option(help: ArgumentHelp("Certificates of others who sign.", valueName: "file.cert"))
  var other: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where signed orders are given back, such as http://127.0.0.1:7200.",
      valueName: "address"
    )
  )
  var clinic: String?

  @Option(
    help: ArgumentHelp("Write the address there too, for the owner alone.", valueName: "file")
  )
  var addressFile: String?

  @OptionGroup var parent: ParentOptions

  @Option(help: "The port on 127.0.0.1.")
  var port = 7310

  func run() throws {
    parent.follow()
    guard (1...65_535).contains(port) else {
      throw Failure(.badInput, "--port: given \(port), expected 1 to 65535")
    }
    let server: SignerServer
    do {
      server = try SignerServer(
        try desk(),
        port: port,
        chance: Chance.bytes(32),
        seconds: { Date().timeIntervalSince1970 },
        now: { Chance.now() }
      )
    } catch let failure as Failure { throw failure } catch {
      throw Failure(.badInput, "the pages cannot be made: \(error)")
    }
    if let addressFile {
      try Files.write(Array("\(server.address)\n".utf8), to: addressFile, mode: 0o600)
    }
    let port = port
    Task {
      do {
        try await server.run {
          Streams.standardError("Open \(server.address)\nControl-C ends the signer.\n")
        }
        Streams.exit(.success)
      } catch {
        Streams.standardError("cannot serve 127.0.0.1:\(port): \(error)\n")
        Streams.exit(.badInput)
      }
    }
    dispatchMain()
  }

  private func desk() throws -> SignerDesk {
    try Files.checkPrivate(key)
    let file = try naming(key) { try KeyFile(bytes: try Files.read(key)) }
    let rootKey = try root.map { path in
      try naming(path) { try PublicKeys(bytes: try Files.read(path)).signing }
    }
    let certificate = try naming(cert) {
      guard let signing = try CertificateFile(bytes: try Files.read(cert)).signing else {
        throw SigningError(.role, "given no certificate of a signing key")
      }
      // Told at the start, not at the first signature.
      _ = try SigningPerson(file.keys, signing, root: rootKey, at: Chance.now())
      return signing
    }
    return SignerDesk(
      key: file,
      certificate: certificate,
      pumps: try pump.map { path in
        try naming(path) { try KnownPump(bytes: try Files.read(path)) }
      },
      others: try other.flatMap { path in
        try naming(path) { try CertificateFile(bytes: try Files.read(path)).certificates }
      },
      root: rootKey,
      clinic: try clinic.map { text in
        guard let address = ClinicAddress(text) else {
          throw Failure(
            .badInput,
            "--clinic: given \(text), expected scheme, host and port such as http://127.0.0.1:7200"
          )
        }
        return address
      }
    )
  }
}
