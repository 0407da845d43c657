import ArgumentParser
import OrderText
import PumpLink
import PumpLinkCrypto
import Signer
import VirtualPump

/// `cisterna link submit`.
struct LinkSubmit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Bring a signed order to a pump, and tell what became of it.",
    discussion: """
      Ends with the pump's own signed word: applied, pending until when, or refused and why; or with \
      unknown, where no answer came. Run it again then: the very same bytes go out, kept in \
      CONTACT.outbox, and take effect once, however often they come.

        cisterna link submit change.order --near --pump pump1.contact --key ada.key \
      --certificate ada.cert

      A pump that knows no clinic yet takes its order of commissioning with the pairing code:

        cisterna link submit commission.order --code @pump1/pairing.txt --pump pump1.contact \
      --key ada.key --certificate ada.cert

      Exit status: 0 applied, 10 pending, 11 refused, 12 unknown, 2 bad arguments or files.
      """
  )

  @Argument(help: ArgumentHelp("The order, as it was signed.", valueName: "order"))
  var order: String

  @OptionGroup var pump: PumpOptions
  @OptionGroup var caller: CallerOptions

  @Option(help: ArgumentHelp("Write the pump's receipt.", valueName: "file"))
  var receipt: String?

  func run() throws {
    let bytes = try Files.read(order)
    let read = try naming(order) { try Order(reading: bytes) }
    let opening = try LinkOpening(pump, caller)
    guard read.pump == opening.contact.id else {
      throw Failure(.badInput, "\(order) is for another pump than \(pump.contact)")
    }
    guard let hash = read.hash(SwiftCrypto()), let encoded = read.encoded,
      let message = LinkMessage.order(try caller.certificates(.signing), encoded).encoded
    else { throw Failure(.badInput, "\(order) with its certificates is too long") }
    let outbox = Outbox(pump.contact, hash)
    var client: LinkClient?
    var mayHaveCome = outbox.isWaiting
    for bytes in try outbox.attempts(message.array) {
      try outbox.keep(bytes)
      let reply: LinkReply
      do throws(LinkFailure) {
        let open = if let client { client } else { try opening.open() }
        client = open
        reply = try open.ask(bytes)
      } catch {
        if case .unknown = error { mayHaveCome = true }
        if !mayHaveCome { outbox.forget() }
        let rest =
          mayHaveCome
          ? "run it again to find out" : "the order was not sent, run it again when that is mended"
        throw Failure(.unknown, "unknown: \(error); \(rest)")
      }
      mayHaveCome = true
      if try finish(reply, bytes == message.array, hash, opening.contact, outbox) { return }
    }
  }

  /// Tells what became of it.
  ///
  /// - Returns: false where other bytes of the same order are still to be tried.
  private func finish(
    _ reply: LinkReply,
    _ isLast: Bool,
    _ hash: Bytes32,
    _ contact: PumpContact,
    _ outbox: Outbox
  ) throws -> Bool {
    guard case .receipt(let answer) = reply else {
      if !isLast { return false }
      outbox.forget()
      throw Failure(reply)
    }
    try ReceiptText.check(answer, contact)
    guard answer.hash == hash else {
      throw Failure(.unknown, "unknown: the receipt is of another order; run it again")
    }
    if !isLast, answer.outcome == .refused { return false }
    if let bytes = answer.encoded?.array {
      try outbox.close(bytes)
      if let receipt { try Files.write(bytes, to: receipt) }
    }
    try ReceiptText.end(answer)
    return true
  }
}

/// What was sent and not yet answered, so that a second run sends the very same bytes.
struct Outbox {
  private let folder: String
  private let name: String

  init(_ contact: String, _ hash: Bytes32) {
    folder = contact + ".outbox"
    name = folder + "/" + Hexadecimal.text(hash.array).prefix(32)
  }

  /// Whether something was sent before, without an answer.
  var isWaiting: Bool { Files.exists(name + ".sent") }

  /// What to send: what was sent before without an answer, then what is given now if it differs.
  func attempts(_ message: [UInt8]) throws -> [[UInt8]] {
    guard Files.exists(name + ".sent") else { return [message] }
    let before = try Files.read(name + ".sent")
    return before == message ? [message] : [before, message]
  }

  func keep(_ message: [UInt8]) throws {
    Files.makeFolder(folder)
    try Files.write(message, to: name + ".sent")
  }

  /// The pump has answered.
  func close(_ receipt: [UInt8]) throws {
    try Files.write(receipt, to: name + ".receipt")
    forget()
  }

  func forget() { Files.remove(name + ".sent") }
}

/// What a receipt says, and how a command ends with it.
enum ReceiptText {
  /// Throws unless the pump itself has signed the receipt.
  static func check(_ receipt: Receipt, _ contact: PumpContact) throws {
    guard contact.vouches(for: receipt, SwiftCrypto()) else {
      throw Failure(.unknown, "unknown: the receipt is not signed by this pump")
    }
  }

  /// Prints the outcome and throws the status that belongs to it.
  static func end(_ receipt: Receipt) throws {
    let line = "\(receipt.words)\n"
    switch receipt.outcome {
    case .applied: try Streams.standardOutput(Array(line.utf8))
    case .pending:
      Streams.writeOrExit(line)
      Streams.exit(.pending)
    case .refused, .superseded, .cancelled: throw Failure(.refusedByPump, receipt.words)
    }
  }
}
