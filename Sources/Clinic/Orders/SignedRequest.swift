import OrderText
import PumpLink
import PumpLinkCrypto
import Therapy

/// A request's bytes as the record has them: without the signature, and with it.
enum SignedRequest {
  /// The hash by which a request is known.
  static func id(of request: Request) -> RequestID? {
    request.hash(SwiftCrypto()).flatMap { RequestID(Hex.text($0.octets)) }
  }

  static func hash(of id: RequestID) -> Bytes32? {
    Hex.bytes(id.text).flatMap { Bytes32(octets: $0) }
  }

  /// The request of a life with its signature, the same bytes each time (SR-102).
  ///
  /// - Returns: nothing where the certificate is missing: then it cannot be brought.
  static func make(_ life: RequestLife, _ book: CertificateBook) -> QueuedOrder? {
    guard var request = Request(bytes: SignedOrder.bytes(life.draft.bytes)),
      let signed = life.signature,
      let signature = Bytes64(octets: SignedOrder.bytes(signed.signature)),
      let certificate = book.certificate(of: signed.signer, for: signature, on: request)
    else { return nil }
    request.signature = KeySignature(
      key: Bytes16(of: certificate.key, SwiftCrypto()),
      signature: signature
    )
    var certificates = CertificatePair()
    guard certificates.append(certificate), let bytes = request.array else { return nil }
    return QueuedOrder(
      id: life.draft.request.text,
      bytes: bytes,
      certificates: certificates,
      wasSent: life.state != .signed
    )
  }
}
