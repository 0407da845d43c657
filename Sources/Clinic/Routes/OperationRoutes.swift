public import Ledger

/// For those who run the server: is it well, its figures, and the description of its API.
public enum OperationRoutes {
  private static let tag = "Operation"

  /// - Parameters:
  ///   - ledger: asked for its last position, so that a server that cannot read is not well.
  ///   - metrics: of the server.
  /// - Returns: the routes.
  public static func routes(_ ledger: any LedgerStore, _ metrics: Metrics) -> [Route] {
    [
      Route(
        .get,
        "/healthz",
        "Whether the server can read its ledger, and whether the ledger takes what it is given.",
        tag: tag,
        face: .bytes,
        access: .public
      ) { call throws(WebError) in
        do throws(LedgerError) {
          _ = try await ledger.lastPosition()
        } catch {
          throw WebError(503, "notWell", "The ledger cannot be read.")
        }
        // Asked while the last append had failed, it tries one.
        if metrics.isStoreFailing || call.audit.gap != nil {
          call.audit.aside.failed(at: call.now)
          await call.audit.catchUp(at: call.now)
        }
        if let gap = call.audit.gap {
          throw WebError(
            503,
            "notStored",
            "The disk takes nothing; reading goes on, and \(gap.waiting) entries of the audit wait in "
              + "memory.",
            todo:
              "Make room or mend the disk. Do not restart the server before: what waits would be "
              + "lost.",
            retryAfter: 30
          )
        }
        return WebResponse(200, type: "text/plain; charset=utf-8", Array("ok\n".utf8))
      },
      Route(
        .get,
        "/metrics",
        "Figures of the server, for Prometheus. They name nobody.",
        tag: tag,
        face: .bytes,
        access: .public
      ) { call throws(WebError) in
        WebResponse(200, type: "text/plain; version=0.0.4", Array(metrics.text.utf8))
      },
    ]
  }

  /// The description of the API; it describes itself too.
  public static func description(of routes: [Route]) -> Route {
    let base = Route(
      .get,
      "/api/v1/openapi.json",
      "This description.",
      tag: tag,
      face: .api,
      access: .public
    ) { call throws(WebError) in throw .busy }
    let bytes = OpenAPIDocument.bytes(of: routes + [base])
    var route = base
    route.handler = { call throws(WebError) in WebResponse(json: bytes) }
    return route
  }
}
