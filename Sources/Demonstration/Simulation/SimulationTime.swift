import Foundation
import SimulatedClock
import Synchronization

/// Therapy time of a simulation: it stands still while anybody acts, and jumps to the next that wakes.
actor SimulationTime {
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000

  nonisolated let start: Int64
  nonisolated let end: Int64
  /// Held while the clock's file is written: no pump is read in between, whose days to come the server would
  /// refuse as not there yet.
  private nonisolated let instant: Mutex<Int64>
  private let clock: SimulatedClockWriter
  /// What is done while everybody sleeps and before time goes on; with how far it has come.
  private let between: @Sendable (Int64) async -> Void
  private var awake = 0
  private var sleepers: [Sleeper] = []
  private var count = 0
  private(set) var jumps = 0
  /// Why time could not go on; everything ended there, however many days were left.
  private(set) var failure: String?

  private struct Sleeper {
    let at: Int64
    let order: Int
    let waker: CheckedContinuation<Bool, Never>

    func isLater(than other: Self) -> Bool { (at, order) > (other.at, other.order) }
  }

  /// - Parameters:
  ///   - clock: that all processes look at; it stands still.
  ///   - start: its time now, ms since 1970.
  ///   - days: after which everything ends.
  ///   - awake: how many tasks there are; each sleeps or leaves.
  ///   - between: called while everybody sleeps.
  init(
    _ clock: SimulatedClockWriter,
    start: Int64,
    days: Int,
    awake: Int,
    between: @escaping @Sendable (Int64) async -> Void
  ) {
    (self.clock, self.start, self.awake, self.between) = (clock, start, awake, between)
    end = start + Int64(days) * Self.day
    instant = Mutex(start)
  }

  nonisolated var now: Int64 { instant.withLock { $0 } }

  /// Sleeps until an instant.
  ///
  /// - Returns: false where the simulation ends before it.
  func sleep(until at: Int64) async -> Bool {
    if failure != nil { return false }
    if at <= now { return true }
    return await withCheckedContinuation { waker in
      count += 1
      push(Sleeper(at: at, order: count, waker: waker))
      awake -= 1
      if awake == 0 { Task { await jump() } }
    }
  }

  /// A task has ended.
  func leave() {
    awake -= 1
    if awake == 0 { Task { await jump() } }
  }

  private func jump() async {
    guard let next = sleepers.first else { return }
    await between(min(next.at, end))
    let to = min(next.at, end)
    let (clock, wall) = (clock, Int64(Date().timeIntervalSince1970 * 1_000))
    failure = instant.withLock { instant in
      do throws(ClockFileError) {
        try clock.step(to: to, at: wall)
        instant = to
        return nil
      } catch { return error.description }
    }
    // Without a clock nothing agrees any more.
    guard failure == nil else { return endAll() }
    jumps += 1
    guard next.at <= end else { return endAll() }
    var woken: [CheckedContinuation<Bool, Never>] = []
    while let first = sleepers.first, first.at <= to { woken.append(pop(first)) }
    awake += woken.count
    for waker in woken { waker.resume(returning: true) }
  }

  private func endAll() {
    let all = sleepers
    sleepers = []
    awake += all.count
    for sleeper in all { sleeper.waker.resume(returning: false) }
  }

  // MARK: The heap

  private func push(_ sleeper: Sleeper) {
    sleepers.append(sleeper)
    var place = sleepers.count - 1
    while place > 0, sleepers[(place - 1) / 2].isLater(than: sleepers[place]) {
      sleepers.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private func pop(_ first: Sleeper) -> CheckedContinuation<Bool, Never> {
    let last = sleepers.removeLast()
    guard !sleepers.isEmpty else { return first.waker }
    sleepers[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < sleepers.count {
        if sleepers[least].isLater(than: sleepers[child]) { least = child }
      }
      if least == place { return first.waker }
      sleepers.swapAt(place, least)
      place = least
    }
  }
}
