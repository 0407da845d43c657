import JSONText

/// The description of the API (OpenAPI 3.1), from the routes themselves.
enum OpenAPIDocument {
  static func bytes(of routes: [Route]) -> [UInt8] {
    var writer = JSONWriter(capacity: 64 * 1024)
    writer.beginObject()
    writer.member("openapi", "3.1.0")
    writer.key("info")
    writer.beginObject()
    writer.member("title", "Cisterna: the clinic's server")
    writer.member("version", "1")
    writer.member(
      "description",
      "The server holds no dosing authority: orders are signed in a person's own signer and "
        + "verified by the pump."
    )
    writer.endObject()
    writer.key("paths")
    writer.beginObject()
    var done: Set<String> = []
    let listed = routes.filter { $0.face != .page }
    for route in listed where done.insert(route.template.description).inserted {
      writer.key(route.template.description)
      writer.beginObject()
      for one in listed where one.template == route.template { write(one, &writer) }
      writer.endObject()
    }
    writer.endObject()
    writeComponents(&writer)
    writer.endObject()
    writer.newline()
    return writer.bytes
  }

  private static func write(_ route: Route, _ writer: inout JSONWriter) {
    writer.key(route.method.rawValue)
    writer.beginObject()
    writer.member("summary", route.summary)
    writer.key("tags")
    writer.beginArray()
    writer.string(route.tag)
    writer.endArray()
    writer.member("description", access(route.access))
    writeSecurity(route, &writer)
    writeParameters(route, &writer)
    if let request = route.request {
      writer.key("requestBody")
      writer.beginObject()
      writer.key("required")
      writer.bool(true)
      writeContent(request, &writer)
      writer.endObject()
    }
    writer.key("responses")
    writer.beginObject()
    writer.key("2XX")
    writer.beginObject()
    writer.member("description", "Done.")
    if let response = route.response { writeContent(response, &writer) }
    writer.endObject()
    writer.key("default")
    writer.beginObject()
    writer.member("description", "Refused, with the reason.")
    writeContent(error, &writer)
    writer.endObject()
    writer.endObject()
    writer.endObject()
  }

  private static func access(_ access: Route.Access) -> String {
    switch access {
    case .public: "For anyone."
    case .relay: "For relays."
    case .signer: "For whoever brings what a person signed."
    case .roles(let roles):
      "For: \(AccountRole.allCases.filter(roles.contains).map(\.rawValue).joined(separator: ", "))."
    }
  }

  private static func writeSecurity(_ route: Route, _ writer: inout JSONWriter) {
    writer.key("security")
    writer.beginArray()
    switch route.access {
    case .public, .signer: break
    case .relay, .roles:
      writer.beginObject()
      writer.key(route.access == .relay ? "relay" : "session")
      writer.beginArray()
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
  }

  private static func writeParameters(_ route: Route, _ writer: inout JSONWriter) {
    let value = Schema.text(most: 100)
    var parameters = route.template.places.map { Parameter(SchemaField($0, value), "path") }
    if route.needsKey {
      parameters.append(Parameter(SchemaField("Idempotency-Key", value), "header"))
    }
    if route.needsFormToken { parameters.append(Parameter(SchemaField("X-CSRF", value), "header")) }
    if route.needsVersion { parameters.append(Parameter(SchemaField("If-Match", value), "header")) }
    parameters += route.query.map { Parameter($0, "query") }
    guard !parameters.isEmpty else { return }
    writer.key("parameters")
    writer.beginArray()
    for parameter in parameters {
      writer.beginObject()
      writer.member("name", parameter.field.name)
      writer.member("in", parameter.place)
      writer.key("required")
      writer.bool(parameter.field.isRequired)
      writer.key("schema")
      parameter.field.schema.write(&writer)
      writer.endObject()
    }
    writer.endArray()
  }

  /// What is sent beside the body, and where.
  private struct Parameter {
    let field: SchemaField
    let place: String

    init(_ field: SchemaField, _ place: String) { (self.field, self.place) = (field, place) }
  }

  private static func writeContent(_ schema: Schema, _ writer: inout JSONWriter) {
    writer.key("content")
    writer.beginObject()
    writer.key("application/json")
    writer.beginObject()
    writer.key("schema")
    schema.write(&writer)
    writer.endObject()
    writer.endObject()
  }

  private static func writeComponents(_ writer: inout JSONWriter) {
    writer.key("components")
    writer.beginObject()
    writer.key("securitySchemes")
    writer.beginObject()
    writer.key("session")
    writer.beginObject()
    writer.member("type", "apiKey")
    writer.member("in", "cookie")
    writer.member("name", "cisterna")
    writer.endObject()
    writer.key("relay")
    writer.beginObject()
    writer.member("type", "http")
    writer.member("scheme", "bearer")
    writer.endObject()
    writer.endObject()
    writer.endObject()
  }

  /// Of every refusal.
  static let error = Schema.object([
    SchemaField(
      "error",
      .object(
        ["code", "field", "message", "given", "expected", "todo"].map {
          SchemaField($0, .free("a text, or null where there is nothing to say"))
        } + [
          SchemaField("questions", .list(of: .text(most: 4_096), most: 100), isRequired: false)
        ]
      )
    )
  ])
}
