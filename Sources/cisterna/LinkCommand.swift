import ArgumentParser
import OrderText
import PumpLink
import PumpLinkCrypto
import Signer
import VirtualPump

/// `cisterna link`.
struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Talk to a pump: pair, read it, bring it orders and requests.",
    discussion: """
      Pair once at the bedside, then read the pump:

        cisterna link pair --code @pump1/pairing.txt --key ada.key --output pump1.contact
        cisterna link status --pump pump1.contact --key ada.key --certificate ada.cert
        cisterna link watch --pump pump1.contact --key ada.key --certificate ada.cert

      Bring it a signed order, in person (--near) or from a distance:

        cisterna link submit change.order --near --pump pump1.contact --key ada.key \
      --certificate ada.cert

      Whoever asks proves a session key; what changes therapy is the signature in the order alone. \
      Exit status: 0 done or applied; 2 bad arguments or files; 10 pending; 11 refused by the pump; \
      12 unknown: no answer, and what became of it is not known, so run it again.
      """,
    subcommands: [
      LinkPair.self, LinkStatus.self, LinkWatch.self, LinkJournal.self, LinkReceipts.self,
      LinkSubmit.self, LinkCancel.self, LinkDose.self,
    ]
  )
}

/// Who calls.
struct CallerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The caller's key file, as `cisterna key new` makes it.", valueName: "file")
  )
  var key: String

  @OptionGroup var passphrase: PassphraseOptions

  @Option(
    help: ArgumentHelp("A file of certificates; repeat it for a second person.", valueName: "file")
  )
  var certificate: [String] = []

  @Option(help: "As whom: person, patient or server.")
  var role = CallerRole.person

  enum CallerRole: String, ExpressibleByArgument, CaseIterable {
    case person, patient, server

    var link: LinkRole {
      switch self {
      case .person: .person
      case .patient: .patient
      case .server: .clinicServer
      }
    }
  }

  func secrets() throws -> SecretKeys { try KeyOpening.open(key, passphrase) }

  /// All certificates of the files, of the use.
  func certificates(_ use: KeyUse) throws -> CertificatePair {
    var pair = CertificatePair()
    for path in certificate {
      let file = try naming(path) { try CertificateFile(bytes: try Files.read(path)) }
      for found in file.certificates where found.use == use { _ = pair.append(found) }
    }
    return pair
  }

  /// The certificate of the caller's own session key.
  func sessionCertificates(_ key: Bytes32) throws -> CertificatePair {
    let all = try certificates(.session)
    var own = CertificatePair()
    for place in 0..<all.count where all[place].key == SwiftCrypto().x25519PublicKey(of: key) {
      _ = own.append(all[place])
    }
    return own
  }
}

/// Which pump, and by which port.
struct PumpOptions: ParsableArguments {
  @Option(
    name: .customLong("pump"),
    help: ArgumentHelp("The contact file of `link pair`.", valueName: "file")
  )
  var contact: String

  @Flag(help: "Call at the near port: in person, at the bedside.")
  var near = false

  @Option(
    help: ArgumentHelp(
      "The pairing code, or @FILE: for a pump that knows no clinic yet.",
      valueName: "code"
    )
  )
  var code: String?

  @Option(help: ArgumentHelp("Call at another address.", valueName: "address"))
  var address: String?

  func read() throws -> PumpContact {
    do {
      return try PumpContact(json: try Files.read(contact))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.badInput, "\(contact): \(error)")
    }
  }

  /// What a code says; @FILE reads it from there.
  static func pairingCode(_ text: String) throws -> PairingCode {
    var line = text
    if text.hasPrefix("@") {
      let bytes = try Files.read(String(text.dropFirst()))
      line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
    guard let code = PairingCode(line, SwiftCrypto()) else {
      throw Failure(.badInput, "no pairing code: given \(line.count) characters, expected CP1-…")
    }
    return code
  }
}

/// Opens sessions for the commands.
struct LinkOpening {
  let contact: PumpContact
  let target: LinkTarget
  let secrets: SecretKeys

  init(_ pump: PumpOptions, _ caller: CallerOptions) throws {
    contact = try pump.read()
    secrets = try caller.secrets()
    guard let session = secrets.session else {
      throw Failure(.badInput, "\(caller.key) is a root's key, which opens no session")
    }
    var secret: Bytes32?
    if let text = pump.code {
      let code = try PumpOptions.pairingCode(text)
      guard code.id == contact.id else {
        throw Failure(.badInput, "the pairing code is of another pump than \(pump.contact)")
      }
      secret = code.secret
    }
    let isNear = pump.near || secret != nil
    target = LinkTarget(
      address: pump.address ?? (isNear ? contact.near : contact.remote),
      way: isNear ? .bedside : .remote,
      pump: contact.id,
      pumpKey: contact.sessionKey,
      secret: secret,
      key: session,
      role: caller.role.link,
      certificates: caller.role == .patient
        ? CertificatePair() : try caller.sessionCertificates(session)
    )
  }

  func open() throws(LinkFailure) -> LinkClient { try LinkClient(target) }

  /// Asks one thing; a failure ends the command.
  func ask(_ message: LinkMessage) throws -> LinkReply {
    do throws(LinkFailure) {
      return try open().ask(message)
    } catch {
      throw Failure(error, target.address)
    }
  }
}

extension Failure {
  /// Why a pump was not asked, or did not answer.
  init(_ failure: LinkFailure, _ address: String) {
    switch failure {
    case .notTaken: self.init(.refusedByPump, "\(address): \(failure)")
    case .unreachable, .unknown: self.init(.unknown, "\(address): \(failure)")
    }
  }

  /// What a pump answers where another answer was wanted.
  init(_ reply: LinkReply) {
    if case .refused(let refusal) = reply {
      self.init(.refusedByPump, "refused: \(refusal.words)")
    } else {
      self.init(.unknown, "the pump answers something else than was asked")
    }
  }
}
