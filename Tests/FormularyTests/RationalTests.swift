import PumpTesting
import Testing

@testable import Formulary

struct RationalTests {
  private static func small(_ seeded: inout Seeded) -> (Rational, Share) {
    let top = Int64(seeded.pick(-1_000_000_000_000...1_000_000_000_000))
    let bottom = Int64(seeded.pick(1...1_000_000_000))
    return (Rational(top, over: bottom), Share(Long(top), Long(bottom)))
  }

  private static func same(_ lhs: Rational, _ rhs: Share) -> Bool {
    rhs.top * (Long(text: "\(lhs.denominator)")) == rhs.bottom * Long(text: "\(lhs.numerator)")
  }

  @Test
  func `arithmetic is that of long numbers, and always reduced (H-08)`() {
    let campaign = Campaign(name: "rational arithmetic", seed: 0x8A71, cases: 2_000)
    let failure = campaign.firstFailure { seeded in
      let (a, x) = Self.small(&seeded)
      let (b, y) = Self.small(&seeded)
      do {
        let quotient = b == .zero ? Rational.zero : try a / b
        guard Self.same(try a + b, x + y), Self.same(try a - b, x - y),
          Self.same(try a * b, x * y), b == .zero || Self.same(quotient, x / y)
        else { return "\(a), \(b)" }
        let back = try (a + b) - b
        guard back == a, (a < b) == (x < y), a.roundedHalfEven() == Int128(x.nearest.description)
        else { return "\(a), \(b)" }
        return a.nearestDouble == x.double ? nil : "\(a) is not \(x.double)"
      } catch {
        return "\(a), \(b): \(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test(
    "a tie rounds to the even number",
    arguments: [
      (1, 2, 0), (3, 2, 2), (5, 2, 2), (-1, 2, 0), (-3, 2, -2), (-5, 2, -2), (7, 4, 2), (-7, 4, -2),
      (9, 4, 2), (0, 5, 0),
    ]
  )
  func halfEven(top: Int64, bottom: Int64, rounded: Int) {
    #expect(Rational(top, over: bottom).roundedHalfEven() == Int128(rounded))
  }

  @Test
  func `what does not fit is refused, not wrapped (H-08)`() throws {
    let large = try Rational(Int64.max) * Rational(Int64.max)
    #expect(throws: Rational.overflow) { _ = try large * large }
    #expect(throws: Rational.overflow) {
      _ = try Rational(1, over: .max) * Rational(1, over: .max - 1) / large
    }
    #expect(throws: Rational.overflow) { _ = try large + large + large + large }
    #expect(throws: Rational.overflow) { _ = try large.stored() }
  }

  @Test
  func `numbers of any size compare without overflow`() throws {
    let large = try Rational(Int64.max) * Rational(Int64.max)
    let tiny = try Rational.one / large
    let less = try large / (large + Rational.one)
    #expect(tiny < less)
    #expect(less < Rational.one)
    #expect(try Rational.one / less > Rational.one)
    #expect(!(less < less))
    #expect(Rational(-7, over: 2) < Rational(-3))
  }

  @Test(
    "a text is exact where it can be, and says where it is not",
    arguments: [
      (3, 20, "0.15"), (400, 3, "≈ 133.3"), (-21, 1, "-21"), (1, 3_000_000, "≈ 0.0000003333"),
      (1_234_567, 1, "1234567"), (-1, 3, "≈ -0.3333"), (0, 1, "0"), (9_999_999, 1_000, "9999.999"),
      (29_999_999, 3, "≈ 10000000"),
    ]
  )
  func text(top: Int64, bottom: Int64, text: String) {
    #expect(Rational(top, over: bottom).text() == text)
  }
}

extension Long {
  /// Of decimal digits.
  init(text: String) {
    var value = Long.zero
    for digit in text.utf8 where digit != UInt8(ascii: "-") {
      value = value * Long(10) + Long(Int64(digit - UInt8(ascii: "0")))
    }
    self = text.hasPrefix("-") ? -value : value
  }
}
