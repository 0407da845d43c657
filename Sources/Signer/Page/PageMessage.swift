/// A request as the page needs it, without any server.
struct PageRequest: Sendable {
  enum Method: Sendable { case get, post, other }

  var method = Method.get
  var path = "/"
  /// Of the address, as it came.
  var query = ""
  var host: String?
  var origin: String?
  /// `Sec-Fetch-Site`, which browsers set and pages cannot.
  var site: String?
  var contentType = ""
  var body: [UInt8] = []
}

/// An answer, without any server.
struct PageResponse: Sendable {
  var status: Int
  var contentType = "text/html; charset=utf-8"
  var body: [UInt8]
  /// Of a file that is to be saved.
  var fileName: String?
  /// Seconds until it is worth another try.
  var retryAfter: Int?

  init(_ status: Int, html: String) {
    self.status = status
    body = Array(html.utf8)
  }

  init(_ status: Int, json: [UInt8]) {
    self.status = status
    contentType = "application/json"
    body = json
  }

  init(file: [UInt8], named name: String) {
    status = 200
    contentType = "application/octet-stream"
    body = file
    fileName = name
  }

  /// What every answer carries: no scripts, no frames, no copies, nothing from elsewhere.
  ///
  /// - Parameter clinic: the one other origin that a form may go to: signed orders are given back to it.
  /// - Returns: names and values.
  static func headers(clinic: ClinicAddress?) -> [(String, String)] {
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
