import Foundation

/// A body that the schema of its route has let through, as a value; what the schema cannot say is said here.
enum APIBody {
  static func read<Body: Decodable>(_ call: RouteCall) throws(WebError) -> Body {
    try reading { try JSONDecoder().decode(Body.self, from: Data(call.request.body)) }
  }

  /// What a decoder finds wrong, as an answer that names the field.
  static func reading<Value>(_ read: () throws -> Value) throws(WebError) -> Value {
    do {
      return try read()
    } catch let error as DecodingError {
      throw fault(error)
    } catch {
      throw WebError(422, "badField", "The body cannot be read: \(error).")
    }
  }

  private static func fault(_ error: DecodingError) -> WebError {
    let (context, expected): (DecodingError.Context, String?) =
      switch error {
      case .dataCorrupted(let context): (context, context.debugDescription)
      case .keyNotFound(let key, let context): (context, "a field \(key.stringValue)")
      case .typeMismatch(_, let context): (context, context.debugDescription)
      case .valueNotFound(_, let context): (context, context.debugDescription)
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), nil)
      }
    let path = context.codingPath.map { key in
      key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
    }
    return WebError(
      422,
      "badField",
      "A field is not what it must be.",
      field: "$" + path.joined(),
      expected: expected,
      todo: "Correct the field and send it again."
    )
  }
}

extension WebResponse {
  /// What an API answers, of any value of the record.
  static func value(_ value: some Encodable) throws(WebError) -> WebResponse {
    WebResponse(json: try TherapyText.payload(value))
  }
}
