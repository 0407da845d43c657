import Ledger
import Testing

@testable import Clinic

/// What the follower need not read from the disk.
struct OwnAppendsTests {
  private static func draft(_ id: String) -> EventDraft {
    EventDraft(id: id, time: 0, who: "one", what: "seen", payload: Array("1".utf8))
  }

  @Test
  func `own appends are passed without a gap, and one of others stops them (SR-113)`() async throws
  {
    let inner = MemoryLedger()
    let counted = CountedLedger(inner, Metrics())
    let audit = StreamDrafts([Self.draft("a-1")], to: "audit/2026-01-01", expecting: .any)
    let own = StreamDrafts([Self.draft("p-1")], to: "patient/one", expecting: .any)
    _ = try await counted.append([own, audit])
    _ = try await counted.append([Self.draft("a-2")], to: "audit/2026-01-01", expecting: .any)
    _ = try await inner.append([Self.draft("p-2")], to: "patient/one", expecting: .any)
    _ = try await counted.append([Self.draft("p-3")], to: "patient/one", expecting: .any)
    // The same again adds nothing.
    _ = try await counted.append([Self.draft("p-3")], to: "patient/one", expecting: .any)

    let first = try #require(counted.own.take(after: 0))
    #expect(first.last == 3)
    #expect(first.events.map(\.draft.id) == ["p-1"])
    #expect(counted.own.take(after: 3) == nil)
    #expect(counted.own.first(after: 3) == 5)
    let second = try #require(counted.own.take(after: 4))
    #expect(second.last == 5)
    #expect(second.events.map(\.draft.id) == ["p-3"])
    #expect(counted.own.take(after: 5) == nil && counted.own.first(after: 5) == nil)
  }

  @Test
  func `what was passed by another way is forgotten`() async throws {
    let counted = CountedLedger(MemoryLedger(), Metrics())
    for number in 1...5 {
      _ = try await counted.append([Self.draft("p-\(number)")], to: "patient/one", expecting: .any)
    }
    #expect(counted.own.first(after: 2) == 3)
    #expect(counted.own.take(after: 0) == nil)
    #expect(counted.own.take(after: 2)?.last == 5)
  }
}
