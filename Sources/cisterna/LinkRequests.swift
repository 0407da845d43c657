import ArgumentParser
import PumpLink
import PumpLinkCrypto
import Quantities
import Signer
import VirtualPump

/// `cisterna link cancel`.
struct LinkCancel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel the bolus that runs, or the increase that is pending.",
    discussion: """
      The patient, a nurse or a prescriber may; the request is signed with the caller's key.

        cisterna link cancel --pending --pump pump1.contact --key ada.key --certificate ada.cert

      Exit status: 0 applied, 11 refused, 12 unknown.
      """
  )

  @OptionGroup var pump: PumpOptions
  @OptionGroup var caller: CallerOptions

  @Flag(help: "Cancel the pending increase instead of the running bolus.")
  var pending = false

  func run() throws {
    let opening = try LinkOpening(pump, caller)
    try RequestSending(opening, caller).send { status in
      guard pending else { return .cancelBolus }
      guard let order = status.pending else {
        throw Failure(.refusedByPump, "nothing is pending")
      }
      return .cancelPending(order.hash)
    }
  }
}

/// `cisterna link dose`.
struct LinkDose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dose",
    abstract: "Ask for a patient dose, with the patient's own key.",
    discussion: """
      From a distance only the patient's own controller may, whose key the pump knows.

        cisterna link dose --role patient --pump pump1.contact --key patient.key

      Exit status: 0 applied, 11 refused, 12 unknown.
      """
  )

  @OptionGroup var pump: PumpOptions
  @OptionGroup var caller: CallerOptions

  func run() throws {
    let opening = try LinkOpening(pump, caller)
    try RequestSending(opening, caller).send { _ in .patientDose }
  }
}

/// Signs a request and sends it, twice if need be: the same bytes take effect once.
struct RequestSending {
  let opening: LinkOpening
  let certificates: CertificatePair

  init(_ opening: LinkOpening, _ caller: CallerOptions) throws {
    self.opening = opening
    certificates = try caller.certificates(.signing)
  }

  func send(_ content: (PumpStatus) throws -> RequestContent) throws {
    // The pump's own time is what a request's validity is told in.
    let status: PumpStatus
    switch try opening.ask(.status) {
    case .status(let told), .summary(let told): status = told
    case let other: throw Failure(other)
    }
    var request = Request()
    request.pump = opening.contact.id
    guard let nonce = Bytes16(bytes: Chance.bytes(16)) else { return }
    request.nonce = nonce
    let now = status[.demand].time
    request.notBefore = now
    request.notAfter = now + 2 * .minute
    request.content = try content(status)
    let crypto = SwiftCrypto()
    guard let signature = request.signature(by: opening.secrets.signing, crypto) else { return }
    request.signature = signature
    guard let bytes = request.encoded, let hash = request.hash(crypto) else { return }
    var trouble = ""
    for _ in 0..<2 {
      let reply: LinkReply
      do throws(LinkFailure) {
        reply = try opening.open().ask(.request(certificates, bytes))
      } catch {
        trouble = "\(error)"
        continue
      }
      return try finish(reply, hash)
    }
    throw Failure(.unknown, "unknown: \(trouble)")
  }

  private func finish(_ reply: LinkReply, _ hash: Bytes32) throws {
    guard case .receipt(let receipt) = reply else { throw Failure(reply) }
    try ReceiptText.check(receipt, opening.contact)
    guard receipt.hash == hash else { throw Failure(.unknown, "unknown: another receipt came") }
    try ReceiptText.end(receipt)
  }
}
