import PumpCore
import Quantities

/// What an accepted order does to the pump.
enum OrderEffect: Sendable {
  case program(Program)
  case refill(RefillContent, Mixture, Program?)
  case catheter(CatheterContent)
  case limits(StandingLimits)
  case clinicianBolus(Volume, over: TimeSpan)
  case safeRate
  case suspend(TimeSpan)
  case mri(TimeSpan)
  case resume
  case clearOverDelivery
  case setClock(LocalTime)
  /// It changes only what the link keeps.
  case link
}

extension OrderDesk {
  /// What an order does, or the program's own reason against it.
  func effect(
    of check: OrderCheck,
    _ pump: inout some LinkedPump
  ) throws(Refusal) -> OrderEffect {
    switch check.order.content {
    case .program(let content): return .program(try program(content, &pump))
    case .refill(let content): return try refill(content, &pump)
    case .catheter(let content): return .catheter(content)
    case .commissioning(let content): return .setClock(content.local)
    case .envelope, .keys: return .link
    case .limits(let content):
      guard let limits = content.resolved(state.drugs, covering: pump.controller.mixture) else {
        throw Refusal(.drugs)
      }
      let phase = pump.controller.state
      if phase == .priming || phase == .bridging { throw Refusal(.bridging) }
      if let reason = pump.refusal(of: limits) { throw Refusal(reason) }
      return .limits(limits)
    case .clinicianBolus(let volume, let over):
      if let reason = pump.refusal(ofClinicianBolus: volume, over: over) {
        throw Refusal(.bolus, detail: reason.rawValue)
      }
      return .clinicianBolus(volume, over: over)
    case .safeRate: return .safeRate
    case .suspend(let span): return .suspend(span)
    case .mri(let span): return .mri(span)
    case .resume: return .resume
    case .clearOverDelivery: return .clearOverDelivery
    case .setClock(let local): return .setClock(local)
    }
  }

  func program(
    _ content: ProgramContent,
    _ pump: inout some LinkedPump
  ) throws(Refusal) -> Program {
    guard let program = content.resolved(state.drugs, covering: pump.controller.mixture) else {
      throw Refusal(.drugs)
    }
    if let reason = pump.refusal(of: program) {
      // Told by the controller too, as every refused program is.
      do throws(ProgramRefusal) { try pump.activate(program, act: nil) } catch {}
      throw Refusal(reason)
    }
    return program
  }

  private func refill(
    _ content: RefillContent,
    _ pump: inout some LinkedPump
  ) throws(Refusal) -> OrderEffect {
    let capacity = pump.controller.model.capacity
    if content.fill > capacity {
      throw Refusal(
        .capacity,
        given: content.fill.nanolitres,
        limit: capacity.nanolitres
      )
    }
    var drugs = state.drugs
    guard let mixture = drugs.mixture(content.mixture) else { throw Refusal(.drugs) }
    var program: Program?
    if let ordered = content.program {
      program = ordered.resolved(drugs, covering: mixture)
      if program == nil { throw Refusal(.drugs) }
    }
    if let reason = pump.refusal(ofRefillWith: mixture, program: program) {
      do throws(RefillRefusal) {
        try pump.refill(
          aspirated: content.aspirated,
          fill: content.fill,
          mixture: mixture,
          program: program,
          act: nil
        )
      } catch {}
      throw Refusal(reason)
    }
    return .refill(content, mixture, program)
  }

  // MARK: Taking effect

  /// Stores the order as applied, with its receipt, and then lets it take effect, once (SR-102).
  mutating func apply(
    _ effect: OrderEffect,
    _ check: OrderCheck,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) throws(Refusal) -> Receipt {
    var next = state
    next.take(effect, check)
    if let program = effect.program(after: pump.controller.program) {
      let content = ProgramContent(program, next.drugs)
      next.programHash = content.hash(crypto)
    }
    if effect.reachesController {
      next.act = pump.controller.actNumber + 1
      next.actHash = check.hash
    }
    supersede(&next, by: check.hash, &pump, crypto)
    var receipt = Receipt()
    receipt.hash = check.hash
    receipt.sequence = check.order.sequence
    receipt.outcome = .applied
    finish(
      &receipt,
      next,
      pump.controller,
      program: effect.program(after: pump.controller.program),
      mixture: effect.mixture,
      crypto
    )
    next.receipts.put(receipt)
    try commit(next, &pump)
    carryOut(effect, act: next.act, &pump)
    pump.note(.orderApplied, detail: 0, value: Int64(bitPattern: check.order.sequence))
    return receipt
  }

  /// Any applied order supersedes the one that is pending.
  func supersede(
    _ next: inout LinkState,
    by hash: Bytes32,
    _ pump: inout some LinkedPump,
    _ crypto: some LinkCrypto
  ) {
    guard let pending = next.pending else { return }
    next.pending = nil
    if pending.hash == hash { return }
    close(pending, as: .superseded, .none, &next, pump.controller, crypto)
    pump.note(
      .orderSuperseded,
      detail: 0,
      value: Int64(bitPattern: pending.order.sequence)
    )
  }

  /// Writes the receipt of an order that was pending and will not take effect.
  func close(
    _ pending: PendingOrder,
    as outcome: Outcome,
    _ refusal: Refusal,
    _ next: inout LinkState,
    _ controller: Controller,
    _ crypto: some LinkCrypto
  ) {
    var receipt = Receipt()
    receipt.hash = pending.hash
    receipt.sequence = pending.order.sequence
    receipt.outcome = outcome
    receipt.refusal = refusal
    finish(&receipt, next, controller, crypto)
    next.receipts.put(receipt)
  }

  func carryOut(_ effect: OrderEffect, act: Int64, _ pump: inout some LinkedPump) {
    switch effect {
    case .program(let program):
      do throws(ProgramRefusal) {
        try pump.activate(program, act: act)
      } catch {
        preconditionFailure("a program was checked just before")
      }
    case .refill(let content, let mixture, let program):
      do throws(RefillRefusal) {
        try pump.refill(
          aspirated: content.aspirated,
          fill: content.fill,
          mixture: mixture,
          program: program,
          act: act
        )
      } catch {
        preconditionFailure("a refill was checked just before")
      }
    case .limits(let limits):
      do throws(ProgramRefusal) {
        try pump.setLimits(limits, act: act)
      } catch {
        preconditionFailure("limits were checked just before")
      }
    case .catheter(let content):
      pump.perform(act: act) {
        $0.setCatheter(pathVolume: content.pathVolume, full: content.isFull)
      }
    case .clinicianBolus(let volume, let over):
      pump.perform(act: act) { $0.giveClinicianBolus(volume, over: over) }
    case .safeRate: pump.perform(act: act) { $0.enterSafeRate() }
    case .suspend(let span): pump.perform(act: act) { $0.suspend(for: span) }
    case .mri(let span): pump.perform(act: act) { $0.enterMRI(for: span) }
    case .resume: pump.perform(act: act) { $0.resumeTherapy() }
    case .clearOverDelivery: pump.perform(act: act) { $0.clear(.overDelivery) }
    case .setClock(let local): pump.perform(act: act) { $0.setClock(to: local) }
    case .link: break
    }
  }
}

extension OrderEffect {
  var reachesController: Bool {
    if case .link = self { return false }
    return true
  }

  /// The program that it puts in force.
  var program: Program? {
    switch self {
    case .program(let program): program
    case .refill(_, _, let program): program
    case .catheter, .limits, .clinicianBolus, .safeRate, .suspend, .mri, .resume,
      .clearOverDelivery, .setClock, .link:
      nil
    }
  }

  /// What is in force with it: the program that it brings, or that of before with other limits.
  func program(after program: Program) -> Program? {
    guard case .limits(let standing) = self else { return self.program }
    var changed = program
    changed.put(standing)
    return changed
  }

  /// The mixture that it puts into the reservoir.
  var mixture: DrugAmounts? {
    if case .refill(let content, _, _) = self { return content.mixture }
    return nil
  }
}

extension LinkState {
  /// What the link keeps once an order is in force.
  mutating func take(_ effect: OrderEffect, _ check: OrderCheck) {
    lastSequence = check.order.sequence
    inForce = check.hash
    if check.peer.way == .bedside {
      lastBedside = max(lastBedside, check.peer.began.milliseconds)
    }
    switch check.order.content {
    case .program: takeProgram(check)
    case .refill(let content):
      _ = drugs.mixture(content.mixture)
      if content.program != nil { takeProgram(check) }
    case .commissioning(let content):
      isCommissioned = true
      keys = content.keys
      envelope = content.envelope
    case .envelope(let envelope): self.envelope = envelope
    case .keys(let keys): self.keys = keys
    case .safeRate, .suspend, .mri: heldSince = check.now.milliseconds
    case .limits, .catheter, .clinicianBolus, .resume, .clearOverDelivery, .setClock: break
    }
  }

  private mutating func takeProgram(_ check: OrderCheck) {
    // A new mixture cannot be compared by volume: it counts as an increase.
    if check.raises || check.act == .refillChanged { lastIncrease = check.now.milliseconds }
    if check.peer.way == .bedside, let planned = check.planned { inPerson = planned }
  }
}

extension DrugTable {
  /// A mixture as the controller knows it: new drugs get places; nothing where all are taken.
  mutating func mixture(_ amounts: DrugAmounts) -> Mixture? {
    var mixture = Mixture()
    for place in 0..<amounts.count {
      guard let index = add(amounts[place].drug) else { return nil }
      mixture[DrugID(index)] = Concentration(nanogramsPerMillilitre: amounts[place].amount)
    }
    return mixture
  }
}

extension Refusal {
  /// A program's own refusal, with its figures.
  init(_ refusal: ProgramRefusal) {
    let code = refusal.code.rawValue
    switch refusal {
    case .modelRange(let given, let limit), .rateLimit(let given, let limit):
      self.init(
        .program,
        detail: code,
        given: given.nanolitresPerDay,
        limit: limit.nanolitresPerDay
      )
    case .volumeLimit(let given, let limit), .primeTooLarge(let given, let limit):
      self.init(.program, detail: code, given: given.nanolitres, limit: limit.nanolitres)
    case .primeNotAllowed: self.init(.program, detail: code)
    }
  }

  init(_ refusal: RefillRefusal) {
    switch refusal {
    case .program(let reason): self.init(reason)
    case .mixtureChanged, .tooManyMixtures:
      self.init(.program, detail: refusal.code.rawValue)
    }
  }
}
