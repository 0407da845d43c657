import JSONText

extension PumpCatalog {
  /// Models with all their constants as one JSON object, UTF-8.
  public static func json(_ models: [CatalogModel]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("models")
    writer.beginArray()
    for model in models {
      writer.newline()
      writer.beginObject()
      writer.member("manufacturer", model.manufacturer)
      writer.member("name", model.name)
      writer.member("numbers", model.numbers)
      writer.member("kind", model.kind)
      writer.key("constants")
      writer.beginArray()
      for constant in model.constants {
        writer.newline()
        write(constant, to: &writer)
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    return writer.bytes
  }

  private static func write(_ constant: CatalogConstant, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("name", constant.name)
    writer.member("title", constant.title)
    writer.key("value")
    switch constant.value {
    case .number(let number, _):
      writer.value(.number(number))
    case .range(let low, let high, _):
      writer.beginObject()
      writer.key("from")
      writer.value(.number(low))
      writer.key("to")
      writer.value(.number(high))
      writer.endObject()
    case .choices(let numbers, _):
      writer.value(.array(numbers.map { .number($0) }))
    case .words(let words):
      writer.string(words)
    }
    writer.member("unit", constant.value.unit ?? "")
    writer.member("text", constant.value.text)
    writer.member("source", constant.source)
    writer.member("confidence", constant.confidence.rawValue)
    writer.key("verified")
    writer.bool(constant.isVerified)
    if let note = constant.note { writer.member("note", note) }
    writer.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }
}
