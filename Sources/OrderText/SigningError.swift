/// Why the signer does not do what was asked.
public struct SigningError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Kind: Equatable, Sendable {
    /// A file or bytes that are not what they should be.
    case malformed
    /// The passphrase is wrong, or the key file has been changed.
    case passphrase
    /// A passphrase that is too short to protect a key.
    case weakPassphrase
    /// An object of another pump.
    case otherPump
    /// A signature or a certificate that does not hold.
    case notGenuine
    /// A certificate outside of its validity.
    case expired
    /// The signer's role may not do it.
    case role
    /// An order that has this person's signature, or two.
    case alreadySigned
    /// The figure that has to be typed was not, or another one was.
    case confirmation
  }

  public let kind: Kind
  /// One line: what was given and what was expected.
  public let description: String

  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
