import Foundation
import Testing

@testable import SimulatedClock

struct ClockFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "clock-\(UUID().uuidString)"
  )

  private func path(_ name: String = "clock") throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: name).path
  }

  @Test
  func `a clock that is there goes on from where it is`() throws {
    let path = try path()
    do {
      let writer = try SimulatedClockWriter(path: path, wall: 1_000, start: 50_000, speed: 60)
      try writer.set(speed: 600, at: 2_000)
      #expect(writer.now(wall: 2_001) == 110_600)
    }
    let again = try SimulatedClockWriter(path: path, wall: 9_000, start: 0)
    #expect(again.now(wall: 2_001) == 110_600)
    let reader = SimulatedClockFile(path: path)
    #expect(try reader.speed() == 600)
    #expect(try reader.now(wall: 2_001) == 110_600)
    #expect(try reader.now(wall: 1_000) == 110_600, "a reader never tells an earlier time")
  }

  @Test
  func `a clock has one writer`() throws {
    let path = try path()
    let writer = try SimulatedClockWriter(path: path, wall: 0, start: 0)
    #expect(throws: ClockFileError.self) {
      try SimulatedClockWriter(path: path, wall: 0, start: 0)
    }
    try writer.hold(at: 5)
    #expect(writer.current.speed == 1)
  }

  @Test(arguments: 0..<48)
  func `a file with one byte changed, or cut off there, is no clock`(place: Int) throws {
    let whole = ClockBytes.bytes(of: ClockAnchor(wall: 1, simulated: 2, speed: 3))
    var changed = whole
    changed[place] ^= 1
    #expect(ClockBytes.anchor(of: whole) != nil)
    #expect(ClockBytes.anchor(of: changed) == nil)
    #expect(ClockBytes.anchor(of: Array(whole.prefix(place))) == nil)
    let path = try path("changed-\(place)")
    try Data(changed).write(to: URL(fileURLWithPath: path))
    #expect(throws: ClockFileError.self) { try SimulatedClockFile(path: path).anchor() }
    #expect(throws: ClockFileError.self) {
      try SimulatedClockWriter(path: path, wall: 0, start: 0)
    }
  }

  @Test
  func `a reader never sees half of a change`() async throws {
    let path = try path()
    let writer = try SimulatedClockWriter(path: path, wall: 0, start: 0)
    let changes = Task.detached {
      for wall in 1...2_000 as ClosedRange<Int64> {
        try writer.set(speed: wall % 2 == 0 ? 600 : 60, at: wall)
      }
    }
    let reader = SimulatedClockFile(path: path)
    var last: Int64 = 0
    for _ in 0..<4_000 {
      let now = try reader.anchor().simulated
      #expect(now >= last)
      last = now
    }
    try await changes.value
  }
}
