import Testing

@testable import Clinic

struct OneTimeCodeTests {
  /// RFC 6238, appendix B: SHA-1, eight digits.
  static let published: [(second: Int64, code: String)] = [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
    (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
  ]
  static let secret = Array("12345678901234567890".utf8)

  @Test(arguments: published)
  func `codes are those of RFC 6238`(second: Int64, code: String) {
    let step = OneTimeCode.step(at: second * 1_000)
    #expect(OneTimeCode.code(Self.secret, step: step, digits: 8) == code)
    #expect(OneTimeCode.code(Self.secret, step: step) == String(code.suffix(6)))
  }

  @Test
  func `a code is taken one step before and after its own, and no further`() {
    let now: Int64 = 1_234_567_890_000
    let own = OneTimeCode.step(at: now)
    for distance in -3...3 as ClosedRange<Int64> {
      let code = OneTimeCode.code(Self.secret, step: own + distance)
      let step = OneTimeCode.matching(code, Self.secret, at: now, after: nil)
      #expect(step == (abs(distance) <= 1 ? own + distance : nil))
    }
  }

  @Test
  func `a code that was taken, and every earlier one, is used up (SR-113)`() {
    let now: Int64 = 1_234_567_890_000
    let own = OneTimeCode.step(at: now)
    let code = OneTimeCode.code(Self.secret, step: own)
    #expect(OneTimeCode.matching(code, Self.secret, at: now, after: own) == nil)
    let before = OneTimeCode.code(Self.secret, step: own - 1)
    #expect(OneTimeCode.matching(before, Self.secret, at: now, after: own) == nil)
    let next = OneTimeCode.code(Self.secret, step: own + 1)
    #expect(OneTimeCode.matching(next, Self.secret, at: now, after: own) == own + 1)
  }

  @Test
  func `a code typed with spaces is the code; with anything else it is none`() {
    let now: Int64 = 59_000
    #expect(OneTimeCode.matching("287 082", Self.secret, at: now, after: nil) == 1)
    for typed in ["", "28708", "2870822", "28708a", "287-082"] {
      #expect(OneTimeCode.matching(typed, Self.secret, at: now, after: nil) == nil)
    }
  }

  /// RFC 4648, section 10.
  @Test(
    arguments: [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
      ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ]
  )
  func `base 32 is that of RFC 4648`(plain: String, text: String) {
    #expect(OneTimeCode.base32(Array(plain.utf8)) == text)
  }
}
