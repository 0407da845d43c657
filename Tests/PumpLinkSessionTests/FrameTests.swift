import PumpTesting
import Quantities
import Testing

@testable import PumpLink

/// An exchange of two messages in ten frames under every single fault and many pairs, T-12.
struct FrameTests {
  /// The frames of the exchange where nothing goes wrong.
  static let clean: [[UInt8]] = {
    var line = CleanLine()
    var simulation = LineSimulation()
    simulation.run(&line)
    return simulation.fault == nil ? simulation.frames : []
  }()

  @Test func `an exchange takes the frames that it should and none is over 512 bytes (H-56)`() {
    #expect(Self.clean.map(\.count) == [512, 20, 512, 20, 36, 20, 512, 20, 128, 20])
    #expect(Self.clean.allSatisfy { $0.count <= FrameLimits.frame })
  }

  /// Runs the exchange once for each fault.
  ///
  /// - Returns: the first failure.
  private func run(
    _ name: String,
    _ lines: [some LineSimulation.Line],
    accepts: (LineSimulation) -> String? = { $0.fault }
  ) -> String? {
    var failures = 0
    var first: String?
    var most = 0
    for (number, line) in lines.enumerated() {
      var line = line
      var simulation = LineSimulation()
      simulation.run(&line)
      most = max(most, simulation.frames.count)
      guard let fault = accepts(simulation) else { continue }
      failures += 1
      first = first ?? "\(name) \(number): \(fault)"
    }
    print(
      "\(name): \(lines.count) cases, \(failures) failures, \(bound(lines.count)), ≤ \(most) frames"
    )
    return lines.isEmpty ? "no cases" : first
  }

  @Test func `each frame and each pair of frames dropped or doubled: once each (H-63, H-56)`() {
    var lines: [FaultyLine] = []
    for first in 0..<12 {
      for second in first..<12 {
        lines.append(FaultyLine(faults: [first: { _ in [] }, second: { _ in [] }]))
        lines.append(FaultyLine(faults: [first: { [$0, $0] }, second: { [$0, $0] }]))
        lines.append(FaultyLine(faults: [first: { [$0, $0] }, second: { _ in [] }]))
        lines.append(FaultyLine(faults: [first: { _ in [] }, second: { [$0, $0, $0] }]))
      }
    }
    #expect(run("frames dropped and doubled", lines) == nil)
  }

  @Test func `each frame cut after each byte: once each (H-56)`() {
    var lines: [FaultyLine] = []
    for (number, frame) in Self.clean.enumerated() {
      for count in 0..<frame.count {
        lines.append(FaultyLine(faults: [number: { [Array($0.prefix(count))] }]))
      }
    }
    #expect(run("frames cut", lines) == nil)
  }

  @Test func `each bit of each frame flipped: once each, and never a flipped byte (H-63)`() {
    var lines: [FaultyLine] = []
    for (number, frame) in Self.clean.enumerated() {
      for bit in 0..<frame.count * 8 {
        lines.append(
          FaultyLine(faults: [
            number: {
              var flipped = $0
              flipped[bit / 8] ^= 1 << UInt8(bit % 8)
              return [flipped]
            }
          ])
        )
      }
    }
    #expect(run("frame bits flipped", lines) == nil)
  }

  @Test func `each frame and each pair of frames late by one to four: once each (H-63)`() {
    var lines: [DelayingLine] = []
    for first in 0..<12 {
      for second in first..<12 {
        for delay in 1...4 {
          lines.append(DelayingLine(delays: [first: delay, second: delay]))
          lines.append(DelayingLine(delays: [first: delay, second: 5 - delay]))
        }
      }
    }
    #expect(run("frames late and swapped", lines) == nil)
  }

  @Test func `noise before and behind each frame costs time and nothing else (H-56)`() {
    var noises: [[UInt8]] = [
      [0xC5], [0xC5, 0x1A], [0xC5, 0x1A, 0x00, 0x02], [0xC5, 0x1A, 0x14, 0x00],
      [0xC5, 0x1A, 0xFF, 0xFF], [UInt8](repeating: 0xC5, count: 600),
    ]
    var random = Seeded(seed: 8)
    for count in [1, 3, 20, 511, 512, 513, 1_500] {
      noises.append((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
    for frame in Self.clean { noises += [Array(frame.dropLast()), Array(frame.dropFirst())] }
    var lines: [FaultyLine] = []
    for number in 0..<10 {
      for noise in noises {
        lines.append(FaultyLine(faults: [number: { [noise, $0] }]))
        lines.append(FaultyLine(faults: [number: { [$0, noise] }]))
      }
    }
    #expect(run("noise before and behind", lines) == nil)
  }

  @Test func `a line that does all of it at once never gives a message twice (H-63)`() {
    let lines = (0..<3_000).map { WildLine(seed: UInt64($0), rarity: 2 + $0 % 8) }
    var lost = 0
    let first = run("wild lines, seeds 0 to 2,999", lines) { simulation in
      if simulation.opener.isLost || simulation.pump.isLost { lost += 1 }
      let isRight =
        [[], [LineSimulation.question]].contains(simulation.atPump)
        && [[], [LineSimulation.answer]].contains(simulation.atOpener)
        && simulation.confirmed <= simulation.atPump.count + simulation.atOpener.count
      let isDone = simulation.fault == nil || simulation.opener.isLost || simulation.pump.isLost
      return isRight && isDone ? nil : simulation.fault ?? "not done"
    }
    print("wild lines: \(lost) connections lost, which the ends say")
    #expect(first == nil)
    #expect(lost < 300)
  }

  @Test func `every length from 1 to 4,096 bytes comes whole, once (H-56)`() {
    var failures = 0
    for count in 1...4_096 {
      let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      var line = CleanLine()
      var simulation = LineSimulation()
      simulation.run(&line, question: message, answer: [1])
      if simulation.atPump != [message] { failures += 1 }
    }
    #expect(failures == 0)
  }
}
