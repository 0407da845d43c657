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
    precondition(count >= 0)
    var remainder: UInt32 = 0xFFFF_FFFF
    var index = start
    let end = start + count
    #if !hasFeature(Embedded)
    // Four bytes at a step: on a host the 4 KB of table are nothing, on a microcontroller they are.
    let tables = tablesOfFour.span
    while end - index >= 4 {
      let word =
        UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8
        | UInt32(bytes[index + 2]) << 16 | UInt32(bytes[index + 3]) << 24
      let mixed = remainder ^ word
      remainder =
        tables[768 + Int(mixed & 0xFF)] ^ tables[512 + Int(mixed >> 8 & 0xFF)]
        ^ tables[256 + Int(mixed >> 16 & 0xFF)] ^ tables[Int(mixed >> 24)]
      index += 4
    }
    #endif
    while index < end {
      remainder = remainder >> 8 ^ table[Int((remainder ^ UInt32(bytes[index])) & 0xFF)]
      index += 1
    }
    return ~remainder
  }

  #if !hasFeature(Embedded)
  /// The remainder of each byte with none, one, two and three bytes of zeros behind it.
  static let tablesOfFour: InlineArray<1024, UInt32> = {
    var tables = InlineArray<1024, UInt32>(repeating: 0)
    for byte in 0..<256 { tables[byte] = table[byte] }
    for place in 256..<1024 {
      let before = tables[place - 256]
      tables[place] = before >> 8 ^ table[Int(before & 0xFF)]
    }
    return tables
  }()
  #endif
}
