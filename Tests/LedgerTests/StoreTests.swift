import Ledger
import Testing

/// What every store does alike.
struct StoreTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test(arguments: StoreKind.allCases)
  func `events come back as they were written, numbered without gaps (H-71)`(
    kind: StoreKind
  ) async throws {
    let store = try kind.open(scratch)
    try await LedgerSample.fill(store, events: 20)
    let events = try await LedgerSample.all(store)
    #expect(events.map(\.position) == Array(1...20))
    #expect(events.map(\.draft.id) == (0..<20).map { "event-\($0)" })
    #expect(events[6].draft.why == "line one\nline \"two\" \\ 6")
    #expect(events[6].draft.onBehalfOf == "Müller, K.")
    #expect(events[7].draft.onBehalfOf == nil)
    #expect(try await store.lastPosition() == 20)
    let second = try await store.read(stream: "patient-1", after: 2, limit: 3)
    #expect(second.map(\.version) == [3, 4, 5])
    #expect(second.map(\.position) == [8, 11, 14])
    #expect(try await store.read(after: 18, limit: 10).map(\.position) == [19, 20])
    #expect(try await store.read(stream: "nobody", after: 0, limit: 10) == [])
    var check = ChainCheck()
    for event in events { try check.take(event) }
    #expect(check.streamCount == 3)
  }

  @Test
  func `both stores give the same events the same hashes`() async throws {
    var all: [[LedgerEvent]] = []
    for kind in StoreKind.allCases {
      let store = try kind.open(scratch)
      try await LedgerSample.fill(store, events: 30)
      all.append(try await LedgerSample.all(store))
    }
    #expect(all[0] == all[1])
  }

  @Test(arguments: StoreKind.allCases)
  func `a writer who knows an older version is told, and nothing is stored (SR-113)`(
    kind: StoreKind
  ) async throws {
    let store = try kind.open(scratch)
    try await LedgerSample.fill(store, events: 2, streams: 1)
    for wrong: Int64 in [0, 1, 3, -1, .max] {
      await #expect(
        throws: LedgerError.conflict(stream: "patient-0", expected: wrong, actual: 2)
      ) {
        _ = try await store.append(
          [LedgerSample.draft("late")],
          to: "patient-0",
          expecting: .exactly(wrong)
        )
      }
    }
    #expect(try await store.lastPosition() == 2)
    let any = try await store.append([LedgerSample.draft("x")], to: "patient-0", expecting: .any)
    #expect(any.events.map(\.version) == [3])
  }

  @Test(arguments: StoreKind.allCases)
  func `drafts of one append are stored together or not at all`(kind: StoreKind) async throws {
    let store = try kind.open(scratch)
    let three = ["a", "b", "c"].map { LedgerSample.draft($0) }
    let stored = try await store.append(three, to: "p", expecting: .exactly(0))
    #expect(stored.events.map(\.version) == [1, 2, 3])
    #expect(stored.events[2].previous == stored.events[1].hash)
    await #expect(throws: LedgerError.idTaken(id: "b")) {
      let mixed = [LedgerSample.draft("d"), LedgerSample.draft("b")]
      _ = try await store.append(mixed, to: "p", expecting: .exactly(3))
    }
    let nothing = try await store.append([], to: "p", expecting: .exactly(3))
    #expect(nothing.events == [])
    #expect(try await store.lastPosition() == 3)
  }

  @Test(arguments: StoreKind.allCases)
  func `an append to several streams is stored in all of them or in none (SR-113)`(
    kind: StoreKind
  ) async throws {
    let store = try kind.open(scratch)
    func both(_ number: Int, after version: Int64) -> [StreamDrafts] {
      let act = LedgerSample.draft("act-\(number)"), entry = LedgerSample.draft("entry-\(number)")
      return [
        StreamDrafts([act], to: "patient", expecting: .exactly(version)),
        StreamDrafts([entry], to: "audit", expecting: .any),
      ]
    }
    let first = try await store.append(both(1, after: 0))
    #expect(first.events.map(\.stream) == ["patient", "audit"])
    #expect(first.events.map(\.position) == [1, 2])
    #expect(first.events.map(\.version) == [1, 1])
    // The audit's half would do; the patient's is of an older version.
    let old = LedgerError.conflict(stream: "patient", expected: 0, actual: 1)
    await #expect(throws: old) { _ = try await store.append(both(2, after: 0)) }
    #expect(try await store.lastPosition() == 2)
    let again = try await store.append(both(1, after: 0))
    #expect(again.wasThere && again.events == first.events)
    // A part without drafts holds the append to what its writer saw elsewhere.
    let seen = StreamDrafts([], to: "formulary", expecting: .exactly(4))
    let moved = LedgerError.conflict(stream: "formulary", expected: 4, actual: 0)
    await #expect(throws: moved) { _ = try await store.append(both(3, after: 1) + [seen]) }
    let twice = both(4, after: 1) + both(5, after: 1)
    await #expect(throws: LedgerError.self) { _ = try await store.append(twice) }
    // Halves that were stored apart are not the one append.
    _ = try await store.append([LedgerSample.draft("act-6")], to: "patient", expecting: .any)
    _ = try await store.append([LedgerSample.draft("between")], to: "x", expecting: .any)
    _ = try await store.append([LedgerSample.draft("entry-6")], to: "audit", expecting: .any)
    await #expect(throws: LedgerError.self) { _ = try await store.append(both(6, after: 1)) }
    #expect(try await store.lastPosition() == 5)
  }

  @Test(arguments: StoreKind.allCases)
  func `a history is read batch by batch, and ends`(kind: StoreKind) async throws {
    let store = try kind.open(scratch)
    try await LedgerSample.fill(store, events: 25)
    #expect(try await Self.sizes(of: store, after: 2) == [10, 10, 3])
    #expect(try await Self.sizes(of: store, after: 25) == [])
  }

  private static func sizes(
    of store: some LedgerStore,
    after position: Int64
  ) async throws -> [Int] {
    var sizes: [Int] = []
    for try await events in store.history(after: position, batch: 10) { sizes.append(events.count) }
    return sizes
  }

  @Test(arguments: StoreKind.allCases)
  func `the same append sent again is stored once and answered alike (SR-113)`(
    kind: StoreKind
  ) async throws {
    let store = try kind.open(scratch)
    let drafts = [LedgerSample.draft("a"), LedgerSample.draft("b", why: "because")]
    let first = try await store.append(drafts, to: "p", expecting: .exactly(0))
    #expect(!first.wasThere)
    var later = drafts
    later[1].time += 5_000
    let again = try await store.append(later, to: "p", expecting: .exactly(0))
    #expect(again.wasThere)
    #expect(again.events == first.events)
    #expect(try await store.lastPosition() == 2)
  }

  @Test(arguments: StoreKind.allCases)
  func `an id used for something else is refused (SR-113)`(kind: StoreKind) async throws {
    let store = try kind.open(scratch)
    let first = LedgerSample.draft("a")
    _ = try await store.append([first], to: "p", expecting: .exactly(0))
    var others: [EventDraft] = []
    for change in 0..<6 {
      var other = first
      switch change {
      case 0: other.who = "somebody else"
      case 1: other.onBehalfOf = "somebody else"
      case 2: other.what = "another"
      case 3: other.form = 2
      case 4: other.why = ""
      default: other.payload = Array("{\"value\":2}".utf8)
      }
      others.append(other)
    }
    for other in others {
      await #expect(throws: LedgerError.idTaken(id: "a")) {
        _ = try await store.append([other], to: "p", expecting: .any)
      }
    }
    await #expect(throws: LedgerError.idTaken(id: "a")) {
      _ = try await store.append([first], to: "q", expecting: .exactly(0))
    }
    #expect(try await store.lastPosition() == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func `a draft that breaks a rule is refused and nothing is stored`(
    kind: StoreKind
  ) async throws {
    let store = try kind.open(scratch)
    var bad: [EventDraft] = [
      LedgerSample.draft(""), LedgerSample.draft("two words"), LedgerSample.draft("é"),
      LedgerSample.draft(String(repeating: "i", count: 201)),
      LedgerSample.draft("a", "{"), LedgerSample.draft("a", ""),
      LedgerSample.draft("a", "{\"a\":1}\n"), LedgerSample.draft("a", why: "a\0b"),
      LedgerSample.draft("a", "\"" + String(repeating: "x", count: 1 << 20) + "\""),
    ]
    for change in 0..<4 {
      var draft = LedgerSample.draft("a")
      switch change {
      case 0: draft.who = ""
      case 1: draft.what = "a\nb"
      case 2: draft.form = 0
      default: draft.payload = [0x22, 0xFF, 0x22]
      }
      bad.append(draft)
    }
    for draft in bad {
      let error = await #expect(throws: LedgerError.self) {
        _ = try await store.append([draft], to: "p", expecting: .any)
      }
      guard case .badDraft = error else {
        Issue.record("\(draft.id): \(String(describing: error))")
        continue
      }
    }
    for stream in ["", "a b", "é", "a\u{7F}"] {
      await #expect(throws: LedgerError.self) {
        _ = try await store.append([LedgerSample.draft("a")], to: stream, expecting: .any)
      }
    }
    await #expect(throws: LedgerError.self) {
      let twice = [LedgerSample.draft("a"), LedgerSample.draft("a")]
      _ = try await store.append(twice, to: "p", expecting: .any)
    }
    #expect(try await store.lastPosition() == 0)
  }

  @Test(arguments: StoreKind.allCases)
  func `a snapshot comes back with the position it is of`(kind: StoreKind) async throws {
    let store = try kind.open(scratch)
    try await LedgerSample.fill(store, events: 5)
    #expect(try await store.snapshot(named: "patients") == nil)
    var snapshot = LedgerSnapshot(name: "patients", position: 3, form: 2, bytes: [1, 0, 255])
    try await store.save(snapshot)
    #expect(try await store.snapshot(named: "patients") == snapshot)
    snapshot.position = 5
    snapshot.bytes = []
    try await store.save(snapshot)
    #expect(try await store.snapshot(named: "patients") == snapshot)
    snapshot.position = 6
    await #expect(throws: LedgerError.self) { try await store.save(snapshot) }
    snapshot.position = 5
    for name in ["", "a/b", "..", "é", String(repeating: "x", count: 65)] {
      snapshot.name = name
      await #expect(throws: LedgerError.self) { try await store.save(snapshot) }
      #expect(try await store.snapshot(named: name) == nil)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `a follower sees each event once and in order while others write`(
    kind: StoreKind
  ) async throws {
    let store = try kind.open(scratch)
    try await LedgerSample.fill(store, events: 10)
    let follower = Task { try await Self.positions(of: store, after: 4, upTo: 130) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<6 {
        group.addTask {
          for number in 0..<20 {
            let draft = LedgerSample.draft("w\(writer)-\(number)")
            _ = try await store.append([draft], to: "w\(writer)", expecting: .any)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await follower.value == Array(5...130))
  }

  private static func positions(
    of store: some LedgerStore,
    after position: Int64,
    upTo last: Int64
  ) async throws -> [Int64] {
    var seen: [Int64] = []
    for try await events in store.follow(after: position, batch: 7) {
      seen += events.map(\.position)
      if seen.last == last { break }
    }
    return seen
  }

  @Test(arguments: StoreKind.allCases)
  func `of writers who race for a version just one wins, none is lost, none is twice (SR-113)`(
    kind: StoreKind
  ) async throws {
    let store = try kind.open(scratch)
    let writers = 16, rounds = 40
    let counts = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
      for writer in 0..<writers {
        group.addTask { try await Self.race(store, writer: writer, wins: rounds) }
      }
      return try await group.reduce(into: (0, 0)) { $0 = ($0.0 + $1.0, $0.1 + $1.1) }
    }
    let events = try await LedgerSample.all(store)
    #expect(counts.0 == writers * rounds)
    #expect(events.map(\.version) == (1...Int64(writers * rounds)).map { $0 })
    #expect(Set(events.map(\.draft.id)).count == writers * rounds)
    print(
      """
      racing writers, \(kind.testDescription): \(writers) writers, \(counts.0) appends won, \
      \(counts.1) conflicts told, 0 lost, 0 double; 3/n = \(3 / Double(counts.0 + counts.1))
      """
    )
  }

  /// Appends so many events to the one stream, each by reading, deciding and trying again.
  private static func race(
    _ store: some LedgerStore,
    writer: Int,
    wins: Int
  ) async throws -> (Int, Int) {
    var won = 0, lost = 0
    var version: Int64 = 0
    while won < wins {
      do {
        let draft = LedgerSample.draft("w\(writer)-\(won)")
        let appended = try await store.append([draft], to: "one", expecting: .exactly(version))
        version = appended.events.last?.version ?? version
        won += 1
      } catch {
        guard case .conflict(_, _, let actual) = error else { throw error }
        version = actual
        lost += 1
      }
    }
    return (won, lost)
  }
}
