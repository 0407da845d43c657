import PumpCore
import Quantities
import Testing

@testable import PumpLink

/// One end of a connection by itself.
struct FrameLinkTests {
  let start = Sides.start

  /// Gives bytes to an end.
  private func give(_ bytes: [UInt8], to link: inout FrameLink, at time: PumpTime) -> [FrameEvent] {
    var events: [FrameEvent] = []
    for byte in bytes {
      link.take(byte, at: time)
      while let event = link.next(at: time) { events.append(event) }
    }
    return events
  }

  private func write(_ link: inout FrameLink, at time: PumpTime) -> [UInt8]? {
    var frame = FrameBytes()
    return link.write(into: &frame, at: time) ? frame.array : nil
  }

  /// A frame with a right check, whatever its fields hold.
  private func frame(
    kind: UInt8 = 1,
    flags: UInt8 = 3,
    zeros: [UInt8] = [0, 0],
    connection: UInt32 = 7,
    sequence: UInt32 = 0,
    payload: [UInt8] = [1]
  ) -> [UInt8] {
    func least(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> ($0 * 8) & 0xFF) } }
    let length = UInt32(20 + payload.count)
    let middle =
      [UInt8(length & 0xFF), UInt8(length >> 8), kind, flags] + zeros + least(connection)
      + least(sequence) + payload
    return [0xC5, 0x1A] + middle + least(CRC32.of(middle.span, from: 0, count: middle.count))
  }

  @Test func `a frame is the bytes on the page (H-56)`() throws {
    var link = FrameLink(opening: 0xC0FF_EE01)
    try link.send([0xAA, 0xBB].span, at: start)
    let piece = write(&link, at: start)
    #expect(piece.map { hex($0) } == "c51a160001030000" + "01eeffc000000000" + "aabb" + "da07f386")
    var pump = FrameLink()
    same(give(piece ?? [], to: &pump, at: start), [.received])
    #expect(pump.message == [0xAA, 0xBB])
    let answer = write(&pump, at: start)
    #expect(answer.map { hex($0) } == "c51a140002000000" + "01eeffc000000000" + "ecca7ad0")
    same(give(answer ?? [], to: &link, at: start), [.delivered])
    #expect(!link.isSending && link.nextDue == nil)
  }

  @Test func `a message that is empty, too long or too early is refused (H-56)`() throws {
    var link = FrameLink(opening: 1)
    refused(FrameError.length) { try link.send(Span<UInt8>(), at: start) }
    let long = [UInt8](repeating: 1, count: 4_097)
    refused(FrameError.length) { try link.send(long.span, at: start) }
    #expect(!link.isSending)
    try link.send(long.span.extracting(0..<4_096), at: start)
    refused(FrameError.busy) { try link.send([1].span, at: start) }
  }

  @Test func `a piece goes out every half second, ten times, then the end is lost (SR-104)`() throws
  {
    var link = FrameLink(opening: 1)
    try link.send([1].span, at: start)
    var sent: [Int64] = []
    for step in 0..<2_000 {
      let time = start + TimeSpan(milliseconds: Int64(step) * 10)
      if write(&link, at: time) != nil { sent.append(Int64(step) * 10) }
    }
    #expect(sent == (0..<10).map { $0 * 500 })
    #expect(link.isLost && !link.isSending)
    refused(FrameError.lost) { try link.send([1].span, at: start) }
  }

  @Test func `a piece that comes again is acknowledged again and not given again (H-63)`() {
    var pump = FrameLink()
    same(give(frame(), to: &pump, at: start), [.received])
    for _ in 0..<5 {
      same(write(&pump, at: start) == nil, false)
      same(write(&pump, at: start) == nil, true)
      same(give(frame(), to: &pump, at: start), [])
    }
    same(give(frame(sequence: 2), to: &pump, at: start), [])
    same(give(frame(sequence: 1, payload: [5]), to: &pump, at: start), [.received])
    #expect(pump.message == [5])
  }

  @Test func `a frame of another connection, its own end or another version is ignored (H-63)`() {
    var pump = FrameLink()
    let strangers = [
      frame(kind: 0), frame(kind: 3), frame(flags: 7), frame(flags: 0x83), frame(flags: 1),
      frame(zeros: [1, 0]), frame(zeros: [0, 1]), frame(payload: []), frame(sequence: 1),
      frame(kind: 2, flags: 2, payload: [1]), frame(kind: 2, flags: 3, payload: []),
    ]
    for bytes in strangers { #expect(give(bytes, to: &pump, at: start) == [], "\(hex(bytes))") }
    #expect(pump.connection == nil)
    same(write(&pump, at: start) == nil, true)
    same(give(frame(), to: &pump, at: start), [.received])
    #expect(pump.connection == 7)
    _ = write(&pump, at: start)
    same(give(frame(connection: 8, sequence: 1), to: &pump, at: start), [])
    same(write(&pump, at: start) == nil, true)
    same(give(frame(connection: 9), to: &pump, at: start), [.otherConnection])
    #expect(pump.otherConnection == 9 && pump.connection == 7)
    same(write(&pump, at: start) == nil, true)
  }

  @Test func `an acknowledgement of what was not sent says nothing (H-63)`() throws {
    var link = FrameLink(opening: 7)
    let early = frame(kind: 2, flags: 0, payload: [])
    same(give(early, to: &link, at: start), [])
    try link.send([1].span, at: start)
    same(give(early, to: &link, at: start), [])
    _ = write(&link, at: start)
    same(give(frame(kind: 2, flags: 0, sequence: 1, payload: []), to: &link, at: start), [])
    same(give(early, to: &link, at: start), [.delivered])
    same(give(early, to: &link, at: start), [])
  }

  @Test func `pieces without end are not joined beyond 4,096 bytes (H-34)`() {
    var pump = FrameLink()
    var taken = 0
    for number in 0..<20 {
      let piece = frame(
        flags: 2,
        sequence: UInt32(number),
        payload: [UInt8](repeating: 1, count: 492)
      )
      same(give(piece, to: &pump, at: start), [])
      if write(&pump, at: start) != nil { taken += 1 }
    }
    #expect(taken == 8)
  }

  @Test func `a pause inside of a frame drops what there is of it (H-56)`() {
    let whole = frame()
    for count in 1..<whole.count {
      var pump = FrameLink()
      let limit = start + FrameReader.pauseLimit
      same(give(Array(whole.prefix(count)), to: &pump, at: start), [])
      var late = pump
      same(give(Array(whole.dropFirst(count)), to: &pump, at: limit), [.received])
      let later = limit + TimeSpan(milliseconds: 1)
      same(give(Array(whole.dropFirst(count)), to: &late, at: later), [])
      same(give(whole, to: &late, at: later + .minute), [.received])
    }
  }

  @Test func `no number of a piece is used twice: at the last one the end is lost (H-63)`() throws {
    var sender = FrameSender(isOpener: true, sequence: .max - 1)
    try sender.send([1].span, at: start)
    var bytes = FrameBytes()
    same(sender.write(into: &bytes, connection: 1, at: start), true)
    same(sender.acknowledge(.max - 1, at: start), true)
    try sender.send([1].span, at: start)
    let hasWritten = sender.write(into: &bytes, connection: 1, at: start)
    #expect(!hasWritten && sender.isLost)
  }
}
