import PumpCore
import Quantities

extension RunStory {
  /// A stretch of time in one state, as the events tell it.
  struct Stretch: Equatable {
    var state: PumpState
    var start: PumpTime
    var end: PumpTime
    /// Why it was halted or at the safe rate, in the contract's words.
    var reasons: [String]
  }

  /// The states one after the other, from the start to the end, without gaps.
  func stretches() -> [Stretch] {
    var tracker = StateTracker()
    var stretches: [Stretch] = []
    var since = PumpTime.commissioning
    func close(at time: PumpTime) {
      guard time > since else { return }
      let (state, reasons) = tracker.state
      if let last = stretches.last, last.state == state, last.reasons == reasons {
        stretches[stretches.count - 1].end = time
      } else {
        stretches.append(Stretch(state: state, start: since, end: time, reasons: reasons))
      }
      since = time
    }
    var changes: [(time: PumpTime, apply: (inout StateTracker) -> Void)] = []
    for loss in powerLosses {
      changes.append((loss.lowerBound, { $0.isOff = true }))
      changes.append((loss.upperBound, { $0.isOff = false }))
    }
    for entry in run.events {
      changes.append((entry.time, { $0.take(entry.event) }))
    }
    let ordered = changes.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    for (_, change) in ordered {
      close(at: min(change.time, end))
      change.apply(&tracker)
    }
    close(at: end)
    return stretches
  }

  /// Follows the state through the events.
  private struct StateTracker {
    var isOff = false
    private var halts: [HaltReason] = []
    private var safeReasons: [SafeReason] = []
    private var isPriming = false
    private var isBridging = false

    mutating func take(_ event: PumpEvent) {
      switch event {
      case .halted(let reason):
        if !halts.contains(reason) { halts.append(reason) }
      case .resumed:
        halts = []
      case .safeRateEntered(let reason):
        if !safeReasons.contains(reason) { safeReasons.append(reason) }
      case .safeRateLeft(let reason):
        safeReasons.removeAll { $0 == reason }
      case .primeStarted:
        isPriming = true
      case .primeEnded:
        isPriming = false
      case .bridgeStarted:
        isBridging = true
      case .bridgeEnded:
        isBridging = false
      default:
        break
      }
    }

    var state: (PumpState, reasons: [String]) {
      if isOff { return (.off, []) }
      if !halts.isEmpty { return (.halted, halts.map(\.jsonName)) }
      if !safeReasons.isEmpty { return (.safe, safeReasons.map(\.jsonName)) }
      if isPriming { return (.priming, []) }
      return (isBridging ? .bridging : .running, [])
    }
  }

  /// One alarm from being raised to being cleared.
  struct AlarmSpan {
    var alarm: Alarm
    var raised: PumpTime
    var acknowledged: PumpTime?
    var cleared: PumpTime?
    /// When it came anew before it was cleared: it starts over then, in a span of its own.
    var raisedAgain: PumpTime?
    var repeats = 0
  }

  /// Every alarm of the run, by the instant at which it was raised.
  func alarmSpans() -> [AlarmSpan] {
    var spans: [AlarmSpan] = []
    func open(_ alarm: Alarm) -> Int? {
      spans.lastIndex { $0.alarm == alarm && $0.cleared == nil && $0.raisedAgain == nil }
    }
    for entry in run.events {
      switch entry.event {
      case .alarmRaised(let alarm):
        if let index = open(alarm) { spans[index].raisedAgain = entry.time }
        spans.append(AlarmSpan(alarm: alarm, raised: entry.time))
      case .alarmRepeated(let alarm):
        if let index = open(alarm) { spans[index].repeats += 1 }
      case .alarmAcknowledged(let alarm):
        if let index = open(alarm) { spans[index].acknowledged = entry.time }
      case .alarmCleared(let alarm):
        if let index = open(alarm) { spans[index].cleared = entry.time }
      default:
        break
      }
    }
    return spans
  }
}

extension Alarm {
  /// The alarm as people read it.
  var title: String {
    switch self {
    case .motorStall: "motor stall"
    case .overDelivery: "over-delivery"
    case .reservoirEmpty: "reservoir empty"
    case .reservoirLow: "reservoir low"
    case .doseLimit: "limit reached"
    case .memoryFault: "memory fault"
    case .electiveReplacement: "battery: replace"
    case .endOfService: "end of service"
    case .clockFault: "clock fault"
    case .therapyGap: "therapy gap"
    }
  }
}
