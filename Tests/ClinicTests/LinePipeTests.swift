import Testing

@testable import Clinic

struct LinePipeTests {
  private func opened() -> LinePipe {
    var pipe = LinePipe()
    pipe.open(at: 100)
    return pipe
  }

  @Test
  func `bytes to the pump come once, however often they are asked for (SR-113)`() {
    var pipe = opened()
    _ = pipe.put([1, 2, 3])
    #expect(pipe.fetch(connection: 0, offset: 0) == .bytes(connection: 100, offset: 0, [1, 2, 3]))
    #expect(pipe.fetch(connection: 0, offset: 0) == .bytes(connection: 100, offset: 0, [1, 2, 3]))
    #expect(pipe.fetch(connection: 100, offset: 3) == .nothing)
    _ = pipe.put([4])
    #expect(pipe.fetch(connection: 100, offset: 3) == .bytes(connection: 100, offset: 3, [4]))
    #expect(pipe.fetch(connection: 100, offset: 2) == .overtaken)
    #expect(pipe.fetch(connection: 100, offset: 4) == .nothing)
    #expect(pipe.fetch(connection: 100, offset: 5) == .lost)
    #expect(pipe.fetch(connection: 100, offset: 4) == .close)
  }

  @Test
  func `bytes of the pump come once, and none is passed over (SR-113)`() {
    var pipe = opened()
    #expect(pipe.bring([1, 2], connection: 100, offset: 0) == .taken([1, 2]))
    #expect(pipe.bring([1, 2], connection: 100, offset: 0) == .taken([]))
    #expect(pipe.bring([2, 3], connection: 100, offset: 1) == .taken([3]))
    #expect(pipe.bring([5], connection: 100, offset: 4) == .gap)
    #expect(pipe.bring([9], connection: 99, offset: 0) == .otherConnection)
    #expect(pipe.bring([9], connection: 100, offset: -1) == .gap)
    #expect(pipe.upCount == 3)
  }

  @Test
  func `a relay that lost its connection cannot go on with half of it`() {
    var pipe = opened()
    _ = pipe.put([1, 2, 3])
    _ = pipe.fetch(connection: 100, offset: 3)
    #expect(pipe.fetch(connection: 0, offset: 0) == .lost)
    #expect(!pipe.isWanted)
    pipe.open(at: 50)
    #expect(pipe.connection == 101, "a clock set back does not bring an old number again")
  }

  @Test
  func `a connection that is not wanted is to be closed`() {
    var pipe = opened()
    _ = pipe.put([1])
    pipe.end()
    #expect(pipe.fetch(connection: 100, offset: 0) == .close)
    #expect(pipe.fetch(connection: 0, offset: 0) == .nothing)
    #expect(pipe.bring([1], connection: 100, offset: 0) == .otherConnection)
    let isTaken = pipe.put([1])
    #expect(!isTaken)
  }

  @Test
  func `what nobody fetches is bounded`() {
    var pipe = opened()
    let kilobyte = [UInt8](repeating: 0, count: 1_024)
    let taken = (0..<1_000).filter { _ in pipe.put(kilobyte) }.count
    #expect(taken == LinePipe.waitingMax / 1_024)
  }

  /// Any order of fetches, repeats and restarts gives the pump a beginning of what was put.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func `whatever the relay repeats, the pump gets the bytes in their order`(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ limit: UInt64) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % limit)
    }
    var pipe = opened()
    var (put, got): ([UInt8], [UInt8]) = ([], [])
    var joined: Int64 = 0
    for _ in 0..<200 {
      if draw(2) == 0 {
        let bytes = (0..<draw(9)).map { UInt8(truncatingIfNeeded: put.count + $0) }
        _ = pipe.put(bytes)
        put += bytes
      }
      guard
        case .bytes(let connection, let offset, let bytes) = pipe.fetch(
          connection: joined,
          offset: Int64(got.count)
        )
      else { continue }
      // An answer that is lost on the way is asked for again.
      if draw(3) == 0 { continue }
      joined = connection
      #expect(offset == Int64(got.count))
      got += bytes
    }
    #expect(Array(put.prefix(got.count)) == got)
    #expect(!got.isEmpty)
  }
}
