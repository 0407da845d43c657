/// A request as the page needs it, without any server.
package struct PageRequest: Sendable {
  package enum Method: Sendable { case get, post, other }

  package var method = Method.get
  package var path = "/"
  /// Of the address, as it came.
  package var query = ""
  package var host: String?
  package var origin: String?
  /// `Sec-Fetch-Site`, which browsers set and pages cannot.
  package var site: String?
  package var contentType = ""
  package var body: [UInt8] = []

  package init(
    method: Method = .get,
    path: String = "/",
    query: String = "",
    host: String? = nil,
    origin: String? = nil,
    site: String? = nil,
    contentType: String = "",
    body: [UInt8] = []
  ) {
    (self.method, self.path, self.query) = (method, path, query)
    (self.host, self.origin, self.site) = (host, origin, site)
    (self.contentType, self.body) = (contentType, body)
  }
}

/// An answer, without any server.
package struct PageResponse: Sendable {
  package var status: Int
  package var contentType = "text/html; charset=utf-8"
  package var body: [UInt8]
  /// Of a file that is to be saved.
  package var fileName: String?
  /// Seconds until it is worth another try.
  package var retryAfter: Int?
  /// Another page, after a form.
  package var location: String?

  package init(_ status: Int, html: String) {
    self.status = status
    body = Array(html.utf8)
  }

  package init(_ status: Int, json: [UInt8]) {
    self.status = status
    contentType = "application/json"
    body = json
  }

  package init(file: [UInt8], named name: String) {
    status = 200
    contentType = "application/octet-stream"
    body = file
    fileName = name
  }

  /// What every answer carries: no scripts, no frames, no copies, nothing from elsewhere.
  ///
  /// - Parameter clinic: the one other origin that a form may go to: signed orders are given back to it.
  /// - Returns: names and values.
  package static func headers(clinic: ClinicAddress?) -> [(String, String)] {
    [
      (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; form-action 'self'\(clinic.map { " \($0.origin)" } ?? ""); "
          + "base-uri 'none'; frame-ancestors 'none'"
      ),
      ("X-Frame-Options", "DENY"), ("X-Content-Type-Options", "nosniff"),
      ("Cache-Control", "no-store"),
      // The origin, without the random part of the address: a clinic looks at where a signed order is from.
      ("Referrer-Policy", "strict-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
  }
}
