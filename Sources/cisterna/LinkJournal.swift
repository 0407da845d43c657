import ArgumentParser
import OrderText
import PumpCore
import PumpLink
import Quantities
import VirtualPump

/// `cisterna link journal`.
struct LinkJournal: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "Read a pump's journal, oldest first.",
    discussion: """
      One line an entry: its number, pump time, what happened, a detail and a value in the stored \
      unit (nL, fg, ms).

        cisterna link journal --from 120 --pump pump1.contact --key ada.key --certificate ada.cert
      """
  )

  @OptionGroup var pump: PumpOptions
  @OptionGroup var caller: CallerOptions

  @Option(help: "From which entry on.")
  var from: UInt32 = 0

  func run() throws {
    let opening = try LinkOpening(pump, caller)
    do throws(LinkFailure) {
      let client = try opening.open()
      var next = from
      while true {
        let reply = try client.ask(.journal(from: next))
        guard case .journal(let page) = reply else { throw .notTaken("the pump refuses to tell") }
        for place in 0..<page.count { write(page[place]) }
        guard page.count == JournalPage.capacity, page[page.count - 1].sequence < .max else {
          return
        }
        next = page[page.count - 1].sequence + 1
      }
    } catch {
      throw Failure(error, opening.target.address)
    }
  }

  private func write(_ record: JournalRecord) {
    let time = PumpHost.text(record.time.milliseconds)
    let repeats = record.repeats > 0 ? "  again \(record.repeats) times" : ""
    Streams.writeOrExit(
      "\(record.sequence)  \(time)  \(record.kind)  \(record.detail)  \(record.value)\(repeats)\n"
    )
  }
}

/// `cisterna link receipts`.
struct LinkReceipts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipts",
    abstract: "Read the receipts that a pump keeps: its own signed word on the last orders.",
    discussion: """
      Newest first; each signature is checked. --output keeps the newest one, which the signer shows \
      beside the next order.

        cisterna link receipts --output last.receipt --pump pump1.contact --key ada.key \
      --certificate ada.cert
      """
  )

  @OptionGroup var pump: PumpOptions
  @OptionGroup var caller: CallerOptions

  @Option(help: ArgumentHelp("Write the newest receipt.", valueName: "file"))
  var output: String?

  func run() throws {
    let opening = try LinkOpening(pump, caller)
    var found: [Receipt] = []
    do throws(LinkFailure) {
      let client = try opening.open()
      for age in UInt8(0)..<8 {
        guard case .receipt(let receipt) = try client.ask(.receiptAt(age: age)) else { break }
        found.append(receipt)
      }
    } catch {
      throw Failure(error, opening.target.address)
    }
    for receipt in found { try ReceiptText.check(receipt, opening.contact) }
    for receipt in found {
      let time = PumpHost.text(receipt.time.milliseconds)
      let hash = Hexadecimal.text(receipt.hash.array).prefix(16)
      Streams.writeOrExit("\(time)  sequence \(receipt.sequence)  \(hash)  \(receipt.words)\n")
    }
    if let output {
      guard let newest = found.first, let bytes = newest.encoded else {
        throw Failure(.badInput, "the pump keeps no receipt yet")
      }
      try Files.write(bytes.array, to: output)
    }
  }
}
