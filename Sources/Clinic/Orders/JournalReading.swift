import PumpCore
import PumpLink
import Quantities
import Therapy

/// What entries of a pump's journal mean for the record: a pure function of them and of a status that was
/// heard just before, which tells how the pump's clock stands to the clinic's.
struct JournalReading {
  private(set) var mark: JournalMark
  private(set) var commands: [TherapyCommand] = []
  /// What is new, as the pump said it.
  private(set) var entries: [JournalEntry] = []
  private let status: PumpStatus
  private let heardAt: Instant

  init(
    _ entries: [JournalRecord],
    after mark: JournalMark,
    _ status: PumpStatus,
    heardAt: Instant
  ) {
    self.mark = mark
    self.status = status
    self.heardAt = heardAt
    for entry in entries where entry.sequence >= self.mark.next { take(entry) }
  }

  private mutating func take(_ entry: JournalRecord) {
    mark.next = entry.sequence + 1
    entries.append(JournalEntry(entry, at: instant(entry.time)))
    switch entry.kind {
    case .commissioned: mark.delivered = 0
    case .alarmRaised: raise(entry)
    case .alarmCleared: clear(entry)
    case .halted: halt(entry)
    case .resumed:
      commands.append(
        .resumePump(
          PumpResumed(resumedAt: instant(entry.time), pumpMilliseconds: entry.time.milliseconds)
        )
      )
    case .patientDoseAccepted:
      mark.granted += 1
      commands.append(
        .recordDoseRequest(DoseRequest(requestedAt: instant(entry.time), isGranted: true))
      )
    case .patientDoseRefused:
      mark.refused += 1
      let reason = BolusRefusal(rawValue: entry.detail).map { "\($0)" } ?? "\(entry.detail)"
      commands.append(
        .recordDoseRequest(
          DoseRequest(requestedAt: instant(entry.time), isGranted: false, reason: reason)
        )
      )
    case .bolusStarted where entry.detail == BolusKind.patient.rawValue:
      mark.doses += entry.value
    case .dailyVolume: endDay(entry)
    default: break
    }
  }

  private mutating func raise(_ entry: JournalRecord) {
    guard let alarm = Alarm(rawValue: entry.detail) else { return }
    commands.append(
      .raiseAlarm(
        AlarmRaised(
          alarm: PumpAlarm(alarm),
          raisedAt: instant(entry.time),
          pumpMilliseconds: entry.time.milliseconds
        )
      )
    )
  }

  private mutating func halt(_ entry: JournalRecord) {
    guard let reason = HaltReason(rawValue: entry.detail) else { return }
    commands.append(
      .haltPump(
        PumpHalted(
          reason: PumpHaltReason(reason),
          haltedAt: instant(entry.time),
          pumpMilliseconds: entry.time.milliseconds
        )
      )
    )
  }

  private mutating func clear(_ entry: JournalRecord) {
    guard let alarm = Alarm(rawValue: entry.detail) else { return }
    commands.append(
      .clearAlarm(
        AlarmCleared(
          alarm: PumpAlarm(alarm),
          clearedAt: instant(entry.time),
          pumpMilliseconds: entry.time.milliseconds
        )
      )
    )
  }

  /// A local midnight: the journal tells what was delivered since commissioning.
  ///
  /// What the program asked for is not in the journal; it is worked out from demand and delivery of the
  /// statuses, so it may be off by what falls between two of them.
  private mutating func endDay(_ entry: JournalRecord) {
    let shortfall = status[.demand].value - status[.delivered].value
    if let before = mark.delivered {
      let delivered = entry.value - before
      let total = DailyTotal(
        // The midnight ends the day before.
        day: Instant(milliseconds: max(0, local(entry.time) - 1)).day,
        delivered: Volume(nanolitres: delivered),
        ordered: Volume(nanolitres: max(0, delivered + shortfall - mark.shortfall)),
        patientDoses: Volume(nanolitres: mark.doses),
        granted: mark.granted,
        refused: mark.refused
      )
      commands.append(.recordDailyTotal(total))
    }
    (mark.delivered, mark.shortfall) = (entry.value, shortfall)
    (mark.granted, mark.refused, mark.doses) = (0, 0, 0)
  }

  /// When it was by the clinic's clock; never later than now.
  private func instant(_ time: PumpTime) -> Instant {
    let ago = max(0, status[.demand].time.milliseconds - time.milliseconds)
    return Instant(milliseconds: max(0, heardAt.milliseconds - ago))
  }

  private func local(_ time: PumpTime) -> Int64 {
    status[.local].value - (status[.local].time.milliseconds - time.milliseconds)
  }
}
