import Quantities

extension PumpEvent {
  /// The entry that tells of the event; nothing for a repeat, which its alarm's entry counts.
  var journalEntry: (kind: JournalKind, detail: UInt8, value: Int64)? {
    switch self {
    case .programActivated: (.programActivated, 0, 0)
    case .programRefused(let refusal): (.programRefused, refusal.code.rawValue, 0)
    case .primeStarted: (.primeStarted, 0, 0)
    case .primeEnded: (.primeEnded, 0, 0)
    case .bridgeStarted: (.bridgeStarted, 0, 0)
    case .bridgeEnded: (.bridgeEnded, 0, 0)
    case .stepChanged(let rate): (.stepChanged, 0, rate.nanolitresPerDay)
    case .bolusStarted(let kind, let volume): (.bolusStarted, kind.rawValue, volume.nanolitres)
    case .bolusEnded(let kind): (.bolusEnded, kind.rawValue, 0)
    case .bolusAbandoned(let kind, let remaining):
      (.bolusAbandoned, kind.rawValue, remaining.nanolitres)
    case .bolusSkipped: (.bolusSkipped, 0, 0)
    case .patientDoseAccepted: (.patientDoseAccepted, 0, 0)
    case .patientDoseRefused(let reason): (.patientDoseRefused, reason.rawValue, 0)
    case .clinicianBolusRefused(let reason): (.clinicianBolusRefused, reason.rawValue, 0)
    case .halted(let reason): (.halted, reason.rawValue, 0)
    case .resumed: (.resumed, 0, 0)
    case .alarmRaised(let alarm): (.alarmRaised, alarm.rawValue, 0)
    case .alarmRepeated: nil
    case .alarmAcknowledged(let alarm): (.alarmAcknowledged, alarm.rawValue, 0)
    case .alarmCleared(let alarm): (.alarmCleared, alarm.rawValue, 0)
    case .refilled(_, let aspirated, _): (.refilled, 0, aspirated.nanolitres)
    case .refillRefused(let refusal): (.refillRefused, refusal.code.rawValue, 0)
    case .safeRateEntered(let reason): (.safeRateEntered, reason.rawValue, 0)
    case .safeRateLeft(let reason): (.safeRateLeft, reason.rawValue, 0)
    case .clockSet: (.clockSet, 0, 0)
    case .reset: (.reset, 0, 0)
    case .programRestored: (.programRestored, 0, 0)
    case .catheterSet: (.catheterSet, 0, 0)
    }
  }
}
