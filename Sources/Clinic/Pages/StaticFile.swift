import Crypto
import Foundation

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

  /// The style of the plain pages.
  public static let style = StaticFile(
    "clinic.css",
    type: "text/css; charset=utf-8",
    """
    :root { color-scheme: light dark; --ink: #1b1f23; --paper: #fff; --line: #c9d0d6;
      --act: #0b4f8a; --act-ink: #fff; --stop: #8f1414; }
    @media (prefers-color-scheme: dark) { :root { --ink: #eceff2; --paper: #14181c;
      --line: #434c55; --act: #8cc4ff; --act-ink: #0b1a29; --stop: #ffb3ad; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 1.0625rem/1.5 system-ui, sans-serif; }
    main { max-width: 56rem; margin: 0 auto; padding: 1rem; }
    label { display: block; font-weight: 600; }
    input { font: inherit; padding: .5rem; width: 100%; max-width: 24rem; }
    button { font: inherit; padding: .5rem 1.25rem; background: var(--act);
      color: var(--act-ink); border: 0; border-radius: .25rem; }
    [role=alert] { color: var(--stop); border-left: .5rem solid var(--stop); padding-left: 1rem; }
    :focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }

    """
  )
}
