// "An alarm is latched until its condition is gone and a clinician has acknowledged it, in either
// order."

enum Alarm: String, CaseIterable {
  case motorStall, overDelivery, reservoirEmpty, reservoirLow, doseLimit, memoryFault
  case electiveReplacement, endOfService, clockFault, therapyGap

  /// "high repeats every 10 min and medium every 60 min".
  var repeatEvery: Int64 {
    switch self {
    case .motorStall, .overDelivery, .reservoirEmpty, .memoryFault, .endOfService, .therapyGap:
      10 * minute
    case .reservoirLow, .doseLimit, .electiveReplacement, .clockFault: 60 * minute
    }
  }
}

struct LatchedAlarm {
  var alarm: Alarm
  var conditionHolds = true
  var isAcknowledged = false
  var nextRepeat: Int64
}

extension Machine {
  func conditionHolds(_ alarm: Alarm) -> Bool {
    latched.contains { $0.alarm == alarm && $0.conditionHolds }
  }

  /// "Raised anew, a latched alarm starts over, unacknowledged." A condition that holds raises
  /// nothing again.
  func raise(_ alarm: Alarm) {
    if conditionHolds(alarm) { return }
    latched.removeAll { $0.alarm == alarm }
    latched.append(LatchedAlarm(alarm: alarm, nextRepeat: now + alarm.repeatEvery))
    emit("alarmRaised", ["alarm": .text(alarm.rawValue)])
  }

  func endCondition(_ alarm: Alarm) {
    guard let index = latched.firstIndex(where: { $0.alarm == alarm }) else { return }
    latched[index].conditionHolds = false
    clearIfDone(index)
  }

  /// "Acknowledging or clearing what is not there does nothing."
  func acknowledge(_ alarm: Alarm) {
    guard let index = latched.firstIndex(where: { $0.alarm == alarm && !$0.isAcknowledged })
    else { return }
    latched[index].isAcknowledged = true
    emit("alarmAcknowledged", ["alarm": .text(alarm.rawValue)])
    clearIfDone(index)
  }

  private func clearIfDone(_ index: Int) {
    guard !latched[index].conditionHolds, latched[index].isAcknowledged else { return }
    emit("alarmCleared", ["alarm": .text(latched[index].alarm.rawValue)])
    latched.remove(at: index)
  }

  /// The next instant at which an alarm sounds again.
  var nextRepeat: Int64? {
    latched.filter { $0.conditionHolds && !$0.isAcknowledged }.map(\.nextRepeat).min()
  }

  /// "While its condition lasts and it is not acknowledged" it repeats.
  func repeatAlarms() {
    for index in latched.indices
    where latched[index].conditionHolds && !latched[index].isAcknowledged
      && latched[index].nextRepeat == now
    {
      latched[index].nextRepeat += latched[index].alarm.repeatEvery
      emit("alarmRepeated", ["alarm": .text(latched[index].alarm.rawValue)])
    }
  }

  /// At boot: what fell due while the pump was off was not heard (see A30).
  func putOffOverdueRepeats() {
    for index in latched.indices where latched[index].nextRepeat <= now {
      latched[index].nextRepeat = now + Readings.overdueRepeatAfterBoot
    }
  }
}
