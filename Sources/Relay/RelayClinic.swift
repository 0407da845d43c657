import HTTPCall
import NIOCore

/// Where the clinic is, and the token by which it knows its relays.
public struct RelayClinic: Sendable {
  public let host: String
  public let port: Int
  let token: String

  /// - Parameters:
  ///   - url: as in `http://127.0.0.1:7200`. What is carried is sealed; where the token must not be
  ///     seen on the way either, put a tunnel in between.
  ///   - token: at least 32 characters.
  /// - Throws: what is wrong with it.
  public init(url: String, token: String) throws(RelayError) {
    let prefix = "http://"
    guard url.hasPrefix(prefix) else {
      throw RelayError("clinic: given \"\(url.prefix(60))\", expected as in http://127.0.0.1:7200")
    }
    let rest = url.dropFirst(prefix.count)
    let address = rest.hasSuffix("/") ? rest.dropLast() : rest
    (host, port) = try RelayAddress.parts(address.contains(":") ? String(address) : "\(address):80")
    guard token.utf8.count >= 32, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw RelayError(
        "token: given \(token.utf8.count) characters, expected at least 32 without spaces"
      )
    }
    self.token = token
  }

  /// A connection to it that shows the token.
  ///
  /// An answer takes at most 35 s: the clinic holds a poll for 20 s.
  func call(_ group: any EventLoopGroup) -> HTTPCall {
    HTTPCall(
      host: host,
      port: port,
      headers: [("authorization", "Bearer \(token)")],
      answerLimit: .seconds(35),
      group: group
    )
  }
}
