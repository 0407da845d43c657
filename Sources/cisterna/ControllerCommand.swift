import ArgumentParser
import Dispatch
import Foundation
import PatientController
import PumpLink
import Signer
import VirtualPump

/// `cisterna controller`.
struct ControllerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controller",
    abstract: "The patient's own controller: asks the pump for a dose, or stops a change.",
    discussion: """
      Prints an address with a random part: open it in a browser on this device. It speaks with the pump \
      itself, by the patient's own key, which the pump knows from its commissioning. The clinic is not on the \
      way.

        cisterna controller --key patient.key --pump pump1.contact

      The key is opened once, at the start, and held in memory until the program ends: whoever can use this \
      device can ask for a dose, and the pump's limits hold for them too. Ends with Control-C. Exit status: 0; \
      2 where a file is bad or the port is taken; 4 where the passphrase is wrong.
      """
  )

  @Option(help: ArgumentHelp("The patient's key file.", valueName: "file.key"))
  var key: String

  @OptionGroup var passphrase: PassphraseOptions

  @Option(
    name: .customLong("pump"),
    help: ArgumentHelp("The contact file of the pump.", valueName: "file.contact")
  )
  var contact: String

  @Flag(help: "Call at the near port instead of the remote one.")
  var near = false

  @Option(help: "The language at first: en or es.")
  var language = Language.en

  enum Language: String, ExpressibleByArgument, CaseIterable { case en, es }

  @Option(
    help: ArgumentHelp("Write the address there too, for the owner alone.", valueName: "file")
  )
  var addressFile: String?

  @OptionGroup var parent: ParentOptions

  @Option(help: "The port on 127.0.0.1.")
  var port = 7350

  func run() throws {
    parent.follow()
    guard (1...65_535).contains(port) else {
      throw Failure(.badInput, "--port: given \(port), expected 1 to 65535")
    }
    try Files.checkPrivate(key)
    let file = try naming(key) { try KeyFile(bytes: try Files.read(key)) }
    let secrets = try KeyOpening.open(key, passphrase)
    guard let session = secrets.session else {
      throw Failure(.badInput, "\(key) is a root's key, which opens no session")
    }
    let pump: PumpContact
    do { pump = try PumpContact(json: try Files.read(contact)) } catch let failure as Failure {
      throw failure
    } catch { throw Failure(.badInput, "\(contact): \(error)") }
    let target = LinkTarget(
      address: near ? pump.near : pump.remote,
      way: near ? .bedside : .remote,
      pump: pump.id,
      pumpKey: pump.sessionKey,
      secret: nil,
      key: session,
      role: .patient,
      certificates: CertificatePair()
    )
    let desk = ControllerDesk(
      pump,
      signing: secrets.signing,
      chance: { Bytes16(bytes: Chance.bytes(16)) },
      seconds: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000_000) },
      ask: { message in
        await Offloading.run { () -> Result<LinkReply, LinkFailure> in
          do throws(LinkFailure) { return .success(try LinkClient(target).ask(message)) } catch {
            return .failure(error)
          }
        }
      }
    )
    try serve(
      ControllerServer(
        desk,
        name: file.keys.name,
        language: ControllerLanguage(rawValue: language.rawValue) ?? .english,
        port: port,
        chance: Chance.bytes(32)
      )
    )
  }

  private func serve(_ server: ControllerServer) throws {
    if let addressFile {
      try Files.write(Array("\(server.address)\n".utf8), to: addressFile, mode: 0o600)
    }
    let port = port
    Task {
      do {
        try await server.run {
          Streams.standardError("Open \(server.address)\nControl-C ends the controller.\n")
        }
        Streams.exit(.success)
      } catch {
        Streams.standardError("cannot serve 127.0.0.1:\(port): \(error)\n")
        Streams.exit(.badInput)
      }
    }
    dispatchMain()
  }
}
