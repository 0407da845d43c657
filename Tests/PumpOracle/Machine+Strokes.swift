// Strokes: commanded, trial and extra.

extension Machine {
  /// "Strokes commanded = ⌊D/s⌋, each at the first millisecond at which that holds."
  func commandStrokesDue() {
    let due = demand.total(at: now, rate: 0) / model.strokeVolume
    while strokesCommanded < due {
      strokesCommanded += 1
      commandStroke()
    }
  }

  private func commandStroke() {
    // "`reservoirEmpty` when a stroke would take it under the empty mark (0), looked at before the
    // limits: the stroke is withheld, delivery halts as `empty`."
    if reservoir < model.strokeVolume {
      raise(.reservoirEmpty)
      halt(.empty)
      return
    }
    if !isSafe && isOverLimit() {
      raise(.doseLimit)
      enterSafe(.limit)
      return
    }
    if timeline.isStalled(at: now) {
      // "A stroke that was commanded and not confirmed, or withheld, is lost."
      unconfirmedInRow += 1
      if unconfirmedInRow >= 3 { stall() }
      return
    }
    unconfirmedInRow = 0
    moveStroke()
  }

  private var isPriming: Bool {
    if case .priming = phase { return true }
    return false
  }

  /// "When a stroke falls due (not at the safe rate) and the window already holds more than
  /// maxVolumePer24h (prime strokes neither counted nor withheld), or more of a drug has left the
  /// tip (prime strokes included) than maxDosePer24h".
  private func isOverLimit() -> Bool {
    let window = strokes.window(at: now)
    if !isPriming && window.volume > program.limits.maxVolumePer24h { return true }
    if isPriming && !Readings.doseLimitWithholdsPrimeStrokes { return false }
    return exceedsDose(window.masses, numerator: 1, denominator: 1)
  }

  /// Whether some drug's mass is more than numerator / denominator of its limit.
  private func exceedsDose(_ masses: [Int64], numerator: Int64, denominator: Int64) -> Bool {
    for (drug, limit) in program.limits.maxDosePer24h {
      guard let index = drugs.firstIndex(of: drug) else { continue }
      if Int128(masses[index]) * Int128(denominator) > Int128(limit) * Int128(numerator) {
        return true
      }
    }
    return false
  }

  /// "It is left at the first bucket boundary while the pump is on, or at a new program, at which
  /// the window holds at most 90 % of each limit."
  func leaveLimitIfAllowed() {
    guard safeReasons.contains(.limit) else { return }
    let window = strokes.window(at: now)
    if Int128(window.volume) * 10 > Int128(program.limits.maxVolumePer24h) * 9 { return }
    if exceedsDose(window.masses, numerator: 9, denominator: 10) { return }
    leaveSafe(.limit)
    endCondition(.doseLimit)
  }

  /// Fluid moves: out of the reservoir, through the path, out of the tip, into the books.
  private func moveStroke(isExtra: Bool = false) {
    reservoir -= model.strokeVolume
    var masses: [(drug: Int, mass: Int64)] = []
    for part in path.move(model.strokeVolume, of: mixtureInReservoir) {
      for (drug, concentration) in contents[part.mixture] {
        // "1 nL × 1 ng/mL = 1 fg, so dose = volume × concentration is exact".
        masses.append((drug, part.volume * concentration))
      }
    }
    strokes.add(
      StrokeRecord(
        time: now,
        volume: model.strokeVolume,
        isPrime: isPriming && !isExtra,
        masses: masses
      )
    )
    noteReservoir()
  }

  /// "`reservoirLow` when ≤ the low mark."
  func noteReservoir() {
    if reservoir <= program.lowReservoir {
      raise(.reservoirLow)
    } else {
      endCondition(.reservoirLow)
    }
  }

  /// "3 commanded strokes in a row unconfirmed: halt `stalled`; one trial stroke every 10 min from
  /// then".
  private func stall() {
    unconfirmedInRow = 0
    confirmedTrialsInRow = 0
    nextTrial = now + 10 * minute
    raise(.motorStall)
    halt(.stalled)
  }

  func makeTrialStrokeIfDue() {
    guard let due = nextTrial, due <= now else { return }
    // "an overdue trial stroke is made at once and the next 10 min later".
    nextTrial = now + 10 * minute
    // "None while another reason halts".
    guard halts == [.stalled] else { return }
    // "one that the reservoir cannot give counts as unconfirmed and halts nothing".
    if timeline.isStalled(at: now) || reservoir < model.strokeVolume {
      confirmedTrialsInRow = 0
      return
    }
    // "Confirmed trial strokes deliver (path, window, books); they are not demand. … the limits do
    // not withhold them".
    moveStroke()
    confirmedTrialsInRow += 1
    // "at the second one confirmed in a row resume".
    if confirmedTrialsInRow == 2 {
      nextTrial = nil
      endCondition(.motorStall)
      endHalts([.stalled])
    }
  }

  /// "encoder strokes with no command, each taking fluid out through the path while there is a
  /// stroke of it (a dry one only counts here), in (t − 24 h, t]: 20 or more".
  func makeExtraStroke() {
    if reservoir >= model.strokeVolume { moveStroke(isExtra: true) }
    extraStrokes.append(now)
    let count = extraStrokes.count { $0 > now - day }
    if count >= 20 {
      raise(.overDelivery)
      enterSafe(.overDelivery)
    }
    // "the same, still going on: 40 or more: also halt `overDelivery` until cleared."
    if count >= 40 { halt(.overDelivery) }
  }

  /// "Clearing acknowledges, empties the count, ends both."
  func clearOverDelivery() {
    extraStrokes = []
    acknowledge(.overDelivery)
    leaveSafe(.overDelivery)
    endCondition(.overDelivery)
    endHalts([.overDelivery])
  }
}
