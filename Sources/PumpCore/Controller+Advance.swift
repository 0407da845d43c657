public import Quantities

extension Controller {
  /// Goes on towards an instant, up to the next thing that someone else has to do.
  ///
  /// Call it until it says `reached`. Everything due at the instant itself is handled too, in the
  /// order of the contract (Delivery law, 4); faults, commands and the sample follow.
  public mutating func run(until target: PumpTime) -> ControllerAction {
    precondition(pending == nil, "the last stroke has not been answered")
    guard isOn else {
      now = max(now, target.milliseconds)
      return .reached
    }
    while true {
      if !events.isEmpty { return .events }
      let stroke = nextStroke
      let deadline = nextDeadline
      let due = min(stroke, deadline)
      guard due <= target.milliseconds else {
        accrue(to: max(now, target.milliseconds))
        return .reached
      }
      accrue(to: due)
      if stroke <= deadline {
        if let order = strokeDue() { return .drive(order) }
      } else if let action = handleDeadline() {
        return action
      }
    }
  }

  /// When the next stroke falls due.
  @inline(__always)
  private var nextStroke: Int64 {
    guard halts.isEmpty else { return .max }
    let goal = (commandedStrokes + 1) * model.strokeVolume.nanolitres
    if demand.total(at: now) >= goal { return now }
    return demand.instant(reaching: goal, from: now, rate: currentRate)
  }

  private mutating func accrue(to instant: Int64) {
    let elapsed = instant - now
    guard elapsed > 0 else { return }
    demand.accrue(rate: currentRate, milliseconds: elapsed)
    if phase == .bridging { bridgeProgress += currentRate * elapsed }
    now = instant
  }

  // MARK: Deadlines

  /// The earliest instant at which something other than a stroke is due.
  @inline(__always)
  private var nextDeadline: Int64 {
    // A day at the most, so that no stretch of demand overflows.
    var next = min(nextMemoryCheck, nextStep, alarms.nextRepeat, nextPeriodic)
    next = min(next, bolusEnd, bridgeEnd, endOfServiceAt)
    next = min(next, suspensionEnd, mriEnd, nextTrial)
    return min(next, nextLimitCheck)
  }

  @inline(__always)
  private var bolusEnd: Int64 { demand.bolus?.end ?? .max }

  /// The first millisecond at which Σ rate × ms since the bridge began reaches its volume.
  @inline(__always)
  private var bridgeEnd: Int64 {
    guard phase == .bridging, let bridge = program.bridge else { return .max }
    let left = bridge.volume.nanolitres * millisecondsPerDay - bridgeProgress
    if left <= 0 { return now }
    return currentRate > 0 ? now + Rounding.up(left, over: currentRate) : .max
  }

  /// Handles the first thing due now, in the order of the contract.
  private mutating func handleDeadline() -> ControllerAction? {
    if bolusEnd <= now {
      endBolus()
    } else if bridgeEnd <= now {
      emit(.bridgeEnded)
      beginBasal(inOrder: true)
    } else if suspensionEnd <= now {
      suspensionEnd = .max
      leave(.suspended)
    } else if mriEnd <= now {
      mriEnd = .max
      leave(.mri)
    } else if nextLimitCheck <= now {
      checkLimitLeft()
    } else if nextTrial <= now {
      return trialDue()
    } else if nextPeriodic <= now {
      periodicDue()
    } else if endOfServiceAt <= now {
      reachEndOfService()
    } else if nextStep <= now {
      stepDue()
    } else if nextMemoryCheck <= now {
      findMemoryCheck()
      // Also bounds what a boot has to replay to a day of strokes.
      needsCommit = true
      return .verifyProgram
    } else if let alarm = alarms.takeRepeat(at: now) {
      emit(.alarmRepeated(alarm))
    }
    return nil
  }

  /// Looks again what rate accrues from now on.
  mutating func findRate() {
    switch state {
    case .off, .halted, .priming: currentRate = 0
    case .safe: currentRate = program.safeRate.nanolitresPerDay
    case .bridging: currentRate = program.bridge?.rate.nanolitresPerDay ?? 0
    case .running: currentRate = basalRate
    }
  }

  /// The rate of the program's basal now, whatever is delivered, nL/d.
  var basalRate: Int64 {
    switch program.basal {
    case .stopped: 0
    case .minimum: model.minimumRate.nanolitresPerDay
    case .constant(let rate): rate.nanolitresPerDay
    case .scheduled: stepRate
    case .periodic(_, _, _, let background): background.nanolitresPerDay
    }
  }

  // MARK: Local time

  private mutating func stepDue() {
    let before = stepRate
    findStep()
    findRate()
    if stepRate != before, state == .running {
      emit(.stepChanged(FlowRate(nanolitresPerDay: stepRate)))
    }
  }

  /// The step that holds now, and when the next one does.
  mutating func findStep() {
    guard case .scheduled = program.basal else {
      nextStep = .max
      return
    }
    let (rate, untilNext) = program.schedule.rate(at: localTime)
    stepRate = rate
    nextStep = now + untilNext
  }

  /// The program in memory is looked at next at the coming local midnight.
  mutating func findMemoryCheck() {
    nextMemoryCheck = now + millisecondsPerDay - localTime.millisecondsOfDay
  }

  /// Sets the local time; no limit, lockout or window moves with it (SR-085, SR-086, H-07).
  public mutating func setClock(to local: LocalTime) {
    guard isOn else { return }
    localOffset = local.milliseconds - now
    findStep()
    findMemoryCheck()
    findRate()
    emit(.clockSet)
  }

  /// The hardware counter stepped backwards; pump time goes on from its last good value.
  public mutating func clockStepped() {
    guard isOn else { return }
    raise(.clockFault)
    end(.clockFault)
  }
}
