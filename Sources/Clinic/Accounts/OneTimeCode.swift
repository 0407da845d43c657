import Crypto
import Foundation

/// Codes of six digits by the time (RFC 6238 with SHA-1 and steps of 30 s), as authenticators have.
public enum OneTimeCode {
  public static let stepMilliseconds: Int64 = 30_000
  /// As RFC 4226 recommends.
  public static let secretCount = 20
  /// Steps before and after the present one whose code is taken: clocks differ.
  static let slack: Int64 = 1

  /// The step of an instant.
  public static func step(at milliseconds: Int64) -> Int64 { milliseconds / stepMilliseconds }

  /// The code of a step.
  public static func code(_ secret: [UInt8], step: Int64, digits: Int = 6) -> String {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> Int64(56 - 8 * $0)) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret))
    )
    let offset = Int(mac[19] & 15)
    let number = (0..<4).reduce(0) { $0 << 8 | Int(mac[offset + $1]) } & 0x7FFF_FFFF
    let power = (0..<digits).reduce(1) { product, _ in product * 10 }
    let text = String(number % power)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }

  /// The step whose code this is.
  ///
  /// - Parameters:
  ///   - code: as typed; spaces are left out.
  ///   - secret: shared with the authenticator.
  ///   - milliseconds: now.
  ///   - last: the step whose code was taken last: that and earlier ones are used up.
  /// - Returns: nothing where it is none of those that are taken now.
  static func matching(
    _ code: String,
    _ secret: [UInt8],
    at milliseconds: Int64,
    after last: Int64?
  ) -> Int64? {
    let typed = code.utf8.filter { $0 != UInt8(ascii: " ") }
    let now = step(at: milliseconds)
    var found: Int64?
    // All are compared, so that the time does not tell which one it was.
    for step in now - slack...now + slack where step > (last ?? .min) {
      if Secret.isSame(typed, Array(Self.code(secret, step: step).utf8)) { found = step }
    }
    return found
  }

  /// The secret as authenticators take it typed: base 32 (RFC 4648), without padding.
  public static func base32(_ secret: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in secret {
      bits = (bits << 8 | Int(byte)) & 0xFFFF
      count += 8
      while count >= 5 {
        count -= 5
        text.append(digits[bits >> count & 31])
      }
    }
    if count > 0 { text.append(digits[bits << (5 - count) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }
}
