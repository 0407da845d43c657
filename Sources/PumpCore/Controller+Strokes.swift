import Quantities

extension Controller {
  static let stallAfter = 3
  static let trialsToResume = 2
  static let trialMilliseconds: Int64 = 600_000

  /// A stroke falls due: it is withheld, or handed out to be driven.
  mutating func strokeDue() -> StrokeOrder? {
    commandedStrokes += 1
    guard reservoir >= model.strokeVolume.nanolitres else {
      raise(.reservoirEmpty)
      halt(.empty)
      return nil
    }
    let prime = phase == .priming
    if safeReasons.isEmpty {
      moveWindow()
      if window.exceeds(program.limits, prime: prime) {
        raise(.doseLimit)
        enterSafe(.limit)
        return nil
      }
    }
    return order(prime ? .prime : safeReasons.isEmpty ? .therapy : .safe)
  }

  private mutating func order(_ kind: StrokeKind) -> StrokeOrder {
    pending = PendingStroke(kind: kind)
    return StrokeOrder(number: commandedStrokes, kind: kind, time: time)
  }

  /// Tells whether the encoder saw the stroke that was handed out last.
  public mutating func complete(confirmed: Bool) {
    guard let stroke = pending else { preconditionFailure("no stroke was handed out") }
    pending = nil
    if confirmed {
      move(counting: stroke.kind != .prime)
    } else {
      needsCommit = true
    }
    if stroke.kind == .trial {
      completeTrial(confirmed: confirmed)
    } else if confirmed {
      unconfirmedInRow = 0
    } else {
      unconfirmedInRow += 1
      if unconfirmedInRow == Self.stallAfter { stall() }
    }
  }

  private mutating func stall() {
    unconfirmedInRow = 0
    trialsConfirmedInRow = 0
    nextTrial = now + Self.trialMilliseconds
    raise(.motorStall)
    halt(.stalled)
  }

  /// A trial stroke falls due: every 10 min from the stall on, none while another reason halts.
  mutating func trialDue() -> ControllerAction? {
    nextTrial += Self.trialMilliseconds
    return trial()
  }

  /// Hands a trial stroke out, unless another reason halts or the reservoir cannot give it.
  mutating func trial() -> ControllerAction? {
    guard halts == .stalled else { return nil }
    guard reservoir >= model.strokeVolume.nanolitres else {
      completeTrial(confirmed: false)
      return nil
    }
    needsCommit = true
    return .drive(order(.trial))
  }

  private mutating func completeTrial(confirmed: Bool) {
    trialsConfirmedInRow = confirmed ? trialsConfirmedInRow + 1 : 0
    needsCommit = true
    guard trialsConfirmedInRow == Self.trialsToResume else { return }
    nextTrial = .max
    end(.motorStall)
    leave(.stalled)
  }

  /// The encoder saw strokes that nobody commanded (H-01, H-38).
  public mutating func extraStrokesSeen(_ count: Int) {
    guard isOn else { return }
    for _ in 0..<count {
      if reservoir >= model.strokeVolume.nanolitres { move(counting: true) }
      extraStrokes.add(at: now)
    }
    needsCommit = true
    let seen = extraStrokes.inLastDay(at: now)
    if seen >= ExtraStrokes.safeRateFrom {
      raise(.overDelivery)
      enterSafe(.overDelivery)
    }
    if seen >= ExtraStrokes.haltFrom { halt(.overDelivery) }
  }

  /// Strokes were booked that this state would not have called for: they moved all the same.
  mutating func countBooked(_ strokes: Int64) {
    var left = strokes
    while left > 0, reservoir >= model.strokeVolume.nanolitres {
      move(counting: true)
      left -= 1
    }
  }

  /// Moves a stroke of fluid out of the reservoir, through the path, and books it.
  private mutating func move(counting: Bool) {
    let stroke = model.strokeVolume.nanolitres
    confirmedStrokes += 1
    reservoir -= stroke
    moveWindow()
    if counting { window.addVolume(stroke) }
    if path.isFilled(with: reservoirMixture) {
      leaveTip(stroke, reservoirMixture)
    } else {
      path.push(stroke, of: reservoirMixture)
      var left = stroke
      while left > 0 {
        let (nanolitres, mixture) = path.pop(atMost: left)
        left -= nanolitres
        leaveTip(nanolitres, mixture)
      }
    }
    if reservoir <= program.lowReservoir.nanolitres { raise(.reservoirLow) }
  }

  mutating func moveWindow() {
    // Looked at here, so that the table is not handed over for each stroke.
    if now >= window.boundary { window.move(to: now, table) }
  }

  private mutating func leaveTip(_ nanolitres: Int64, _ mixture: MixtureIndex) {
    guard mixture != .none else { return }
    window.addTip(nanolitres, mixture)
    var drugs = table.drugs[mixture.index]
    while drugs != 0 {
      let drug = drugs.trailingZeroBitCount
      let dose = nanolitres * table.mixtures[mixture.index].nanogramsPerMillilitre[drug]
      tipFemtograms[drug] += dose
      window.addDose(dose, drug)
      drugs &= drugs - 1
    }
  }

  /// At a bucket boundary: leaves `limit` where the window allows it.
  mutating func checkLimitLeft() {
    nextLimitCheck += LimitWindow.bucketMilliseconds
    leaveLimitIfAllowed()
  }

  mutating func leaveLimitIfAllowed() {
    moveWindow()
    guard isSafe(.limit), window.allows(program.limits) else { return }
    leaveSafe(.limit)
  }
}
