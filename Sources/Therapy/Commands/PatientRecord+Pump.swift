import Quantities

/// What a pump says, and what people do about it.
extension PatientRecord {
  func raiseAlarm(
    _ value: AlarmRaised,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("alarm")
    try decision.holdPast(value.raisedAt, "raisedAt")
    if alarms.contains(where: { $0.alarm == value.alarm && $0.clearedAt == nil }) {
      throw TherapyRefusal(
        .twice,
        "alarm",
        given: value.alarm.rawValue,
        expected: "an alarm that is not raised",
        remedy: "Nothing needs to be recorded."
      )
    }
    return [.alarmRaised(value)]
  }

  func clearAlarm(
    _ value: AlarmCleared,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try decision.holdPast(value.clearedAt, "clearedAt")
    guard alarms.contains(where: { $0.alarm == value.alarm && $0.clearedAt == nil }) else {
      throw noAlarm(value.alarm, "an alarm that is raised")
    }
    return [.alarmCleared(value)]
  }

  func haltPump(
    _ value: PumpHalted,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("reason")
    try decision.holdPast(value.haltedAt, "haltedAt")
    return halts.contains { $0.reason == value.reason } ? [] : [.pumpHalted(value)]
  }

  func resumePump(
    _ value: PumpResumed,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("resumedAt")
    try decision.holdPast(value.resumedAt, "resumedAt")
    return halts.isEmpty ? [] : [.pumpResumed(value)]
  }

  func acknowledge(_ alarm: PumpAlarm) throws(TherapyRefusal) -> [TherapyEvent] {
    guard alarms.contains(where: { $0.alarm == alarm }) else {
      throw noAlarm(alarm, "an alarm of this patient")
    }
    guard alarms.contains(where: { $0.alarm == alarm && $0.acknowledgedBy == nil }) else {
      throw TherapyRefusal(
        .twice,
        "alarm",
        given: alarm.rawValue,
        expected: "an alarm that nobody has acknowledged",
        remedy: "Nothing needs to be done."
      )
    }
    return [.alarmAcknowledged(AlarmAcknowledged(alarm: alarm))]
  }

  func act(
    on value: AlarmActed,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard alarms.contains(where: { $0.alarm == value.alarm }) else {
      throw noAlarm(value.alarm, "an alarm of this patient")
    }
    try decision.hold(value.action, "action")
    return [.alarmActed(value)]
  }

  private func noAlarm(_ alarm: PumpAlarm, _ expected: String) -> TherapyRefusal {
    TherapyRefusal(
      .unknown,
      "alarm",
      given: alarm.rawValue,
      expected: expected,
      remedy: "Look at the alarms of this patient."
    )
  }

  /// Sparse: nothing new within the hour is not recorded.
  func hearStatus(
    _ value: StatusHeard,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("status")
    try decision.holdPast(value.heardAt, "heardAt")
    for (volume, field) in [
      (value.reservoir, "reservoir"), (value.delivered, "delivered"), (value.demand, "demand"),
    ] { try decision.holdNotNegative(volume, field) }
    try decision.holdNotNegative(value.rate, "rate")
    guard let last = lastHeard else { return [.statusHeard(value)] }
    guard value.heardAt >= last.heardAt, value.pumpMilliseconds >= last.pumpMilliseconds else {
      throw TherapyRefusal(
        .outOfDate,
        "heardAt",
        given: value.heardAt.text,
        expected: "no earlier than \(last.heardAt.text)",
        remedy: "An older word does not replace a newer one."
      )
    }
    let isSame =
      value.state == last.state && value.alarms == last.alarms && value.inForce == last.inForce
      && value.pending == last.pending
    return isSame && value.heardAt - last.heardAt < .hour ? [] : [.statusHeard(value)]
  }

  func recordDailyTotal(
    _ value: DailyTotal,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("day")
    // The pump's clock may be ahead of UTC by a day.
    try decision.holdPast(value.day, "day")
    for (volume, field) in [
      (value.delivered, "delivered"), (value.ordered, "ordered"),
      (value.patientDoses, "patientDoses"),
    ] { try decision.holdNotNegative(volume, field) }
    try decision.hold(value.granted, in: 0...1_440, "granted")
    try decision.hold(value.refused, in: 0...1_000_000, "refused")
    guard !deliveries.contains(where: { $0.day == value.day }) else {
      throw TherapyRefusal(
        .twice,
        "day",
        given: value.day.text,
        expected: "a day that was not told",
        remedy: "Nothing needs to be recorded."
      )
    }
    return [.dailyTotal(value)]
  }

  func recordDoseRequest(
    _ value: DoseRequest,
    _ decision: Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    try holdLinked("requestedAt")
    try decision.holdPast(value.requestedAt, "requestedAt")
    guard value.isGranted || value.reason != nil else {
      throw TherapyRefusal(
        .value,
        "reason",
        given: "nothing",
        expected: "why it was refused",
        remedy: "Read the pump's journal again."
      )
    }
    return [.doseRequested(value)]
  }
}
