import PumpCore
import Quantities

/// The checks of a well-signed order, in the contract's order; the first failure answers.
struct OrderCheck: Sendable {
  let order: Order
  let hash: Bytes32
  let signers: Signers
  let peer: Peer
  let controller: Controller
  /// What the program in force plans, and the ordered one, where the order holds one.
  let current: PlanFigures
  let planned: PlanFigures?
  private(set) var act = Act.program
  /// It takes effect only after the envelope's delay.
  private(set) var waits = false

  init(
    _ order: Order,
    _ hash: Bytes32,
    _ signers: Signers,
    _ peer: Peer,
    _ controller: Controller
  ) {
    self.order = order
    self.hash = hash
    self.signers = signers
    self.peer = peer
    self.controller = controller
    current = PlanFigures(controller.program, controller.model)
    switch order.content {
    case .program(let content): planned = PlanFigures(content.program, controller.model)
    case .refill(let content):
      planned = content.program.map { PlanFigures($0.program, controller.model) }
    case .catheter, .commissioning, .envelope, .limits, .keys, .clinicianBolus, .safeRate,
      .suspend, .mri, .resume, .clearOverDelivery, .setClock:
      planned = nil
    }
  }

  /// Whether it raises the planned 24 h dose.
  var raises: Bool { planned?.raises(current) ?? false }

  var now: PumpTime { controller.time }

  /// How far a sequence may be above the last one.
  private static let longestStep: UInt64 = 1 << 48

  mutating func run(_ state: LinkState) throws(Refusal) {
    act = rowOfTable(state)
    let cosigner = try checkAuthority()
    // No order may use up the numbers of all those to come.
    if order.sequence <= state.lastSequence
      || order.sequence - state.lastSequence > Self.longestStep
    {
      throw Refusal(
        .stale,
        detail: 1,
        given: Int64(bitPattern: order.sequence),
        limit: Int64(bitPattern: state.lastSequence)
      )
    }
    if order.previous != state.inForce { throw Refusal(.stale, detail: 2) }
    if now < order.notBefore {
      throw Refusal(.notYet, given: now.milliseconds, limit: order.notBefore.milliseconds)
    }
    if now > order.notAfter {
      throw Refusal(.expired, given: now.milliseconds, limit: order.notAfter.milliseconds)
    }
    try Ceilings.check(order, controller)
    if peer.way == .remote { try checkEnvelope(state) }
    try check(cosigner)
    waits = peer.way == .remote && act == .programIncrease
  }

  // MARK: Role and way

  private func rowOfTable(_ state: LinkState) -> Act {
    switch order.content {
    case .program: raises ? .programIncrease : .program
    case .refill(let content):
      content.program == nil && state.names(controller.mixture, content.mixture)
        ? .refillSame : .refillChanged
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

  /// One of the signers must be allowed the act by this way.
  private func checkAuthority() throws(Refusal) -> Cosigner {
    let one = authority(act, signers.first.role, peer.way, peer: peer.role)
    if case .allowed(let cosigner) = one { return cosigner }
    guard signers.count > 1 else { throw Refusal(one == .role ? .role : .way) }
    let other = authority(act, signers.second.role, peer.way, peer: peer.role)
    if case .allowed(let cosigner) = other { return cosigner }
    throw Refusal(one == .role && other == .role ? .role : .way)
  }

  private func check(_ cosigner: Cosigner) throws(Refusal) {
    let isEnough =
      switch cosigner {
      case .nobody: true
      case .prescriber:
        signers.contains({ $0 == .prescriber }, and: { $0 == .prescriber })
      case .person: signers.contains({ $0 == .prescriber }, and: { $0.isPerson })
      }
    if !isEnough { throw Refusal(.secondSignature) }
  }

  // MARK: The envelope

  /// What a remote order has to keep to, in the order of the contract's table.
  private func checkEnvelope(_ state: LinkState) throws(Refusal) {
    if case .program(let content) = order.content { try check(content.program, state) }
    let envelope = state.envelope
    let age = now.milliseconds - state.lastBedside
    if state.lastBedside < 0 || age > envelope.bedsideAge.milliseconds {
      throw Refusal(.bedsideAge, given: age, limit: envelope.bedsideAge.milliseconds)
    }
    if controller.hasTrouble(since: state.lastBedside) { throw Refusal(.fault) }
    // A resumption also asks for no fault since what it ends.
    if case .resume = order.content, controller.hasTrouble(since: state.heldSince) {
      throw Refusal(.fault)
    }
  }

  private func check(_ program: Program, _ state: LinkState) throws(Refusal) {
    if program.prime != nil { throw Refusal(.prime) }
    guard case .program(let content) = order.content,
      let standing = LimitsContent(program.standing, doseLimits: content.doseLimits)
        .resolved(state.drugs, covering: controller.mixture),
      standing == controller.program.standing
    else { throw Refusal(.limits) }
    guard let planned else { return }
    let envelope = state.envelope
    if let (given, limit) = planned.beyond(envelope.step, of: current) {
      throw Refusal(.step, given: given, limit: limit)
    }
    if let (given, limit) = planned.beyond(envelope.week, of: state.inPerson) {
      throw Refusal(.week, given: given, limit: limit)
    }
    let since = now.milliseconds - state.lastIncrease
    if raises, state.lastIncrease >= 0, since < envelope.betweenIncreases.milliseconds {
      throw Refusal(
        .betweenIncreases,
        given: since,
        limit: envelope.betweenIncreases.milliseconds
      )
    }
  }
}

extension Controller {
  /// Whether the pump has had something to report since an instant, or has it now.
  func hasTrouble(since instant: Int64) -> Bool {
    if let trouble = troubleTime, trouble.milliseconds >= instant { return true }
    return isHalted(.stalled) || isHalted(.overDelivery) || isHalted(.empty)
      || isHalted(.endOfService) || isSafe(.limit) || isSafe(.overDelivery) || isSafe(.gap)
      || isSafe(.memoryFault)
  }
}

extension StandingLimits {
  static func == (left: Self, right: Self) -> Bool {
    for index in 0..<Capacity.drugs
    where left.limits[DrugID(index)] != right.limits[DrugID(index)] {
      return false
    }
    return left.limits.maxRate == right.limits.maxRate
      && left.limits.maxVolumePer24h == right.limits.maxVolumePer24h
      && left.safeRate == right.safeRate && left.restartGap == right.restartGap
      && left.lowReservoir == right.lowReservoir
  }
}

extension LinkState {
  /// Whether a mixture in the pump is one that an order names.
  func names(_ mixture: Mixture, _ amounts: DrugAmounts) -> Bool {
    guard amounts.count == mixture.drugCount else { return false }
    for place in 0..<amounts.count {
      guard let index = drugs.place(of: amounts[place].drug),
        mixture[DrugID(index)]?.nanogramsPerMillilitre == amounts[place].amount
      else { return false }
    }
    return true
  }

  /// A mixture as an order names it, drugs in ascending order.
  func amounts(of mixture: Mixture) -> DrugAmounts {
    var amounts = DrugAmounts()
    var last: UInt32 = 0
    while true {
      var next = -1
      for place in 0..<drugs.count
      where drugs[place] > last && mixture[DrugID(place)] != nil
        && (next < 0 || drugs[place] < drugs[next])
      {
        next = place
      }
      guard next >= 0, let concentration = mixture[DrugID(next)] else { return amounts }
      last = drugs[next]
      _ = amounts.append(last, concentration.nanogramsPerMillilitre)
    }
  }

  /// What the pump follows with this state.
  ///
  /// - Parameters:
  ///   - controller: as it is now.
  ///   - program: the one that takes effect with the state, where it is not yet the controller's.
  ///   - mixture: the same.
  /// - Returns: the figures for a receipt or a status.
  func inForce(
    _ controller: Controller,
    program: Program? = nil,
    mixture: DrugAmounts? = nil
  ) -> InForce {
    let program = program ?? controller.program
    let day = program.plannedDay(controller.model)
    var figures = InForce()
    figures.order = inForce
    figures.sequence = lastSequence
    figures.program = programHash
    figures.plannedVolume = day.largest
    figures.patientDoses = day.patientDoses
    figures.meanRate = day.mean
    figures.highestRate = day.highestRate
    figures.safeRate = program.safeRate
    figures.mixture = mixture ?? amounts(of: controller.mixture)
    for place in 0..<figures.mixture.count {
      let (drug, concentration) = figures.mixture[place]
      let (dose, overflow) = day.largest.nanolitres.multipliedReportingOverflow(by: concentration)
      _ = figures.plannedDose.append(drug, overflow ? .max : dose)
    }
    return figures
  }
}
