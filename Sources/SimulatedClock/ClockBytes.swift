/// An anchor as the file holds it: 48 bytes, least byte first.
///
///     offset  0           8        16         24     32      40
///             "CSTCLK01"  wall ms  simulated  speed  chosen  check
///
/// The check is FNV-1a, 64 bits, over the 40 bytes before it. It finds a file that is cut off or
/// something else, not one that somebody made on purpose: a demonstration's time is no secret.
enum ClockBytes {
  static let count = 48
  private static let magic: [UInt8] = Array("CSTCLK01".utf8)

  static func bytes(of anchor: ClockAnchor) -> [UInt8] {
    var bytes = magic
    for value in [anchor.wall, anchor.simulated, anchor.speed, anchor.chosen] {
      append(UInt64(bitPattern: value), to: &bytes)
    }
    append(check(bytes), to: &bytes)
    return bytes
  }

  /// The anchor; nothing where the bytes are none.
  static func anchor(of bytes: [UInt8]) -> ClockAnchor? {
    guard bytes.count == count, Array(bytes[..<8]) == magic,
      value(bytes, at: 40) == check(Array(bytes[..<40]))
    else { return nil }
    let values = [8, 16, 24, 32].map { Int64(bitPattern: value(bytes, at: $0)) }
    let speeds = 0...ClockAnchor.speedMax
    guard speeds.contains(values[2]), speeds.contains(values[3]) else { return nil }
    return ClockAnchor(
      wall: values[0],
      simulated: values[1],
      speed: values[2],
      chosen: values[3]
    )
  }

  private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
  }

  private static func value(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  private static func check(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
