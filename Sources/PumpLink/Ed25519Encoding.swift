/// The one rule for Ed25519 encodings, the same wherever the link verifies.
///
/// RFC 8032 leaves room, and libraries differ in it, so that one side could take what the other
/// refuses. Here a public key must be the one encoding of its point and not of small order, and S
/// must be below the group's order. BoringSSL already compares R as bytes, so R too has but one
/// encoding, and verifies without the cofactor.
public enum Ed25519Encoding {
  /// The y of the points of order 8, twice; those of orders 1, 2 and 4 are 1, -1 and 0.
  private static let eighth: InlineArray<32, UInt8> = [
    0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
    0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
  ]
  private static let otherEighth: InlineArray<32, UInt8> = [
    0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
    0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
  ]

  /// The order of the group: 2^252 + 27742317777372353535851937790883648493.
  private static let order: InlineArray<32, UInt8> = [
    0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
  ]

  /// Whether an encoded public key must be refused, whatever it is said to have signed.
  ///
  /// That 32 bytes are no point at all, the verification finds.
  public static func isRefused(_ publicKey: Bytes32) -> Bool {
    var y = publicKey
    y[31] &= 0x7F
    var isEighth = true
    var isOtherEighth = true
    // All the bytes between the first and the last, and the last, where y is 0, 1, -1 or above.
    var isLow = y[31] == 0
    var isHigh = y[31] == 0x7F
    for index in 0..<32 {
      if y[index] != eighth[index] { isEighth = false }
      if y[index] != otherEighth[index] { isOtherEighth = false }
      guard (1..<31).contains(index) else { continue }
      if y[index] != 0 { isLow = false }
      if y[index] != 0xFF { isHigh = false }
    }
    // y is canonical below 2^255 - 19; the points with x = 0 and the sign set are of small order.
    let isZeroOrOne = isLow && y[0] <= 1
    let isMinusOneOrMore = isHigh && y[0] >= 0xEC
    return isEighth || isOtherEighth || isZeroOrOne || isMinusOneOrMore
  }

  /// Whether the second half of a signature is below the group's order (RFC 8032 §5.1.7).
  public static func hasCanonicalS(_ signature: Bytes64) -> Bool {
    for index in (0..<32).reversed() where signature[32 + index] != order[index] {
      return signature[32 + index] < order[index]
    }
    return false
  }
}
