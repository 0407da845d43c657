public import Quantities

/// A set of halt reasons.
struct HaltSet: OptionSet, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ reason: HaltReason) { self.rawValue = 1 << reason.rawValue }

  static let stopped = HaltSet(.stopped)
  static let stalled = HaltSet(.stalled)
  static let empty = HaltSet(.empty)
}

/// A set of reasons for the safe rate.
struct SafeSet: OptionSet, Sendable {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ reason: SafeReason) { self.rawValue = 1 << reason.rawValue }

  static let gap = SafeSet(.gap)
  static let command = SafeSet(.command)
}

/// Where a program stands: the prime first, then the bridge, then the basal.
enum Phase: UInt8, Sendable {
  case basal, priming, bridging
}

/// The controller of the pump: a value that is told of time, strokes and commands, and answers with
/// what is to be done and what happened.
///
/// It is pure: no clock, no motor and no memory in it. `contracts/pump.md` is its meaning. All
/// arithmetic is on integers in the stored units (nL, nL/d, ng/mL, fg, ms), checked for overflow
/// (SR-001); its cost grows with strokes and events, not with milliseconds.
public struct Controller: Sendable {
  /// The constants of the pump, as commissioned.
  public let model: PumpModel
  public internal(set) var program: Program
  var plan: DayPlan

  // Time.
  var now: Int64 = 0
  var isOn = true
  /// Local time − pump time, ms.
  var localOffset: Int64

  // Demand and strokes.
  var demand = Demand()
  var commandedStrokes: Int64 = 0
  var confirmedStrokes: Int64 = 0
  /// The rate that accrues now, nL/d.
  var currentRate: Int64 = 0
  /// The rate of the step in force, where the basal is scheduled, nL/d.
  var stepRate: Int64 = 0
  var pending: PendingStroke?

  // The phases of the program.
  var phase = Phase.basal
  /// Σ rate × ms since the bridge began, nL·ms/d.
  var bridgeProgress: Int64 = 0
  var nextPeriodic = Int64.max
  var nextStep = Int64.max
  var primeAllowed: Bool

  // Why delivery is not the program's.
  var halts: HaltSet = []
  /// Since when something other than `stopped` has halted, or the power failed.
  var interruptedSince: Int64 = 0
  var safeReasons: SafeSet = []
  var suspensionEnd = Int64.max
  var mriEnd = Int64.max

  // Stall.
  var unconfirmedInRow = 0
  var nextTrial = Int64.max
  var trialsConfirmedInRow = 0

  // Limits and lockouts.
  var extraStrokes = ExtraStrokes()
  var window = LimitWindow()
  var history = BolusHistory()
  var lastPatientDose: Int64?
  var nextLimitCheck = Int64.max

  // Fluid.
  var reservoir: Int64
  var lastFill: Int64
  var reservoirMixture: MixtureIndex
  var table = MixtureTable()
  var path: FluidPath
  var tipFemtograms = InlineArray<8, Int64>(repeating: 0)
  /// A bit for each drug of any fill so far.
  var drugsSeen: UInt8 = 0

  // Alarms, battery, memory.
  var alarms = AlarmTable()
  var endOfServiceAt = Int64.max
  var battery: BatteryMarks = []
  var nextMemoryCheck = Int64.max
  /// The bolus that ran when the power failed, and what of it was left.
  var interruptedBolus: InterruptedBolus?

  // The link.
  /// The number of the last act of the link that took effect; stored in one write with the effect.
  public internal(set) var actNumber: Int64 = 0
  /// Pump time of the last alarm, catheter event or unexplained residual, ms; −1 where none was.
  var lastTrouble: Int64 = -1

  // What happened since it was last asked.
  var events = EventBuffer()
  /// Whether something happened that must be stored before anything is driven.
  public internal(set) var needsCommit = true

  /// Commissions a pump, without a program yet: nothing is delivered until one is activated.
  ///
  /// There is none where the fluid path overflows or the fill is over the capacity.
  ///
  /// - Parameters:
  ///   - model: the constants of the pump.
  ///   - catheter: the implanted length.
  ///   - local: the local time at commissioning.
  ///   - fill: the volume in the reservoir, at most the capacity.
  ///   - mixture: of that fill; it also fills the fluid path, unless the path is empty of drug.
  ///   - pathEmpty: the path holds drug-free fluid, and a prime is allowed once.
  public init?(
    model: PumpModel,
    catheter: Length,
    local: LocalTime,
    fill: Volume,
    mixture: Mixture,
    pathEmpty: Bool
  ) {
    guard let path = model.fluidPath(catheter: catheter), fill <= model.capacity else { return nil }
    self.model = model
    localOffset = local.milliseconds
    reservoir = fill.nanolitres
    lastFill = fill.nanolitres
    reservoirMixture = .none
    if mixture.drugCount > 0 {
      table.set(0, to: mixture)
      reservoirMixture = MixtureIndex(0)
      drugsSeen = table.drugs[0]
    }
    self.path = FluidPath(volume: path.nanolitres, of: pathEmpty ? .none : reservoirMixture)
    primeAllowed = pathEmpty
    program = .none
    plan = DayPlan(of: program, model)
    findMemoryCheck()
  }

  /// A controller of a pump, for the stored state to be read into.
  init(_ model: PumpModel) {
    self.model = model
    localOffset = 0
    reservoir = 0
    lastFill = 0
    reservoirMixture = .none
    path = FluidPath(volume: 0, of: .none)
    primeAllowed = false
    program = .none
    plan = DayPlan(of: program, model)
  }

  // MARK: What it shows

  /// The instant to which it has been advanced.
  public var time: PumpTime { PumpTime(milliseconds: now) }

  public var localTime: LocalTime { LocalTime(milliseconds: now + localOffset) }

  public var state: PumpState {
    if !isOn { return .off }
    if !halts.isEmpty { return .halted }
    if !safeReasons.isEmpty { return .safe }
    return switch phase {
    case .priming: .priming
    case .bridging: .bridging
    case .basal: .running
    }
  }

  /// What the pump shows now; everything due now has been handled.
  public var sample: PumpSample {
    PumpSample(
      time: time,
      demand: Volume(nanolitres: demand.total(at: now)),
      delivered: delivered,
      reservoir: Volume(nanolitres: reservoir),
      rate: FlowRate(nanolitresPerDay: currentRate),
      state: state,
      tipFemtograms: tipFemtograms,
      drugsSeen: drugsSeen
    )
  }

  /// What the encoder saw move, strokes nobody commanded included.
  public var delivered: Volume {
    Volume(nanolitres: confirmedStrokes * model.strokeVolume.nanolitres)
  }

  /// Strokes that the demand has called for, driven or lost.
  public var strokesCommanded: Int64 { commandedStrokes }

  /// The fluid now in the reservoir.
  public var mixture: Mixture { mixtureInReservoir }

  @inline(__always)
  var mixtureInReservoir: Mixture {
    reservoirMixture == .none ? Mixture() : table.mixtures[reservoirMixture.index]
  }

  public var reservoirVolume: Volume { Volume(nanolitres: reservoir) }

  /// Whether a halt reason holds.
  public func isHalted(_ reason: HaltReason) -> Bool { halts.contains(HaltSet(reason)) }

  /// Whether a reason for the safe rate holds.
  public func isSafe(_ reason: SafeReason) -> Bool { safeReasons.contains(SafeSet(reason)) }

  /// The events since the last call, in the order in which they came, all at ``time``.
  public mutating func takeEvent() -> PumpEvent? {
    events.take()
  }

  mutating func emit(_ event: PumpEvent) {
    events.add(event)
    if isTrouble(event) { lastTrouble = now }
    if event.isStored { needsCommit = true }
  }

  /// Its state has been stored.
  public mutating func committed() {
    needsCommit = false
  }
}

extension PumpEvent {
  /// Whether the state is stored with it; the others follow from the state before and from time.
  var isStored: Bool {
    switch self {
    case .stepChanged, .alarmRepeated: false
    default: true
    }
  }
}

extension Program {
  /// What a pump runs that has none yet.
  static let none = Program(
    basal: .stopped,
    limits: Limits(maxRate: .zero, maxVolumePer24h: .zero),
    safeRate: .zero,
    restartGap: TimeSpan(milliseconds: Bounds.timeMax),
    lowReservoir: Volume(nanolitres: -1)
  )
}

/// A stroke that was handed out and not yet answered.
struct PendingStroke: Sendable {
  var kind: StrokeKind
}

/// What was left of a bolus when the power failed.
struct InterruptedBolus: Sendable {
  var kind: BolusKind
  var remaining: Int64
}

/// The marks that the battery input has shown.
public struct BatteryMarks: OptionSet, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Time to plan the replacement of the pump.
  public static let replacement = BatteryMarks(rawValue: 1)
  public static let endOfService = BatteryMarks(rawValue: 2)
}

/// A few events on their way out.
struct EventBuffer: Sendable {
  private var slots = InlineArray<24, PumpEvent>(repeating: .resumed)
  private var first = 0
  private var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func add(_ event: PumpEvent) {
    precondition(count < 24, "events are taken before the next step")
    slots[(first + count) % 24] = event
    count += 1
  }

  mutating func take() -> PumpEvent? {
    guard count > 0 else { return nil }
    let event = slots[first]
    first = (first + 1) % 24
    count -= 1
    return event
  }
}
