public import PumpCore
public import Quantities

/// Why a scenario gave no run.
public enum RunFailure: Error, Equatable, Sendable {
  /// Only the run could show that it is malformed, such as a dose limit that does not fit the
  /// mixture in the reservoir when the program comes.
  case malformed(ScenarioError)
  /// The first program was refused.
  case refused(ProgramRefusal)
}

extension Scenario {
  /// Runs the scenario against the real pump in simulated time (contract: `cisterna pump run`).
  ///
  /// - Parameter progress: told the pump time now and then.
  /// - Returns: samples, events, journal, and what the pump was given.
  /// - Throws: that the first program is refused, or that the run showed the scenario to be malformed.
  public func run(progress: (PumpTime) -> Void = { _ in }) throws(RunFailure) -> RunStory {
    var run = try ScenarioRun(self)
    try run.toTheEnd(progress)
    return run.story()
  }
}

/// A scenario while it runs: the pump, its simulated hardware and what is still to come.
private struct ScenarioRun {
  typealias RunningPump = Pump<SimulatedMotor, SimulatedMemory, EventLog>

  let scenario: Scenario
  let layout: StoreLayout
  var pump: RunningPump
  var battery: BatteryMarks = []
  var bitsFlipped = 0
  var result = PumpRun()
  var fills: [RunStory.Fill] = []
  var activations: [RunStory.Activation] = []
  var powerLosses: [Range<PumpTime>] = []
  var steps: [Step]

  /// Something that the world does to the pump at an instant.
  struct Step {
    enum Action {
      case powerBack
      case event(ScenarioEvent.Action)
    }

    let time: PumpTime
    /// Faults and their ends before commands, then by place in the file.
    let rank: Int
    let order: Int
    let path: String
    let action: Action
  }

  init(_ scenario: Scenario) throws(RunFailure) {
    self.scenario = scenario
    layout = Self.layout(for: scenario)
    steps = Self.steps(of: scenario)
    let mixture = scenario.fill.mixture(drugs: scenario.drugs)
    guard
      let controller = Controller(
        model: scenario.model,
        catheter: scenario.catheterLength,
        local: scenario.localStart,
        fill: scenario.fill.volume,
        mixture: mixture,
        pathEmpty: scenario.pathEmpty
      )
    else {
      throw .malformed(
        ScenarioError(
          path: "$.fill.volume",
          given: scenario.fill.volume.text,
          expected: "at most the capacity, \(scenario.model.capacity.text)"
        )
      )
    }
    let resolved = try Self.resolve(scenario.program, mixture, scenario.drugs)
    do throws(ProgramRefusal) {
      pump = try RunningPump(
        commissioning: controller,
        program: resolved.program,
        layout: layout,
        motor: SimulatedMotor(stalls: Self.stalls(of: scenario)),
        memory: SimulatedMemory(layout),
        sink: EventLog()
      )
    } catch {
      throw .refused(error)
    }
    result.drugNames = scenario.drugs.names
    note(resolved, fill: scenario.fill)
  }

  /// Room for all days of the scenario; a longer run keeps the newest, as the pump does.
  private static func layout(for scenario: Scenario) -> StoreLayout {
    let days = Int(scenario.until.milliseconds / 86_400_000) + 2
    let standard = StoreLayout.standard
    return StoreLayout(
      criticalRecords: standard.criticalRecords,
      dailyRecords: min(days * (scenario.drugs.names.count + 1) + 16, standard.dailyRecords),
      detailRecords: standard.detailRecords
    )
  }

  private static func stalls(of scenario: Scenario) -> [(from: PumpTime, until: PumpTime)] {
    scenario.events.compactMap { event in
      guard case .motorStall(let until) = event.action else { return nil }
      return (event.at, until)
    }
  }

  private static func steps(of scenario: Scenario) -> [Step] {
    var steps: [Step] = []
    for event in scenario.events {
      steps.append(
        Step(
          time: event.at,
          rank: event.action.isFault ? 0 : 1,
          order: event.order,
          path: event.path,
          action: .event(event.action)
        )
      )
      if case .powerLoss(let span) = event.action, event.at + span <= scenario.until {
        steps.append(
          Step(
            time: event.at + span,
            rank: 0,
            order: event.order,
            path: event.path,
            action: .powerBack
          )
        )
      }
    }
    return steps.sorted { ($0.time, $0.rank, $0.order) < ($1.time, $1.rank, $1.order) }
  }

  private static func resolve(
    _ text: ProgramText,
    _ mixture: Mixture,
    _ drugs: DrugList
  ) throws(RunFailure) -> ResolvedProgram {
    do throws(ScenarioError) {
      return try text.resolve(mixture: mixture, drugs: drugs)
    } catch {
      throw .malformed(error)
    }
  }

  // MARK: Running

  mutating func toTheEnd(_ progress: (PumpTime) -> Void) throws(RunFailure) {
    var next = 0
    var sampleAt = PumpTime.commissioning
    while true {
      while next < steps.count, steps[next].time <= sampleAt {
        let step = steps[next]
        pump.advance(to: step.time)
        try take(step)
        next += 1
      }
      pump.advance(to: sampleAt)
      result.samples.append(pump.controller.sample)
      guard sampleAt < scenario.until else { return }
      progress(sampleAt)
      sampleAt = min(sampleAt + scenario.sampleEvery, scenario.until)
    }
  }

  private mutating func take(_ step: Step) throws(RunFailure) {
    switch step.action {
    case .powerBack: boot(at: step.time)
    case .event(let action):
      if action.isFault {
        fault(action)
      } else if pump.controller.state != .off {
        try command(action, path: step.path)
      }
    }
  }

  private mutating func boot(at time: PumpTime) {
    guard
      let booted = RunningPump(
        recovering: scenario.model,
        at: time,
        battery: battery,
        layout: layout,
        motor: pump.motor,
        memory: pump.memory,
        sink: pump.sink
      )
    else { preconditionFailure("the simulated memory holds a whole state") }
    pump = booted
    // An overdue trial stroke is made at once.
    pump.advance(to: time)
  }

  private mutating func fault(_ action: ScenarioEvent.Action) {
    switch action {
    case .powerLoss(let span):
      let now = pump.controller.time
      powerLosses.append(now..<now + span)
      pump.powerFails()
    case .extraStrokes(let count): pump.extraStrokesSeen(count)
    case .corruptProgram(let copies):
      for copy in 0..<copies { corrupt(copy) }
    case .battery(let mark):
      let marks: BatteryMarks = mark == .endOfService ? .endOfService : .replacement
      battery.formUnion(marks)
      pump.perform { $0.batteryShows(marks) }
    case .clockStep: pump.perform { $0.clockStepped() }
    default: break
    }
  }

  /// Turns another bit of a copy over each time, so that no corruption mends the one before.
  private mutating func corrupt(_ copy: Int) {
    pump.memory.flipBit(bitsFlipped % 8, at: StoreLayout.program(copy) + 40 + bitsFlipped / 8 % 64)
    bitsFlipped += 1
  }

  private mutating func command(
    _ action: ScenarioEvent.Action,
    path: String
  ) throws(RunFailure) {
    switch action {
    case .patientDose: pump.perform { $0.requestPatientDose() }
    case .clinicianBolus(let text, let over):
      let volume = try volume(of: text)
      pump.perform { $0.giveClinicianBolus(volume, over: over) }
    case .cancelBolus: pump.perform { $0.cancelBolus() }
    case .program(let text): try activate(text)
    case .refill(let aspirated, let fill, let program):
      try refill(aspirated, fill, program)
    case .catheter(let length, let full):
      guard let path = scenario.model.fluidPath(catheter: length) else { return }
      pump.perform { $0.setCatheter(pathVolume: path, full: full) }
    case .setClock(let local): pump.perform { $0.setClock(to: local) }
    case .suspend(let span): pump.perform { $0.suspend(for: span) }
    case .mri(let span): pump.perform { $0.enterMRI(for: span) }
    case .resumeTherapy: pump.perform { $0.resumeTherapy() }
    case .enterSafeRate: pump.perform { $0.enterSafeRate() }
    case .acknowledge(let alarm): pump.perform { $0.acknowledge(alarm) }
    case .clear(let alarm): pump.perform { $0.clear(alarm) }
    default: break
    }
  }

  private func volume(of text: BolusText) throws(RunFailure) -> Volume {
    do throws(ScenarioError) {
      return try text.resolve(mixture: pump.controller.mixture, drugs: scenario.drugs)
    } catch {
      throw .malformed(error)
    }
  }

  private mutating func activate(_ text: ProgramText) throws(RunFailure) {
    let resolved = try Self.resolve(text, pump.controller.mixture, scenario.drugs)
    do throws(ProgramRefusal) {
      try pump.activate(resolved.program)
    } catch {
      return
    }
    note(resolved, fill: nil)
  }

  private mutating func refill(
    _ aspirated: Volume,
    _ fill: FillText,
    _ text: ProgramText?
  ) throws(RunFailure) {
    let mixture = fill.mixture(drugs: scenario.drugs)
    var resolved: ResolvedProgram?
    if let text { resolved = try Self.resolve(text, mixture, scenario.drugs) }
    do throws(RefillRefusal) {
      try pump.refill(
        aspirated: aspirated,
        fill: fill.volume,
        mixture: mixture,
        program: resolved?.program
      )
    } catch {
      return
    }
    note(resolved, fill: fill)
  }

  // MARK: The story

  private mutating func note(_ resolved: ResolvedProgram?, fill: FillText?) {
    let now = pump.controller.time
    if let fill {
      fills.append(
        RunStory.Fill(
          time: now,
          volume: fill.volume,
          drugs: fill.drugs.map {
            RunStory.Drug(name: $0.name, concentration: $0.concentration)
          }
        )
      )
    }
    if let resolved {
      result.roundings += resolved.roundings
      activations.append(RunStory.Activation(time: now, program: resolved.program))
    }
  }

  func story() -> RunStory {
    var result = result
    result.events = pump.sink.entries
    pump.forEachJournalRecord { result.journal.append($0) }
    return RunStory(
      pump: scenario.model,
      catheter: scenario.catheterLength,
      pathEmpty: scenario.pathEmpty,
      localStart: scenario.localStart,
      fills: fills,
      activations: activations,
      powerLosses: powerLosses,
      run: result
    )
  }
}
