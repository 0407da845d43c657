import Testing

@testable import Clinic

struct SessionBookTests {
  private let book = SessionBook()
  private let chance = TestChance().chance

  @Test
  func `a session ends when it is not used, and at its age whether or not it is`() {
    let (token, _) = book.begin("a", from: "x", at: 0, chance)
    #expect(book.use(token, at: SessionBook.idleMax) != nil)
    #expect(book.use(token, at: 2 * SessionBook.idleMax + 1) == nil)
    let (second, _) = book.begin("a", from: "x", at: 0, chance)
    var now: Int64 = 0
    while now <= SessionBook.ageMax {
      #expect(book.use(second, at: now) != nil)
      now += SessionBook.idleMax
    }
    #expect(book.use(second, at: SessionBook.ageMax + 1) == nil)
  }

  @Test
  func `what is not the token opens nothing`() {
    let (token, session) = book.begin("a", from: "x", at: 0, chance)
    for other in ["", "x", session.id, session.formToken, token + "0", String(token.dropLast())] {
      #expect(book.use(other, at: 1) == nil)
    }
    #expect(token.utf8.count == 64)
  }

  @Test
  func `somebody's sessions are listed and can be ended, nobody else's`() {
    let (token, mine) = book.begin("a", from: "x", at: 0, chance)
    let (other, _) = book.begin("b", from: "x", at: 0, chance)
    #expect(book.list(of: "a", at: 1).map(\.id) == [mine.id])
    book.end(mine.id, of: "b")
    #expect(book.use(token, at: 1) != nil)
    book.endAll(of: "a")
    #expect(book.use(token, at: 1) == nil)
    #expect(book.use(other, at: 1) != nil)
  }

  @Test
  func `an account has a bounded number of sessions; the one not used for longest ends`() {
    let tokens = (0...SessionBook.perAccountMax).map { number in
      book.begin("a", from: "x", at: Int64(number), chance).token
    }
    #expect(book.use(tokens[0], at: 20) == nil)
    #expect(tokens.dropFirst().allSatisfy { book.use($0, at: 20) != nil })
  }
}
