public import Quantities

extension Controller {
  /// Checks a program and takes it into force, or throws the first reason against it; then the
  /// program before stays in force (SR-013, SR-101).
  ///
  /// - Parameter program: its dose limits cover exactly the drugs of the mixture in the reservoir.
  /// - Throws: the first reason that applies, with both figures.
  public mutating func activate(_ program: Program) throws(ProgramRefusal) {
    precondition(isOn, "a pump without power hears no command")
    try check(program, inRefill: false)
    take(program)
  }

  /// Whether a program would be taken into force now.
  public func check(_ program: borrowing Program) throws(ProgramRefusal) {
    var copy = self
    try copy.check(program, inRefill: false)
  }

  /// Tells that a program was refused; the one before stays in force.
  mutating func refuse(_ refusal: ProgramRefusal) {
    emit(.programRefused(refusal))
  }

  /// Takes over the program that the memory holds.
  mutating func load(_ program: Program) {
    self.program = program
    plan = DayPlan(of: program, model)
  }

  // MARK: The checks, in the order of the contract

  // Changes nothing: `mutating` hands the state over by address. A copy of its 8 KB would be made
  // on the stack of a microcontroller otherwise, as for all large values that can be copied.
  mutating func check(_ program: borrowing Program, inRefill: Bool) throws(ProgramRefusal) {
    let plan = DayPlan(of: program, model)
    try checkModelRange(program, plan)
    try checkRate(program, plan)
    try checkVolume(program, plan)
    guard let prime = program.prime else { return }
    // `resumed` may follow within the refill: the empty halt ends first.
    let halting = inRefill ? halts.subtracting([.stopped, .empty]) : halts.subtracting(.stopped)
    guard primeAllowed, halting.isEmpty, safeReasons.subtracting([.gap, .command]).isEmpty else {
      throw .primeNotAllowed
    }
    if prime.volume.nanolitres * 10 > path.volume * 11 {
      throw .primeTooLarge(
        given: prime.volume,
        limit: Volume(nanolitres: path.volume * 11 / 10)
      )
    }
  }

  @inline(__always)
  private func checkModelRange(
    _ program: borrowing Program,
    _ plan: DayPlan
  ) throws(ProgramRefusal) {
    let rates: InlineArray<4, Int64> = [
      plan.extremes.lowest == .max ? 0 : plan.extremes.lowest,
      plan.extremes.highest,
      program.bridge?.rate.nanolitresPerDay ?? 0,
      program.safeRate.nanolitresPerDay,
    ]
    for index in rates.indices where rates[index] > 0 {
      try checkRange(rates[index])
    }
    if let dose = program.patientDose { try checkBolus(dose.volume, over: dose.over) }
    if case .periodic(let dose, let over, _, _) = program.basal {
      try checkBolus(dose, over: over)
    }
    if let prime = program.prime { try checkBolus(prime.volume, over: prime.over) }
  }

  @inline(__always)
  private func checkRange(_ rate: Int64) throws(ProgramRefusal) {
    let given = FlowRate(nanolitresPerDay: rate)
    if given < model.minimumRate { throw .modelRange(given: given, limit: model.minimumRate) }
    if given > model.maximumRate { throw .modelRange(given: given, limit: model.maximumRate) }
  }

  @inline(__always)
  private func checkBolus(_ volume: Volume, over: TimeSpan) throws(ProgramRefusal) {
    let limit = model.maximumRate
    if bolusExceeds(volume.nanolitres, over: over.milliseconds, limit.nanolitresPerDay) {
      let given = FlowRate(nanolitresPerDay: bolusRate(volume, over: over))
      throw .modelRange(given: given, limit: limit)
    }
  }

  /// The highest planned instantaneous rate: basal + the larger bolus, or the bridge.
  @inline(__always)
  private func checkRate(_ program: borrowing Program, _ plan: DayPlan) throws(ProgramRefusal) {
    let limit = program.limits.maxRate
    let room = limit.nanolitresPerDay - plan.highestRate
    var planned = plan.highestRate
    var exceeded = room < 0
    if let dose = program.patientDose {
      planned = max(planned, plan.highestRate + bolusRate(dose.volume, over: dose.over))
      exceeded =
        exceeded
        || bolusExceeds(dose.volume.nanolitres, over: dose.over.milliseconds, room)
    }
    if case .periodic(let dose, let over, _, _) = program.basal {
      planned = max(planned, plan.highestRate + bolusRate(dose, over: over))
      exceeded = exceeded || bolusExceeds(dose.nanolitres, over: over.milliseconds, room)
    }
    if let bridge = program.bridge {
      planned = max(planned, bridge.rate.nanolitresPerDay)
      exceeded = exceeded || bridge.rate > limit
    }
    if exceeded {
      throw .rateLimit(planned: FlowRate(nanolitresPerDay: planned), limit: limit)
    }
  }

  /// The largest planned volume of any 24 h, with every patient dose, or 24 h of the bridge.
  @inline(__always)
  private func checkVolume(_ program: borrowing Program, _ plan: DayPlan) throws(ProgramRefusal) {
    let limit = program.limits.maxVolumePer24h
    let doses = program.patientDose.map { $0.volume.nanolitres * Int64($0.maxPer24h) } ?? 0
    if plan.exceeds(limit, with: doses) {
      throw .volumeLimit(planned: plan.total(with: doses), limit: limit)
    }
    if let bridge = program.bridge, bridge.rate.nanolitresPerDay > limit.nanolitres {
      throw .volumeLimit(
        planned: Volume(nanolitres: bridge.rate.nanolitresPerDay),
        limit: limit
      )
    }
  }

  // MARK: Activation

  /// Takes a checked program into force, all at once.
  private mutating func take(_ program: Program) {
    let wasPriming = abandonBolus()
    if wasPriming { emit(.primeEnded) }
    if phase == .bridging { emit(.bridgeEnded) }
    self.program = program
    plan = DayPlan(of: program, model)
    phase = .basal
    nextPeriodic = .max
    findStep()
    emit(.programActivated)
    leaveSafe(.gap)
    leaveSafe(.command)
    leaveSafe(.memoryFault)
    leaveLimitIfAllowed()
    if program.basal == .stopped {
      halt(.stopped)
    } else {
      leave(.stopped)
    }
    findReservoirLow()
    if let prime = program.prime {
      beginPrime(prime)
    } else {
      beginBridge()
    }
    findRate()
  }

  // MARK: Refill

  /// Empties the reservoir and fills it; with a program, activates that: all or nothing (SR-032).
  ///
  /// - Parameters:
  ///   - aspirated: what was found in the reservoir.
  ///   - fill: at most the capacity.
  ///   - mixture: of the fill; another than the present one needs a program.
  ///   - program: its dose limits cover exactly the drugs of the new mixture.
  /// - Throws: why nothing was done.
  public mutating func refill(
    aspirated: Volume,
    fill: Volume,
    mixture: Mixture,
    program: Program?
  ) throws(RefillRefusal) {
    precondition(isOn, "a pump without power hears no command")
    precondition(fill <= model.capacity, "a fill over the capacity is bad input")
    try checkRefill(mixture, program)
    take(fill, aspirated: aspirated, mixture, at: try place(of: mixture))
    if let program { take(program) }
    findReservoirLow()
    findRate()
  }

  /// Whether a refill would be accepted now.
  mutating func checkRefill(_ mixture: Mixture, _ program: Program?) throws(RefillRefusal) {
    if mixture != mixtureInReservoir, program == nil { throw .mixtureChanged }
    if let program {
      do throws(ProgramRefusal) {
        try check(program, inRefill: true)
      } catch {
        throw .program(error)
      }
    }
    _ = try place(of: mixture)
  }

  /// Tells that a refill was refused; nothing has changed.
  mutating func refuse(_ refusal: RefillRefusal) {
    emit(.refillRefused(refusal))
  }

  /// Where a mixture stands in the table, or a free place where it is new.
  private mutating func place(of mixture: Mixture) throws(RefillRefusal) -> MixtureIndex {
    moveWindow()
    if mixture.drugCount == 0, path.canTake(.none) { return .none }
    let known = table.place(of: mixture).map(MixtureIndex.init(_:))
    guard let place = known ?? freePlace, path.canTake(place) else { throw .tooManyMixtures }
    return place
  }

  /// A place of the table whose mixture is neither in the pump nor in the windows any more.
  @inline(__always)
  private var freePlace: MixtureIndex? {
    for index in 0..<Capacity.mixtures {
      let place = MixtureIndex(index)
      if reservoirMixture != place, window.tipOfMixture[index] == 0, !path.holds(place) {
        return place
      }
    }
    return nil
  }

  private mutating func take(
    _ fill: Volume,
    aspirated: Volume,
    _ mixture: Mixture,
    at place: MixtureIndex
  ) {
    emit(
      .refilled(
        expected: Volume(nanolitres: reservoir),
        aspirated: aspirated,
        previousFill: Volume(nanolitres: lastFill)
      )
    )
    reservoir = fill.nanolitres
    lastFill = fill.nanolitres
    reservoirMixture = place
    if place != .none {
      table.set(place.index, to: mixture)
      drugsSeen |= table.drugs[place.index]
    }
    end(.reservoirEmpty)
    leave(.empty)
  }
}
