import PumpTesting
import Testing

@testable import PumpCore

/// The strokes booked since the state, SR-062.
struct StrokeBookTests {
  static let books = [
    StrokeBook(state: 0, strokes: 0, time: 0),
    StrokeBook(state: 12, strokes: 345, time: 6_789_012),
    StrokeBook(state: .max, strokes: 1, time: 315_576_000_000),
  ]

  static func memory(_ book: StrokeBook) -> TestMemory {
    var memory = TestMemory()
    memory.write(book.bytes.span, at: StoreLayout.book(0))
    return memory
  }

  static func read(_ memory: TestMemory) -> StrokeBook? {
    StrokeBook(reading: memory, at: StoreLayout.book(0))
  }

  @Test(arguments: books)
  func `a book comes back as it was written (SR-062)`(book: StrokeBook) {
    #expect(Self.read(Self.memory(book)) == book)
  }

  @Test func `a memory that was never written holds no book (SR-062)`() {
    #expect(Self.read(TestMemory()) == nil)
  }

  @Test(arguments: books)
  func `every single bit that turns over is found (SR-062, H-40)`(book: StrokeBook) {
    for bit in StoreLayout.book(0) * 8..<(StoreLayout.book(0) + StoreLayout.bookBytes) * 8 {
      var memory = Self.memory(book)
      memory.flip(bit: bit)
      #expect(Self.read(memory) == nil)
    }
  }

  /// A copy that is cut is the old one, the new one, or none.
  @Test func `every truncated and every torn copy is refused (SR-062, SR-074, H-06)`() {
    var random = Seeded(seed: 7)
    var cases = 0
    var blends = 0
    for _ in 0..<2_000 {
      let old = StrokeBook(
        state: random.positive(),
        strokes: Int64(random.pick(0...5_000)),
        time: Int64(random.pick(0...1 << 40))
      )
      let isCommit = random.once(in: 4)
      let new = StrokeBook(
        state: isCommit ? old.state &+ 1 & .max : old.state,
        strokes: isCommit ? 0 : old.strokes + 1,
        time: old.time + Int64(random.pick(0...600_000))
      )
      let bytes = Array(new.bytes.span.indices.map { new.bytes[$0] })
      for units in 0..<6 {
        for outcome in [
          CutOutcome.prefix(units: units), .torn(units: units, bits: random.next()),
        ] {
          var memory = Self.memory(old)
          memory.write(bytes, at: StoreLayout.book(0), cut: outcome)
          let found = Self.read(memory)
          cases += 1
          if found != nil, found != old, found != new { blends += 1 }
        }
      }
    }
    print("torn books: seed 7, \(cases) cases, \(blends) blends; 3/n = \(3 / Double(cases))")
    #expect(blends == 0)
  }

  @Test func `a later state is newer, and then the copy with more strokes (SR-062)`() {
    let book = StrokeBook(state: 4, strokes: 10, time: 100)
    #expect(StrokeBook(state: 5, strokes: 0, time: 0).isNewer(than: book))
    #expect(!StrokeBook(state: 3, strokes: 99, time: 999).isNewer(than: book))
    #expect(StrokeBook(state: 4, strokes: 11, time: 0).isNewer(than: book))
    #expect(!StrokeBook(state: 4, strokes: 9, time: 999).isNewer(than: book))
    #expect(!book.isNewer(than: book))
  }
}
