public import PumpCore
public import PumpLink
import Quantities

extension WorldFault {
  /// What happens, in words.
  var words: String {
    switch self {
    case .stall(let span): "the motor stalls for \(span.text)"
    case .wear(let every): "one stroke in \(every) slips"
    case .extraStrokes(let count): "\(count) strokes that nobody commanded"
    case .powerLoss(let span): "the power fails for \(span.text)"
    case .corruptProgram(let copies): "\(copies) of 2 copies of the program corrupt"
    case .battery(let marks):
      marks.contains(.endOfService) ? "battery: end of service" : "battery: replacement due"
    case .drain(let permille): "the battery loses \(permille) thousandths"
    case .clockStep: "the hardware counter steps back"
    case .clockDrift(let parts): "the counter drifts by \(parts) millionths"
    case .leak(let volume): "\(volume.text) leaks out of the reservoir"
    case .catheterOff(let span): "the catheter is off for \(span.text)"
    case .tornWrite(let span): "the power fails in the next write, for \(span.text)"
    }
  }
}

extension Alarm {
  /// The alarm's name, as in the contract of the pump.
  public var words: String {
    switch self {
    case .motorStall: "motor stall"
    case .overDelivery: "over-delivery"
    case .reservoirEmpty: "reservoir empty"
    case .reservoirLow: "reservoir low"
    case .doseLimit: "dose limit"
    case .memoryFault: "memory fault"
    case .electiveReplacement: "replacement due"
    case .endOfService: "end of service"
    case .clockFault: "clock fault"
    case .therapyGap: "therapy gap"
    }
  }
}

extension HaltReason {
  public var words: String {
    switch self {
    case .stopped: "stopped program"
    case .stalled: "motor stalled"
    case .overDelivery: "over-delivery"
    case .empty: "reservoir empty"
    case .suspended: "suspended"
    case .mri: "MRI"
    case .endOfService: "end of service"
    }
  }
}

extension SafeReason {
  public var words: String {
    switch self {
    case .limit: "dose limit"
    case .overDelivery: "over-delivery"
    case .gap: "therapy gap"
    case .command: "ordered"
    case .memoryFault: "memory fault"
    }
  }
}

extension BolusKind {
  var words: String {
    switch self {
    case .patient: "patient dose"
    case .clinician: "clinician bolus"
    case .periodic: "periodic bolus"
    case .prime: "prime"
    }
  }
}

extension PumpEvent {
  /// A line of the log; nothing for what would only fill it.
  var words: String? {
    switch self {
    case .programActivated: "a program is in force"
    case .programRefused: "a program was refused"
    case .primeStarted: "prime begins"
    case .primeEnded: "prime ends"
    case .bridgeStarted: "bridge begins"
    case .bridgeEnded: "bridge ends"
    case .bolusStarted(.periodic, _), .bolusEnded(.periodic), .stepChanged: nil
    case .bolusStarted(let kind, let volume): "\(kind.words) of \(volume.text) begins"
    case .bolusEnded(let kind): "\(kind.words) ends"
    case .bolusAbandoned(let kind, let rest): "\(kind.words) abandoned, \(rest.text) not given"
    case .bolusSkipped: "a periodic bolus is skipped"
    case .patientDoseAccepted: "patient dose accepted"
    case .patientDoseRefused: "patient dose refused"
    case .clinicianBolusRefused: "clinician bolus refused"
    case .halted(let reason): "delivery halted: \(reason.words)"
    case .resumed: "delivery resumed"
    case .alarmRaised(let alarm): "ALARM \(alarm.words)"
    case .alarmRepeated(let alarm): "alarm again: \(alarm.words)"
    case .alarmAcknowledged(let alarm): "alarm acknowledged: \(alarm.words)"
    case .alarmCleared(let alarm): "alarm cleared: \(alarm.words)"
    case .refilled(let expected, let aspirated, _):
      "refilled; expected \(expected.text), found \(aspirated.text)"
    case .refillRefused: "a refill was refused"
    case .safeRateEntered(let reason): "safe rate: \(reason.words)"
    case .safeRateLeft(let reason): "safe rate left: \(reason.words)"
    case .clockSet: "clock set"
    case .reset: "started again after a loss of power"
    case .programRestored: "a copy of the program was restored"
    case .catheterSet: "catheter set"
    }
  }
}

extension Receipt {
  /// The outcome in words, with the reason of a refusal.
  public var words: String {
    switch outcome {
    case .applied: "applied"
    case .pending: "pending until pump time \((until - .commissioning).text)"
    case .refused: "refused: \(refusal.words)"
    case .superseded: "superseded by another order"
    case .cancelled: "cancelled"
    }
  }
}
