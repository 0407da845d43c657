import Foundation
import Testing
import Therapy

@testable import Clinic

/// The form of a complication's tests.
@Suite(.timeLimit(.minutes(2)))
struct ComplicationFormTests {
  private static func options(of name: String, in page: String) throws -> Set<String> {
    let start = try #require(page.range(of: "name=\"\(name)\"")?.upperBound, "no \(name)")
    let end = try #require(page.range(of: "</select>", range: start..<page.endIndex)?.lowerBound)
    return Set(
      page[start..<end].split(separator: "value=\"").dropFirst().compactMap {
        $0.split(separator: "\"", omittingEmptySubsequences: false).first.map(String.init)
      }
    )
  }

  @Test
  func `it offers the test that is asked for, and the answers of that test alone`() async throws {
    let ward = try await Ward()
    let walk = try await PathwayWalk.to(.beside, ward)
    func form() async throws -> (tests: Set<String>, answers: Set<String>) {
      let answer = try await PageOrderTests.ask(
        ward,
        .get,
        "/patients/\(walk.patient.text)/pathway/complications"
      )
      return (
        try Self.options(of: "test", in: answer.text),
        try Self.options(of: "answer", in: answer.text)
      )
    }
    let state = try #require(try await walk.record().pathway.complications.last)
    guard case .ask(let first) = state.standing else {
      Issue.record("no test is asked for")
      return
    }
    let before = try await form()
    #expect(before.tests == ["", first.rawValue])
    #expect(before.answers == Set(first.facts.answers.map(\.rawValue) + [""]))
    try await walk.give(
      "complication-test",
      #"{"complication":\#(state.id.position),"test":"\#(first.rawValue)","answer":"#
        + #""\#(first.facts.answers[0].rawValue)","doneAt":\#(walk.now.milliseconds),"vitals":{"pulse":70}}"#
    )
    guard
      case .ask(let second)? = try await walk.record().pathway.complications.last?.standing
    else {
      Issue.record("no second test is asked for")
      return
    }
    let after = try await form()
    #expect(after.tests == ["", second.rawValue])
    #expect(after.answers == Set(second.facts.answers.map(\.rawValue) + [""]))
    #expect(first != second)
  }
}
