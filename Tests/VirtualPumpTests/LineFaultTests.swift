import Foundation
import PumpCore
import PumpLink
import Quantities
import Testing

@testable import VirtualPump

/// What a bad line, or somebody on it, can make of the submission of an order: nothing, or the order
/// once (T-12).
struct LineFaultTests {
  /// An exchange, as it goes over a good line, with a copy of it before each frame.
  struct Exchange {
    let name: String
    let caller: Caller
    var moments: [Line] = []
    var lengths: [Int] = []
    /// Frames of an earlier session of the same caller.
    var earlier: [[UInt8]] = []
    let acts: Int64
    /// Moved by a pump that nobody calls, an hour on.
    let untouched: Int64
    let end: PumpTime

    init(_ name: String, _ pump: TestPump, _ caller: Caller, bolus: Int64 = 0) throws {
      self.name = name
      self.caller = caller
      acts = pump.pump.controller.actNumber
      end = pump.now + 2 * .hour
      var twin = pump
      twin.advance(to: end)
      untouched = twin.pump.motor.moved + bolus
      var before = try Line(pump, caller, seed: 9)
      before.run()
      earlier = before.recorded
      var line = try Line(pump, caller)
      while !line.isDone, line.time < PumpTime(milliseconds: 30_000) {
        let before = line
        line.step()
        // One step can put more than one frame onto the line: all of them lie ahead of the copy.
        while moments.count < line.frames { moments.append(before) }
      }
      guard line.receipt?.outcome == .applied else { throw NotBuilt(name) }
    }

    /// The exchange from just before a frame, with faults on it and later ones.
    func run(_ faults: [Int: [LineFaults.Fault]]) -> Line {
      var line = moments[min(faults.keys.min() ?? 0, moments.count - 1)]
      line.faults.faults = faults
      line.run()
      return line
    }
  }

  /// Counts of a campaign.
  struct Tally {
    var cases = 0
    var wrong = 0
    var effects = 0
    var retried = 0
    var first: [String] = []

    /// Looks at what became of it, then brings the very same bytes again over a good line.
    mutating func judge(_ line: Line, _ exchange: Exchange, _ what: @autoclosure () -> String)
      throws
    {
      cases += 1
      let early = line.pump.pump.controller.actNumber - exchange.acts
      var pump = line.pump
      if let receipt = line.receipt {
        if early != 1 || receipt.outcome != .applied {
          note("\(what()): receipt, \(early) effects")
        }
      } else {
        if early != 0 && early != 1 { note("\(what()): \(early) effects without a receipt") }
        retried += 1
        effects += Int(early)
        var again = try Line(pump, exchange.caller, seed: 2, at: line.time)
        again.run()
        if again.receipt?.outcome != .applied {
          note("\(what()): again \(again.receipt?.words ?? "nothing")")
        }
        pump = again.pump
      }
      let acts = pump.pump.controller.actNumber - exchange.acts
      let applied = pump.journal.filter {
        $0.kind == .orderApplied && $0.time >= exchange.moments[0].pump.now
      }
      if acts != 1 || applied.count > 1 {
        note("\(what()): \(acts) acts, \(applied.count) applied")
      }
      if pump.pump.controller.state != .running { note("\(what()): \(pump.pump.controller.state)") }
      pump.advance(to: exchange.end)
      if pump.pump.motor.moved != exchange.untouched {
        note("\(what()): \(pump.pump.motor.moved) strokes, not \(exchange.untouched)")
      }
    }

    private mutating func note(_ text: String) {
      wrong += 1
      if first.count < 5 { first.append(text) }
    }

    func tell(_ name: String, sessionsEnd: Bool = true) {
      print(
        "line faults, \(name): \(cases) cases, \(wrong) wrong effects, 3/n = \(bound); "
          + "\(retried) brought again, of which \(effects) had taken effect already"
      )
      #expect(wrong == 0, "\(first)")
      // A line that only loses, doubles and delays frames ends no session.
      #expect(sessionsEnd ? retried > 0 : retried == 0)
    }

    private var bound: String { String(format: "%.1e", 3 / Double(max(cases, 1))) }
  }

  static func bedside() throws -> Exchange {
    let pump = try TestPump.started()
    // Two people's signatures and certificates: a message of two pieces.
    let people = [Clinic.prescriber, Clinic.nurse]
    let message = try TestPump.message(pump.order(.rate(500_000), by: people), by: people)
    return try Exchange("bedside", pump, .person(Clinic.prescriber, [message], .bedside))
  }

  static func remote() throws -> Exchange {
    var pump = try TestPump.started()
    // The envelope wants a bedside session of late.
    let peer = Peer(role: .prescriber, name: Bytes16(), way: .bedside, began: pump.now)
    pump.server.sessionBegan(peer, &pump.pump)
    let people = [Clinic.prescriber]
    let message = try TestPump.message(pump.order(.rate(500_000), by: people), by: people)
    return try Exchange("remote, by the clinic's server", pump, .person(Clinic.server, [message]))
  }

  static func bolus() throws -> Exchange {
    let pump = try TestPump.started()
    let people = [Clinic.prescriber]
    let content = OrderContent.clinicianBolus(Volume(nanolitres: 50_000), over: .hour)
    let message = try TestPump.message(pump.order(content, by: people), by: people)
    var caller = Caller.person(Clinic.prescriber, [message], .bedside)
    caller.pattern = .xxpsk3
    caller.secret = Clinic.secrets.pairing
    return try Exchange("bolus after pairing", pump, caller, bolus: 200)
  }

  @Test(arguments: 0..<3)
  func
    `cut after each byte, dropped, doubled, swapped, late: an order takes effect once (SR-101, SR-102, SR-104)`(
      which: Int
    ) throws
  {
    let exchange = try [Self.bedside, Self.remote, Self.bolus][which]()
    var tally = Tally()
    for frame in exchange.moments.indices {
      for fault in [LineFaults.Fault.drop, .duplicate, .swap, .delay] {
        try tally.judge(exchange.run([frame: [fault]]), exchange, "frame \(frame) \(fault)")
      }
      for count in 0..<512 {
        let line = exchange.run([frame: [.cut(after: count)]])
        try tally.judge(line, exchange, "frame \(frame) cut after \(count)")
        // A cut behind the frame's end is one like the other.
        if line.cutLength < count { break }
      }
    }
    tally.tell("cuts and whole frames, \(exchange.name)")
  }

  @Test(arguments: 0..<3)
  func `two whole-frame faults at once change nothing of it (SR-101, SR-102)`(which: Int) throws {
    let exchange = try [Self.bedside, Self.remote, Self.bolus][which]()
    var tally = Tally()
    let faults: [LineFaults.Fault] = [.drop, .duplicate, .swap, .delay]
    for first in exchange.moments.indices {
      for second in first + 1..<exchange.moments.count + 2 {
        for one in faults {
          for other in faults {
            let line = exchange.run([first: [one], second: [other]])
            try tally.judge(line, exchange, "\(first) \(one), \(second) \(other)")
          }
        }
      }
    }
    tally.tell("pairs, \(exchange.name)", sessionsEnd: false)
  }

  @Test(arguments: [false, true], 0..<3)
  func `no bit of any frame that turns over does anything else (SR-100, SR-102)`(
    mended: Bool,
    which: Int
  ) throws {
    let exchange = try [Self.bedside, Self.remote, Self.bolus][which]()
    var tally = Tally()
    for frame in exchange.moments.indices {
      let length = exchange.run([frame: [.cut(after: 512)]]).cutLength
      for bit in 0..<length * 8 {
        let line = exchange.run([frame: [.flip(bit: bit, mended: mended)]])
        try tally.judge(line, exchange, "frame \(frame) bit \(bit)")
      }
    }
    tally.tell("bits\(mended ? ", the check mended" : ""), \(exchange.name)", sessionsEnd: mended)
  }

  @Test(arguments: 0..<3)
  func `frames of an earlier session do nothing in this one (SR-102, SR-103)`(which: Int) throws {
    let exchange = try [Self.bedside, Self.remote, Self.bolus][which]()
    var tally = Tally()
    for frame in exchange.moments.indices {
      for old in exchange.earlier {
        try tally.judge(
          exchange.run([frame: [.inject(old)]]),
          exchange,
          "frame \(frame), an old one"
        )
      }
      // All of the earlier session, first frame to last, instead of this one's.
      let all = exchange.earlier.flatMap { $0 }
      let line = exchange.run([frame: [.inject(all), .drop]])
      try tally.judge(line, exchange, "frame \(frame), all of the old ones")
    }
    print(
      "line faults, replays, \(exchange.name): \(tally.cases) cases, \(tally.wrong) wrong effects"
    )
    #expect(tally.wrong == 0, "\(tally.first)")
  }
}
