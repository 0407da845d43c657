public import JSONText

/// An answer, without any server.
public struct WebResponse: Sendable {
  public enum Body: Sendable {
    case bytes([UInt8])
    /// Goes on until it ends or whoever reads it leaves.
    case events(LiveStream)
  }

  public var status: Int
  /// In the order in which they are sent; names in lower case.
  public var headers: [(name: String, value: String)]
  public var body: Body
  /// Whether it is a worker's script that compiles wasm; its policy then allows that, and no other's does.
  public private(set) var compilesWasm = false

  public init(_ status: Int, headers: [(name: String, value: String)] = [], body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public init(_ status: Int, type: String, _ bytes: [UInt8]) {
    self.init(status, headers: [("content-type", type)], body: .bytes(bytes))
  }

  /// A page.
  public init(_ status: Int = 200, html: String) {
    self.init(status, type: "text/html; charset=utf-8", Array(html.utf8))
  }

  /// What an API answers.
  public init(_ status: Int = 200, json: [UInt8]) {
    self.init(status, type: "application/json", json)
  }

  /// What an API answers, written by a closure.
  public init(_ status: Int = 200, json write: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(capacity: 512)
    write(&writer)
    writer.newline()
    self.init(status, json: writer.bytes)
  }

  /// Another page, after a form (POST, then GET).
  public static func seeOther(_ path: String) -> WebResponse {
    WebResponse(303, headers: [("location", path)], body: .bytes([]))
  }

  /// The value of a header.
  public subscript(header name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  /// The bytes; none where it is a stream.
  public var bytes: [UInt8] {
    if case .bytes(let bytes) = body { return bytes }
    return []
  }

  /// The version of what is shown, for `If-Match` of a later write.
  public func version(_ version: Int64) -> WebResponse {
    var copy = self
    copy.headers.append(("etag", "\"\(version)\""))
    return copy
  }

  /// The same, with whether its policy lets it compile wasm.
  func compilingWasm(_ compiles: Bool) -> WebResponse {
    var copy = self
    copy.compilesWasm = compiles
    return copy
  }
}
