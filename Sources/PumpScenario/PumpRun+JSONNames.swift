public import PumpCore

extension PumpState {
  /// The contract's word for it.
  var jsonName: String {
    switch self {
    case .off: "off"
    case .halted: "halted"
    case .safe: "safe"
    case .priming: "priming"
    case .bridging: "bridging"
    case .running: "running"
    }
  }
}

extension BolusKind {
  /// The contract's word for it.
  var jsonName: String {
    switch self {
    case .patient: "patient"
    case .clinician: "clinician"
    case .periodic: "periodic"
    case .prime: "prime"
    }
  }
}

extension HaltReason {
  /// The contract's word for it.
  var jsonName: String {
    switch self {
    case .stopped: "stopped"
    case .stalled: "stalled"
    case .overDelivery: "overDelivery"
    case .empty: "empty"
    case .suspended: "suspended"
    case .mri: "mri"
    case .endOfService: "endOfService"
    }
  }
}

extension SafeReason {
  /// The contract's word for it.
  var jsonName: String {
    switch self {
    case .limit: "limit"
    case .overDelivery: "overDelivery"
    case .gap: "gap"
    case .command: "command"
    case .memoryFault: "memoryFault"
    }
  }
}

extension Alarm {
  /// The contract's word for it.
  var jsonName: String {
    switch self {
    case .motorStall: "motorStall"
    case .overDelivery: "overDelivery"
    case .reservoirEmpty: "reservoirEmpty"
    case .reservoirLow: "reservoirLow"
    case .doseLimit: "doseLimit"
    case .memoryFault: "memoryFault"
    case .electiveReplacement: "electiveReplacement"
    case .endOfService: "endOfService"
    case .clockFault: "clockFault"
    case .therapyGap: "therapyGap"
    }
  }
}

extension BolusRefusal {
  /// The contract's word for it.
  var jsonName: String {
    switch self {
    case .notPrescribed: "notPrescribed"
    case .halted: "halted"
    case .bridging: "bridging"
    case .busy: "busy"
    case .lockout: "lockout"
    case .dailyMaximum: "dailyMaximum"
    case .rateLimit: "rateLimit"
    case .volumeLimit: "volumeLimit"
    case .reservoir: "reservoir"
    }
  }
}

extension RefusalCode {
  /// The contract's word for it.
  public var jsonName: String {
    switch self {
    case .modelRange: "modelRange"
    case .rateLimit: "rateLimit"
    case .volumeLimit: "volumeLimit"
    case .primeNotAllowed: "primeNotAllowed"
    case .primeTooLarge: "primeTooLarge"
    case .mixtureChanged: "mixtureChanged"
    case .tooManyMixtures: "tooManyMixtures"
    }
  }
}

extension PermitRefusal {
  /// The journal's word for it.
  var jsonName: String {
    switch self {
    case .notFresh: "notFresh"
    case .tooFast: "tooFast"
    case .tooMuch: "tooMuch"
    case .emptied: "emptied"
    case .noPrime: "noPrime"
    case .trialTooSoon: "trialTooSoon"
    }
  }
}

extension PumpEvent {
  /// The contract's word for it.
  var jsonName: String {
    switch self {
    case .programActivated: "programActivated"
    case .programRefused: "programRefused"
    case .primeStarted: "primeStarted"
    case .primeEnded: "primeEnded"
    case .bridgeStarted: "bridgeStarted"
    case .bridgeEnded: "bridgeEnded"
    case .stepChanged: "stepChanged"
    case .bolusStarted: "bolusStarted"
    case .bolusEnded: "bolusEnded"
    case .bolusAbandoned: "bolusAbandoned"
    case .bolusSkipped: "bolusSkipped"
    case .patientDoseAccepted: "patientDoseAccepted"
    case .patientDoseRefused: "patientDoseRefused"
    case .clinicianBolusRefused: "clinicianBolusRefused"
    case .halted: "halted"
    case .resumed: "resumed"
    case .alarmRaised: "alarmRaised"
    case .alarmRepeated: "alarmRepeated"
    case .alarmAcknowledged: "alarmAcknowledged"
    case .alarmCleared: "alarmCleared"
    case .refilled: "refilled"
    case .refillRefused: "refillRefused"
    case .safeRateEntered: "safeRateEntered"
    case .safeRateLeft: "safeRateLeft"
    case .clockSet: "clockSet"
    case .reset: "reset"
    case .programRestored: "programRestored"
    case .catheterSet: "catheterSet"
    }
  }
}
