import Foundation
public import Ledger
import OrderText
import PumpCore
public import PumpLink
import PumpLinkCrypto
import Synchronization
import Therapy

/// The certificates of those who sign orders, and the root that gave them; nothing in it is secret.
///
/// They are kept in the stream `clinic/keys`. What a certificate allows is looked at when an order is
/// brought: a root that is not the clinic's certifies nobody here, whatever the stream holds.
public final class CertificateBook: Sendable {
  static let stream = "clinic/keys"
  static let what = "certificates.added"

  /// Ed25519: the clinic's root, as the pumps know it.
  public let root: Bytes32
  private let ledger: any LedgerStore
  private let known: Mutex<[Certificate]>

  /// Reads the certificates there are.
  ///
  /// - Parameters:
  ///   - ledger: of the clinic.
  ///   - root: the clinic's, from a file that an administrator brought; never from the ledger.
  ///   - given: that come with the configuration.
  /// - Throws: where the ledger cannot be read.
  public init(
    _ ledger: any LedgerStore,
    root: Bytes32,
    given: [Certificate] = []
  ) async throws(WebError) {
    self.ledger = ledger
    self.root = root
    known = Mutex(given)
    var version: Int64 = 0
    while true {
      do throws(LedgerError) {
        let events = try await ledger.read(stream: Self.stream, after: version, limit: 1_000)
        for event in events where event.draft.what == Self.what { keep(event.draft) }
        guard events.count == 1_000, let last = events.last else { return }
        version = last.version
      } catch { throw WebError(error) }
    }
  }

  /// All certificates of signing keys.
  public var all: [Certificate] { known.withLock { $0 } }

  /// Adds the certificates of a person, once the root's signature on each was found good.
  ///
  /// - Parameters:
  ///   - file: one or two certificates, one after the other.
  ///   - key: of the act.
  ///   - who: brings them.
  ///   - now: security time, against which they must hold.
  ///   - commit: appends with the audit's entry.
  /// - Throws: where one is not the root's, or holds no more; nothing is added then.
  public func add(
    _ file: [UInt8],
    key: String,
    by who: String,
    at now: Int64,
    commit: ([StreamDrafts]) async throws(WebError) -> Appended
  ) async throws(WebError) {
    let certificates: [Certificate]
    do throws(SigningError) {
      certificates = try CertificateFile(bytes: file).certificates
      for certificate in certificates {
        try certificate.check(root: root, at: LocalTime(milliseconds: now))
      }
    } catch { throw WebError(error, field: "$.certificates") }
    let payload = "\"\(Data(file).base64EncodedString())\""
    let draft = EventDraft(
      id: key,
      time: now,
      who: who,
      what: Self.what,
      payload: Array(payload.utf8)
    )
    _ = try await commit([StreamDrafts([draft], to: Self.stream, expecting: .any)])
    known.withLock { $0 += certificates }
  }

  private func keep(_ draft: EventDraft) {
    let text = String(decoding: draft.payload, as: UTF8.self)
    guard let file = Data(base64Encoded: text.filter { $0 != "\"" }),
      let read = try? CertificateFile(bytes: Array(file))
    else { return }
    known.withLock { $0 += read.certificates }
  }

  /// The certificate of a signing key that the root has given; the newest where there are several.
  func certificate(of key: Bytes16) -> Certificate? {
    let crypto = SwiftCrypto()
    return all.last { certificate in
      certificate.use == .signing && Bytes16(of: certificate.key, crypto) == key
        && certificate.isValid(certificate.signature, by: root, crypto)
    }
  }

  /// Of a person's signing keys, whichever made a signature over an order or a request.
  func certificate(
    of signer: PersonID,
    for signature: Bytes64,
    on object: some WireObject
  ) -> Certificate? {
    let crypto = SwiftCrypto()
    return all.last { certificate in
      guard certificate.use == .signing, Self.person(certificate.name) == signer else {
        return false
      }
      let made = KeySignature(key: Bytes16(of: certificate.key, crypto), signature: signature)
      return object.isValid(made, by: certificate.key, crypto)
    }
  }

  /// How a person of a certificate is named in records: by the id that the certificate has of them.
  static func person(_ name: Bytes16) -> PersonID {
    guard let person = PersonID("person-\(Hex.text(name.octets))") else {
      preconditionFailure("39 characters of the alphabet")
    }
    return person
  }
}

extension WebError {
  /// Why something that was signed is not taken.
  init(_ error: SigningError, field: String) {
    let code =
      switch error.kind {
      case .malformed: "malformed"
      case .otherPump: "otherPump"
      case .notGenuine: "notGenuine"
      case .expired: "expired"
      case .role: "role"
      case .alreadySigned: "alreadySigned"
      case .passphrase, .weakPassphrase, .confirmation: "notSigned"
      }
    self.init(
      422,
      code,
      "It is not taken: \(error.description).",
      field: field,
      todo: "Nothing was changed. Sign the order again in your own signer, and look at every field."
    )
  }
}
