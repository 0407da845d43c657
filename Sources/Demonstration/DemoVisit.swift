import Foundation
import OrderText
import PumpLink
import Signer
import VirtualPump

/// A person's visit at the bedside of every pump.
///
/// The end of a demonstration is a loss of power to its pumps, and after a fault a pump takes no order
/// from a distance until a certified person has been at its near port (contract: authority, Envelope).
struct DemoVisit {
  let folder: DemoFolder
  let founded: DemoFounded

  /// Opens a session at each near port and closes it again.
  ///
  /// - Returns: the patients whose pumps could not be reached.
  func run() throws -> [String] {
    guard let visitor = founded.people.first(where: { $0.role == "physician" }),
      let passphrase = visitor.passphrase
    else { throw DemoError("the demonstration has no physician") }
    let secrets = try KeyFile(bytes: try folder.read(folder.key(visitor.name, "key")))
      .open(Array(passphrase.utf8))
    guard let key = secrets.session else { throw DemoError("a person has a session key") }
    var certificates = CertificatePair()
    let file = try CertificateFile(bytes: try folder.read(folder.key(visitor.name, "cert")))
    if let session = file.session { _ = certificates.append(session) }
    var missed: [String] = []
    for pump in founded.pumps {
      let contact = try PumpContact(json: try folder.read(folder.pump(pump.patient) + ".contact"))
      let target = LinkTarget(
        address: contact.near,
        way: .bedside,
        pump: contact.id,
        pumpKey: contact.sessionKey,
        secret: nil,
        key: key,
        role: .person,
        certificates: certificates
      )
      if !Self.visits(target) { missed.append(pump.patient) }
    }
    return missed
  }

  /// Tries for some seconds: the pump's program was only just started.
  private static func visits(_ target: LinkTarget) -> Bool {
    for _ in 0..<50 {
      if let client = try? LinkClient(target), (try? client.ask(.status)) != nil { return true }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return false
  }
}
