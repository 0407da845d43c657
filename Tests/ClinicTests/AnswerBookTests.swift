import Crypto
import Testing

@testable import Clinic

/// Answers that are kept by the client's key.
struct AnswerBookTests {
  @Test
  func `a key that was tried again is as young as its last answer (SR-113, H-69)`() async throws {
    let book = AnswerBook()
    let print = SHA256.hash(data: [1])
    func ask(_ key: String, at now: Int64, _ status: Int = 200) async throws -> String {
      let response = try await book.answer(key, print: print, at: now) {
        WebResponse(status, html: "done at \(now)")
      }
      return String(decoding: response.bytes, as: UTF8.self)
    }
    // Refused at first, as where somebody else was quicker, and done much later under the same key.
    _ = try await ask("retried", at: 0, 409)
    for number in 1..<AnswerBook.countMax - 1 { _ = try await ask("k\(number)", at: Int64(number)) }
    let last = Int64(AnswerBook.countMax)
    #expect(try await ask("retried", at: last) == "done at \(last)")
    // Makes room: the oldest go, and this one is not among them.
    _ = try await ask("one more", at: last + 1)
    #expect(try await ask("retried", at: last + 2) == "done at \(last)")
    #expect(try await ask("k1", at: last + 3) == "done at \(last + 3)", "the oldest went")
  }
}
