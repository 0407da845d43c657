import Quantities

extension Program {
  /// Writes the program into bytes, or reads it from them.
  mutating func code(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    codeBasal(&cursor, &bytes)
    schedule.code(&cursor, &bytes)
    var maxRate = limits.maxRate.nanolitresPerDay
    var maxVolume = limits.maxVolumePer24h.nanolitres
    cursor.code(&maxRate, &bytes)
    cursor.code(&maxVolume, &bytes)
    limits.maxRate = FlowRate(nanolitresPerDay: maxRate)
    limits.maxVolumePer24h = Volume(nanolitres: maxVolume)
    for drug in 0..<Capacity.drugs { cursor.code(&limits.doseFemtograms[drug], &bytes) }
    var rate = safeRate.nanolitresPerDay
    var gap = restartGap.milliseconds
    var low = lowReservoir.nanolitres
    cursor.code(&rate, &bytes)
    cursor.code(&gap, &bytes)
    cursor.code(&low, &bytes)
    safeRate = FlowRate(nanolitresPerDay: rate)
    restartGap = TimeSpan(milliseconds: gap)
    lowReservoir = Volume(nanolitres: low)
    codeExtras(&cursor, &bytes)
  }

  private mutating func codeBasal(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    var mode: UInt8 = 0
    var fields = InlineArray<4, Int64>(repeating: 0)
    switch basal {
    case .stopped: mode = 0
    case .minimum: mode = 1
    case .constant(let rate):
      mode = 2
      fields[0] = rate.nanolitresPerDay
    case .scheduled: mode = 3
    case .periodic(let dose, let over, let every, let background):
      mode = 4
      fields = [
        dose.nanolitres, over.milliseconds, every.milliseconds, background.nanolitresPerDay,
      ]
    }
    cursor.code(&mode, &bytes)
    for index in 0..<4 { cursor.code(&fields[index], &bytes) }
    guard cursor.isReading else { return }
    switch mode {
    case 1: basal = .minimum
    case 2: basal = .constant(FlowRate(nanolitresPerDay: fields[0]))
    case 3: basal = .scheduled
    case 4:
      basal = .periodic(
        dose: Volume(nanolitres: fields[0]),
        over: TimeSpan(milliseconds: fields[1]),
        every: TimeSpan(milliseconds: fields[2]),
        background: FlowRate(nanolitresPerDay: fields[3])
      )
    default: basal = .stopped
    }
  }

  /// Patient dose, prime and bridge: a flag each and the fields.
  private mutating func codeExtras(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    var flags: UInt8 =
      (patientDose == nil ? 0 : 1) | (prime == nil ? 0 : 2) | (bridge == nil ? 0 : 4)
    var fields: InlineArray<8, Int64> = [
      patientDose?.volume.nanolitres ?? 0, patientDose?.over.milliseconds ?? 0,
      patientDose?.lockout.milliseconds ?? 0, Int64(patientDose?.maxPer24h ?? 0),
      prime?.volume.nanolitres ?? 0, prime?.over.milliseconds ?? 0,
      bridge?.rate.nanolitresPerDay ?? 0, bridge?.volume.nanolitres ?? 0,
    ]
    cursor.code(&flags, &bytes)
    for index in 0..<8 { cursor.code(&fields[index], &bytes) }
    guard cursor.isReading else { return }
    patientDose =
      flags & 1 == 0
      ? nil
      : PatientDose(
        volume: Volume(nanolitres: fields[0]),
        over: TimeSpan(milliseconds: fields[1]),
        lockout: TimeSpan(milliseconds: fields[2]),
        maxPer24h: Int(fields[3])
      )
    prime =
      flags & 2 == 0
      ? nil
      : Prime(volume: Volume(nanolitres: fields[4]), over: TimeSpan(milliseconds: fields[5]))
    bridge =
      flags & 4 == 0
      ? nil
      : Bridge(
        rate: FlowRate(nanolitresPerDay: fields[6]),
        volume: Volume(nanolitres: fields[7])
      )
  }
}

extension Schedule {
  /// Only the steps that there are.
  mutating func code(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    codeCount(&cursor, &bytes)
    for index in 0..<8 { cursor.code(&starts[index], &bytes) }
    for day in 0..<7 { cursor.code(&patternOfDay[day], &bytes) }
    let count = min(Int(starts[patternCount]), Capacity.steps)
    for place in 0..<count {
      cursor.code(&minutes[place], &bytes)
      cursor.code(&rates[place], &bytes)
    }
  }
}
