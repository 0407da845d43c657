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
        "Whether the server can read its ledger.",
        tag: tag,
        face: .bytes,
        access: .public
      ) { call throws(WebError) in
        do throws(LedgerError) {
          _ = try await ledger.lastPosition()
        } catch {
          throw WebError(503, "notWell", "The ledger cannot be read.")
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
