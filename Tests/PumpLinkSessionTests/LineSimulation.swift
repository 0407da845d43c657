import PumpTesting
import Quantities

@testable import PumpLink

/// Two ends of a connection, and a line between them that does to each frame what it is told.
struct LineSimulation {
  /// What the line does to the frames that either end writes, numbered from 0.
  protocol Line {
    /// The bytes that arrive for a frame, from `isOpeners`; often the frame itself.
    mutating func carry(_ frame: [UInt8], number: Int, fromOpener: Bool) -> [[UInt8]]
  }

  var opener = FrameLink(opening: 0xC0FF_EE01)
  var pump = FrameLink()
  /// What each end was given, in order.
  var atPump: [[UInt8]] = []
  var atOpener: [[UInt8]] = []
  var confirmed = 0
  var frames: [[UInt8]] = []
  var time = Sides.start

  static let question = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
  static let answer = (0..<600).map { UInt8(truncatingIfNeeded: 0xC5 &+ $0 &* 3) }

  /// Puts the question, which the pump answers, until both are confirmed or nothing moves.
  mutating func run(
    _ line: inout some Line,
    question: [UInt8] = question,
    answer: [UInt8] = answer
  ) {
    do {
      try opener.send(question.span, at: time)
    } catch {
      return
    }
    for _ in 0..<4_000 {
      step(&line, fromOpener: true, answer: answer)
      step(&line, fromOpener: false, answer: answer)
      if confirmed == 2 || opener.isLost || pump.isLost { return }
      time = time + TimeSpan(milliseconds: 20)
    }
  }

  private mutating func step(_ line: inout some Line, fromOpener: Bool, answer: [UInt8]) {
    var frame = FrameBytes()
    while fromOpener
      ? opener.write(into: &frame, at: time) : pump.write(into: &frame, at: time)
    {
      let number = frames.count
      frames.append(frame.array)
      for bytes in line.carry(frame.array, number: number, fromOpener: fromOpener) {
        for byte in bytes { take(byte, atOpener: !fromOpener, answer: answer) }
      }
    }
  }

  mutating func take(_ byte: UInt8, atOpener: Bool, answer: [UInt8]) {
    if atOpener { opener.take(byte, at: time) } else { pump.take(byte, at: time) }
    while let event = atOpener ? opener.next(at: time) : pump.next(at: time) {
      switch event {
      case .received where atOpener: self.atOpener.append(opener.message)
      case .received:
        atPump.append(pump.message)
        try? pump.send(answer.span, at: time)
      case .delivered: confirmed += 1
      case .otherConnection: break
      }
    }
  }

  /// Nothing where both messages came whole and once; else what went wrong.
  var fault: String? {
    if atPump == [Self.question], atOpener == [Self.answer], confirmed == 2 { return nil }
    return "at the pump \(atPump.map(\.count)), at the opener \(atOpener.map(\.count)), "
      + "\(confirmed) confirmed"
  }
}

extension FrameLink {
  /// The message received last.
  var message: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: receivedCount)
    var buffer = bytes.mutableSpan
    return copyReceived(into: &buffer) == nil ? [] : bytes
  }
}

/// A line that carries everything.
struct CleanLine: LineSimulation.Line {
  mutating func carry(_ frame: [UInt8], number: Int, fromOpener: Bool) -> [[UInt8]] { [frame] }
}

/// A line that does something to one frame or two.
struct FaultyLine: LineSimulation.Line {
  /// By the number of the frame; the first of two counts.
  let faults: KeyValuePairs<Int, @Sendable ([UInt8]) -> [[UInt8]]>

  mutating func carry(_ frame: [UInt8], number: Int, fromOpener: Bool) -> [[UInt8]] {
    faults.first { $0.key == number }?.value(frame) ?? [frame]
  }
}

/// A line that holds frames back until so many more have gone the same way.
struct DelayingLine: LineSimulation.Line {
  let delays: KeyValuePairs<Int, Int>
  private var held: [(due: Int, fromOpener: Bool, frame: [UInt8])] = []
  private var carried = [true: 0, false: 0]

  init(delays: KeyValuePairs<Int, Int>) { self.delays = delays }

  mutating func carry(_ frame: [UInt8], number: Int, fromOpener: Bool) -> [[UInt8]] {
    let count = (carried[fromOpener] ?? 0) + 1
    carried[fromOpener] = count
    var out: [[UInt8]] = []
    if let delay = delays.first(where: { $0.key == number })?.value {
      held.append((count + delay, fromOpener, frame))
    } else {
      out.append(frame)
    }
    out += held.filter { $0.fromOpener == fromOpener && $0.due <= count }.map(\.frame)
    held.removeAll { $0.fromOpener == fromOpener && $0.due <= count }
    return out
  }
}

/// A line that drops, doubles, cuts, changes, delays and adds as its seed decides.
struct WildLine: LineSimulation.Line {
  var random: Seeded
  /// One frame in so many is harmed.
  let rarity: Int
  private var old: [[UInt8]] = []

  init(seed: UInt64, rarity: Int) {
    random = Seeded(seed: seed)
    self.rarity = rarity
  }

  mutating func carry(_ frame: [UInt8], number: Int, fromOpener: Bool) -> [[UInt8]] {
    old.append(frame)
    guard random.once(in: rarity) else { return [frame] }
    switch random.pick(0...6) {
    case 0: return []
    case 1: return [frame, frame]
    case 2: return [Array(frame.prefix(random.pick(0...frame.count)))]
    case 3:
      var changed = frame
      for _ in 0..<random.pick(1...8) {
        changed[random.pick(0...frame.count - 1)] = UInt8(truncatingIfNeeded: random.next())
      }
      return [changed]
    case 4: return [frame, random.pick(old)]
    case 5: return [random.pick(old)]
    default:
      let noise = (0..<random.pick(1...700)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      return [noise, frame]
    }
  }
}
