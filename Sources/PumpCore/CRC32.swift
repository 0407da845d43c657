/// The cyclic redundancy check of IEEE 802.3 (polynomial 0xEDB88320, reflected).
///
/// It finds every error of one or two bits and every burst of up to 32 in records of this size.
public enum CRC32 {
  /// The remainder of each byte, computed once at start.
  static let table: InlineArray<256, UInt32> = {
    var table = InlineArray<256, UInt32>(repeating: 0)
    for byte in 0..<256 {
      var remainder = UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
      }
      table[byte] = remainder
    }
    return table
  }()

  /// The check of a stretch of bytes.
  public static func of(_ bytes: Span<UInt8>, from start: Int, count: Int) -> UInt32 {
    var remainder: UInt32 = 0xFFFF_FFFF
    for index in start..<start + count {
      remainder = remainder >> 8 ^ table[Int((remainder ^ UInt32(bytes[index])) & 0xFF)]
    }
    return ~remainder
  }
}
