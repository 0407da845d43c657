public import OrderText
public import PumpLink
import PumpLinkCrypto

/// Whose keys a file holds.
public enum KeyKind: String, Equatable, Sendable, CaseIterable {
  /// Prescriber, nurse or pharmacist: signs orders and opens sessions.
  case person
  /// The clinic's: certifies people and revokes keys; kept off every network.
  case root
}

/// The secrets of one person or of a clinic's root.
public struct SecretKeys: Equatable, Sendable {
  /// Ed25519.
  public let signing: Bytes32
  /// X25519; a root has none.
  public let session: Bytes32?

  public init(signing: Bytes32, session: Bytes32?) {
    self.signing = signing
    self.session = session
  }

  /// Keys out of chance.
  ///
  /// - Parameters:
  ///   - kind: whose they are.
  ///   - chance: 64 bytes that nobody can guess; any other count traps.
  public init(_ kind: KeyKind, chance: [UInt8]) {
    guard chance.count == 64, let signing = Bytes32(chance.span.extracting(first: 32)),
      let session = Bytes32(chance.span.extracting(last: 32))
    else { preconditionFailure("two keys are made of 64 bytes") }
    self.init(signing: signing, session: kind == .person ? session : nil)
  }
}

/// What others may know of a person's or a root's keys.
public struct PublicKeys: Equatable, Sendable {
  public let kind: KeyKind
  /// As the person wrote it: one line of 1 to 64 characters.
  public let name: String
  /// Ed25519.
  public let signing: Bytes32
  /// X25519; a root has none.
  public let session: Bytes32?

  /// - Throws: ``SigningError/Kind/malformed`` where the name is not one line of 1 to 64 characters.
  public init(
    _ kind: KeyKind,
    name: String,
    signing: Bytes32,
    session: Bytes32?
  ) throws(SigningError) {
    let isLine = name.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: false
      default: true
      }
    }
    guard (1...64).contains(name.unicodeScalars.count), isLine, name.first != " ", name.last != " "
    else {
      throw SigningError(
        .malformed,
        "given a name of that form, expected 1 to 64 characters in one line"
      )
    }
    self.kind = kind
    self.name = name
    self.signing = signing
    self.session = session
  }

  public init(_ kind: KeyKind, name: String, of secrets: SecretKeys) throws(SigningError) {
    let crypto = SwiftCrypto()
    try self.init(
      kind,
      name: name,
      signing: crypto.ed25519PublicKey(of: secrets.signing),
      session: secrets.session.map { crypto.x25519PublicKey(of: $0) }
    )
  }

  /// The id by which orders and certificates name the signing key.
  public var id: Bytes16 { Bytes16(of: signing, SwiftCrypto()) }

  /// The id of the person, the same for all keys under one name.
  ///
  /// It is made of the name, whatever its case and spaces, so that one person with two keys stays one
  /// person, who cannot sign an order twice. Two people of one name need names that differ.
  public var person: Bytes16 {
    let words = name.lowercased().split(separator: " ").joined(separator: " ")
    let hash = SwiftCrypto().sha256(Array("cisterna.person.1 \(words)".utf8).span)
    var id = Bytes16()
    for index in 0..<16 { id[index] = hash[index] }
    return id
  }
}
