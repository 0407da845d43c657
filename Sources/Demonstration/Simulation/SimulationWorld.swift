import Foundation
import OrderText
import PumpLink
import Relay
import Synchronization
import Therapy

/// What the world of a simulation did and saw; the checks hold the ledger against it.
struct SimulationTally: Sendable {
  struct OrderSeen: Sendable {
    let patient: String
    let order: String
    /// What the pump's receipt said last.
    var outcome: String
  }

  /// How often each thing happened.
  var counts: [String: Int] = [:]
  /// What happened to each patient, in its order: the course, of which the digest is made.
  var course: [Int: [String]] = [:]
  var orders: [OrderSeen] = []
  /// Events of the pathway and refills that the API said it had recorded, by patient and kind.
  var recorded: [String: [String: Int]] = [:]
  /// Pumps by patient, in the order in which they were implanted.
  var pumps: [String: [SimulatedPump]] = [:]
  /// What went wrong for one patient, whose course ended there.
  var faults: [String] = []
}

/// Everything around the simulated clinic's server: people with their keys, pumps, the relay, time.
final class SimulationWorld: Sendable {
  let options: Simulation.Options
  let time: SimulationTime
  let web: SimulationWeb
  let keys: DemoKeys
  let people: [String: SimulationPerson]
  let relayClinic: RelayClinic
  private let draw: @Sendable (Int) -> [UInt8]
  private let state = Mutex(SimulationTally())

  init(
    _ options: Simulation.Options,
    _ time: SimulationTime,
    _ web: SimulationWeb,
    _ keys: DemoKeys,
    _ people: [String: SimulationPerson],
    _ relayClinic: RelayClinic,
    draw: @escaping @Sendable (Int) -> [UInt8]
  ) {
    (self.options, self.time, self.web, self.keys) = (options, time, web, keys)
    (self.people, self.relayClinic, self.draw) = (people, relayClinic, draw)
  }

  func random(_ count: Int) -> [UInt8] { draw(count) }

  func person(_ name: String) throws -> SimulationPerson {
    guard let person = people[name] else { throw SimulationFault("\(name) does not work here") }
    return person
  }

  var certificates: [Certificate] { keys.staff.compactMap(\.certificates.signing) }

  // MARK: The tally

  var tally: SimulationTally { state.withLock { $0 } }

  func change<Value: Sendable>(_ body: (inout SimulationTally) -> Value) -> Value {
    state.withLock { body(&$0) }
  }

  /// Takes down that something happened.
  func tell(_ what: String, of patient: Int, _ detail: String = "") {
    let at = (time.now - time.start) / 60_000
    state.withLock { tally in
      tally.counts[what, default: 0] += 1
      tally.course[patient, default: []].append("\(at) \(what) \(detail)")
    }
  }

  /// All pumps that were ever in place.
  var pumps: [SimulatedPump] { state.withLock { $0.pumps.values.flatMap(\.self) } }

  /// What happened, in 16 digits: the same for the same seed.
  var digest: String {
    let tally = tally
    let lines = tally.course.sorted { $0.key < $1.key }
      .flatMap { number, lines in lines.map { "\(number) \($0)" } }
    // FNV-1a.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for line in lines {
      for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
