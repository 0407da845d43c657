import PumpLink

/// Where relays fetch bytes for pumps and bring theirs.
public struct LineRoutes: Sendable {
  let lines: LineBook

  public init(_ lines: LineBook) { self.lines = lines }

  /// Of one request: more than a pump's message is long.
  static let bodyMax = 64 * 1024

  public var routes: [Route] {
    [
      Route(
        .get,
        "/relay/v1/lines/{pump}/{way}/down",
        "Waits up to 20 s for bytes to a pump. `connection` 0: the relay has none.",
        tag: "Relay",
        face: .bytes,
        access: .relay,
        handler: down
      ),
      Route(
        .post,
        "/relay/v1/lines/{pump}/{way}/up",
        "Brings bytes of a pump; `closed=true` where no more come.",
        tag: "Relay",
        face: .bytes,
        access: .relay,
        bodyMax: Self.bodyMax,
        handler: up
      ),
    ]
  }

  private func line(_ call: RouteCall) throws(WebError) -> PumpLine {
    let way: LinkWay? =
      switch call["way"] {
      case "near": .near
      case "remote": .remote
      default: nil
      }
    guard let way, let line = lines[call["pump"], way] else {
      throw .noSuch("line", given: "\(call["pump"])/\(call["way"])")
    }
    return line
  }

  private func number(_ name: String, _ call: RouteCall) throws(WebError) -> Int64 {
    guard let number = call.query[name].flatMap({ Int64($0) }), number >= 0 else {
      throw WebError(
        422,
        "badField",
        "A field is not what it must be.",
        field: name,
        given: call.query[name].map { "\"\($0.prefix(40))\"" } ?? "nothing",
        expected: "a whole number from 0"
      )
    }
    return number
  }

  private func down(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let line = try line(call)
    let fetched = await line.fetch(
      connection: try number("connection", call),
      offset: try number("offset", call)
    )
    guard let fetched else {
      throw WebError(409, "overtaken", "A later request of this line was further on.")
    }
    return WebResponse(
      200,
      headers: [
        ("content-type", "application/octet-stream"),
        ("cisterna-connection", "\(fetched.connection)"),
        ("cisterna-offset", "\(fetched.offset)"),
      ],
      body: .bytes(fetched.bytes)
    )
  }

  private func up(_ call: RouteCall) async throws(WebError) -> WebResponse {
    let line = try line(call)
    guard case .bytes(let bytes) = call.body else { throw RouteCall.noBody }
    let count = await line.bring(
      bytes,
      connection: try number("connection", call),
      offset: try number("offset", call),
      isClosed: call.query["closed"] == "true"
    )
    guard let count else {
      throw WebError(
        409,
        "otherConnection",
        "These bytes are of another connection, or some before them are missing.",
        todo: "Close the connection to the pump and ask what is wanted."
      )
    }
    return WebResponse(200, headers: [("cisterna-offset", "\(count)")], body: .bytes([]))
  }
}
