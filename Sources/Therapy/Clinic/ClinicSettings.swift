public import Quantities

/// A rate of change that a clinic's envelope allows, in whole percent.
public struct EnvelopeDefaults: Codable, Equatable, Sendable {
  /// A step of the planned 24 h dose; at most 20.
  public let stepPercent: Int
  /// In any 7 days; at most 30.
  public let weekPercent: Int
  /// Between increases; at least 12 h.
  public let betweenIncreases: TimeSpan
  /// Of an increase, cancellable; at least 15 min.
  public let delay: TimeSpan
  /// Of the last bedside session; at most 180 d.
  public let bedsideAge: TimeSpan

  public init(
    stepPercent: Int,
    weekPercent: Int,
    betweenIncreases: TimeSpan,
    delay: TimeSpan,
    bedsideAge: TimeSpan
  ) {
    self.stepPercent = stepPercent
    self.weekPercent = weekPercent
    self.betweenIncreases = betweenIncreases
    self.delay = delay
    self.bedsideAge = bedsideAge
  }

  /// The contract's defaults (authority.md, Envelope).
  public static let standard = EnvelopeDefaults(
    stepPercent: 10,
    weekPercent: 20,
    betweenIncreases: 24 * .hour,
    delay: .hour,
    bedsideAge: 120 * .day
  )
}

/// What a clinic has decided for itself; each a default until an event of its stream says otherwise.
public struct ClinicSettings: Codable, Equatable, Sendable {
  /// Why one person may refill alone; nothing where a second one is always asked for.
  public let singlePersonRefill: String?
  public let envelope: EnvelopeDefaults
  /// How long a receipt takes before the outcome of an order is shown as unknown.
  public let receiptWait: TimeSpan
  /// No word from a pump for so long: a task (SR-058).
  public let silenceTask: TimeSpan
  /// No word from a pump for so long: someone is called (SR-058).
  public let silenceCall: TimeSpan
  /// How long before the earliest date a refill is on the work list.
  public let refillNotice: TimeSpan
  /// Facts of the formulary that the clinic has confirmed, as in `stability.baclofen`.
  public let confirmedFacts: [String]

  public init(
    singlePersonRefill: String? = nil,
    envelope: EnvelopeDefaults = .standard,
    receiptWait: TimeSpan = 2 * .minute,
    silenceTask: TimeSpan = 24 * .hour,
    silenceCall: TimeSpan = 72 * .hour,
    refillNotice: TimeSpan = 14 * .day,
    confirmedFacts: [String] = []
  ) {
    self.singlePersonRefill = singlePersonRefill
    self.envelope = envelope
    self.receiptWait = receiptWait
    self.silenceTask = silenceTask
    self.silenceCall = silenceCall
    self.refillNotice = refillNotice
    self.confirmedFacts = confirmedFacts
  }

  /// What holds in a clinic that has decided nothing.
  public static let standard = ClinicSettings()
}
