import PumpCore
import Quantities

/// What no order passes, whoever signs it (contract: Ceilings): nL/d, nL and ms.
public enum Ceilings {
  public static let flow: Int64 = 24_000_000
  public static let patientDose: Int64 = 100_000
  public static let clinicianBolus: Int64 = 500_000
  public static let volumePer24h: Int64 = 10_000_000
  public static let dosesPer24h = 24
  public static let lockout: Int64 = 600_000
  public static let validity: Int64 = 604_800_000
  public static let bolusValidity: Int64 = 600_000
  public static let requestValidity: Int64 = 120_000
  /// Where the controller ends a halt by itself the link takes none that is longer.
  public static var suspension: Int64 { Controller.longestSuspension.milliseconds }
  public static var mri: Int64 { Controller.longestMRI.milliseconds }

  /// The first ceiling that an order passes.
  static func check(_ order: Order, _ controller: Controller) throws(Refusal) {
    try checkValidity(order)
    switch order.content {
    case .program(let content): try check(content.program, controller)
    case .refill(let content):
      if let program = content.program?.program { try check(program, controller) }
    case .limits(let content):
      let mean = controller.program.plannedDay(controller.model).mean
      try check(content.standing, mean: mean)
    case .envelope(let envelope): try check(envelope)
    case .commissioning(let content): try check(content.envelope)
    case .clinicianBolus(let volume, let over):
      try atMost(clinicianBolus, volume.nanolitres, .clinicianBolus)
      try checkFlow(volume, over)
    case .suspend(let span): try atMost(suspension, span.milliseconds, .suspension)
    case .mri(let span): try atMost(mri, span.milliseconds, .mri)
    case .catheter, .keys, .safeRate, .resume, .clearOverDelivery, .setClock: break
    }
  }

  private static func checkValidity(_ order: Order) throws(Refusal) {
    let span = (order.notAfter - order.notBefore).milliseconds
    try atMost(order.content.kind == .clinicianBolus ? bolusValidity : validity, span, .validity)
  }

  private static func atMost(
    _ limit: Int64,
    _ given: Int64,
    _ bound: CeilingBound
  ) throws(Refusal) {
    if given > limit { throw Refusal(ceiling: bound, given: given, limit: limit) }
  }

  private static func check(_ program: Program, _ controller: Controller) throws(Refusal) {
    let day = program.plannedDay(controller.model)
    try atMost(flow, day.highestRate.nanolitresPerDay, .flow)
    if let dose = program.patientDose {
      try atMost(patientDose, dose.volume.nanolitres, .patientDose)
      try atMost(Int64(dosesPer24h), Int64(dose.maxPer24h), .dosesPer24h)
      if dose.lockout.milliseconds < lockout {
        throw Refusal(ceiling: .lockout, given: dose.lockout.milliseconds, limit: lockout)
      }
    }
    if let prime = program.prime {
      let path = controller.pathVolume.nanolitres
      if prime.volume.nanolitres * 10 > path * 11 {
        throw Refusal(ceiling: .prime, given: prime.volume.nanolitres, limit: path * 11 / 10)
      }
      try checkFlow(prime.volume, prime.over)
    }
    let planned = day.largest + day.patientDoses
    try atMost(volumePer24h, planned.nanolitres, .volumePer24h)
    try atMost(volumePer24h, program.bridge?.rate.nanolitresPerDay ?? 0, .volumePer24h)
    try check(program.standing, mean: day.mean)
  }

  private static func check(
    _ standing: StandingLimits,
    mean: FlowRate
  ) throws(Refusal) {
    try atMost(flow, standing.limits.maxRate.nanolitresPerDay, .flow)
    try atMost(volumePer24h, standing.limits.maxVolumePer24h.nanolitres, .volumePer24h)
    try atMost(mean.nanolitresPerDay, standing.safeRate.nanolitresPerDay, .safeRate)
  }

  private static func check(_ envelope: Envelope) throws(Refusal) {
    if !envelope.isAllowed { throw Refusal(.ceiling, detail: CeilingBound.envelope.rawValue) }
  }

  private static func checkFlow(_ volume: Volume, _ over: TimeSpan) throws(Refusal) {
    let scaled = volume.nanolitres * TimeSpan.day.milliseconds
    if scaled > flow * over.milliseconds {
      throw Refusal(
        ceiling: .flow,
        given: Rounding.up(scaled, over: over.milliseconds),
        limit: flow
      )
    }
  }
}
