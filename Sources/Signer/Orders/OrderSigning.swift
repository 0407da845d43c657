public import OrderText
public import PumpCore
public import PumpLink
import PumpLinkCrypto
import Quantities

/// A person who signs here: who they are to a pump, and since when.
public struct SigningPerson: Sendable {
  public let keys: PublicKeys
  public let certificate: Certificate

  /// - Parameters:
  ///   - keys: of the key file.
  ///   - certificate: of the signing key.
  ///   - root: the root's public key, where it is known.
  ///   - now: by the clock on the wall.
  /// - Throws: ``SigningError/Kind/notGenuine`` where the certificate is of another key or not the
  ///   root's, ``SigningError/Kind/expired``, or `role` where it certifies nobody who signs.
  public init(
    _ keys: PublicKeys,
    _ certificate: Certificate,
    root: Bytes32?,
    at now: LocalTime
  ) throws(SigningError) {
    guard certificate.use == .signing, certificate.key == keys.signing else {
      throw SigningError(
        .notGenuine,
        "given a certificate of key \(Hex.text(Bytes16(of: certificate.key, SwiftCrypto()))), expected "
          + "one of the signing key \(Hex.text(keys.id))"
      )
    }
    try certificate.check(root: root, at: now)
    guard certificate.role.isPerson else {
      throw SigningError(
        .role,
        "given the role \(certificate.role), expected prescriber, nurse or pharmacist"
      )
    }
    self.keys = keys
    self.certificate = certificate
  }

  public var role: Role { certificate.role }
}

/// Signs the bytes of an order, or adds the second signature to the same bytes.
public struct OrderSigning: Sendable {
  public let statement: OrderStatement
  public let person: SigningPerson
  /// What the authority table says of this person's signature, in words.
  public let standing: String
  private let order: Order

  /// Looks at whether a person may sign an order.
  ///
  /// - Parameters:
  ///   - statement: what its bytes say.
  ///   - person: who signs.
  ///   - others: certificates of those who have signed already, as far as they are at hand.
  /// - Throws: ``SigningError/Kind/alreadySigned``, ``SigningError/Kind/role``, or `notGenuine` where a
  ///   signature that is on it is not good.
  public init(
    _ statement: OrderStatement,
    by person: SigningPerson,
    others: [Certificate] = []
  ) throws(SigningError) {
    self.statement = statement
    self.person = person
    order = statement.order
    let signed = try Self.signed(order, by: person, others)
    standing = try Self.standing(statement, person.role, after: signed)
  }

  /// Who has signed already, as far as certificates tell.
  private static func signed(
    _ order: Order,
    by person: SigningPerson,
    _ others: [Certificate]
  ) throws(SigningError) -> [Role?] {
    guard order.signatureCount < 2 else {
      throw SigningError(.alreadySigned, "given an order with two signatures, expected at most one")
    }
    let crypto = SwiftCrypto()
    var roles: [Role?] = []
    for place in 0..<order.signatureCount {
      let signature = order.signature(place)
      guard signature.key != person.keys.id else {
        throw SigningError(.alreadySigned, "\(person.keys.name) has signed this order already")
      }
      let certificate = others.first { Bytes16(of: $0.key, crypto) == signature.key }
      guard let certificate else {
        roles.append(nil)
        continue
      }
      guard certificate.name != person.certificate.name else {
        throw SigningError(
          .alreadySigned,
          "the signature on it is of the same person's other key: two people must sign"
        )
      }
      guard order.isValid(signature, by: certificate.key, crypto) else {
        throw SigningError(
          .notGenuine,
          "the signature by key \(Hex.text(signature.key)) is not over these bytes"
        )
      }
      roles.append(certificate.role)
    }
    return roles
  }

  /// What the table says, or the refusal of a role that can be of no use.
  private static func standing(
    _ statement: OrderStatement,
    _ role: Role,
    after signed: [Role?]
  ) throws(SigningError) -> String {
    let act = statement.act
    switch authority(act, role, .bedside, peer: role) {
    case .allowed(.nobody):
      let twice = authority(act, role, .remote, peer: role)
      if case .allowed(.prescriber) = twice {
        if signed.first == .prescriber { return "With it two prescribers have signed." }
        return
          "At the bedside this signature is enough; from a distance a second prescriber must sign."
      }
      return "This signature is enough."
    case .allowed where !signed.isEmpty: return "With it two people have signed."
    case .allowed: return "A second person must sign: a prescriber, a nurse or a pharmacist."
    case .role, .way:
      guard act == .refillChanged, role.isPerson else {
        throw SigningError(
          .role,
          "given the role \(role) for \(statement.order.content.kind.words), which is a prescriber's"
            + (authority(act, .nurse, .bedside, peer: .nurse) == .role ? "" : " or a nurse's")
        )
      }
      if signed.isEmpty { return "As the second person: a prescriber must sign too." }
      if let first = signed[0], first != .prescriber {
        throw SigningError(
          .role,
          "given a \(role) after a \(first): one of the two who sign must be a prescriber"
        )
      }
      return "As the second person, after the first signature."
    }
  }

  /// Signs.
  ///
  /// - Parameters:
  ///   - secrets: of the person.
  ///   - typed: what the person typed where the statement asks for a figure.
  /// - Returns: the same bytes with one more signature.
  /// - Throws: ``SigningError/Kind/confirmation`` where the figure is another one, ``notGenuine``
  ///   where the secrets are another person's.
  public func sign(with secrets: SecretKeys, typed: String?) throws(SigningError) -> [UInt8] {
    guard statement.isConfirmed(by: typed) else {
      throw SigningError(.confirmation, statement.mismatch(typed))
    }
    let crypto = SwiftCrypto()
    guard crypto.ed25519PublicKey(of: secrets.signing) == person.keys.signing,
      let signature = order.signature(by: secrets.signing, crypto)
    else { throw SigningError(.notGenuine, "given the secrets of another person") }
    var signed = order
    guard signed.append(signature), let bytes = signed.array else {
      throw SigningError(.alreadySigned, "given an order with two signatures, expected at most one")
    }
    return bytes
  }
}
