public import PumpCore
import Quantities

/// A program as an order holds it: the program, and its dose limits by the drugs' own numbers.
public struct ProgramContent: Sendable {
  /// Its limits hold no dose limits of their own.
  public var program: Program
  /// fg in any 24 h, for exactly the drugs of the mixture.
  public var doseLimits = DrugAmounts()

  public init(_ program: Program, doseLimits: DrugAmounts) {
    self.program = program
    self.doseLimits = doseLimits
  }

  public init() {
    program = Program(
      basal: .stopped,
      limits: Limits(maxRate: .zero, maxVolumePer24h: .zero),
      safeRate: .zero,
      restartGap: .zero,
      lowReservoir: .zero
    )
  }

  /// A program that the controller runs.
  init(_ program: Program, _ drugs: DrugTable) {
    self.program = program
    var last: UInt32 = 0
    while true {
      var next = -1
      for place in 0..<drugs.count
      where drugs[place] > last && program.limits[DrugID(place)] != nil
        && (next < 0 || drugs[place] < drugs[next])
      {
        next = place
      }
      guard next >= 0, let limit = program.limits[DrugID(next)] else { return }
      last = drugs[next]
      _ = doseLimits.append(last, limit.femtograms)
    }
  }

  /// SHA-256 over its bytes as an order holds them.
  func hash(_ crypto: some LinkCrypto) -> Bytes32 {
    var copy = self
    var out = WireBytes()
    var cursor = WireCursor(reading: false, to: WireBytes.capacity)
    var bytes = out.bytes.mutableSpan
    copy.code(&cursor, &bytes)
    return crypto.sha256(out.bytes.span.extracting(0..<cursor.offset))
  }

  /// As the controller takes it, or nothing where the dose limits are not for exactly the drugs of
  /// a mixture.
  func resolved(_ drugs: DrugTable, covering mixture: Mixture) -> Program? {
    guard let limits = doseLimits.limits(program.limits, drugs, covering: mixture) else {
      return nil
    }
    var program = program
    program.limits = limits
    return program
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    codeBasal(&cursor, &bytes)
    var standing = LimitsContent(program.standing, doseLimits: doseLimits)
    standing.code(&cursor, &bytes)
    program.limits = standing.standing.limits
    program.safeRate = standing.standing.safeRate
    program.restartGap = standing.standing.restartGap
    program.lowReservoir = standing.standing.lowReservoir
    doseLimits = standing.doseLimits
    codeExtras(&cursor, &bytes)
    if program.basal == .stopped,
      program.patientDose != nil || program.prime != nil || program.bridge != nil
    {
      cursor.fail()
    }
  }

  // MARK: Basal

  private mutating func codeBasal(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    var mode = 0
    var rate = FlowRate.zero
    var dose = Volume.zero
    var over = TimeSpan.zero
    var every = TimeSpan.zero
    switch program.basal {
    case .stopped: mode = 0
    case .minimum: mode = 1
    case .constant(let constant): (mode, rate) = (2, constant)
    case .scheduled: mode = 3
    case .periodic(let volume, let time, let period, let background):
      (mode, dose, over, every, rate) = (4, volume, time, period, background)
    }
    cursor.code(&mode, in: 0...4, &bytes)
    guard !cursor.failed else { return }
    switch mode {
    case 0: program.basal = .stopped
    case 1: program.basal = .minimum
    case 2:
      cursor.code(&rate, &bytes)
      program.basal = .constant(rate)
    case 3:
      program.basal = .scheduled
      codeSchedule(&cursor, &bytes)
    default:
      cursor.code(&dose, &bytes)
      cursor.code(&over, in: 1...Bounds.bolusTimeMax, &bytes)
      cursor.code(&every, &bytes)
      cursor.code(&rate, &bytes)
      guard !cursor.failed, dose > .zero, over < every else {
        cursor.fail()
        return
      }
      program.basal = .periodic(dose: dose, over: over, every: every, background: rate)
    }
  }

  /// The number of patterns, the pattern of each day, then each pattern: its number of steps, and of
  /// each step the minute and the rate.
  private mutating func codeSchedule(
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    var schedule = cursor.isReading ? Schedule() : program.schedule
    var patterns = schedule.patternCount
    cursor.code(&patterns, in: 1...Capacity.patterns, &bytes)
    guard !cursor.failed else { return }
    var days = InlineArray<7, Int>(repeating: 0)
    for day in 0..<7 {
      days[day] = cursor.isReading ? 0 : schedule.pattern(ofDay: day)
      cursor.code(&days[day], in: 0...patterns - 1, &bytes)
    }
    do throws(ScheduleError) {
      for pattern in 0..<patterns {
        try codePattern(pattern, of: patterns, &schedule, &cursor, &bytes)
        if cursor.failed { return }
      }
      for day in 0..<7 { try schedule.setPattern(days[day], ofDay: day) }
    } catch {
      cursor.fail()
    }
    if cursor.isReading { program.schedule = schedule }
  }

  private func codePattern(
    _ pattern: Int,
    of patterns: Int,
    _ schedule: inout Schedule,
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) throws(ScheduleError) {
    if cursor.isReading { try schedule.beginPattern() }
    var steps = schedule.stepCount(of: pattern)
    cursor.code(&steps, in: 1...Capacity.stepsOfPattern, &bytes)
    guard !cursor.failed else { return }
    for index in 0..<steps {
      let step = cursor.isReading ? (0, .zero) : schedule.step(index, of: pattern)
      var minute = UInt16(step.0)
      var rate = UInt32(step.1.nanolitresPerDay)
      cursor.code(&minute, &bytes)
      cursor.code(&rate, &bytes)
      guard !cursor.failed, Int64(rate) <= Bounds.rateMax, patterns == 1 || index > 0 || minute == 0
      else {
        cursor.fail()
        return
      }
      if cursor.isReading {
        try schedule.addStep(minute: Int(minute), rate: FlowRate(nanolitresPerDay: Int64(rate)))
      }
    }
  }

  // MARK: What comes on top

  /// A flag each, and the fields of those that there are.
  private mutating func codeExtras(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    var has = program.patientDose != nil
    cursor.code(&has, &bytes)
    if has {
      var volume = program.patientDose?.volume ?? .zero
      var over = program.patientDose?.over ?? .zero
      var lockout = program.patientDose?.lockout ?? .zero
      var most = program.patientDose?.maxPer24h ?? 0
      codeBolus(&volume, &over, &cursor, &bytes)
      cursor.code(&lockout, &bytes)
      cursor.code(&most, in: 1...Capacity.bolusesOfDay, &bytes)
      program.patientDose = PatientDose(
        volume: volume,
        over: over,
        lockout: lockout,
        maxPer24h: most
      )
    }
    has = program.prime != nil
    cursor.code(&has, &bytes)
    if has {
      var volume = program.prime?.volume ?? .zero
      var over = program.prime?.over ?? .zero
      codeBolus(&volume, &over, &cursor, &bytes)
      program.prime = Prime(volume: volume, over: over)
    }
    has = program.bridge != nil
    cursor.code(&has, &bytes)
    if has {
      var rate = program.bridge?.rate ?? .zero
      var volume = program.bridge?.volume ?? .zero
      cursor.code(&rate, &bytes)
      cursor.code(&volume, &bytes)
      if rate == .zero || volume == .zero { cursor.fail() }
      program.bridge = Bridge(rate: rate, volume: volume)
    }
  }

  private func codeBolus(
    _ volume: inout Volume,
    _ over: inout TimeSpan,
    _ cursor: inout WireCursor,
    _ bytes: inout MutableSpan<UInt8>
  ) {
    cursor.code(&volume, &bytes)
    cursor.code(&over, in: 1...Bounds.bolusTimeMax, &bytes)
    if volume == .zero { cursor.fail() }
  }
}

/// What holds a program whatever it plans, as an order holds it.
public struct LimitsContent: Sendable {
  /// Its limits hold no dose limits of their own.
  public var standing: StandingLimits
  /// fg in any 24 h.
  public var doseLimits: DrugAmounts

  public init(_ standing: StandingLimits, doseLimits: DrugAmounts) {
    self.standing = standing
    self.doseLimits = doseLimits
  }

  init() {
    self.init(ProgramContent().program.standing, doseLimits: DrugAmounts())
  }

  func resolved(_ drugs: DrugTable, covering mixture: Mixture) -> StandingLimits? {
    guard let limits = doseLimits.limits(standing.limits, drugs, covering: mixture) else {
      return nil
    }
    var resolved = standing
    resolved.limits = limits
    return resolved
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&standing.limits.maxRate, &bytes)
    cursor.code(&standing.limits.maxVolumePer24h, &bytes)
    doseLimits.code(&cursor, in: 0...Bounds.massMax, &bytes)
    cursor.code(&standing.safeRate, &bytes)
    cursor.code(&standing.restartGap, &bytes)
    cursor.code(&standing.lowReservoir, &bytes)
  }
}

extension DrugAmounts {
  fileprivate func limits(
    _ limits: Limits,
    _ drugs: DrugTable,
    covering mixture: Mixture
  ) -> Limits? {
    var limits = limits
    for place in 0..<count {
      guard let index = drugs.place(of: codes[place]) else { return nil }
      limits[DrugID(index)] = Mass(femtograms: amounts[place])
    }
    return limits.cover(mixture) ? limits : nil
  }
}
