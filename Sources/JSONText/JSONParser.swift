/// Reads strict JSON from bytes, in one pass.
struct JSONParser {
  private let bytes: [UInt8]
  private var place = 0
  private var path: [Step] = []

  private enum Step {
    case member(String)
    case element(Int)
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws(JSONSyntaxError) -> JSONValue {
    guard bytes.count <= JSONLimits.bytes else {
      throw error("the text is longer than \(JSONLimits.bytes) bytes")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw error("a byte-order mark is not taken") }
    skipSpace()
    let value = try value()
    skipSpace()
    guard place == bytes.count else { throw error("more text after the end of the JSON value") }
    return value
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    guard let byte = peek else { throw error("the text ends where a value is expected") }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw error("\(shown(byte)) where a value is expected")
    }
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONValue {
    try checkDepth()
    place += 1
    skipSpace()
    var members: [JSONMember] = []
    var names: Set<[UInt8]> = []
    if take("}") { return .object(members) }
    while true {
      guard peek == UInt8(ascii: "\"") else { throw error("the name of a member is expected") }
      let start = place
      let name = try string()
      guard names.insert(Array(name.utf8)).inserted else {
        place = start
        path.append(.member(name))
        throw error("this member stands here twice")
      }
      path.append(.member(name))
      skipSpace()
      guard take(":") else { throw error("a colon is expected") }
      skipSpace()
      members.append(JSONMember(name: name, value: try value()))
      path.removeLast()
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw error("a comma or } is expected") }
      skipSpace()
    }
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONValue {
    try checkDepth()
    place += 1
    skipSpace()
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    while true {
      path.append(.element(elements.count))
      elements.append(try value())
      path.removeLast()
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw error("a comma or ] is expected") }
      skipSpace()
    }
  }

  private func checkDepth() throws(JSONSyntaxError) {
    guard path.count < JSONLimits.depth else {
      throw error("objects and arrays are nested deeper than \(JSONLimits.depth)")
    }
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = place
    _ = take("-")
    if take("0") {
      if let byte = peek, Self.isDigit(byte) { throw error("a number with a leading zero") }
    } else {
      guard skipDigits() else { throw error("a digit is expected") }
    }
    if take(".") {
      guard skipDigits() else { throw error("a digit is expected after the point") }
    }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard skipDigits() else { throw error("a digit is expected in the exponent") }
    }
    return .number(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func skipDigits() -> Bool {
    let start = place
    while let byte = peek, Self.isDigit(byte) { place += 1 }
    return place > start
  }

  private mutating func word(
    _ word: String,
    _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    guard bytes[place...].starts(with: word.utf8) else { throw error("an unknown word") }
    place += word.utf8.count
    return value
  }

  // MARK: Strings

  private mutating func string() throws(JSONSyntaxError) -> String {
    place += 1
    var text: [UInt8] = []
    var runStart = place
    while true {
      guard let byte = peek else { throw error("the text ends inside of a string") }
      switch byte {
      case UInt8(ascii: "\""):
        text += bytes[runStart..<place]
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("the string before is not valid UTF-8")
        }
        place += 1
        return string
      case UInt8(ascii: "\\"):
        text += bytes[runStart..<place]
        text += Array(String(Character(try escape())).utf8)
        runStart = place
      case 0..<0x20:
        throw error("\(shown(byte)) inside of a string: it must be escaped")
      default:
        place += 1
      }
    }
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    place += 1
    guard let byte = peek else { throw error("the text ends inside of a string") }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      place += 1
      return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return simple("\u{8}")
    case UInt8(ascii: "f"): return simple("\u{C}")
    case UInt8(ascii: "n"): return simple("\n")
    case UInt8(ascii: "r"): return simple("\r")
    case UInt8(ascii: "t"): return simple("\t")
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("an unknown escape in a string")
    }
  }

  private mutating func simple(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    place += 1
    return scalar
  }

  private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try fourHexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, peek == UInt8(ascii: "\\"), place + 1 < bytes.count,
      bytes[place + 1] == UInt8(ascii: "u")
    else { throw error("half of a surrogate pair in a string") }
    place += 1
    let second = try fourHexDigits()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half of a surrogate pair in a string") }
    return scalar
  }

  /// The value of the digits after the `u` at the place.
  private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
    place += 1
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits are expected after \\u")
      }
      value = value << 4 + UInt32(digit)
      place += 1
    }
    return value
  }

  // MARK: Bytes

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func shown(_ byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F
      ? "\"\(Character(Unicode.Scalar(byte)))\"" : "the byte 0x\(String(byte, radix: 16))"
  }

  private func error(_ message: String) -> JSONSyntaxError {
    var line = 1
    var column = 1
    for byte in bytes.prefix(place) {
      if byte == 0x0A {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    var text = JSONPath.root
    for step in path {
      switch step {
      case .member(let name): text = JSONPath.member(name, of: text)
      case .element(let index): text = JSONPath.element(index, of: text)
      }
    }
    return JSONSyntaxError(line: line, column: column, path: text, message: message)
  }
}
