/// What a clinic's server is told about where it stands.
public struct WebSettings: Sendable {
  /// Names and ports by which browsers reach it, as in `clinic.example:443`; others are refused.
  public var hosts: Set<String>
  /// Whether browsers reach it over TLS: cookies are then sent by no other way.
  public var isSecure: Bool
  /// Whether a proxy stands before it, whose word on a visitor's address counts.
  public var isBehindProxy: Bool
  /// Where people's signers run, as in `http://127.0.0.1:7400`: forms may go there and come from there.
  public var signerOrigins: [String]
  /// Of the relays; nothing where there are none.
  public var relayToken: String?

  public init(
    hosts: Set<String>,
    isSecure: Bool,
    isBehindProxy: Bool = false,
    signerOrigins: [String] = [],
    relayToken: String? = nil
  ) {
    self.hosts = hosts
    self.isSecure = isSecure
    self.isBehindProxy = isBehindProxy
    self.signerOrigins = signerOrigins
    self.relayToken = relayToken
  }

  /// The name of the cookie; the prefix makes browsers refuse it from anywhere else.
  public var cookie: String { isSecure ? "__Host-cisterna" : "cisterna" }

  func setCookie(_ token: String) -> (name: String, value: String) {
    let secure = isSecure ? "; Secure" : ""
    return ("set-cookie", "\(cookie)=\(token); Path=/; HttpOnly; SameSite=Strict\(secure)")
  }

  var clearCookie: (name: String, value: String) {
    let secure = isSecure ? "; Secure" : ""
    return (
      "set-cookie", "\(cookie)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\(secure)"
    )
  }

  /// The origins of the server's own pages.
  var origins: Set<String> {
    Set(
      hosts.map { host in
        let scheme = isSecure ? "https" : "http"
        let usual = isSecure ? ":443" : ":80"
        return "\(scheme)://\(host.hasSuffix(usual) ? String(host.dropLast(usual.count)) : host)"
      }
    )
  }

  /// Whether a `Host` header names this server.
  func isOwn(_ host: String?) -> Bool {
    guard let host = host?.lowercased() else { return false }
    return hosts.contains(host) || hosts.contains(host + (isSecure ? ":443" : ":80"))
  }

  /// The visitor's address: the peer's, or what the proxy before this server says of it.
  ///
  /// Only the last of several counts: that one the proxy wrote, the others anyone may have.
  func address(peer: String, forwarded: String?) -> String {
    guard isBehindProxy,
      let last = forwarded?.split(separator: ",").last?.split(separator: " ").first,
      last.utf8.count <= 60
    else { return peer }
    return String(last)
  }

  /// What every answer carries: no scripts but our own files, no frames, no copies, nothing of others.
  ///
  /// - Parameter compilesWasm: of the one script that does, in a worker of its own.
  /// - Returns: the headers.
  func securityHeaders(compilesWasm: Bool) -> [(name: String, value: String)] {
    let scripts = compilesWasm ? "'self' 'wasm-unsafe-eval'" : "'self'"
    let forms = (["'self'"] + signerOrigins).joined(separator: " ")
    var headers = [
      (
        "content-security-policy",
        "default-src 'none'; script-src \(scripts); style-src 'self'; img-src 'self'; "
          + "connect-src 'self'; form-action \(forms); base-uri 'none'; frame-ancestors 'none'"
      ),
      // With no referrer at all browsers send forms of our own pages with the origin `null`.
      ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"),
      ("x-frame-options", "DENY"), ("cross-origin-opener-policy", "same-origin"),
      ("cross-origin-resource-policy", "same-origin"),
    ]
    if isSecure { headers.append(("strict-transport-security", "max-age=31536000")) }
    return headers
  }
}
