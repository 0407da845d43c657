import PumpCore

/// What the scenario has come to so far, a bit for each; a trace of little proves little.
struct Reached {
  private var events: UInt64 = 0
  private var halts: UInt64 = 0
  private var safeReasons: UInt64 = 0
  private var alarms: UInt64 = 0
  private var boluses: UInt64 = 0
  private var bolusRefusals: UInt64 = 0

  mutating func note(_ event: PumpEvent) {
    events |= 1 << UInt64(event.fields.kind)
    switch event {
    case .halted(let reason): halts |= 1 << UInt64(reason.rawValue)
    case .safeRateEntered(let reason): safeReasons |= 1 << UInt64(reason.rawValue)
    case .alarmRaised(let alarm): alarms |= 1 << UInt64(alarm.rawValue)
    case .bolusStarted(let kind, _): boluses |= 1 << UInt64(kind.rawValue - 1)
    case .patientDoseRefused(let reason), .clinicianBolusRefused(let reason):
      bolusRefusals |= 1 << UInt64(reason.rawValue - 1)
    default: break
    }
  }

  /// How many kinds of event, halt, safe rate, alarm, bolus and refusal have not come yet.
  var missing: Int {
    let seen =
      events.nonzeroBitCount + halts.nonzeroBitCount + safeReasons.nonzeroBitCount
      + alarms.nonzeroBitCount + boluses.nonzeroBitCount + bolusRefusals.nonzeroBitCount
    return PumpEvent.kinds + 7 + 5 + 10 + 4 + 9 - seen
  }
}
