public import PumpCore
public import PumpLink
import PumpLinkCrypto

/// What a pump answered to an order.
public enum OrderAnswer: Sendable {
  /// Its own signed word on this very order.
  case receipt(Receipt)
  /// Refused before it was looked at closer, without a signature: the session vouches for it.
  case refused(Refusal)
}

extension PumpLine {
  /// What the pump says of itself now.
  public func status() async throws(LineFailure) -> PumpStatus {
    switch try await ask(.status) {
    case .status(let status): return status
    case .refused(let refusal): throw .notTaken("the pump refuses: reason \(refusal.reason)")
    default: throw .unknown("the pump answers something else")
    }
  }

  /// Entries of the journal from a sequence on, oldest first; a page that is full is not the last.
  public func journal(from sequence: UInt32) async throws(LineFailure) -> [JournalRecord] {
    switch try await ask(.journal(from: sequence)) {
    case .journal(let page): return (0..<page.count).map { page[$0] }
    case .refused(let refusal): throw .notTaken("the pump refuses: reason \(refusal.reason)")
    default: throw .unknown("the pump answers something else")
    }
  }

  /// The kept receipt of an order; nothing where the pump has none.
  public func receipt(of order: Bytes32) async throws(LineFailure) -> Receipt? {
    switch try await ask(.receipt(order)) {
    case .receipt(let receipt):
      guard receipt.hash == order else { throw .unknown("a receipt of another order") }
      return receipt
    case .refused: return nil
    default: throw .unknown("the pump answers something else")
    }
  }

  /// The newest kept receipt of an order; nothing where the pump has none.
  public func newestReceipt() async throws(LineFailure) -> Receipt? {
    switch try await ask(.receiptAt(age: 0)) {
    case .receipt(let receipt): return receipt
    case .refused: return nil
    default: throw .unknown("the pump answers something else")
    }
  }

  /// Brings a signed order.
  ///
  /// An unknown outcome is found out by bringing the very same bytes again: a pump that has had them
  /// answers with the receipt it made then (SR-102, H-69).
  ///
  /// - Parameters:
  ///   - order: as it was signed, byte for byte.
  ///   - certificates: of those who signed.
  /// - Returns: the receipt of this very order, or a refusal.
  /// - Throws: how far it came.
  public func submit(
    _ order: [UInt8],
    _ certificates: CertificatePair
  ) async throws(LineFailure) -> OrderAnswer {
    let crypto = SwiftCrypto()
    guard let object = Order(decoding: order.span), let hash = object.hash(crypto),
      let bytes = WireBytes(order.span)
    else { throw .notTaken("the bytes are no order") }
    switch try await ask(.order(certificates, bytes)) {
    case .receipt(let receipt):
      guard receipt.hash == hash else { throw .unknown("a receipt of another order") }
      return .receipt(receipt)
    case .refused(let refusal): return .refused(refusal)
    default: throw .unknown("the pump answers something else")
    }
  }

  /// Brings a signed request; the same bytes again get the receipt that the pump made then (SR-102).
  ///
  /// - Parameters:
  ///   - request: as it was signed, byte for byte.
  ///   - certificates: of whoever signed.
  /// - Returns: the receipt of this very request, or a refusal.
  /// - Throws: how far it came.
  public func submit(
    request: [UInt8],
    _ certificates: CertificatePair
  ) async throws(LineFailure) -> OrderAnswer {
    guard let object = Request(decoding: request.span), let hash = object.hash(SwiftCrypto()),
      let bytes = WireBytes(request.span)
    else { throw .notTaken("the bytes are no request") }
    switch try await ask(.request(certificates, bytes)) {
    case .receipt(let receipt):
      guard receipt.hash == hash else { throw .unknown("a receipt of another request") }
      return .receipt(receipt)
    case .refused(let refusal): return .refused(refusal)
    default: throw .unknown("the pump answers something else")
    }
  }

  private func ask(_ message: LinkMessage) async throws(LineFailure) -> LinkReply {
    guard let bytes = message.encoded else { throw .notTaken("the message is too long") }
    return try await ask(bytes.octets)
  }
}
