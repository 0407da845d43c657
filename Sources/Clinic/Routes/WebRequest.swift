/// A request as the clinic needs it, without any server.
public struct WebRequest: Sendable {
  public enum Method: String, Sendable, CaseIterable { case get, post, put, delete, other }

  public var method: Method
  /// As it came, without the query.
  public var path: String
  /// As it came.
  public var query: String
  /// By lower-case name; of a header that came twice, the values joined by `, `.
  public var headers: [String: String]
  public var body: [UInt8]
  /// Whether the body was longer than any route takes; then it is not here.
  public var isBodyTooLong = false
  /// The peer's address, without its port.
  public var address: String

  public init(
    _ method: Method,
    _ path: String,
    query: String = "",
    headers: [String: String] = [:],
    body: [UInt8] = [],
    address: String = "127.0.0.1"
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.address = address
  }

  /// A cookie's value; nothing where it is missing, or where two of the name came.
  public func cookie(_ name: String) -> String? {
    var found: String?
    for part in (headers["cookie"] ?? "").utf8.split(separator: UInt8(ascii: ";")) {
      let pair = part.drop { $0 == UInt8(ascii: " ") }.split(
        separator: UInt8(ascii: "="),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard pair.count == 2, pair[0].elementsEqual(name.utf8) else { continue }
      if found != nil { return nil }
      found = String(Substring(pair[1]))
    }
    return found
  }
}
