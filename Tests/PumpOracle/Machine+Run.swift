// The main loop: from one instant at which something happens to the next.

extension Machine {
  /// Puts the first program into force at t = 0.
  func commission() -> Refusal? {
    if let refusal = refusal(of: program, model, primeStanding(inRefill: false)) { return refusal }
    activate(program)
    return nil
  }

  /// `tick`: stop that often besides, to check that no instant is overlooked.
  func run(tick: Int64? = nil) -> OracleRun {
    var nextHappening = 0
    var nextSample: Int64 = 0
    let happenings = timeline.happenings
    while true {
      if now > 0 && !isOff { passInstant() }
      while nextHappening < happenings.count, happenings[nextHappening].time == now {
        happen(happenings[nextHappening].what)
        startPeriodicIfDue()
        nextHappening += 1
      }
      if now == nextSample || now == timeline.until {
        takeSample()
        if now == nextSample { nextSample += timeline.sampleEvery }
      }
      if now == timeline.until { break }
      var horizon = min(nextSample, timeline.until)
      if nextHappening < happenings.count {
        horizon = min(horizon, happenings[nextHappening].time)
      }
      if let tick { horizon = min(horizon, now + tick) }
      if !isOff { horizon = nextInstant(before: horizon) }
      demand.run(to: horizon, rate: rate)
      now = horizon
    }
    return OracleRun(samples: samples, events: events, final: samples.last!)
  }

  /// The next instant, `limit` at the latest, at which the pump itself has something to do.
  private func nextInstant(before limit: Int64) -> Int64 {
    var horizon = limit
    func consider(_ time: Int64?) {
      if let time, time > now, time < horizon { horizon = time }
    }
    consider(demand.running?.end)
    for end in suspensionEnds.values { consider(end) }
    if safeReasons.contains(.limit) {
      consider((now / StrokeHistory.bucket + 1) * StrokeHistory.bucket)
    }
    consider(nextTrial)
    consider(nextPeriodic)
    consider(endOfServiceDue)
    consider(nextRepeat)
    // The clock: the next step of the basal, the next local midnight.
    consider(program.basal.nextStep(afterLocal: local).map { $0 - localOffset })
    consider((splitLocal(local).day + 1) * day - localOffset)
    // Up to here the rate is constant, so demand and bridge are monotone functions of time.
    let rate = rate
    let demand = demand
    if case .bridging(let begun, let target) = phase, rate > 0 {
      let run = demand.rateTimesMilliseconds - begun
      consider(
        firstMoment(after: now, through: horizon) {
          run + Int128(rate) * Int128($0 - now) >= target
        }
      )
    }
    if rate > 0 || demand.running != nil {
      let wanted = (strokesCommanded + 1) * model.strokeVolume
      consider(
        firstMoment(after: now, through: horizon) { demand.total(at: $0, rate: rate) >= wanted }
      )
    }
    return horizon
  }

  /// "Order at one instant: strokes due; end of a bolus, prime or bridge; end of a suspension;
  /// leaving `limit`; a trial stroke; a periodic bolus due; end of service; then faults (their ends
  /// too), then commands, each in file order; then the sample."
  private func passInstant() {
    commandStrokesDue()
    endBolusIfDue()
    endBridgeIfDue()
    endSuspensionsIfDue()
    if now % StrokeHistory.bucket == 0 { leaveLimitIfAllowed() }
    makeTrialStrokeIfDue()
    noteStepChange()
    startPeriodicIfDue()
    if let due = endOfServiceDue, due == now { endService() }
    // The contract gives the two that follow no place; see A1.
    if splitLocal(local).time == 0 { checkMemory() }
    repeatAlarms()
    startPeriodicIfDue()  // End of service may have abandoned a prime: basal starts now.
  }

  private func happen(_ what: Happening) {
    switch what {
    case .powerGoes: powerGoes()
    case .powerReturns: powerReturns()
    case .extraStrokes(let count): if !isOff { for _ in 0..<count { makeExtraStroke() } }
    case .programCopiesGoBad(let copies): badCopies = max(badCopies, copies)
    case .battery(let level): noteBattery(level)
    case .clockStepsBack: if !isOff { noteClockFault() }
    case .command(let command): if !isOff { obey(command) }
    }
  }

  /// "`stepChanged`": a step of a daily or weekly basal begins.
  func noteStepChange() {
    guard case .weekly = program.basal else { return }
    let rate = program.basal.rate(atLocal: local)
    let began = program.basal.nextStep(afterLocal: local - 1) == local
    if began || rate != stepInForce {
      emit("stepChanged", ["rate": .integer(rate)])
    }
    stepInForce = rate
  }
}
