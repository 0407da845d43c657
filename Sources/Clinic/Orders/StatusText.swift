import PumpCore
import PumpLink
import Quantities
import Therapy

/// A status in the words of the record.
enum StatusText {
  static func heard(_ status: PumpStatus, at now: Instant) -> StatusHeard {
    StatusHeard(
      heardAt: now,
      pumpMilliseconds: status[.demand].time.milliseconds,
      state: state(status),
      reservoir: Volume(nanolitres: status[.reservoir].value),
      rate: FlowRate(nanolitresPerDay: status[.rate].value),
      delivered: Volume(nanolitres: status[.delivered].value),
      demand: Volume(nanolitres: status[.demand].value),
      alarms: alarms(status),
      inForce: SignedOrder.id(of: status.inForce.order),
      pending: status.pending.flatMap { SignedOrder.id(of: $0.hash) }
    )
  }

  /// What the pump does, as it says; a value that this version does not know counts as off.
  static func state(_ status: PumpStatus) -> PumpStateName {
    switch UInt8(exactly: status[.state].value).flatMap(PumpState.init(rawValue:)) {
    case .running: .running
    case .halted: .halted
    case .safe: .safe
    case .priming: .priming
    case .bridging: .bridging
    case .off, nil: .off
    }
  }

  /// Alarms that sound or whose condition holds.
  static func alarms(_ status: PumpStatus) -> [PumpAlarm] {
    let bits = status[.alarms].value | status[.alarmConditions].value
    return Alarm.allCases.filter { bits & 1 << Int64($0.rawValue) != 0 }.map { PumpAlarm($0) }
  }
}
