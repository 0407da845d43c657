import PumpCore
import Quantities

extension PumpEvent {
  static let kinds = 28

  /// Its place among the kinds of event, and up to four values.
  var fields: (kind: UInt8, values: InlineArray<4, Int64>) {
    switch self {
    case .programActivated: (0, [0, 0, 0, 0])
    case .programRefused(let refusal): (1, refusal.values)
    case .primeStarted: (2, [0, 0, 0, 0])
    case .primeEnded: (3, [0, 0, 0, 0])
    case .bridgeStarted: (4, [0, 0, 0, 0])
    case .bridgeEnded: (5, [0, 0, 0, 0])
    case .stepChanged(let rate): (6, [rate.nanolitresPerDay, 0, 0, 0])
    case .bolusStarted(let kind, let volume): (7, [Int64(kind.rawValue), volume.nanolitres, 0, 0])
    case .bolusEnded(let kind): (8, [Int64(kind.rawValue), 0, 0, 0])
    case .bolusAbandoned(let kind, let left): (9, [Int64(kind.rawValue), left.nanolitres, 0, 0])
    case .bolusSkipped: (10, [0, 0, 0, 0])
    case .patientDoseAccepted: (11, [0, 0, 0, 0])
    case .patientDoseRefused(let reason): (12, [Int64(reason.rawValue), 0, 0, 0])
    case .clinicianBolusRefused(let reason): (13, [Int64(reason.rawValue), 0, 0, 0])
    case .halted(let reason): (14, [Int64(reason.rawValue), 0, 0, 0])
    case .resumed: (15, [0, 0, 0, 0])
    case .alarmRaised(let alarm): (16, [Int64(alarm.rawValue), 0, 0, 0])
    case .alarmRepeated(let alarm): (17, [Int64(alarm.rawValue), 0, 0, 0])
    case .alarmAcknowledged(let alarm): (18, [Int64(alarm.rawValue), 0, 0, 0])
    case .alarmCleared(let alarm): (19, [Int64(alarm.rawValue), 0, 0, 0])
    case .refilled(let expected, let aspirated, let fill):
      (20, [expected.nanolitres, aspirated.nanolitres, fill.nanolitres, 0])
    case .refillRefused(let refusal): (21, refusal.values)
    case .safeRateEntered(let reason): (22, [Int64(reason.rawValue), 0, 0, 0])
    case .safeRateLeft(let reason): (23, [Int64(reason.rawValue), 0, 0, 0])
    case .clockSet: (24, [0, 0, 0, 0])
    case .reset: (25, [0, 0, 0, 0])
    case .programRestored: (26, [0, 0, 0, 0])
    case .catheterSet: (27, [0, 0, 0, 0])
    }
  }
}

extension ProgramRefusal {
  fileprivate var values: InlineArray<4, Int64> {
    switch self {
    case .modelRange(let given, let limit):
      [1, given.nanolitresPerDay, limit.nanolitresPerDay, 0]
    case .rateLimit(let planned, let limit):
      [2, planned.nanolitresPerDay, limit.nanolitresPerDay, 0]
    case .volumeLimit(let planned, let limit): [3, planned.nanolitres, limit.nanolitres, 0]
    case .primeNotAllowed: [4, 0, 0, 0]
    case .primeTooLarge(let given, let limit): [5, given.nanolitres, limit.nanolitres, 0]
    }
  }
}

extension RefillRefusal {
  fileprivate var values: InlineArray<4, Int64> {
    switch self {
    case .mixtureChanged: [0, 0, 0, 1]
    case .tooManyMixtures: [0, 0, 0, 2]
    case .program(let refusal): refusal.values
    }
  }
}
