import Quantities

@testable import PumpCore

/// A controller on the bench: each stroke is answered, each event written down with its instant.
///
/// Instants are pump times in ms.
struct ControllerDriver {
  struct Happening: Equatable, CustomStringConvertible {
    let at: Int64
    let event: PumpEvent

    init(_ at: Int64, _ event: PumpEvent) {
      self.at = at
      self.event = event
    }

    var description: String { "\(at) ms: \(event)" }
  }

  struct Stroke: Equatable {
    let at: Int64
    let kind: StrokeKind
    let isSeen: Bool
  }

  var controller: Controller
  private(set) var strokes: [Stroke] = []
  private(set) var happenings: [Happening] = []
  /// When it asked for a look at the stored program.
  private(set) var checks: [Int64] = []
  /// Strokes due after the lower bound, up to the upper one, are not seen by the encoder.
  var stalls: [Range<Int64>] = []
  /// What the encoder says of the next strokes; of those after them: seen.
  var answers: [Bool] = []
  /// What the next looks at the stored program find; those after them find it intact.
  var memory: [ProgramMemory] = []

  init(_ controller: Controller) {
    self.controller = controller
  }

  /// A commissioned controller with its first program in force.
  init(
    _ program: Program,
    model: PumpModel = .test,
    fill: Int64 = 20_000_000,
    pathEmpty: Bool = false,
    local: LocalTime = .monday(hour: 8)
  ) throws {
    controller = try .commissioned(
      model: model,
      fill: fill,
      pathEmpty: pathEmpty,
      local: local
    )
    try activate(program)
  }

  // MARK: Running

  /// Goes on to an instant and handles all that is due until then, the instant included.
  mutating func go(to instant: Int64) {
    while true {
      switch controller.run(until: PumpTime(milliseconds: instant)) {
      case .reached: return
      case .events: takeEvents()
      case .drive(let order): drive(order)
      case .verifyProgram:
        checks.append(now)
        controller.programVerified(memory.isEmpty ? .intact : memory.removeFirst())
      }
    }
  }

  mutating func go(by span: Int64) {
    go(to: now + span)
  }

  private mutating func drive(_ order: StrokeOrder) {
    let at = order.time.milliseconds
    let isStalled = stalls.contains { at > $0.lowerBound && at <= $0.upperBound }
    let isSeen = answers.isEmpty ? !isStalled : answers.removeFirst()
    strokes.append(Stroke(at: at, kind: order.kind, isSeen: isSeen))
    controller.complete(confirmed: isSeen)
  }

  private mutating func takeEvents() {
    while let event = controller.takeEvent() { happenings.append(Happening(now, event)) }
  }

  /// Goes to an instant, then does something with the controller.
  mutating func at(_ instant: Int64, _ act: (inout Controller) -> Void) {
    go(to: instant)
    act(&controller)
    takeEvents()
  }

  /// Does something with the controller now.
  mutating func act(_ act: (inout Controller) -> Void) {
    at(now, act)
  }

  mutating func activate(_ program: Program) throws(ProgramRefusal) {
    defer { takeEvents() }
    try controller.activate(program)
  }

  mutating func refill(
    _ fill: Int64 = 20_000_000,
    _ mixture: Mixture = .baclofen,
    program: Program? = nil
  ) throws(RefillRefusal) {
    defer { takeEvents() }
    try controller.refill(aspirated: .zero, fill: .nL(fill), mixture: mixture, program: program)
  }

  /// Why a program is refused now, or nothing.
  func refusal(of program: Program) -> ProgramRefusal? {
    do throws(ProgramRefusal) {
      try controller.check(program)
      return nil
    } catch { return error }
  }

  /// Switches off at an instant and boots at a later one.
  mutating func losePower(
    from off: Int64,
    to on: Int64,
    finding memory: ProgramMemory = .intact,
    while isOff: (inout Controller) -> Void = { _ in }
  ) {
    at(off) { $0.powerFailed() }
    act(isOff)
    at(on) { $0.boot(program: memory) }
    go(to: on)
  }

  /// Extra strokes, however many, without an over-delivery: the count is emptied on the way.
  mutating func addToWindow(strokes: Int) {
    var left = strokes
    while left > 0 {
      let some = min(left, 19)
      act { $0.extraStrokesSeen(some) }
      act { $0.clear(.overDelivery) }
      left -= some
    }
  }

  // MARK: What it shows

  var now: Int64 { controller.time.milliseconds }
  var state: PumpState { controller.state }
  var demand: Int64 { controller.sample.demand.nanolitres }
  var delivered: Int64 { controller.sample.delivered.nanolitres }
  var rate: Int64 { controller.sample.rate.nanolitresPerDay }
  var reservoir: Int64 { controller.sample.reservoir.nanolitres }
  /// Of the first drug, fg.
  var tip: Int64 { controller.sample.tipFemtograms[0] }

  var halts: [HaltReason] { HaltReason.allCases.filter { controller.isHalted($0) } }
  var safeReasons: [SafeReason] { SafeReason.allCases.filter { controller.isSafe($0) } }

  var events: [PumpEvent] { happenings.map(\.event) }

  /// The events of an instant.
  func events(at instant: Int64) -> [PumpEvent] {
    happenings.filter { $0.at == instant }.map(\.event)
  }

  /// When something happened.
  func times(of event: PumpEvent) -> [Int64] {
    happenings.filter { $0.event == event }.map(\.at)
  }

  func count(of event: PumpEvent) -> Int { times(of: event).count }

  /// The instants of strokes that were driven, of one kind or of any.
  func strokeTimes(_ kind: StrokeKind? = nil) -> [Int64] {
    strokes.filter { kind == nil || $0.kind == kind }.map(\.at)
  }

  mutating func forget() {
    happenings = []
    strokes = []
    checks = []
  }
}

extension LocalTime {
  /// A time in the week of Monday 2026-01-05; days count from that Monday.
  static func monday(hour: Int64, minute: Int64 = 0, day: Int64 = 0) -> LocalTime {
    LocalTime(milliseconds: (20_458 + day) * 86_400_000 + hour * 3_600_000 + minute * 60_000)
  }
}

extension Pump where Motor == TestMotor, Memory == TestMemory, Sink == EventRecorder {
  /// The pump after a loss of power that begins now, started again from its memory alone.
  func withoutPower(until time: PumpTime, battery: BatteryMarks = []) throws -> TestPump {
    var pump = self
    pump.powerFails()
    let booted = TestPump(
      recovering: pump.controller.model,
      at: time,
      battery: battery,
      layout: .test,
      motor: pump.motor,
      memory: pump.memory,
      sink: pump.sink
    )
    guard var booted else { throw NotBuilt(what: "the pump after a loss of power") }
    booted.advance(to: time)
    return booted
  }
}
