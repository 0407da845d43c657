import Foundation
import OrderText
import PumpLink
import PumpLinkCrypto
import Therapy

/// An order's bytes as the record has them: without signatures, and with those that were added since.
enum SignedOrder {
  /// The hash by which an order is known.
  static func id(of order: Order) -> OrderID? {
    order.hash(SwiftCrypto()).flatMap { OrderID(Hex.text($0.octets)) }
  }

  static func id(of hash: Bytes32) -> OrderID? {
    hash == Bytes32() ? nil : OrderID(Hex.text(hash.octets))
  }

  static func hash(of id: OrderID) -> Bytes32? {
    Hex.bytes(id.text).flatMap { Bytes32(octets: $0) }
  }

  static func base64(_ bytes: [UInt8]) -> Base64Text? {
    Base64Text(Data(bytes).base64EncodedString())
  }

  static func bytes(_ text: Base64Text) -> [UInt8] {
    Data(base64Encoded: text.text).map { Array($0) } ?? []
  }

  /// The order of a life with the signatures that it has, the same bytes each time (SR-102).
  ///
  /// - Returns: nothing where a certificate is missing: then it cannot be brought.
  static func make(_ life: OrderLife, _ book: CertificateBook) -> QueuedOrder? {
    guard var order = Order(bytes: bytes(life.draft.bytes)), order.signatureCount == 0 else {
      return nil
    }
    var certificates = CertificatePair()
    for signed in life.signatures {
      guard let signature = Bytes64(octets: bytes(signed.signature)),
        let certificate = book.certificate(of: signed.signer, for: signature, on: order),
        certificates.append(certificate)
      else { return nil }
      let key = Bytes16(of: certificate.key, SwiftCrypto())
      guard order.append(KeySignature(key: key, signature: signature)) else { return nil }
    }
    guard let bytes = order.array else { return nil }
    return QueuedOrder(id: life.draft.order.text, bytes: bytes, certificates: certificates)
  }
}

extension Bytes64 {
  var octets: [UInt8] { (0..<64).map { self[$0] } }

  init?(octets: [UInt8]) {
    guard octets.count == 64 else { return nil }
    self.init(octets.span)
  }
}

extension PersonRole {
  /// What a certified person is in the clinic; nothing for who signs no orders.
  init?(certified role: Role) {
    switch role {
    case .prescriber: self = .physician
    case .nurse: self = .nurse
    case .pharmacist: self = .pharmacist
    case .none, .patient, .clinicServer, .emergencyCard: return nil
    }
  }
}
