import Crypto
import Foundation
import OrderText

/// A file that is part of the program: as a literal, since a bundle beside it may be missing.
public struct StaticFile: Sendable {
  /// Its name below `/static/`.
  public let name: String
  public let type: String
  public let bytes: [UInt8]
  /// Whether it is a script that compiles wasm, which no page itself may.
  public let compilesWasm: Bool

  public init(_ name: String, type: String, _ text: String, compilesWasm: Bool = false) {
    self.init(name, type: type, bytes: Array(text.utf8), compilesWasm: compilesWasm)
  }

  init(_ name: String, type: String, bytes: [UInt8], compilesWasm: Bool = false) {
    self.name = name
    self.type = type
    self.bytes = bytes
    self.compilesWasm = compilesWasm
  }

  /// The route that gives it; browsers ask whether it changed, and are told by its hash.
  public var route: Route {
    let tag = "\"\(Hex.text(SHA256.hash(data: bytes).prefix(16)))\""
    let (type, bytes, compilesWasm) = (type, bytes, compilesWasm)
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
        return WebResponse(304, headers: headers, body: .bytes([])).compilingWasm(compilesWasm)
      }
      return WebResponse(200, headers: headers + [("content-type", type)], body: .bytes(bytes))
        .compilingWasm(compilesWasm)
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
