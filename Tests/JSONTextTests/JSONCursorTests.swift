import JSONText
import Testing

/// Asking values for what they are, with their paths.
struct JSONCursorTests {
  private func root(_ text: String) throws -> JSONCursor {
    JSONCursor(root: try JSONValue(parsing: Array(text.utf8)))
  }

  @Test func `paths lead through members and elements`() throws {
    let root = try root(#"{"program":{"basal":{"steps":[{},{},{"at":"x"}]}},"odd name":1}"#)
    let program = try root.object(["program", "odd name"])
    let basal = try program.required("program").object(["basal"]).required("basal")
    let steps = try basal.object(["steps"]).required("steps").array()
    let at = try steps[2].object(["at"]).required("at")
    #expect(at.path == "$.program.basal.steps[2].at")
    #expect(try at.string() == "x")
    #expect(program.optional("odd name")?.path == "$[\"odd name\"]")
  }

  @Test func `values of another kind are refused with path, given and expected`() throws {
    let object = try root(#"{"n":5,"s":"t","b":true,"a":[],"z":null}"#).anyObject()
    let number = try object.required("n")
    let text = try object.required("s")
    #expect(
      throws: JSONMismatch(path: "$.n", given: "the number 5", expected: "a text")
    ) { try number.string() }
    #expect(
      throws: JSONMismatch(path: "$.s", given: "the text \"t\"", expected: "an array")
    ) { try text.array() }
    #expect(throws: JSONMismatch.self) { try text.anyObject() }
    #expect(throws: JSONMismatch.self) { try text.bool() }
    #expect(throws: JSONMismatch.self) { try object.required("z").bool() }
    #expect(try object.required("b").bool())
    #expect(object.optional("missing") == nil)
    #expect(
      throws: JSONMismatch(path: "$.missing", given: "nothing", expected: "this field")
    ) { try object.required("missing") }
    #expect(object.all.map(\.name) == ["n", "s", "b", "a", "z"])
  }

  @Test(arguments: ["1.0", "1e0", "-0", "8", "-1", "99999999999999999999", "\"1\"", "null"])
  func `only a plain whole number in range is an integer`(text: String) throws {
    let value = try root(text)
    #expect(throws: JSONMismatch.self) { try value.integer(in: 0...7) }
    #expect(try root("7").integer(in: 0...7) == 7)
    #expect(try root("-7").integer(in: -7...0) == -7)
  }

  @Test func `an unknown field is refused and the nearest known one is suggested`() throws {
    let slip = try root(#"{"patientdose":{}}"#)
    #expect(
      throws: JSONMismatch(
        path: "$.patientdose",
        given: "an unknown field",
        expected: "\"patientDose\"?"
      )
    ) { try slip.object(["basal", "patientDose"]) }
    let other = try root(#"{"x\ny":{}}"#)
    do {
      _ = try other.object(["basal", "prime"])
      Issue.record("it was taken")
    } catch {
      #expect(error.expected == "one of \"basal\", \"prime\"")
      #expect(!error.description.contains { $0.isNewline })
    }
    #expect(throws: JSONMismatch.self) { try other.object([]) }
  }

  @Test func `a suggestion is near and none is made from afar`() {
    let names = ["constant", "daily", "weekly"]
    #expect(EditDistance.nearest(to: "dayly", in: names) == "daily")
    #expect(EditDistance.nearest(to: "constnat", in: names) == "constant")
    #expect(EditDistance.nearest(to: "WEEKLY", in: names) == "weekly")
    #expect(EditDistance.nearest(to: "hourly", in: ["constant"]) == nil)
    #expect(EditDistance.nearest(to: "", in: []) == nil)
    #expect(EditDistance.nearest(to: String(repeating: "a", count: 65), in: names) == nil)
  }

  @Test func `what a value is can be said on one line`() throws {
    let kinds = try ["null", "true", "false", "[1]", "{}", "12", "\"a\\nb\""].map {
      try root($0).value.kindName
    }
    #expect(
      kinds == [
        "null", "true", "false", "an array", "an object", "the number 12",
        "the text \"a\\u{a}b\"",
      ]
    )
    let long = JSONValue.string(String(repeating: "x", count: 200)).kindName
    #expect(long.count < 80 && long.contains("…"))
  }
}

/// Writing of compact JSON.
struct JSONWriterTests {
  @Test func `members stand in the order of the calls, with no spaces`() {
    var writer = JSONWriter(capacity: 64)
    writer.beginObject()
    writer.key("samples")
    writer.beginArray()
    for number in 0..<2 {
      writer.beginObject()
      writer.key("t")
      writer.integer(number)
      writer.key("state")
      writer.string("running")
      writer.endObject()
    }
    writer.newline()
    writer.endArray()
    writer.key("ok")
    writer.bool(true)
    writer.key("ratio")
    writer.null()
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"samples":[{"t":0,"state":"running"},{"t":1,"state":"running"}"# + "\n"
        + #"],"ok":true,"ratio":null}"#
    )
  }

  @Test(arguments: [0, 7, -7, 10, 1_234_567_890, .max, .min] as [Int64])
  func `integers are written exactly`(value: Int64) {
    var writer = JSONWriter()
    writer.integer(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == String(value))
  }

  @Test(
    arguments: [
      (16.027574321413184, "16.027574321413184"), (1, "1.0"), (0.1, "0.1"), (-0.0, "-0.0"),
      (1e16, "1e+16"), (.leastNonzeroMagnitude, "5e-324"),
    ] as [(Double, String)]
  )
  func `numbers have the fewest digits that read back to them`(value: Double, text: String) throws {
    var writer = JSONWriter()
    writer.double(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    #expect(Double(text) == value)
    #expect(try JSONValue(parsing: writer.bytes) == .number(text))
  }

  @Test func `a number that is not finite is a bug and traps`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.double(.nan)
    }
  }

  @Test func `every text reads back to itself`() throws {
    let texts = ["", "a\"b\\c/", "\u{0}\u{1}\u{1F}\n\r\t", "µg ↔ 😀", "\u{2028}"]
    for text in texts {
      var writer = JSONWriter()
      writer.string(text)
      #expect(try JSONValue(parsing: writer.bytes) == .string(text))
    }
  }

  @Test func `a value that was read is written as it stood`() throws {
    let text = #"{"b":[1.50,-0,null,true],"a":{"c":"d"}}"#
    var writer = JSONWriter()
    writer.value(try JSONValue(parsing: Array(text.utf8)))
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }
}
