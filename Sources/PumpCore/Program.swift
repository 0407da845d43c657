public import Quantities

/// What the pump is told to do by itself, all day.
public enum Basal: Equatable, Sendable {
  /// No delivery.
  case stopped
  /// The model's minimum rate, to keep the catheter open.
  case minimum
  case constant(FlowRate)
  /// Steps by local time, in ``Program/schedule``.
  case scheduled
  /// A bolus at the start of basal and each `every` after it, on top of the background.
  case periodic(dose: Volume, over: TimeSpan, every: TimeSpan, background: FlowRate)
}

/// A dose that the patient may ask for.
public struct PatientDose: Equatable, Sendable {
  public let volume: Volume
  public let over: TimeSpan
  /// From the begin of one dose to the begin of the next.
  public let lockout: TimeSpan
  public let maxPer24h: Int

  public init(volume: Volume, over: TimeSpan, lockout: TimeSpan, maxPer24h: Int) {
    self.volume = volume
    self.over = over
    self.lockout = lockout
    self.maxPer24h = maxPer24h
  }
}

/// A bolus that fills the empty fluid path, before anything else.
public struct Prime: Equatable, Sendable {
  public let volume: Volume
  public let over: TimeSpan

  public init(volume: Volume, over: TimeSpan) {
    self.volume = volume
    self.over = over
  }
}

/// The rate until the fluid path holds the new mixture, after a change of it.
public struct Bridge: Equatable, Sendable {
  /// Greater than nothing, else the bridge would never end.
  public let rate: FlowRate
  public let volume: Volume

  public init(rate: FlowRate, volume: Volume) {
    self.rate = rate
    self.volume = volume
  }
}

/// What must never be passed, whatever is planned; there are no defaults, the prescriber signs them.
public struct Limits: Sendable {
  public var maxRate: FlowRate
  public var maxVolumePer24h: Volume
  /// By drug, fg; exactly the drugs of the mixture have one, and −1 stands where there is none.
  var doseFemtograms = InlineArray<8, Int64>(repeating: -1)

  public init(maxRate: FlowRate, maxVolumePer24h: Volume) {
    self.maxRate = maxRate
    self.maxVolumePer24h = maxVolumePer24h
  }

  /// The most of a drug that may leave the tip in 24 h, or nothing where it has no limit.
  public subscript(drug: DrugID) -> Mass? {
    get {
      let value = doseFemtograms[drug.index]
      return value >= 0 ? Mass(femtograms: value) : nil
    }
    set { doseFemtograms[drug.index] = newValue?.femtograms ?? -1 }
  }

  /// Whether exactly the drugs of a mixture have a dose limit.
  public func cover(_ mixture: Mixture) -> Bool {
    for index in 0..<Capacity.drugs {
      let drug = DrugID(index)
      if (self[drug] == nil) != (mixture[drug] == nil) { return false }
    }
    return true
  }
}

/// The content of a program, all masses already turned into volumes (contract: Program).
public struct Program: Sendable {
  public var basal: Basal
  /// The steps, where the basal is `scheduled`.
  public var schedule = Schedule()
  public var limits: Limits
  /// What replaces basal, bridge and periodic boluses while a reason for caution holds; 0 is none.
  public var safeRate: FlowRate
  /// An interruption as long as this or longer ends in the safe rate, not in the full dose.
  public var restartGap: TimeSpan
  public var lowReservoir: Volume
  public var patientDose: PatientDose?
  public var prime: Prime?
  public var bridge: Bridge?

  public init(
    basal: Basal,
    limits: Limits,
    safeRate: FlowRate,
    restartGap: TimeSpan,
    lowReservoir: Volume
  ) {
    self.basal = basal
    self.limits = limits
    self.safeRate = safeRate
    self.restartGap = restartGap
    self.lowReservoir = lowReservoir
  }
}
