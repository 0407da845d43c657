import NIOCore

/// An address that is written as numbers.
enum SocketAddressText {
  /// - Throws: where it is a name.
  static func address(_ host: String, _ port: Int) throws -> SocketAddress {
    try SocketAddress(ipAddress: host, port: port)
  }
}
