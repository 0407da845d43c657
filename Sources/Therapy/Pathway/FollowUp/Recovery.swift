public enum WoundFinding: String, Codable, Sendable, CaseIterable {
  case clean, red, swollen, discharging, open
}

public enum HeadacheFinding: String, Codable, Sendable, CaseIterable {
  case absent
  case present
  /// Worse upright: fluid may be lost from around the cord.
  case positional
}

/// What was seen after an implant; at least one of them.
public struct RecoveryObservation: Codable, Equatable, Sendable {
  public let takenAt: Instant
  /// Breaths a minute.
  public let breathsPerMinute: Int?
  /// In percent.
  public let oxygenSaturation: Int?
  /// 0 awake to 3 hard to rouse.
  public let sedation: Int?
  public let wound: WoundFinding?
  public let headache: HeadacheFinding?
  /// Whether fluid from around the cord leaks or gathers under the skin.
  public let leak: Bool?
  /// Of the weaker leg: 0 none to 5 full.
  public let legStrength: Int?
  public let note: String?

  public init(
    takenAt: Instant,
    breathsPerMinute: Int? = nil,
    oxygenSaturation: Int? = nil,
    sedation: Int? = nil,
    wound: WoundFinding? = nil,
    headache: HeadacheFinding? = nil,
    leak: Bool? = nil,
    legStrength: Int? = nil,
    note: String? = nil
  ) {
    self.takenAt = takenAt
    self.breathsPerMinute = breathsPerMinute
    self.oxygenSaturation = oxygenSaturation
    self.sedation = sedation
    self.wound = wound
    self.headache = headache
    self.leak = leak
    self.legStrength = legStrength
    self.note = note
  }
}

/// Something that was seen and needs a physician; the thresholds are this project's own choice.
public enum RecoveryConcern: String, Codable, Sendable, CaseIterable {
  case breathing, sedation, wound, headache, leak, legs

  public var text: String {
    switch self {
    case .breathing: "under 10 breaths a minute, or oxygen under 92 %"
    case .sedation: "hard to rouse"
    case .wound: "the wound is not clean"
    case .headache: "a headache that is worse upright"
    case .leak: "a leak of cerebrospinal fluid"
    case .legs: "a weak leg, or weaker than before: think of bleeding at the cord"
    }
  }
}

/// How long a patient is watched, and on whose word.
public struct RecoveryWatch: Equatable, Sendable {
  public let until: Instant
  public let drug: String
  public let source: String
  public let isVerified: Bool
}

/// What a patient is told and given before going home.
public enum AftercareItem: String, Codable, Sendable, CaseIterable {
  case binder, noTwisting, woundCare, infectionSigns, tooLittleSigns, tooMuchSigns, alarmSounds
  case refillDate, implantCard, emergencyNumber

  public var text: String {
    switch self {
    case .binder: "Wear the abdominal binder as told."
    case .noTwisting: "No twisting, bending far or lifting for 6 to 8 weeks."
    case .woundCare: "Keep the wound dry; it is looked at after 7 to 10 days."
    case .infectionSigns: "Fever, a red or weeping wound, a stiff neck: call at once."
    case .tooLittleSigns: "Signs of too little drug, and that they cannot wait."
    case .tooMuchSigns: "Signs of too much drug, and that they cannot wait."
    case .alarmSounds: "What the sounds of the pump mean; one was played."
    case .refillDate: "The date of the next refill; the pump must not run empty."
    case .implantCard: "The implant card is always carried."
    case .emergencyNumber: "The number that is answered day and night."
    }
  }

  /// Whether its figures were read somewhere; the others are recalled (pathway: Implant).
  public var isVerified: Bool {
    switch self {
    case .binder, .noTwisting, .woundCare: false
    case .infectionSigns, .tooLittleSigns, .tooMuchSigns, .alarmSounds, .refillDate, .implantCard,
      .emergencyNumber:
      true
    }
  }
}

public struct AftercareGiven: Codable, Equatable, Sendable {
  public let items: [AftercareItem]
  /// Who was told, where it is not the patient.
  public let to: String?

  public init(items: [AftercareItem], to: String? = nil) {
    self.items = items
    self.to = to
  }
}
