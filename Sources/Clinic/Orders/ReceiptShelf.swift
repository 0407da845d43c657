import OrderText
import PumpLink
import Synchronization

/// The newest receipt of each pump that is known to be its own word.
final class ReceiptShelf: Sendable {
  private let newest = Mutex<[[UInt8]: VerifiedReceipt]>([:])

  func keep(_ receipt: VerifiedReceipt) {
    newest.withLock { newest in
      let key = receipt.receipt.pump.octets
      if let old = newest[key], receipt.receipt.time < old.receipt.time { return }
      newest[key] = receipt
    }
  }

  subscript(pump: Bytes16) -> VerifiedReceipt? { newest.withLock { $0[pump.octets] } }
}
