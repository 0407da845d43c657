import Synchronization

/// Where people's own signers run, as each said it in this run of the server.
///
/// In memory alone: the address has a random part, which is no one else's business.
final class SignerAddresses: Sendable {
  private let addresses = Mutex<[String: String]>([:])

  subscript(account: String) -> String? { addresses.withLock { $0[account] } }

  /// Keeps an address.
  ///
  /// - Throws: where it is no address of a program that answers HTTP.
  func keep(_ text: String, for account: String) throws(WebError) {
    let isPlain = text.utf8.allSatisfy { (33...126).contains($0) && $0 != UInt8(ascii: "\"") }
    guard text.hasPrefix("http://") || text.hasPrefix("https://"), isPlain,
      text.utf8.count <= 300, !text.contains("?"), !text.contains("#")
    else {
      throw FormFields.fault(
        "address",
        given: "\"\(text.prefix(60))\"",
        expected: "an address such as http://127.0.0.1:7400/…"
      )
    }
    addresses.withLock { $0[account] = text }
  }
}
