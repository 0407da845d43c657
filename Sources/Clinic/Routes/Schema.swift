public import JSONText

/// What a JSON value must be: checked before a handler sees it, and written into the OpenAPI document.
public indirect enum Schema: Equatable, Sendable {
  /// A text of at most so many bytes.
  case text(most: Int, _ note: String = "")
  case choice([String])
  case integer(ClosedRange<Int>, _ note: String = "")
  case flag
  case list(of: Schema, most: Int)
  /// No other fields are taken.
  case object([SchemaField])
  /// Checked by the handler alone.
  case free(_ note: String)

  /// Refuses a value that is something else: where, what is given and what is expected.
  public func check(_ value: JSONCursor) throws(JSONMismatch) {
    switch self {
    case .text(let most, _):
      let text = try value.string()
      guard text.utf8.count <= most else {
        throw JSONMismatch(
          path: value.path,
          given: "a text of \(text.utf8.count) bytes",
          expected: "at most \(most)"
        )
      }
    case .choice(let words):
      let names = words.map { "\"\($0)\"" }.joined(separator: ", ")
      guard words.contains(try value.string(expected: "one of \(names)")) else {
        throw value.mismatch(expected: "one of \(names)")
      }
    case .integer(let range, _): _ = try value.integer(in: range)
    case .flag: _ = try value.bool()
    case .list(let element, let most):
      let elements = try value.array()
      guard elements.count <= most else {
        throw JSONMismatch(
          path: value.path,
          given: "\(elements.count) elements",
          expected: "at most \(most)"
        )
      }
      for value in elements { try element.check(value) }
    case .object(let fields):
      let object = try value.object(fields.map(\.name))
      for field in fields {
        if let member = object.optional(field.name) {
          try field.schema.check(member)
        } else if field.isRequired {
          _ = try object.required(field.name)
        }
      }
    case .free: break
    }
  }

  func write(_ writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .text(let most, let note):
      writer.member("type", "string")
      writer.key("maxLength")
      writer.integer(most)
      if !note.isEmpty { writer.member("description", note) }
    case .choice(let words):
      writer.member("type", "string")
      writer.key("enum")
      writer.beginArray()
      for word in words { writer.string(word) }
      writer.endArray()
    case .integer(let range, let note):
      writer.member("type", "integer")
      writer.key("minimum")
      writer.integer(range.lowerBound)
      writer.key("maximum")
      writer.integer(range.upperBound)
      if !note.isEmpty { writer.member("description", note) }
    case .flag: writer.member("type", "boolean")
    case .list(let element, let most):
      writer.member("type", "array")
      writer.key("maxItems")
      writer.integer(most)
      writer.key("items")
      element.write(&writer)
    case .object(let fields): Self.write(fields, &writer)
    case .free(let note): writer.member("description", note)
    }
    writer.endObject()
  }

  private static func write(_ fields: [SchemaField], _ writer: inout JSONWriter) {
    writer.member("type", "object")
    writer.key("additionalProperties")
    writer.bool(false)
    writer.key("required")
    writer.beginArray()
    for field in fields where field.isRequired { writer.string(field.name) }
    writer.endArray()
    writer.key("properties")
    writer.beginObject()
    for field in fields {
      writer.key(field.name)
      field.schema.write(&writer)
    }
    writer.endObject()
  }
}

/// A field of an object.
public struct SchemaField: Equatable, Sendable {
  public let name: String
  public let schema: Schema
  public let isRequired: Bool

  public init(_ name: String, _ schema: Schema, isRequired: Bool = true) {
    self.name = name
    self.schema = schema
    self.isRequired = isRequired
  }
}
