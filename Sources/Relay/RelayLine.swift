/// One way to one pump: which line of the clinic it is, and where the pump's port is.
public struct RelayLine: Equatable, Sendable {
  public enum Way: String, Sendable, CaseIterable { case remote, near }

  /// The pump's id, in 32 hexadecimal digits.
  public let pump: String
  public let way: Way
  public let host: String
  public let port: Int

  /// - Parameters:
  ///   - pump: the pump's id, in 32 hexadecimal digits.
  ///   - way: by which port.
  ///   - address: as in `127.0.0.1:7300`.
  /// - Throws: what is wrong with it.
  public init(pump: String, way: Way, address: String) throws(RelayError) {
    let isID =
      pump.utf8.count == 32
      && pump.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
      }
    guard isID else {
      throw RelayError("pump: given \"\(pump.prefix(60))\", expected 32 hexadecimal digits")
    }
    (host, port) = try RelayAddress.parts(address)
    self.pump = pump
    self.way = way
  }

  /// As the clinic's addresses have it.
  var path: String { "/relay/v1/lines/\(pump)/\(way.rawValue)" }
}

/// An address with a port.
enum RelayAddress {
  static func parts(_ text: String) throws(RelayError) -> (host: String, port: Int) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (1...65_535).contains(port), colon > text.startIndex
    else {
      throw RelayError("address: given \"\(text.prefix(60))\", expected as in 127.0.0.1:7300")
    }
    return (String(text[..<colon]), port)
  }
}

/// What is wrong with what the relay was told, or why it could not go on.
public struct RelayError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One line.
  public let description: String

  init(_ description: String) { self.description = description }
}
