public import OrderText
import PumpLink
import PumpLinkCrypto

/// Signs the bytes of a request.
public struct RequestSigning: Sendable {
  public let statement: RequestStatement
  public let person: SigningPerson
  /// What the authority table says of this person's signature, in words.
  public let standing: String

  /// Looks at whether a person may sign a request.
  ///
  /// - Parameters:
  ///   - statement: what its bytes say.
  ///   - person: who signs.
  /// - Throws: ``SigningError/Kind/role`` where the table lets this role do it by no way.
  public init(_ statement: RequestStatement, by person: SigningPerson) throws(SigningError) {
    self.statement = statement
    self.person = person
    let near = authority(statement.act, person.role, .bedside, peer: person.role)
    let far = authority(statement.act, person.role, .remote, peer: person.role)
    switch (near, far) {
    case (.allowed, .allowed): standing = "This signature is enough, at the bedside and from afar."
    case (.allowed, _): standing = "This signature is enough at the bedside."
    default:
      throw SigningError(
        .role,
        "given the role \(person.role) for \(statement.headline.lowercased()), expected a nurse or a "
          + "prescriber"
      )
    }
  }

  /// Signs.
  ///
  /// - Parameter secrets: of the person.
  /// - Returns: the same bytes with the signature.
  /// - Throws: ``SigningError/Kind/notGenuine`` where the secrets are another person's.
  public func sign(with secrets: SecretKeys) throws(SigningError) -> [UInt8] {
    let crypto = SwiftCrypto()
    var signed = statement.request
    guard crypto.ed25519PublicKey(of: secrets.signing) == person.keys.signing,
      let signature = signed.signature(by: secrets.signing, crypto)
    else { throw SigningError(.notGenuine, "given the secrets of another person") }
    signed.signature = signature
    guard let bytes = signed.array else {
      throw SigningError(.malformed, "given a request that cannot be written")
    }
    return bytes
  }
}
