public import Quantities

/// What a bolus is for.
public enum BolusKind: UInt8, Equatable, Sendable {
  case patient = 1
  case clinician, periodic, prime
}

/// Why delivery is halted; several reasons can hold at once.
public enum HaltReason: UInt8, Equatable, Sendable, CaseIterable {
  case stopped, stalled, overDelivery, empty, suspended, mri, endOfService
}

/// Why the safe rate is delivered; several reasons can hold at once.
public enum SafeReason: UInt8, Equatable, Sendable, CaseIterable {
  case limit, overDelivery, gap, command
  /// Both copies of the program were corrupt; only a new program leaves it.
  case memoryFault
}

/// The conditions that the pump calls for help about.
public enum Alarm: UInt8, Equatable, Sendable, CaseIterable {
  case motorStall, overDelivery, reservoirEmpty, reservoirLow, doseLimit, memoryFault
  case electiveReplacement, endOfService, clockFault, therapyGap
}

/// Why a patient or clinician bolus was refused, in the order in which it is looked at.
public enum BolusRefusal: UInt8, Equatable, Sendable {
  case notPrescribed = 1
  case halted, bridging, busy, lockout, dailyMaximum, rateLimit, volumeLimit, reservoir
}

/// Why a program was refused, with what was planned and what it passed.
public enum ProgramRefusal: Error, Equatable, Sendable {
  /// A rate outside of the model's range; `limit` is the bound that it passes.
  case modelRange(given: FlowRate, limit: FlowRate)
  case rateLimit(planned: FlowRate, limit: FlowRate)
  case volumeLimit(planned: Volume, limit: Volume)
  case primeNotAllowed
  case primeTooLarge(given: Volume, limit: Volume)
}

/// Why a refill was refused.
public enum RefillRefusal: Error, Equatable, Sendable {
  case mixtureChanged
  case program(ProgramRefusal)
  /// The pump's tables of mixtures are full: more mixtures at once than it can tell apart.
  case tooManyMixtures
}

/// What happened; each goes to the journal and out through the sink with its instant.
public enum PumpEvent: Equatable, Sendable {
  case programActivated
  case programRefused(ProgramRefusal)
  case primeStarted, primeEnded
  case bridgeStarted, bridgeEnded
  case stepChanged(FlowRate)
  case bolusStarted(BolusKind, Volume)
  case bolusEnded(BolusKind)
  case bolusAbandoned(BolusKind, remaining: Volume)
  case bolusSkipped
  case patientDoseAccepted
  case patientDoseRefused(BolusRefusal)
  case clinicianBolusRefused(BolusRefusal)
  case halted(HaltReason)
  case resumed
  case alarmRaised(Alarm)
  case alarmRepeated(Alarm)
  case alarmAcknowledged(Alarm)
  case alarmCleared(Alarm)
  case refilled(expected: Volume, aspirated: Volume, previousFill: Volume)
  case refillRefused(RefillRefusal)
  case safeRateEntered(SafeReason)
  case safeRateLeft(SafeReason)
  case clockSet
  case reset
  case programRestored
  case catheterSet
}

/// What the pump is doing now: the first that holds, in this order.
public enum PumpState: UInt8, Equatable, Sendable {
  case off, halted, safe, priming, bridging, running
}

/// What the pump shows of itself at an instant.
public struct PumpSample: Sendable {
  public let time: PumpTime
  public let demand: Volume
  public let delivered: Volume
  public let reservoir: Volume
  /// The basal rate now, bridge or safe rate included, boluses not; 0 while priming, halted or off.
  public let rate: FlowRate
  public let state: PumpState
  /// What has left the tip, by drug, fg.
  public let tipFemtograms: InlineArray<8, Int64>
  /// A bit for each drug of any fill so far.
  public let drugsSeen: UInt8
}
