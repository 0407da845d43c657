import Quantities
import PumpTesting
import Testing

/// The division of whole numbers, H-08.
struct RoundingTests {
  /// The same by another way: ⌊(2n + d) / 2d⌋, one less where that was a tie and came out odd.
  static func expected(_ numerator: Int64, over denominator: Int64) -> Int128 {
    let doubled = 2 * Int128(numerator) + Int128(denominator)
    let divisor = 2 * Int128(denominator)
    var (quotient, rest) = doubled.quotientAndRemainder(dividingBy: divisor)
    if rest < 0 {
      quotient -= 1
      rest += divisor
    }
    return rest == 0 && quotient % 2 != 0 ? quotient - 1 : quotient
  }

  @Test(
    arguments: [
      (5, 2, 2), (7, 2, 4), (3, 2, 2), (1, 2, 0), (-1, 2, 0), (-3, 2, -2), (-5, 2, -2), (-7, 2, -4),
      (4, 3, 1), (5, 3, 2), (-4, 3, -1), (-5, 3, -2), (0, 7, 0), (9, 6, 2), (15, 6, 2),
      (.max, 1, .max),
      (.min, 1, .min), (.max, .max, 1), (.min, .max, -1), (.max, 2, 4_611_686_018_427_387_904),
    ] as [(Int64, Int64, Int64)]
  )
  func `a quotient rounds to the nearest and a tie to the even one, SR-001`(
    numerator: Int64,
    denominator: Int64,
    quotient: Int64
  ) {
    #expect(Rounding.halfEven(numerator, over: denominator) == quotient)
    #expect(Self.expected(numerator, over: denominator) == Int128(quotient))
  }

  @Test func `a hundred thousand quotients are those of an independent computation, H-08`() {
    let campaign = Campaign(name: "half-even division", seed: 1, cases: 100_000)
    let failure = campaign.firstFailure { generator in
      let numerator = Bool.random(using: &generator) ? generator.anySize() : -generator.positive()
      let denominator = generator.positive()
      let found = Rounding.halfEven(numerator, over: denominator)
      let expected = Int64(exactly: Self.expected(numerator, over: denominator))
      return found == expected
        ? nil : "\(numerator) / \(denominator) gives \(found as Int64?), not \(expected as Int64?)"
    }
    #expect(failure == nil)
  }

  @Test func `ties by construction go to the even neighbour, H-08`() {
    let campaign = Campaign(name: "half-even ties", seed: 2, cases: 100_000)
    let failure = campaign.firstFailure { generator in
      let half = Int64.random(in: 1...1_000_000, using: &generator)
      let below = Int64.random(in: -1_000_000...1_000_000, using: &generator)
      let tie = below * 2 * half + half
      guard let found = Rounding.halfEven(tie, over: 2 * half) else { return "no quotient" }
      let isNeighbour = found == below || found == below + 1
      return isNeighbour && found % 2 == 0 ? nil : "\(tie) / \(2 * half) gives \(found)"
    }
    #expect(failure == nil)
  }

  @Test(
    arguments: [(0, 5, 0), (1, 5, 1), (5, 5, 1), (6, 5, 2), (.max, 1, .max)]
      as [(Int64, Int64, Int64)]
  )
  func `rounding up gives the least quotient that is enough`(
    numerator: Int64,
    denominator: Int64,
    quotient: Int64
  ) {
    #expect(Rounding.up(numerator, over: denominator) == quotient)
  }

  @Test func `a divisor that is not positive is a bug and traps, SR-001`() async {
    await #expect(processExitsWith: .failure) { _ = Rounding.halfEven(1, over: 0) }
  }
}
