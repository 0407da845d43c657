public import PumpCore

/// Who someone is to a pump.
public enum Role: UInt8, Equatable, Sendable, CaseIterable {
  case none, prescriber, nurse, pharmacist, patient, clinicServer, emergencyCard
}

/// What a certified key is for.
public enum KeyUse: UInt8, Equatable, Sendable {
  /// Ed25519: signs orders and requests.
  case signing = 1
  /// X25519: is the static key of sessions.
  case session
}

/// A root's word that a key is a person's or a party's, in a role and for a time.
public struct Certificate: WireObject {
  public var key = Bytes32()
  public var use = KeyUse.signing
  /// Whose key it is: the same for all keys of one person.
  public var name = Bytes16()
  public var role = Role.none
  /// By the pump's clock, both included.
  public var notBefore = LocalTime(milliseconds: 0)
  public var notAfter = LocalTime(milliseconds: 0)
  /// The root's.
  public var signature = KeySignature()

  public init() {}

  public mutating func codeSigned(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(.certificate, &bytes)
    cursor.code(&key, &bytes)
    cursor.code(&use, &bytes)
    cursor.code(&name, &bytes)
    cursor.code(&role, &bytes)
    cursor.code(&notBefore, &bytes)
    cursor.code(&notAfter, &bytes)
  }

  public mutating func codeSignatures(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    signature.code(&cursor, &bytes)
  }
}

/// A root's list of keys that count no more; the list with the greatest number holds, alone.
public struct Revocation: WireObject {
  public static let capacity = 32
  public var number: UInt64 = 0
  public private(set) var count = 0
  var keys = InlineArray<32, Bytes16>(repeating: Bytes16())
  /// The root's.
  public var signature = KeySignature()

  public init() {}

  /// The id of the key at a place below ``count``.
  public subscript(place: Int) -> Bytes16 { keys[place] }

  /// Adds the id of a key; false where the list is full.
  public mutating func append(_ key: Bytes16) -> Bool {
    guard count < Self.capacity else { return false }
    keys[count] = key
    count += 1
    return true
  }

  public func contains(_ key: Bytes16) -> Bool {
    for place in 0..<count where keys[place] == key { return true }
    return false
  }

  public mutating func codeSigned(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(.revocation, &bytes)
    cursor.code(&number, &bytes)
    cursor.code(&count, in: 0...Self.capacity, &bytes)
    guard !cursor.failed else {
      count = 0
      return
    }
    for place in 0..<count { cursor.code(&keys[place], &bytes) }
  }

  public mutating func codeSignatures(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    signature.code(&cursor, &bytes)
  }
}
