public import Quantities

/// A whole pump: controller, supervisor, store and journal over a motor, a memory and a sink.
///
/// It is the one place where decisions meet hardware. For each stroke: the supervisor grants it,
/// the store books it, the motor drives it, the encoder's word goes back to the controller. What
/// else the controller decides is stored before anything follows from it.
public struct Pump<Motor: MotorPort, Memory: PumpMemory, Sink: EventSink> {
  public var motor: Motor
  public var memory: Memory
  public var sink: Sink
  @usableFromInline var core: Controller
  @usableFromInline var supervisor: Supervisor
  @usableFromInline var store: Store
  var journal: Journal
  /// The latest pump time that was told from outside or stood in the memory.
  @usableFromInline var heard: PumpTime
  /// Where everything stands in the memory.
  let layout: StoreLayout

  /// The controller, to look at.
  public var controller: Controller { core }

  /// Pump time; without the copy that asking ``controller`` for it is.
  public var time: PumpTime { PumpTime(milliseconds: core.now) }

  // MARK: Beginning

  /// Commissions a pump: writes its first state and program into the memory.
  ///
  /// A journal that stands in the memory goes on; all else of a pump before is made void.
  ///
  /// - Throws: why the first program is refused; then nothing was written.
  public init(
    commissioning controller: Controller,
    program: Program,
    layout: StoreLayout = .standard,
    motor: Motor,
    memory: Memory,
    sink: Sink
  ) throws(ProgramRefusal) {
    core = controller
    supervisor = Supervisor(
      model: controller.model,
      reservoir: controller.reservoirVolume,
      number: 0,
      now: controller.time
    )
    store = Store()
    journal = Journal(continuing: layout, memory)
    self.layout = layout
    self.motor = motor
    self.memory = memory
    self.sink = sink
    heard = controller.time
    try core.activate(program)
    store.begin(&self.memory)
    journal.add(
      .commissioned,
      value: core.localTime.milliseconds,
      at: core.time,
      &self.memory
    )
    programChanged()
    settle()
  }

  /// Starts again after a loss of power, from what the memory holds (SR-062, SR-074).
  ///
  /// - Parameters:
  ///   - model: the constants of the pump.
  ///   - now: pump time; the hardware counter went on without power.
  ///   - battery: what its input shows.
  ///   - layout: as the pump was commissioned with.
  ///   - motor: not driven by starting again.
  ///   - memory: what is left of the pump. Where it holds no whole state there is no pump: it has to
  ///     be commissioned anew, at ``safeRate(keptIn:)`` until then.
  ///   - sink: told of what happens from now on.
  public init?(
    recovering model: PumpModel,
    at now: PumpTime,
    battery: BatteryMarks = [],
    layout: StoreLayout = .standard,
    motor: Motor,
    memory: Memory,
    sink: Sink
  ) {
    // Each in its place at once: copies of a controller on the stack are what a microcontroller has
    // no room for.
    core = Controller(model)
    store = Store()
    let stored = store.load(&core, memory)
    if stored == .lost { return nil }
    supervisor = Supervisor(model: model, reservoir: .zero, number: 0, now: now)
    journal = Journal(continuing: layout, memory)
    self.layout = layout
    self.motor = motor
    self.memory = memory
    self.sink = sink
    heard = now
    restart(stored, at: now, battery)
  }

  /// The safe rate that the memory keeps in a place of its own, for a pump that has lost its state.
  public static func safeRate(keptIn memory: Memory) -> FlowRate? {
    Store().readSafeRate(memory)
  }

  /// Replays the strokes booked since the state, lets the time without power pass, and boots.
  private mutating func restart(_ stored: StoredState, at now: PumpTime, _ battery: BatteryMarks) {
    var program = core.program
    let found = store.verifyProgram(&program, &memory)
    core.load(program)
    if case .whole(let strokes) = stored {
      store.mendBook(&memory)
      replay(strokes)
    }
    core.powerFailed()
    let isBehind = now < core.time
    core.passTime(to: now)
    core.batteryShows(battery)
    core.boot(program: found)
    if stored == .stale { core.stateIsStale() }
    if isBehind { core.clockStepped() }
    heard = core.time
    supervisor = Supervisor(
      model: core.model,
      reservoir: core.reservoirVolume,
      number: core.strokesCommanded,
      now: now
    )
    supervisor.programCommitted(core.program, at: core.time)
    settle()
  }

  /// Runs on from the stored state until the booked strokes are made, without the motor: each was
  /// booked before it was driven, and counts as delivered.
  private mutating func replay(_ strokes: Int64) {
    var left = strokes
    while left > 0 {
      switch core.run(until: PumpTime(milliseconds: store.book.time)) {
      case .drive:
        core.complete(confirmed: true)
        left -= 1
      case .events: recordEvents(replayed: true)
      case .verifyProgram: core.programVerified(.intact)
      case .reached:
        // The book tells of more strokes than the state can have called for.
        core.countBooked(left)
        core.stateIsStale()
        left = 0
      }
    }
    recordEvents()
  }

  // MARK: Time

  /// Goes on to an instant and handles all that is due until then, the instant included.
  ///
  /// Pump time does not go back. Where the instant lies before one that was told already, the clock is
  /// at fault and says so; where the controller alone is ahead of all that it was told, its memory is,
  /// and it goes on from the stored state.
  @inlinable
  public mutating func advance(to target: PumpTime) {
    if core.time > target || target < heard { timeIsAhead(of: target) }
    heard = max(heard, target)
    while true {
      switch core.run(until: target) {
      case .drive(let order): drive(order)
      case .events: settle()
      case .verifyProgram: verifyProgram()
      case .reached:
        if core.needsCommit { settle() }
        return
      }
    }
  }

  /// Without this an upset that throws the controller's time forward would end delivery in silence,
  /// until time has caught up (SR-062, H-40, H-42).
  @usableFromInline
  mutating func timeIsAhead(of target: PumpTime) {
    guard core.isOn else { return }
    if core.time > max(target, heard), case let stored = store.load(&core, memory), stored != .lost
    {
      restart(stored, at: heard, core.battery)
    }
    core.clockStepped()
    settle()
  }

  @inlinable
  mutating func drive(_ order: StrokeOrder) {
    do throws(PermitRefusal) {
      try supervisor.permit(order)
    } catch {
      refuse(error)
      return
    }
    store.book.strokes += 1
    store.book.time = order.time.milliseconds
    let booked = store.book.bytes
    memory.write(booked.span, at: StoreLayout.book(0))
    let confirmed = motor.drive(order)
    if confirmed { supervisor.encoderSaw(order.kind, at: order.time) }
    core.complete(confirmed: confirmed)
    memory.write(booked.span, at: StoreLayout.book(1))
    if core.needsCommit { settle() }
  }

  /// A stroke without a permit is not driven; three in a row end as a stall.
  @usableFromInline
  mutating func refuse(_ reason: PermitRefusal) {
    journal.add(.permitRefused, detail: reason.rawValue, at: core.time, &memory)
    core.complete(confirmed: false)
    settle()
  }

  @usableFromInline
  mutating func verifyProgram() {
    var program = core.program
    let found = store.verifyProgram(&program, &memory)
    if found == .restored { core.load(program) }
    core.programVerified(found)
    if case .lost = found { supervisor.programCommitted(core.program, at: core.time) }
    addDailyTotals()
    settle()
  }

  /// Once a local day: what was delivered since commissioning, and of each drug at the tip.
  private mutating func addDailyTotals() {
    let sample = core.sample
    journal.add(.dailyVolume, value: sample.delivered.nanolitres, at: sample.time, &memory)
    for drug in 0..<Capacity.drugs where sample.tipFemtograms[drug] > 0 {
      journal.add(
        .dailyDose,
        detail: UInt8(drug),
        value: sample.tipFemtograms[drug],
        at: sample.time,
        &memory
      )
    }
  }

  /// Passes on what happened, then stores the state if it has changed.
  @usableFromInline
  mutating func settle() {
    recordEvents()
    if core.needsCommit { commit() }
  }

  /// Passes events on to journal and sink.
  ///
  /// - Parameter replayed: they come from a replay: what happens without being stored was told
  ///   before the power failed, ahead of the stroke that was booked after it.
  private mutating func recordEvents(replayed: Bool = false) {
    while let event = core.takeEvent() {
      if replayed, !event.isStored { continue }
      if let entry = event.journalEntry {
        journal.add(
          entry.kind,
          detail: entry.detail,
          value: entry.value,
          at: core.time,
          &memory
        )
      } else if case .alarmRepeated(let alarm) = event {
        journal.countRepeat(of: alarm, &memory)
      }
      sink.record(event, at: core.time)
    }
  }

  /// A state that does not read back is written once more; then the memory itself has failed.
  private mutating func commit() {
    if store.commit(&core, &memory) || store.commit(&core, &memory) { return }
    core.stateIsStale()
  }

  // MARK: Orders

  /// Takes a program into force, or refuses it (contract: Program).
  ///
  /// - Parameters:
  ///   - program: as the controller's own `activate` wants it.
  ///   - act: the number of the act of the link that it comes from, stored with its effect.
  /// - Throws: why it is refused; the program before stays in force.
  public mutating func activate(
    _ program: Program,
    act: Int64? = nil
  ) throws(ProgramRefusal) {
    guard core.state != .off else { return }
    do throws(ProgramRefusal) {
      try core.check(program, inRefill: false)
    } catch {
      core.refuse(error)
      settle()
      throw error
    }
    checkMemoryBeforeActivation()
    try core.activate(program)
    core.mark(act)
    programChanged()
    settle()
  }

  /// Empties and fills the reservoir, with a program or without one (contract: refill).
  ///
  /// - Parameters:
  ///   - aspirated: what was found in the reservoir.
  ///   - fill: at most the capacity.
  ///   - mixture: of the fill.
  ///   - program: needed where the mixture is another.
  ///   - act: the number of the act of the link that it comes from, stored with its effect.
  /// - Throws: why nothing was done.
  public mutating func refill(
    aspirated: Volume,
    fill: Volume,
    mixture: Mixture,
    program: Program?,
    act: Int64? = nil
  ) throws(RefillRefusal) {
    guard core.state != .off else { return }
    do throws(RefillRefusal) {
      try core.checkRefill(mixture, program)
    } catch {
      core.refuse(error)
      settle()
      throw error
    }
    if program != nil { checkMemoryBeforeActivation() }
    try core.refill(aspirated: aspirated, fill: fill, mixture: mixture, program: program)
    core.mark(act)
    supervisor.refilled(fill)
    if program != nil { programChanged() }
    settle()
  }

  /// The memory is looked at on each activation too, before the program is written over.
  private mutating func checkMemoryBeforeActivation() {
    var program = core.program
    core.programVerifiedBeforeActivation(store.verifyProgram(&program, &memory))
  }

  mutating func programChanged() {
    supervisor.programCommitted(core.program, at: core.time)
    recordEvents()
    let program = core.program
    if !store.commit(program: program, &core, &memory) { core.stateIsStale() }
  }

  /// Does something else with the controller, then stores what it changed.
  public mutating func perform(_ command: (inout Controller) -> Void) {
    command(&core)
    settle()
  }

  /// The encoder saw strokes that nobody commanded.
  public mutating func extraStrokesSeen(_ count: Int) {
    guard core.state != .off else { return }
    for _ in 0..<count { supervisor.encoderSaw(nil, at: core.time) }
    core.extraStrokesSeen(count)
    settle()
  }

  /// The power fails, with enough of a warning to store the state.
  public mutating func powerFails() {
    core.powerFailed()
    settle()
  }

  // MARK: Journal

  /// Calls with each entry of the journal: critical ones, daily totals, details, each oldest first.
  public func forEachJournalRecord(_ body: (JournalRecord) -> Void) {
    journal.forEach(memory, body)
  }
}
