import JSONText
import Testing

/// Strict reading of JSON (RFC 8259).
struct JSONParserTests {
  private func read(_ text: String) throws(JSONSyntaxError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  @Test(
    arguments: [
      ("null", .null), (" true ", .bool(true)), ("\tfalse\r\n", .bool(false)), ("0", .number("0")),
      ("-0", .number("-0")), ("-12.50e+03", .number("-12.50e+03")), ("1E9", .number("1E9")),
      ("123456789012345678901234567890", .number("123456789012345678901234567890")),
      ("\"\"", .string("")), ("\"a b\"", .string("a b")), ("\"µ\"", .string("µ")),
      (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
      (#""\u00b5\u03BC""#, .string("\u{B5}\u{3BC}")), (#""\ud83d\ude00""#, .string("😀")),
      (#""\u0000""#, .string("\u{0}")), ("[]", .array([])), ("[ ]", .array([])),
      ("[1, [2]]", .array([.number("1"), .array([.number("2")])])), ("{}", .object([])),
    ] as [(String, JSONValue)]
  )
  func `each kind of value is read as it stands`(text: String, value: JSONValue) throws {
    #expect(try read(text) == value)
  }

  @Test func `members keep the order of the text`() throws {
    let object = try read(#" { "b" : 1 , "a" : {"c":null} } "#)
    #expect(
      object
        == .object([
          JSONMember(name: "b", value: .number("1")),
          JSONMember(name: "a", value: .object([JSONMember(name: "c", value: .null)])),
        ])
    )
  }

  @Test(
    arguments: [
      ("", 1, "$"), ("   ", 4, "$"), ("nul", 1, "$"), ("True", 1, "$"), ("NaN", 1, "$"),
      ("Infinity", 1, "$"), ("'a'", 1, "$"), ("01", 2, "$"), ("-", 2, "$"), ("+1", 1, "$"),
      (".5", 1, "$"), ("5.", 3, "$"), ("1e", 3, "$"), ("1e+", 4, "$"), ("0x1", 2, "$"),
      ("1 2", 3, "$"), ("{} x", 4, "$"), ("[1,]", 4, "$[1]"), ("[,1]", 2, "$[0]"),
      ("[1 2]", 4, "$"),
      ("[1", 3, "$"), ("[", 2, "$[0]"), ("{", 2, "$"), ("{a:1}", 2, "$"), ("{\"a\"}", 5, "$.a"),
      ("{\"a\":}", 6, "$.a"), ("{\"a\":1,}", 8, "$"), ("{\"a\":1 \"b\":2}", 8, "$"),
      ("{\"a\":[1,{\"b c\":x}]}", 16, "$.a[1][\"b c\"]"), ("{\"a\":1,\"a\":2}", 8, "$.a"),
      ("{\"a\":1,\"\\u0061\":2}", 8, "$.a"), ("\"abc", 5, "$"), ("\"a\nb\"", 3, "$"),
      ("\"\u{1}\"", 2, "$"), (#""\x""#, 3, "$"), (#""\u12""#, 6, "$"), (#""\u12G4""#, 6, "$"),
      (#""\ud83d""#, 8, "$"), (#""\ude00""#, 8, "$"), (#""\ud83d\u0041""#, 14, "$"),
      (#""\ud83dx""#, 8, "$"), (#""\"#, 3, "$"), ("\u{FEFF}{}", 1, "$"), ("// a\n1", 1, "$"),
    ] as [(String, Int, String)]
  )
  func `malformed text is refused at its column, with its path`(
    text: String,
    column: Int,
    path: String
  ) {
    do {
      let value = try read(text)
      Issue.record("\(text) was read as \(value)")
    } catch {
      #expect(error.line == 1 && error.column == column && error.path == path, "\(error)")
      #expect(!error.description.contains { $0.isNewline })
    }
  }

  @Test func `the line of a fault is counted`() {
    do {
      _ = try read("{\n  \"a\": 1,\n  \"b\": ?\n}")
      Issue.record("it was read")
    } catch {
      #expect(error.line == 3 && error.column == 8 && error.path == "$.b")
      #expect(error.description == "$.b: line 3, column 8: \"?\" where a value is expected")
    }
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xE2, 0x82, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0xFF], [0x00],
    ] as [[UInt8]]
  )
  func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes) }
  }

  @Test func `sixty-four levels are read and one more is refused`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try read(nested(JSONLimits.depth))
    #expect(throws: JSONSyntaxError.self) { try self.read(nested(JSONLimits.depth + 1)) }
    #expect(throws: JSONSyntaxError.self) { try self.read(String(repeating: "[", count: 100_000)) }
  }

  @Test func `a text over the size limit is refused before it is read`() {
    let bytes = [UInt8](repeating: 0x20, count: JSONLimits.bytes + 1)
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: bytes) }
  }

  /// The reader may refuse, but never trap, whatever stands in the file.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `random damage to a good text is read or refused and never traps`(seed: UInt64) throws {
    let good = Array(#"{"a":[1,-2.5e3,"µ\u00e9\ud83d\ude00"],"b":{"c":null,"d":true}}"#.utf8)
    var generator = Xorshift(seed: seed)
    var refused = 0
    let cases = 10_000
    for _ in 0..<cases {
      var bytes = good
      for _ in 0...generator.below(3) {
        let place = generator.below(bytes.count)
        switch generator.below(3) {
        case 0: bytes[place] = UInt8(generator.below(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(generator.below(256)), at: place)
        }
      }
      do {
        let value = try JSONValue(parsing: bytes)
        var writer = JSONWriter()
        writer.value(value)
        #expect(try JSONValue(parsing: writer.bytes) == value, "seed \(seed)")
      } catch {
        refused += 1
        #expect(error.path.hasPrefix("$"))
      }
    }
    print("JSON damage: seed \(seed), \(cases) cases, \(refused) refused, 0 traps")
  }
}

/// A small stream of numbers that its seed decides.
struct Xorshift {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
