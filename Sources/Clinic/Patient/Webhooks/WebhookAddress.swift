import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a hook goes: `http://host:port/path`.
///
/// The tree has no TLS for calls that it makes, so what is told holds nothing of a person, and is signed. Whoever
/// wants it sealed on the way puts a forwarder beside the server, which is then an address of their own network.
struct WebhookAddress: Equatable, Sendable {
  let host: String
  let port: Int
  let path: String

  /// - Throws: what is wrong with it.
  init(_ text: String) throws(WebError) {
    let rest = text.dropFirst("http://".count)
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    var authority = rest[..<end]
    var port = 80
    if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
      guard let number = Int(authority[authority.index(after: colon)...]),
        (1...65_535).contains(number)
      else { throw Self.fault(text) }
      port = number
      authority = authority[..<colon]
    }
    let isPlain = text.utf8.allSatisfy {
      (33...126).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "#")
    }
    guard text.hasPrefix("http://"), isPlain, text.utf8.count <= 500, !authority.isEmpty,
      !authority.contains("@"), !authority.contains("[")
    else { throw Self.fault(text) }
    host = String(authority)
    self.port = port
    path = end == rest.endIndex ? "/" : String(rest[end...])
  }

  private static func fault(_ text: String) -> WebError {
    FormFields.fault(
      "url",
      given: "\"\(text.prefix(60))\"",
      expected: "an address such as http://forwarder:8080/alarms, without a name or password in it"
    )
  }

  /// Why a call to an address is refused; nothing where it may be made.
  ///
  /// Addresses that no clinic means are refused always: of the link itself (where clouds keep their secrets),
  /// of nobody, of many. Those of one's own machine and network only where an administrator said so, so that a
  /// name that begins to point inwards reaches nothing.
  static func refusal(_ address: SocketAddress, mayBeLocal: Bool) -> String? {
    let octets: [UInt8]
    switch address {
    case .v4(let v4):
      octets = withBytes(v4.address.sin_addr)
    case .v6(let v6):
      let all = withBytes(v6.address.sin6_addr)
      // An address of version 4 in the clothes of version 6.
      if all[0..<10].allSatisfy({ $0 == 0 }), all[10] == 0xFF, all[11] == 0xFF {
        octets = Array(all[12...])
      } else {
        return refusal(six: all, mayBeLocal: mayBeLocal)
      }
    case .unixDomainSocket: return "it is no address of a network"
    }
    switch (octets[0], octets[1]) {
    case (0, _), (224...255, _): return "it is of nobody, or of many"
    case (169, 254): return "it is of the link itself"
    case (127, _), (10, _), (172, 16...31), (192, 168), (100, 64...127):
      return mayBeLocal ? nil : "it is of an own machine or network"
    default: return nil
    }
  }

  private static func refusal(six all: [UInt8], mayBeLocal: Bool) -> String? {
    if all.dropLast().allSatisfy({ $0 == 0 }) {
      if all[15] == 1 { return mayBeLocal ? nil : "it is of an own machine or network" }
      return "it is of nobody, or of many"
    }
    switch (all[0], all[1]) {
    case (0xFF, _): return "it is of nobody, or of many"
    case (0xFE, 0x80...0xBF): return "it is of the link itself"
    case (0xFC...0xFD, _): return mayBeLocal ? nil : "it is of an own machine or network"
    // Addresses of version 4 behind translators, whatever they are.
    case (0x00, 0x64), (0x20, 0x02): return mayBeLocal ? nil : "it is behind a translator"
    default: return nil
    }
  }

  private static func withBytes<Value>(_ value: Value) -> [UInt8] {
    var value = value
    return unsafe withUnsafeBytes(of: &value) { unsafe Array($0) }
  }
}
