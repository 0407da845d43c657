/// Where browsers listen: `/events?topics=work,patient/p-1`.
public enum LiveRoute {
  /// So many topics at once.
  static let topicsMax = 20

  /// - Parameters:
  ///   - hub: of the server.
  ///   - mayKnow: whether somebody may know of a topic at all.
  /// - Returns: the route.
  public static func route(
    _ hub: LiveHub,
    mayKnow: @escaping @Sendable (Account, String) -> Bool
  ) -> Route {
    Route(
      .get,
      "/events",
      "Live updates as server-sent events: which topics changed.",
      tag: "Live",
      face: .bytes,
      access: .anyRole
    ) { call throws(WebError) in
      guard case .person(let account, let session) = call.visitor else {
        throw .notSignedIn
      }
      let asked = (call.query["topics"] ?? "").split(separator: ",").map(String.init)
      guard (1...topicsMax).contains(asked.count) else {
        throw WebError(
          422,
          "badField",
          "A field is not what it must be.",
          field: "topics",
          given: "\(asked.count) topics",
          expected: "1 to \(topicsMax), joined by commas"
        )
      }
      let allowed = asked.filter { mayKnow(account, $0) }
      let stream = try hub.listen(session) { topic in
        allowed.contains { topic == $0 || topic.hasPrefix($0 + "/") }
      }
      return WebResponse(
        200,
        headers: [("content-type", "text/event-stream"), ("x-accel-buffering", "no")],
        body: .events(stream)
      )
    }
  }
}
