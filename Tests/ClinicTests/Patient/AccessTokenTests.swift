import Testing

@testable import Clinic

/// The code of a card: 128 bits that can be typed.
struct AccessTokenTests {
  @Test
  func `a code reads back as it was written, however it is typed`() throws {
    let chance = ClinicChance { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    for _ in 0..<500 {
      let token = AccessToken(chance)
      #expect(token.text.count == 30)
      #expect(RouteTemplate.isValue(token.text))
      let typed = token.text.lowercased().replacing("-", with: " ").replacing("0", with: "o")
        .replacing("1", with: "l")
      for text in [token.text, typed, " \(token.text) "] {
        #expect(AccessToken(text)?.hash == token.hash)
      }
    }
  }

  @Test
  func `a code with a letter more, less or changed is another or none`() throws {
    let token = AccessToken(
      ClinicChance { count in (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) } }
    )
    let letters = Array(token.text)
    var others = 0
    for place in letters.indices where letters[place] != "-" {
      for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where letter != letters[place] {
        var changed = letters
        changed[place] = letter
        let read = AccessToken(String(changed))
        #expect(read?.hash != token.hash)
        others += 1
      }
    }
    #expect(others == 26 * 31)
    #expect(AccessToken(token.text + "A") == nil)
    #expect(AccessToken(String(token.text.dropLast())) == nil)
    #expect(AccessToken("") == nil)
    #expect(AccessToken(String(repeating: "U", count: 26)) == nil)
  }
}
