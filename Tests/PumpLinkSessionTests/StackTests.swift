import PumpLinkCrypto
import Quantities
import Testing

@testable import PumpLink

/// Frames, handshake and session together, as a pump and whoever speaks to it have them, T-12.
struct StackTests {
  /// An opener and a pump with everything between them.
  private struct Stack {
    var sides: Sides
    var opener = FrameLink(opening: 0xC0FF_EE01)
    var pump = FrameLink()
    var openersSession: LinkSession?
    var pumpsSession: LinkSession?
    /// What the pump's session has opened.
    var opened: [[UInt8]] = []
    /// Every frame that the opener has written.
    var frames: [[UInt8]] = []
    var time = Sides.start
    let text: [UInt8]

    init(_ pattern: NoisePattern, pumpsEphemeral: UInt8 = 0x44, text: [UInt8]) throws {
      sides = try Sides(pattern, pumpsEphemeral: pumpsEphemeral)
      self.text = text
    }

    /// Goes on until the pump has opened the text or nothing more comes of it.
    mutating func run(_ line: inout some LineSimulation.Line) throws {
      let first = try sides.opener.write(Sides.crypto).array
      try opener.send(first.span, at: time)
      var number = 0
      for _ in 0..<4_000 where opened.isEmpty && !opener.isLost && !pump.isLost {
        var frame = FrameBytes()
        while opener.write(into: &frame, at: time) {
          frames.append(frame.array)
          for bytes in line.carry(frame.array, number: number, fromOpener: true) {
            try givePump(bytes)
          }
          number += 1
        }
        while pump.write(into: &frame, at: time) {
          for bytes in line.carry(frame.array, number: number, fromOpener: false) {
            try giveOpener(bytes)
          }
          number += 1
        }
        time = time + TimeSpan(milliseconds: 20)
      }
    }

    mutating func givePump(_ bytes: [UInt8]) throws {
      for byte in bytes {
        pump.take(byte, at: time)
        while let event = pump.next(at: time) {
          if event == .received { try hear(pump.message) }
        }
      }
    }

    private mutating func hear(_ message: [UInt8]) throws {
      if var session = pumpsSession {
        if let plain = try? session.open(message, at: time) { opened.append(plain) }
        pumpsSession = session
        return
      }
      try sides.pump.read(message.span, Sides.crypto)
      if sides.pump.isOwnTurn {
        let answer = try sides.pump.write(Sides.crypto).array
        try pump.send(answer.span, at: time)
      }
      if sides.pump.isComplete { pumpsSession = try sides.pump.session(at: time, Sides.crypto) }
    }

    private mutating func giveOpener(_ bytes: [UInt8]) throws {
      for byte in bytes {
        opener.take(byte, at: time)
        while let event = opener.next(at: time) {
          if event == .received {
            try sides.opener.read(opener.message.span, Sides.crypto)
          }
          try speak()
        }
      }
    }

    /// Says what is next, once the line is free for it.
    private mutating func speak() throws {
      guard !opener.isSending, openersSession == nil else { return }
      if sides.opener.isOwnTurn {
        let message = try sides.opener.write(Sides.crypto).array
        try opener.send(message.span, at: time)
      } else if sides.opener.isComplete {
        var session = try sides.opener.session(at: time, Sides.crypto)
        let sealed = try session.seal(text, at: time)
        try opener.send(sealed.span, at: time)
        openersSession = session
      }
    }
  }

  static let text = (0..<1_500).map { UInt8(truncatingIfNeeded: $0 &* 13) }

  @Test(arguments: NoisePattern.allCases)
  func `a text comes through, once, over a line that does its worst (H-63, H-56)`(
    pattern: NoisePattern
  ) throws {
    var through = 0
    for seed in 0..<300 {
      var line = WildLine(seed: UInt64(seed), rarity: 2 + seed % 8)
      var stack = try Stack(pattern, text: Self.text)
      try stack.run(&line)
      if stack.opened == [Self.text] { through += 1 }
      #expect(stack.opened == [] || stack.opened == [Self.text], "seed \(seed)")
    }
    print("the whole link on wild lines, \(pattern): 300 cases, \(through) came through")
    #expect(through > 290)
  }

  @Test(arguments: NoisePattern.allCases)
  func `a recorded connection played to the same pump again opens nothing (H-63)`(
    pattern: NoisePattern
  ) throws {
    var line = CleanLine()
    var recorded = try Stack(pattern, text: Self.text)
    try recorded.run(&line)
    #expect(recorded.opened == [Self.text])
    var again = try Stack(pattern, pumpsEphemeral: 0x66, text: Self.text)
    for frame in recorded.frames {
      // At the third message of XXpsk3 the handshake already refuses.
      try? again.givePump(frame)
    }
    #expect(again.opened == [])
    #expect(again.pumpsSession?.isOpen != true)
  }

  @Test func `both ends may send at once (H-56)`() throws {
    var line = CleanLine()
    var simulation = LineSimulation()
    simulation.run(&line, question: [1], answer: [2])
    let (one, other) = ([UInt8](repeating: 3, count: 4_096), [UInt8](repeating: 4, count: 4_096))
    try simulation.opener.send(one.span, at: simulation.time)
    try simulation.pump.send(other.span, at: simulation.time)
    var received = 0
    for _ in 0..<40 {
      var frame = FrameBytes()
      while simulation.opener.write(into: &frame, at: simulation.time) {
        for byte in frame.array { simulation.pump.take(byte, at: simulation.time) }
        while let event = simulation.pump.next(at: simulation.time) {
          if event == .received, simulation.pump.message == one { received += 1 }
        }
      }
      while simulation.pump.write(into: &frame, at: simulation.time) {
        for byte in frame.array { simulation.opener.take(byte, at: simulation.time) }
        while let event = simulation.opener.next(at: simulation.time) {
          if event == .received, simulation.opener.message == other { received += 1 }
        }
      }
    }
    #expect(received == 2)
    #expect(!simulation.opener.isSending && !simulation.pump.isSending)
  }
}
