/// Why a handshake was refused; whatever it was, that handshake is over and its secrets are erased.
public enum HandshakeError: UInt8, Error, Sendable {
  /// It is the other side's turn, or the handshake is over.
  case outOfTurn = 1
  /// The pattern needs a key or the pairing secret that was not given.
  case missingKey
  /// The message is not as long as this pattern's is: cut short, or with something in it.
  ///
  /// A first message can be sent again by anyone who has seen it, so none may carry anything.
  case wrongLength
  /// The message is not genuine: changed on the way, or made with other keys or another prologue.
  case notGenuine
  /// A public key is of small order: the shared secret would be known to all.
  case smallOrderKey
  /// The other side proved a key, and it is not the one that was expected.
  case unexpectedPeer
}
