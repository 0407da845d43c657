import PumpLink
import Therapy

/// Keeps a task for each pump that is linked and each way to it: asks it by the schedule, brings its orders.
///
/// A line is made anew where the keys that were taken down changed. Where a session key was not taken down
/// the pump is not called; pages say that it was never heard.
struct PumpWard: Sendable {
  let records: RecordBook
  let certificates: CertificateBook
  let receipts: ReceiptShelf
  let lines: LineBook
  let caller: ClinicCaller
  let clock: ClinicClock
  let chance: ClinicChance
  /// How often pumps are asked, and it is looked whether one was linked.
  var pace = PollPace.standard

  private struct Place: Hashable {
    let patient: PatientID
    let pump: PumpID
    let receiptKey: KeyText
    let sessionKey: KeyText
  }

  /// Runs until its task is cancelled.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      var tasks: [Place: Task<Void, Never>] = [:]
      defer { for task in tasks.values { task.cancel() } }
      repeat {
        let places = await records.links.compactMap { patient, link -> (Place, PumpLinked)? in
          link.sessionKey.map { key in
            (
              Place(
                patient: patient,
                pump: link.pump,
                receiptKey: link.receiptKey,
                sessionKey: key
              ), link
            )
          }
        }
        let wanted = Set(places.map(\.0))
        for (place, task) in tasks where !wanted.contains(place) {
          task.cancel()
          tasks[place] = nil
        }
        for (place, link) in places where tasks[place] == nil {
          guard let pump = CalledPump(link) else { continue }
          tasks[place] = Task { await keep(pump, link, of: place.patient) }
        }
      } while (try? await clock.sleep(pace.lookAgain)) != nil
      group.cancelAll()
    }
  }

  private func keep(_ pump: CalledPump, _ link: PumpLinked, of patient: PatientID) async {
    var own: [PumpLine] = []
    for way in [LinkWay.remote, .near] { own.append(PumpLine(pump, way, caller, clock, chance)) }
    await withTaskGroup(of: Void.self) { group in
      for line in own {
        let way = line.way
        lines.add(line)
        let keeper = PumpKeeper(
          patient: patient,
          link: link,
          line: line,
          records: records,
          certificates: certificates,
          receipts: receipts,
          chance: chance
        )
        let rounds = LineRounds(line, keeper, clock, pace: pace)
        // The remote line asks by itself; the near one is there for what was signed at the bedside.
        group.addTask {
          if way == .remote { await rounds.run() } else { await Self.bring(rounds, keeper, clock) }
        }
      }
    }
    // Whoever asks for them hears that there is nothing any more.
    for line in own { await line.close() }
  }

  /// Rounds only while there is an order to bring, and apart as the schedule says.
  private static func bring(
    _ rounds: LineRounds,
    _ keeper: PumpKeeper,
    _ clock: ClinicClock
  ) async {
    let pace = rounds.pace
    var schedule = PollSchedule(pace: pace)
    while !Task.isCancelled {
      schedule.ordersWaiting = await keeper.countWaiting(for: keeper.line.pump)
      var wait = pace.lookAgain
      let isReached = keeper.line.isReached
      if schedule.ordersWaiting > 0, isReached {
        switch schedule.step(therapy: clock.therapy(), wall: clock.security()) {
        case .wait(let milliseconds): wait = milliseconds
        case .ask:
          schedule.failures = await rounds.round() ? 0 : schedule.failures + 1
          schedule.askedAt = clock.security()
          continue
        }
      }
      do { try await clock.sleep(wait) } catch { return }
    }
  }
}
