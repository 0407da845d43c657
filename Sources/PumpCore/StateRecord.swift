import Quantities

extension Controller {
  /// Writes into bytes, or reads from them, everything that must survive a loss of power but the
  /// program, which has a place of its own.
  mutating func codeState(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    codeDelivery(&cursor, &bytes)
    codeConditions(&cursor, &bytes)
    codeFluid(&cursor, &bytes)
    codeWindow(&cursor, &bytes)
    codeHistory(&cursor, &bytes)
    if cursor.isReading, !cursor.failed {
      alarms.findNextRepeat()
      window.findPlace()
      plan = DayPlan(of: program, model)
      pending = nil
      needsCommit = false
    }
  }

  private mutating func codeDelivery(
    _ cursor: inout FieldCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(&now, &bytes)
    cursor.code(&isOn, &bytes)
    cursor.code(&localOffset, &bytes)
    cursor.code(&demand.basalNanolitres, &bytes)
    cursor.code(&demand.basalRemainder, &bytes)
    cursor.code(&demand.endedBolusNanolitres, &bytes)
    var isRunning = demand.bolus != nil
    var bolus =
      demand.bolus ?? RunningBolus(kind: .patient, nanolitres: 0, over: 1, begin: 0)
    cursor.code(&isRunning, &bytes)
    cursor.code(&bolus.kind, &bytes)
    cursor.code(&bolus.nanolitres, &bytes)
    cursor.code(&bolus.over, &bytes)
    cursor.code(&bolus.begin, &bytes)
    var wasInterrupted = interruptedBolus != nil
    var interrupted = interruptedBolus ?? InterruptedBolus(kind: .patient, remaining: 0)
    cursor.code(&wasInterrupted, &bytes)
    cursor.code(&interrupted.kind, &bytes)
    cursor.code(&interrupted.remaining, &bytes)
    if cursor.isReading {
      demand.bolus = isRunning ? bolus : nil
      interruptedBolus = wasInterrupted ? interrupted : nil
    }
    cursor.code(&commandedStrokes, &bytes)
    cursor.code(&confirmedStrokes, &bytes)
    cursor.code(&currentRate, &bytes)
    cursor.code(&stepRate, &bytes)
    cursor.code(&phase, &bytes)
    cursor.code(&bridgeProgress, &bytes)
    cursor.code(&nextPeriodic, &bytes)
    cursor.code(&nextStep, &bytes)
    cursor.code(&primeAllowed, &bytes)
  }

  private mutating func codeConditions(
    _ cursor: inout FieldCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var haltBits = halts.rawValue
    var safeBits = safeReasons.rawValue
    cursor.code(&haltBits, &bytes)
    cursor.code(&safeBits, &bytes)
    halts = HaltSet(rawValue: haltBits)
    safeReasons = SafeSet(rawValue: safeBits)
    cursor.code(&interruptedSince, &bytes)
    cursor.code(&suspensionEnd, &bytes)
    cursor.code(&mriEnd, &bytes)
    cursor.code(&unconfirmedInRow, below: Self.stallAfter, &bytes)
    cursor.code(&nextTrial, &bytes)
    cursor.code(&trialsConfirmedInRow, below: Self.trialsToResume + 1, &bytes)
    cursor.code(&nextLimitCheck, &bytes)
    cursor.code(&nextMemoryCheck, &bytes)
    cursor.code(&endOfServiceAt, &bytes)
    var batteryBits = battery.rawValue
    cursor.code(&batteryBits, &bytes)
    battery = BatteryMarks(rawValue: batteryBits)
    cursor.code(&alarms.latched, &bytes)
    cursor.code(&alarms.conditions, &bytes)
    cursor.code(&alarms.acknowledged, &bytes)
    for index in 0..<Alarm.count { cursor.code(&alarms.repeats[index], &bytes) }
  }

  private mutating func codeFluid(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&reservoir, &bytes)
    cursor.code(&lastFill, &bytes)
    cursor.code(&reservoirMixture.rawValue, &bytes)
    cursor.code(&path.volume, &bytes)
    cursor.code(&path.count, below: Capacity.pathSegments + 1, &bytes)
    for index in 0..<path.count {
      cursor.code(&path.nanolitres[index], &bytes)
      cursor.code(&path.mixtures[index], &bytes)
    }
    for index in 0..<Capacity.mixtures {
      cursor.code(&table.drugs[index], &bytes)
      for drug in 0..<Capacity.drugs where table.drugs[index] & 1 << UInt8(drug) != 0 {
        cursor.code(&table.mixtures[index].nanogramsPerMillilitre[drug], &bytes)
      }
    }
    for drug in 0..<Capacity.drugs { cursor.code(&tipFemtograms[drug], &bytes) }
    cursor.code(&drugsSeen, &bytes)
  }

  /// Only the columns of mixtures that are in the window are written.
  private mutating func codeWindow(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&window.current, &bytes)
    cursor.code(&window.volume, &bytes)
    for bucket in 0..<Capacity.buckets { cursor.code(&window.volumes[bucket], &bytes) }
    for drug in 0..<Capacity.drugs { cursor.code(&window.doseFemtograms[drug], &bytes) }
    for mixture in 0..<Capacity.mixtures {
      cursor.code(&window.tipOfMixture[mixture], &bytes)
      guard window.tipOfMixture[mixture] > 0 else { continue }
      for bucket in 0..<Capacity.buckets {
        cursor.code(&window.tips[bucket * Capacity.mixtures + mixture], &bytes)
      }
    }
  }

  private mutating func codeHistory(
    _ cursor: inout FieldCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(&lastPatientDose, &bytes)
    cursor.code(&history.first, below: Capacity.bolusesOfDay, &bytes)
    cursor.code(&history.count, below: Capacity.bolusesOfDay + 1, &bytes)
    for offset in 0..<history.count {
      let place = (history.first + offset) % Capacity.bolusesOfDay
      var volume = UInt32(bitPattern: history.volumes[place])
      cursor.code(&history.begins[place], &bytes)
      cursor.code(&volume, &bytes)
      history.volumes[place] = Int32(bitPattern: volume)
    }
    cursor.code(&extraStrokes.next, below: Capacity.extraStrokes, &bytes)
    cursor.code(&extraStrokes.count, below: Capacity.extraStrokes + 1, &bytes)
    for place in 0..<Capacity.extraStrokes { cursor.code(&extraStrokes.instants[place], &bytes) }
    cursor.code(&actNumber, &bytes)
    cursor.code(&lastTrouble, &bytes)
  }
}
