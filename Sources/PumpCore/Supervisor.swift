public import Quantities

/// Why the supervisor refuses a stroke.
public enum PermitRefusal: UInt8, Error, Equatable, Sendable {
  /// The number was asked for before, or the time of the stroke lies before that of the last one.
  case notFresh = 1
  /// Strokes come faster than the order in force allows.
  case tooFast
  /// The volume of the last hours passes the order's limit for 24 h.
  case tooMuch
  /// The strokes seen since the last fill have emptied the reservoir.
  case emptied
  /// A prime passes what the order allows, or there is none in it.
  case noPrime
  /// A trial stroke comes less than ten minutes after the one before.
  case trialTooSoon
}

/// The second opinion: recomputes from its own counts what may be driven, and grants each stroke.
///
/// It shares no arithmetic and no state with the controller. It knows the ceilings of the order in
/// force and counts what the encoder saw; two pieces of code must agree before the motor moves
/// (SR-006, SR-007, H-37, H-42). Its bounds are wide enough never to stand in the way of a correct
/// controller, and narrow enough that a wrong one cannot hurt by rate, by day, by repetition or by
/// pumping an empty reservoir.
public struct Supervisor: Sendable {
  private let stroke: Int64
  private let modelMaximum: Int64

  // The ceilings of the order in force.
  private var maxRate: Int64 = 0
  private var safeRate: Int64 = 0
  private var maxVolumePer24h: Int64 = 0
  private var primeLeft: Int64 = 0

  // Its own counts.
  private var lastNumber: Int64
  private var lastTrial: Int64 = -600_000
  private var filledStrokes: Int64
  private var movedSinceFill: Int64 = 0
  /// What may be driven now, nL·ms/d.
  private var credit: Int64 = 0
  private var creditAt: Int64
  /// Volume by hour, modulo 23; a window shorter than the controller's, so never stricter.
  private var hours = InlineArray<23, Int64>(repeating: 0)
  private var hour: Int64
  private var hourPlace: Int
  private var windowVolume: Int64 = 0

  /// A supervisor of a pump that starts, or starts again after a loss of power.
  ///
  /// - Parameters:
  ///   - model: the constants of the pump.
  ///   - reservoir: what is in it by the last stored state.
  ///   - number: of the last stroke that was booked.
  ///   - now: the pump time; volume is counted from here on.
  public init(model: PumpModel, reservoir: Volume, number: Int64, now: PumpTime) {
    stroke = model.strokeVolume.nanolitres
    modelMaximum = model.maximumRate.nanolitresPerDay
    lastNumber = number
    filledStrokes = reservoir.nanolitres / stroke
    creditAt = now.milliseconds
    hour = now.milliseconds / 3_600_000
    hourPlace = Int(hour % 23)
    credit = creditMost
  }

  /// A program is in force: its limits are the ceilings from now on.
  ///
  /// - Parameters:
  ///   - program: the order as it was signed.
  ///   - now: until now the ceilings before hold.
  public mutating func programCommitted(_ program: borrowing Program, at now: PumpTime) {
    earn(upTo: now.milliseconds, ceiling: max(2 * maxRate, safeRate))
    maxRate = program.limits.maxRate.nanolitresPerDay
    safeRate = program.safeRate.nanolitresPerDay
    maxVolumePer24h = program.limits.maxVolumePer24h.nanolitres
    primeLeft = program.prime.map { $0.volume.nanolitres + stroke } ?? 0
  }

  /// The reservoir was filled.
  public mutating func refilled(_ volume: Volume) {
    filledStrokes = volume.nanolitres / stroke
    movedSinceFill = 0
  }

  /// Grants a single stroke, or says why not.
  public mutating func permit(_ order: StrokeOrder) throws(PermitRefusal) {
    let now = order.time.milliseconds
    // A controller whose time has jumped back asks again for what it has had.
    guard now >= creditAt else { throw .notFresh }
    moveWindow(to: now)
    guard movedSinceFill < filledStrokes else { throw .emptied }
    if order.kind == .trial {
      guard order.number >= lastNumber else { throw .notFresh }
      guard now - lastTrial >= 600_000 else { throw .trialTooSoon }
      lastTrial = now
      return
    }
    // Strokes may have been lost in between, never repeated.
    guard order.number > lastNumber else { throw .notFresh }
    try checkRate(order.kind, now)
    switch order.kind {
    case .therapy:
      guard windowVolume <= maxVolumePer24h else { throw .tooMuch }
    case .prime:
      guard primeLeft >= stroke else { throw .noPrime }
      primeLeft -= stroke
    case .safe, .trial: break
    }
    lastNumber = order.number
  }

  /// A few nanolitres: each part of the demand is rounded down by itself.
  private var slack: Int64 { 4 * 86_400_000 }
  private var creditMost: Int64 { 2 * stroke * 86_400_000 + slack }

  /// At most two strokes at once, then no faster than twice the order's highest rate.
  ///
  /// A basal step can rise while a bolus runs that alone was within it. A stroke of the therapy can
  /// also have come due, all but a nanolitre of it, at a safe rate that is higher.
  private mutating func checkRate(_ kind: StrokeKind, _ now: Int64) throws(PermitRefusal) {
    let ceiling =
      switch kind {
      case .therapy: max(2 * maxRate, safeRate)
      case .safe, .trial: safeRate
      case .prime: max(modelMaximum, maxRate)
      }
    earn(upTo: now, ceiling: ceiling)
    let price = stroke * 86_400_000
    guard credit >= price - slack else { throw .tooFast }
    credit -= price
  }

  private mutating func earn(upTo now: Int64, ceiling: Int64) {
    let elapsed = min(now - creditAt, 86_400_000)
    creditAt = now
    credit = min(credit + ceiling * elapsed, creditMost)
  }

  /// The encoder saw a stroke.
  ///
  /// - Parameters:
  ///   - kind: nothing for a stroke that nobody commanded.
  ///   - time: when.
  public mutating func encoderSaw(_ kind: StrokeKind?, at time: PumpTime) {
    moveWindow(to: time.milliseconds)
    // A dry stroke moves nothing.
    guard movedSinceFill < filledStrokes else { return }
    movedSinceFill += 1
    guard kind != .prime else { return }
    hours[hourPlace] += stroke
    windowVolume += stroke
  }

  private mutating func moveWindow(to now: Int64) {
    guard now >= (hour + 1) * 3_600_000 else { return }
    let current = now / 3_600_000
    var expiring = max(hour + 1, current - 22)
    while expiring <= current {
      windowVolume -= hours[Int(expiring % 23)]
      hours[Int(expiring % 23)] = 0
      expiring += 1
    }
    hour = current
    hourPlace = Int(hour % 23)
  }
}
