/// Where a clinic takes signed orders back, as its person has given it to the signer.
///
/// Never out of a link: a page that could name the receiver would get signed orders into its hands.
public struct ClinicAddress: Equatable, Sendable {
  /// As in `http://127.0.0.1:7200`.
  public let origin: String

  /// The form of a signed order goes here.
  var returnAddress: String { "\(origin)/signed" }

  /// Nothing where the text is anything else.
  ///
  /// - Parameter text: scheme, host and, unless it is the usual one, the port; no path.
  public init?(_ text: String) {
    var rest = text[...]
    if rest.hasPrefix("https://") {
      rest = rest.dropFirst(8)
    } else if rest.hasPrefix("http://") {
      rest = rest.dropFirst(7)
    } else {
      return nil
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let host = parts.first, !host.isEmpty,
      host.utf8.allSatisfy(Self.isOfHost)
    else { return nil }
    if parts.count == 2 {
      guard let port = Int(parts[1]), (1...65_535).contains(port), "\(port)" == parts[1] else {
        return nil
      }
    }
    origin = text
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
