import Foundation
import Ledger
import Therapy

/// What is done while everybody sleeps: a line now and then, and *Today* held against the ledger.
actor SimulationProgress {
  private let options: Simulation.Options
  private let ledger: String
  private let server: Int32
  private let tell: @Sendable (String) -> Void
  private let begun = Date()
  private var toldAt = Date()
  private var world: SimulationWorld?
  private var marks: [Int64]
  /// What the looks at *Today* found: how many things it named, and what was wrong.
  private(set) var found: [SimulationReport.Look] = []

  init(
    _ options: Simulation.Options,
    looks: Int,
    _ ledger: String,
    _ server: Int32,
    _ tell: @escaping @Sendable (String) -> Void
  ) {
    (self.options, self.ledger, self.server, self.tell) = (options, ledger, server, tell)
    let span = Int64(options.days) * SimulationTime.day
    marks = (1..<max(2, looks)).map { Simulation.start + span * Int64($0) / Int64(max(2, looks)) }
  }

  func begin(_ world: SimulationWorld) { self.world = world }

  /// Everybody sleeps; the next instant is known.
  func between(_ next: Int64) async {
    guard let world else { return }
    if Date().timeIntervalSince(toldAt) >= 10 { line(world) }
    guard let mark = marks.first, next > mark else { return }
    marks.removeFirst()
    await look(at: world.time.now)
  }

  private func line(_ world: SimulationWorld) {
    toldAt = Date()
    let day = (world.time.now - world.time.start) / SimulationTime.day
    let counts = world.tally.counts
    let orders = counts.filter { $0.key.hasPrefix("order ") }.values.reduce(0, +)
    let refills = (counts["refill"] ?? 0) + (counts["refill with another mixture"] ?? 0)
    tell(
      "day \(day) of \(options.days), \(Int(toldAt.timeIntervalSince(begun))) s: "
        + "\(world.pumps.count) pumps, \(orders) orders, \(refills) refills, "
        + "server \(SimulationMemory.peak(of: server) / 1_024) MB"
    )
  }

  /// Holds the API's list against one made anew from the ledger's events, at the same instant.
  func look(at instant: Int64) async {
    guard let world else { return }
    do {
      let (count, wrong) = try await SimulationToday(world, ledger).compare()
      found.append(.init(day: Int((instant - Simulation.start) / SimulationTime.day), count, wrong))
    } catch {
      found.append(
        .init(
          day: Int((instant - Simulation.start) / SimulationTime.day),
          0,
          ["Today cannot be compared: \(error)"]
        )
      )
    }
  }
}
