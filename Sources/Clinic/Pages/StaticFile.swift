import Crypto
import Foundation
import OrderText

/// A file that is part of the program: as a literal, since a bundle beside it may be missing.
public struct StaticFile: Sendable {
  /// Its name below `/static/`.
  public let name: String
  public let type: String
  public let bytes: [UInt8]

  public init(_ name: String, type: String, _ text: String) {
    self.name = name
    self.type = type
    bytes = Array(text.utf8)
  }

  /// The route that gives it; browsers ask whether it changed, and are told by its hash.
  public var route: Route {
    let tag = "\"\(Hex.text(SHA256.hash(data: bytes).prefix(16)))\""
    let (type, bytes) = (type, bytes)
    return Route(
      .get,
      RouteTemplate("/static/\(name)"),
      "The file \(name).",
      tag: "Files",
      face: .bytes,
      access: .public
    ) { call throws(WebError) in
      let headers = [("etag", tag), ("cache-control", "no-cache")]
      if call.request.headers["if-none-match"] == tag {
        return WebResponse(304, headers: headers, body: .bytes([]))
      }
      return WebResponse(200, headers: headers + [("content-type", type)], body: .bytes(bytes))
    }
  }

  /// The style of all pages.
  public static let style = StaticFile(
    "clinic.css",
    type: "text/css; charset=utf-8",
    ClinicStyle.css
  )

  /// The script of all pages.
  public static let script = StaticFile(
    "clinic.js",
    type: "text/javascript; charset=utf-8",
    ClinicScript.javaScript
  )
}
