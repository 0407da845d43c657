import ArgumentParser
import OrderText
import PumpLink
import PumpLinkCrypto
import Signer
import VirtualPump

/// `cisterna link pair`.
struct LinkPair: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pair",
    abstract: "Pair with a pump at the bedside, and keep its keys in a contact file.",
    discussion: """
      Needs the pairing code, which comes with the pump. The contact file holds no secret: the pump's \
      id, the key of its sessions, and the key that signs its receipts. FILE.pump beside it is what \
      the signer wants of a pump.

        cisterna link pair --code @pump1/pairing.txt --key ada.key --output pump1.contact
      """
  )

  @Option(help: ArgumentHelp("The pairing code, or @FILE.", valueName: "code"))
  var code: String

  @Option(help: ArgumentHelp("The contact file to write.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("The near port.", valueName: "address"))
  var near = "127.0.0.1:7301"

  @Option(help: ArgumentHelp("The remote port.", valueName: "address"))
  var remote = "127.0.0.1:7300"

  @OptionGroup var caller: CallerOptions

  func run() throws {
    let code = try PumpOptions.pairingCode(code)
    guard let key = try caller.secrets().session else {
      throw Failure(.badInput, "\(caller.key) is a root's key, which opens no session")
    }
    let target = LinkTarget(
      address: near,
      way: .bedside,
      pump: code.id,
      pumpKey: nil,
      secret: code.secret,
      key: key,
      role: caller.role.link,
      certificates: CertificatePair()
    )
    let reply: LinkReply
    let sessionKey: Bytes32?
    do throws(LinkFailure) {
      let client = try LinkClient(target)
      reply = try client.ask(.identify)
      sessionKey = client.pumpKey
    } catch {
      throw Failure(error, near)
    }
    guard case .identity(let identity) = reply, let sessionKey, identity.id == code.id else {
      throw Failure(reply)
    }
    let contact = PumpContact(
      id: identity.id,
      sessionKey: sessionKey,
      signingKey: identity.key,
      remote: remote,
      near: near
    )
    try Files.write(contact.json, to: output)
    let forSigner = KnownPump(id: identity.id, key: identity.key)
    if output != "-" { try Files.write(forSigner.bytes, to: output + ".pump") }
    let id = Hexadecimal.text(identity.id.array)
    try Streams.standardOutput(
      Array(
        """
        paired with pump \(id)
        \(identity.isCommissioned ? "commissioned" : "not commissioned: it delivers nothing yet")
        key of its receipts \(Hexadecimal.text(identity.key.array))
        contact in \(output), for the signer in \(output).pump

        """.utf8
      )
    )
  }
}
