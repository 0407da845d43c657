import Crypto
import Foundation
import OrderText

/// A secret of 128 bits that opens one page or one calendar, as text that can be typed.
///
/// It is written in Crockford's base 32, 26 characters in groups, and read whatever its case and hyphens. The
/// ledger holds its hash alone. It is no key of a pump: the pump's emergency card is another secret, which no
/// server ever sees.
struct AccessToken: Equatable, Sendable {
  private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  static let count = 16

  private let bytes: [UInt8]

  init(_ chance: ClinicChance) { bytes = chance.bytes(Self.count) }

  /// Reads what somebody typed; nothing where it is not whole.
  init?(_ text: String) {
    var value: [UInt8] = []
    var (bits, held): (UInt32, Int) = (0, 0)
    let typed = text.uppercased().utf8.filter { $0 > 32 && $0 != UInt8(ascii: "-") }
    guard typed.count == 26 else { return nil }
    for digit in typed {
      let plain: UInt8 =
        switch digit {
        case UInt8(ascii: "O"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        default: digit
        }
      guard let number = Self.digits.firstIndex(of: plain) else { return nil }
      bits = bits << 5 | UInt32(number)
      held += 5
      if held >= 8 {
        value.append(UInt8(truncatingIfNeeded: bits >> UInt32(held - 8)))
        held -= 8
        bits &= (1 << UInt32(held)) - 1
      }
    }
    // Two bits too many are zeros: one text for each secret.
    guard value.count == Self.count, bits == 0 else { return nil }
    bytes = value
  }

  /// Groups of five, the last of six, to be typed from a card.
  var text: String {
    var letters: [UInt8] = []
    var (bits, held): (UInt32, Int) = (0, 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      held += 8
      while held >= 5 {
        letters.append(Self.digits[Int(bits >> UInt32(held - 5) & 31)])
        held -= 5
      }
      bits &= (1 << UInt32(held)) - 1
    }
    letters.append(Self.digits[Int(bits << UInt32(5 - held) & 31)])
    let text = String(decoding: letters, as: UTF8.self)
    return stride(from: 0, to: 25, by: 5).map { place in
      let start = text.index(text.startIndex, offsetBy: place)
      return place == 20 ? String(text[start...]) : String(text[start...].prefix(5))
    }.joined(separator: "-")
  }

  /// What is kept of it.
  var hash: String { Hex.text(SHA256.hash(data: bytes)) }
}
