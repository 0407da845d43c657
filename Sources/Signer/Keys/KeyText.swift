import JSONText
public import OrderText
import PumpLink

/// A small JSON file with one form only: read, written again and compared.
///
/// So a byte that was changed is noticed even where it has no meaning.
struct KeyText {
  let object: JSONObject

  /// - Parameters:
  ///   - bytes: of the file.
  ///   - kind: what the member `cisterna` says.
  ///   - names: of the other members.
  /// - Throws: ``SigningError/Kind/malformed``.
  init(_ bytes: [UInt8], _ kind: String, _ names: [String]) throws(SigningError) {
    do {
      let root = JSONCursor(root: try JSONValue(parsing: bytes))
      object = try root.object(["cisterna", "version"] + names)
      let given = try object.required("cisterna").string()
      guard given == kind else {
        throw SigningError(
          .malformed,
          "given a file of \(JSONPath.quoted(given)), expected \"\(kind)\""
        )
      }
      let version = try object.required("version").integer(in: 1...Int.max)
      guard version == 1 else {
        throw SigningError(.malformed, "given version \(version) of a file, expected version 1")
      }
    } catch let error as JSONSyntaxError {
      throw SigningError(.malformed, "\(error)")
    } catch let error as JSONMismatch {
      throw SigningError(.malformed, "\(error)")
    } catch let error as SigningError {
      throw error
    } catch {
      throw SigningError(.malformed, "\(error)")
    }
  }

  func text(_ name: String) throws(SigningError) -> String {
    do { return try object.required(name).string() } catch {
      throw SigningError(.malformed, "\(error)")
    }
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws(SigningError) -> Int {
    do { return try object.required(name).integer(in: range) } catch {
      throw SigningError(.malformed, "\(error)")
    }
  }

  func bytes(_ name: String, count: Int) throws(SigningError) -> [UInt8] {
    guard let bytes = Hex.bytes(try text(name)), bytes.count == count else {
      throw SigningError(.malformed, "$.\(name): expected \(2 * count) digits from 0 to f")
    }
    return bytes
  }

  func key(_ name: String) throws(SigningError) -> Bytes32 {
    guard let key = Hex.bytes32(try text(name)) else {
      throw SigningError(.malformed, "$.\(name): expected 64 digits from 0 to f")
    }
    return key
  }

  func id(_ name: String) throws(SigningError) -> Bytes16 {
    guard let id = Hex.bytes16(try text(name)) else {
      throw SigningError(.malformed, "$.\(name): expected 32 digits from 0 to f")
    }
    return id
  }

  func has(_ name: String) -> Bool { object.optional(name) != nil }

  /// Throws unless the file is what would be written.
  static func same(_ bytes: [UInt8], _ written: [UInt8]) throws(SigningError) {
    guard bytes == written else {
      throw SigningError(.malformed, "the file is not in the one form in which it is written")
    }
  }

  /// Begins a file of a kind.
  static func writer(_ kind: String) -> JSONWriter {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("cisterna")
    writer.string(kind)
    writer.key("version")
    writer.integer(1)
    return writer
  }

  static func end(_ writer: inout JSONWriter) -> [UInt8] {
    writer.endObject()
    writer.newline()
    return writer.bytes
  }
}

extension PublicKeys {
  /// Reads the file that is handed to whoever certifies the keys.
  ///
  /// - Throws: ``SigningError/Kind/malformed``.
  public init(bytes: [UInt8]) throws(SigningError) {
    let text = try KeyText(bytes, "public keys", ["kind", "name", "signing", "session"])
    try self.init(text)
    try KeyText.same(bytes, self.bytes)
  }

  init(_ text: KeyText) throws(SigningError) {
    let word = try text.text("kind")
    guard let kind = KeyKind(rawValue: word) else {
      throw SigningError(.malformed, "$.kind: expected \"person\" or \"root\"")
    }
    try self.init(
      kind,
      name: try text.text("name"),
      signing: try text.key("signing"),
      session: kind == .person ? try text.key("session") : nil
    )
  }

  /// The file.
  public var bytes: [UInt8] {
    var writer = KeyText.writer("public keys")
    write(&writer)
    return KeyText.end(&writer)
  }

  func write(_ writer: inout JSONWriter) {
    writer.member("kind", kind.rawValue)
    writer.member("name", name)
    writer.member("signing", Hex.text(signing))
    if let session { writer.member("session", Hex.text(session)) }
  }
}

extension KnownPump {
  /// - Throws: ``SigningError/Kind/malformed``.
  public init(bytes: [UInt8]) throws(SigningError) {
    let text = try KeyText(bytes, "pump", ["id", "key"])
    self.init(id: try text.id("id"), key: try text.key("key"))
    try KeyText.same(bytes, self.bytes)
  }

  /// The file.
  public var bytes: [UInt8] {
    var writer = KeyText.writer("pump")
    writer.member("id", Hex.text(id))
    writer.member("key", Hex.text(key))
    return KeyText.end(&writer)
  }
}
