public import Formulary
public import PumpCore
public import PumpLink

// Words of events that are written by their names; a name is never changed.

extension DrugIndication: Codable {}
extension SpasticityOrigin: Codable {}

public enum Sex: String, Codable, Sendable, CaseIterable {
  case female, male, other
}

/// On whose word something is in the record.
public enum Standing: String, Codable, Sendable, CaseIterable {
  /// The pump's own, signed.
  case receipt
  /// A person's, who did or read it.
  case byHand
  /// A person's, from papers or memory.
  case recalled
}

/// By which way an order goes (contract: authority.md, Ways).
public enum OrderWay: String, Codable, Sendable, CaseIterable {
  case bedside, remote

  var way: Way {
    switch self {
    case .bedside: .bedside
    case .remote: .remote
    }
  }
}

/// What an order does, as the rows of the authority table name it.
public enum OrderAct: String, Codable, Sendable, CaseIterable {
  case program, programIncrease, refillSame, refillChanged
  case catheter, commissioning, envelope, limits, keys, clinicianBolus
  case safeRate, suspend, mri, resume, clearOverDelivery, setClock

  /// The row of the table.
  public var act: Act {
    switch self {
    case .program: .program
    case .programIncrease: .programIncrease
    case .refillSame: .refillSame
    case .refillChanged: .refillChanged
    case .catheter: .catheter
    case .commissioning: .commissioning
    case .envelope: .envelope
    case .limits: .limits
    case .keys: .keys
    case .clinicianBolus: .clinicianBolus
    case .safeRate: .safeRate
    case .suspend: .suspend
    case .mri: .mri
    case .resume: .resume
    case .clearOverDelivery: .clearOverDelivery
    case .setClock: .setClock
    }
  }

  var isRefill: Bool { self == .refillSame || self == .refillChanged }
}

/// What a pump's receipt says of an order.
public enum OrderOutcome: String, Codable, Sendable, CaseIterable {
  case applied, pending, refused, superseded, cancelled
}

/// An alarm, named as in the pump's contract.
public enum PumpAlarm: String, Codable, Sendable, CaseIterable {
  case motorStall, overDelivery, reservoirEmpty, reservoirLow, doseLimit, memoryFault
  case electiveReplacement, endOfService, clockFault, therapyGap

  /// The pump's own value.
  public var alarm: Alarm {
    switch self {
    case .motorStall: .motorStall
    case .overDelivery: .overDelivery
    case .reservoirEmpty: .reservoirEmpty
    case .reservoirLow: .reservoirLow
    case .doseLimit: .doseLimit
    case .memoryFault: .memoryFault
    case .electiveReplacement: .electiveReplacement
    case .endOfService: .endOfService
    case .clockFault: .clockFault
    case .therapyGap: .therapyGap
    }
  }

  /// The name of a pump's alarm.
  public init(_ alarm: Alarm) {
    self =
      switch alarm {
      case .motorStall: .motorStall
      case .overDelivery: .overDelivery
      case .reservoirEmpty: .reservoirEmpty
      case .reservoirLow: .reservoirLow
      case .doseLimit: .doseLimit
      case .memoryFault: .memoryFault
      case .electiveReplacement: .electiveReplacement
      case .endOfService: .endOfService
      case .clockFault: .clockFault
      case .therapyGap: .therapyGap
      }
  }
}

/// Why a pump delivers nothing, named as in its contract.
public enum PumpHaltReason: String, Codable, Sendable, CaseIterable {
  case stopped, stalled, overDelivery, empty, suspended, mri, endOfService

  /// The name of a pump's reason.
  public init(_ reason: HaltReason) {
    self =
      switch reason {
      case .stopped: .stopped
      case .stalled: .stalled
      case .overDelivery: .overDelivery
      case .empty: .empty
      case .suspended: .suspended
      case .mri: .mri
      case .endOfService: .endOfService
      }
  }

  /// Whether a person ordered it so.
  public var isOrdered: Bool {
    switch self {
    case .stopped, .suspended, .mri: true
    case .stalled, .overDelivery, .empty, .endOfService: false
    }
  }
}

public enum SideEffectSeverity: String, Codable, Sendable, CaseIterable {
  case mild, moderate, severe
}

/// By what a patient is told from another.
public enum PatientIdentifier: String, Codable, Sendable, CaseIterable {
  case name, born, recordNumber
}

/// Where the volume that a reservoir should hold comes from.
public enum ExpectedSource: String, Codable, Sendable, CaseIterable {
  /// The pump's own count.
  case pump
  /// The maker's programmer's.
  case programmer
  /// Worked out from the last fill and the program.
  case forecast
  /// Nobody knows; then what is aspirated cannot be judged.
  case unknown
}

/// The finding of the residual calculator (contract: plan.md, residual), or that it had nothing to
/// compare with.
public enum ResidualFinding: String, Codable, Sendable, CaseIterable {
  case withinSpecification, recheck, investigate, notKnown
}

public enum EntryWay: String, Codable, Sendable, CaseIterable {
  case typed, scanned
}

/// What is looked at so that no pocket is filled (pathway: Refill checklist; H-20, H-23).
public enum RefillCheck: String, Codable, Sendable, CaseIterable {
  /// A non-coring 22 G needle, not the one of the catheter access port.
  case needle
  /// The septum was felt, or seen by template or ultrasound.
  case septum
  /// The needle stands on the stop of the reservoir.
  case reservoirStop
  /// Fluid came back after the first millilitres.
  case aspiratesBack
  /// No unexpected resistance.
  case noResistance
  /// No swelling and no pain at the pocket.
  case noSwelling
}

/// What a pump does, named as in its contract.
public enum PumpStateName: String, Codable, Sendable, CaseIterable {
  case off, halted, safe, priming, bridging, running
}
