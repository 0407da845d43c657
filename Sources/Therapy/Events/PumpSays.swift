public import Quantities

/// An alarm of the pump.
public struct AlarmRaised: Codable, Equatable, Sendable {
  public let alarm: PumpAlarm
  /// By therapy time; the pump's own clock is beside it.
  public let raisedAt: Instant
  public let pumpMilliseconds: Int64

  public init(alarm: PumpAlarm, raisedAt: Instant, pumpMilliseconds: Int64) {
    self.alarm = alarm
    self.raisedAt = raisedAt
    self.pumpMilliseconds = pumpMilliseconds
  }
}

/// An alarm that the pump has ended.
public struct AlarmCleared: Codable, Equatable, Sendable {
  public let alarm: PumpAlarm
  public let clearedAt: Instant
  public let pumpMilliseconds: Int64

  public init(alarm: PumpAlarm, clearedAt: Instant, pumpMilliseconds: Int64) {
    self.alarm = alarm
    self.clearedAt = clearedAt
    self.pumpMilliseconds = pumpMilliseconds
  }
}

/// A pump that stopped delivering, as its journal tells.
public struct PumpHalted: Codable, Equatable, Sendable {
  public let reason: PumpHaltReason
  /// By therapy time; the pump's own clock is beside it.
  public let haltedAt: Instant
  public let pumpMilliseconds: Int64

  public init(reason: PumpHaltReason, haltedAt: Instant, pumpMilliseconds: Int64) {
    self.reason = reason
    self.haltedAt = haltedAt
    self.pumpMilliseconds = pumpMilliseconds
  }
}

/// A pump that delivers again: no reason to halt holds any more.
public struct PumpResumed: Codable, Equatable, Sendable {
  public let resumedAt: Instant
  public let pumpMilliseconds: Int64

  public init(resumedAt: Instant, pumpMilliseconds: Int64) {
    self.resumedAt = resumedAt
    self.pumpMilliseconds = pumpMilliseconds
  }
}

/// An alarm that a person has seen.
public struct AlarmAcknowledged: Codable, Equatable, Sendable {
  public let alarm: PumpAlarm

  public init(alarm: PumpAlarm) {
    self.alarm = alarm
  }
}

/// What was done about an alarm.
public struct AlarmActed: Codable, Equatable, Sendable {
  public let alarm: PumpAlarm
  public let action: String

  public init(alarm: PumpAlarm, action: String) {
    self.alarm = alarm
    self.action = action
  }
}

/// What a pump says of itself.
public struct StatusHeard: Codable, Equatable, Sendable {
  public let heardAt: Instant
  /// The pump's clock.
  public let pumpMilliseconds: Int64
  public let state: PumpStateName
  public let reservoir: Volume
  /// At that instant.
  public let rate: FlowRate
  /// Since commissioning.
  public let delivered: Volume
  /// What its programs asked for since commissioning.
  public let demand: Volume
  public let alarms: [PumpAlarm]
  public let inForce: OrderID?
  public let pending: OrderID?

  public init(
    heardAt: Instant,
    pumpMilliseconds: Int64,
    state: PumpStateName,
    reservoir: Volume,
    rate: FlowRate,
    delivered: Volume,
    demand: Volume,
    alarms: [PumpAlarm],
    inForce: OrderID? = nil,
    pending: OrderID? = nil
  ) {
    self.heardAt = heardAt
    self.pumpMilliseconds = pumpMilliseconds
    self.state = state
    self.reservoir = reservoir
    self.rate = rate
    self.delivered = delivered
    self.demand = demand
    self.alarms = alarms
    self.inForce = inForce
    self.pending = pending
  }
}

/// What a pump delivered in a day of its clock.
public struct DailyTotal: Codable, Equatable, Sendable {
  public let day: Day
  /// In all.
  public let delivered: Volume
  /// What the program asked for.
  public let ordered: Volume
  public let patientDoses: Volume
  /// How many patient doses.
  public let granted: Int
  public let refused: Int

  public init(
    day: Day,
    delivered: Volume,
    ordered: Volume,
    patientDoses: Volume,
    granted: Int,
    refused: Int
  ) {
    self.day = day
    self.delivered = delivered
    self.ordered = ordered
    self.patientDoses = patientDoses
    self.granted = granted
    self.refused = refused
  }
}

/// A patient's request for a dose.
public struct DoseRequest: Codable, Equatable, Sendable {
  public let requestedAt: Instant
  public let isGranted: Bool
  /// Why it was refused.
  public let reason: String?

  public init(requestedAt: Instant, isGranted: Bool, reason: String? = nil) {
    self.requestedAt = requestedAt
    self.isGranted = isGranted
    self.reason = reason
  }
}
