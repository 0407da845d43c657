public import PumpLink

/// A pump as whoever reads its receipts knows it: its id and the key that signs them.
///
/// It is taken down in person, at commissioning; what a server says of a pump's key proves nothing.
public struct KnownPump: Equatable, Sendable {
  public let id: Bytes16
  /// Ed25519.
  public let key: Bytes32

  public init(id: Bytes16, key: Bytes32) {
    self.id = id
    self.key = key
  }
}
