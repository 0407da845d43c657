public import PumpLink
import PumpLinkCrypto

/// A pump's receipt whose signature was found good with the pump's own key.
///
/// There is no other way to make one, so nothing can be shown as in force that the pump has not said.
public struct VerifiedReceipt: Sendable {
  public let receipt: Receipt

  /// - Parameters:
  ///   - bytes: of a receipt.
  ///   - pump: whose it must be; its key was taken down in person.
  /// - Throws: ``SigningError/Kind/malformed``, ``SigningError/Kind/otherPump`` or
  ///   ``SigningError/Kind/notGenuine``.
  public init(bytes: [UInt8], of pump: KnownPump) throws(SigningError) {
    guard let receipt = Receipt(bytes: bytes) else {
      throw SigningError(
        .malformed,
        "given \(bytes.count) bytes that are no receipt, expected a receipt as the pump signs it"
      )
    }
    guard receipt.pump == pump.id else {
      throw SigningError(
        .otherPump,
        "given a receipt of pump \(Hex.text(receipt.pump)), expected one of pump \(Hex.text(pump.id))"
      )
    }
    let crypto = SwiftCrypto()
    guard receipt.signature.key == Bytes16(of: pump.key, crypto),
      receipt.isValid(receipt.signature, by: pump.key, crypto)
    else {
      throw SigningError(
        .notGenuine,
        "given a receipt that pump \(Hex.text(pump.id)) has not signed: nothing in it can be trusted"
      )
    }
    self.receipt = receipt
  }

  /// Throws unless an order is for the pump that gave the receipt.
  func check(_ order: Order) throws(SigningError) {
    guard order.pump == receipt.pump else {
      throw SigningError(
        .otherPump,
        "given a receipt of pump \(Hex.text(receipt.pump)), but the order is for pump \(Hex.text(order.pump))"
      )
    }
  }
}

extension Order {
  /// Reads an order, with its signatures if it has any.
  ///
  /// - Throws: ``SigningError/Kind/malformed`` where the bytes are not the one encoding of an order.
  public init(reading bytes: [UInt8]) throws(SigningError) {
    guard let order = Order(bytes: bytes) else {
      throw SigningError(
        .malformed,
        "given \(bytes.count) bytes that are not the one encoding of an order: nothing is shown or signed"
      )
    }
    self = order
  }
}
