import JSONText
public import PumpLink

/// What a caller keeps of a pump that it has paired with; nothing in it is secret.
public struct PumpContact: Equatable, Sendable {
  public var id: Bytes16
  /// X25519: the static key of the pump's sessions.
  public var sessionKey: Bytes32
  /// Ed25519: signs the pump's receipts.
  public var signingKey: Bytes32
  public var remote: String
  public var near: String

  public init(
    id: Bytes16,
    sessionKey: Bytes32,
    signingKey: Bytes32,
    remote: String,
    near: String
  ) {
    self.id = id
    self.sessionKey = sessionKey
    self.signingKey = signingKey
    self.remote = remote
    self.near = near
  }

  /// Reads a contact file.
  public init(json bytes: [UInt8]) throws {
    let object = try JSONCursor(root: try JSONValue(parsing: bytes)).object([
      "pump_id", "session_key", "signing_key", "remote", "near",
    ])
    func hex(_ name: String) throws -> [UInt8] {
      let field = try object.required(name)
      guard let bytes = Hexadecimal.bytes(try field.string()) else {
        throw field.mismatch(expected: "hexadecimal digits")
      }
      return bytes
    }
    guard let id = Bytes16(bytes: try hex("pump_id")),
      let session = Bytes32(bytes: try hex("session_key")),
      let signing = Bytes32(bytes: try hex("signing_key"))
    else { throw JSONMismatch(path: "$", given: "keys of other lengths", expected: "a contact") }
    self.init(
      id: id,
      sessionKey: session,
      signingKey: signing,
      remote: try object.required("remote").string(),
      near: try object.required("near").string()
    )
  }

  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in [
      ("pump_id", Hexadecimal.text(id.array)), ("session_key", Hexadecimal.text(sessionKey.array)),
      ("signing_key", Hexadecimal.text(signingKey.array)), ("remote", remote), ("near", near),
    ] {
      writer.key(name)
      writer.string(value)
    }
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Whether a receipt is this pump's own word.
  public func vouches(for receipt: Receipt, _ crypto: some LinkCrypto) -> Bool {
    receipt.pump == id && receipt.signature.key == Bytes16(of: signingKey, crypto)
      && receipt.isValid(receipt.signature, by: signingKey, crypto)
  }
}
