/// How urgently an alarm calls (contract: Faults).
public enum AlarmPriority: UInt8, Sendable {
  case medium, high

  /// The interval at which it sounds again while nobody has acknowledged it, ms.
  var repeatMilliseconds: Int64 {
    switch self {
    case .high: 600_000
    case .medium: 3_600_000
    }
  }
}

extension Alarm {
  public var priority: AlarmPriority {
    switch self {
    case .motorStall, .overDelivery, .reservoirEmpty, .memoryFault, .endOfService, .therapyGap:
      .high
    case .reservoirLow, .doseLimit, .electiveReplacement, .clockFault: .medium
    }
  }

  /// How many alarms there are.
  static let count = 10

  var index: Int { Int(rawValue) }

  init(index: Int) {
    guard let alarm = Alarm(rawValue: UInt8(index)) else {
      preconditionFailure("an alarm has an index below their count")
    }
    self = alarm
  }
}

/// The alarms: latched until the condition is gone and a clinician has acknowledged (SR-054).
struct AlarmTable: Sendable {
  /// A bit for each alarm.
  var latched: UInt16 = 0
  var conditions: UInt16 = 0
  var acknowledged: UInt16 = 0
  /// When each sounds again; `Int64.max` where it does not.
  var repeats = InlineArray<10, Int64>(repeating: .max)
  /// The earliest of them.
  var nextRepeat = Int64.max

  private static func bit(_ alarm: Alarm) -> UInt16 { 1 << UInt16(alarm.rawValue) }

  func isLatched(_ alarm: Alarm) -> Bool { latched & Self.bit(alarm) != 0 }
  func holds(_ alarm: Alarm) -> Bool { conditions & Self.bit(alarm) != 0 }
  func isAcknowledged(_ alarm: Alarm) -> Bool { acknowledged & Self.bit(alarm) != 0 }

  /// The condition has come.
  ///
  /// - Returns: whether it is raised: not where it holds already.
  mutating func raise(_ alarm: Alarm, at now: Int64) -> Bool {
    guard !holds(alarm) else { return false }
    latched |= Self.bit(alarm)
    conditions |= Self.bit(alarm)
    acknowledged &= ~Self.bit(alarm)
    repeats[alarm.index] = now + alarm.priority.repeatMilliseconds
    findNextRepeat()
    return true
  }

  /// The condition has gone.
  ///
  /// - Returns: whether that clears the alarm.
  mutating func end(_ alarm: Alarm) -> Bool {
    guard holds(alarm) else { return false }
    conditions &= ~Self.bit(alarm)
    repeats[alarm.index] = .max
    findNextRepeat()
    guard isAcknowledged(alarm) else { return false }
    latched &= ~Self.bit(alarm)
    return true
  }

  /// A clinician acknowledges.
  ///
  /// - Returns: whether there was anything to acknowledge, and whether that clears the alarm.
  mutating func acknowledge(_ alarm: Alarm) -> (acknowledged: Bool, cleared: Bool) {
    guard isLatched(alarm), !isAcknowledged(alarm) else { return (false, false) }
    acknowledged |= Self.bit(alarm)
    repeats[alarm.index] = .max
    findNextRepeat()
    guard !holds(alarm) else { return (true, false) }
    latched &= ~Self.bit(alarm)
    return (true, true)
  }

  /// The alarm that sounds again at an instant, or nothing.
  mutating func takeRepeat(at now: Int64) -> Alarm? {
    guard nextRepeat <= now else { return nil }
    for index in 0..<Alarm.count where repeats[index] <= now {
      let alarm = Alarm(index: index)
      repeats[index] += alarm.priority.repeatMilliseconds
      findNextRepeat()
      return alarm
    }
    return nil
  }

  /// Passes over the repeats that fell into a time without power: those alarms sound again ten
  /// minutes after the boot, whatever their priority, and in their interval from there.
  mutating func skipRepeats(upTo now: Int64) {
    for index in 0..<Alarm.count where repeats[index] <= now {
      repeats[index] = now + AlarmPriority.high.repeatMilliseconds
    }
    findNextRepeat()
  }

  mutating func findNextRepeat() {
    nextRepeat = .max
    for index in 0..<Alarm.count { nextRepeat = min(nextRepeat, repeats[index]) }
  }
}
