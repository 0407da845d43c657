public import PumpCore
public import Quantities

/// A whole scenario, read and checked (contract: `cisterna pump run`).
///
/// Amounts keep the form in which they were given: masses become volumes only when a program is
/// activated, with the mixture that is in the reservoir then.
public struct Scenario: Sendable {
  public let model: PumpModel
  /// The implanted length of catheter at the start.
  public let catheterLength: Length
  /// The local time at pump time 0.
  public let localStart: LocalTime
  /// What is in the reservoir at the start.
  public let fill: FillText
  /// Whether the fluid path holds drug-free fluid at the start; else it holds the fill.
  public let pathEmpty: Bool
  /// The program activated at pump time 0.
  public let program: ProgramText
  /// By time; those of one instant in file order.
  public let events: [ScenarioEvent]
  /// The end of the run, which is sampled too.
  public let until: PumpTime
  /// Greater than nothing.
  public let sampleEvery: TimeSpan
  /// Every drug of every fill, by time of the fill.
  public let drugs: DrugList

  /// Reads a scenario file.
  ///
  /// - Parameter bytes: UTF-8 JSON, at most 16 MiB.
  /// - Throws: the first fault, with its JSON path.
  public init(bytes: [UInt8]) throws(ScenarioError) {
    self = try ScenarioReader.scenario(bytes)
  }

  init(
    model: PumpModel,
    catheterLength: Length,
    localStart: LocalTime,
    fill: FillText,
    pathEmpty: Bool,
    program: ProgramText,
    events: [ScenarioEvent],
    until: PumpTime,
    sampleEvery: TimeSpan,
    drugs: DrugList
  ) {
    self.model = model
    self.catheterLength = catheterLength
    self.localStart = localStart
    self.fill = fill
    self.pathEmpty = pathEmpty
    self.program = program
    self.events = events
    self.until = until
    self.sampleEvery = sampleEvery
    self.drugs = drugs
  }
}

/// One command or fault of a scenario.
public struct ScenarioEvent: Sendable {
  public let at: PumpTime
  /// Its JSON path, as in `$.events[3]`.
  public let path: String
  /// Its place in the file, from 0: what breaks ties (contract: Delivery law, 4).
  public let order: Int
  public let action: Action

  /// What happens: commands first, then faults.
  public enum Action: Sendable {
    case patientDose
    case clinicianBolus(volume: BolusText, over: TimeSpan)
    case cancelBolus
    case program(ProgramText)
    case refill(aspirated: Volume, fill: FillText, program: ProgramText?)
    case catheter(length: Length, pathFull: Bool)
    case setClock(LocalTime)
    /// At most 4 h.
    case suspend(TimeSpan)
    /// At most 2 h.
    case mri(TimeSpan)
    case resumeTherapy
    case enterSafeRate
    case acknowledge(Alarm)
    case clear(Alarm)
    /// Strokes in (at, until] are not seen by the encoder.
    case motorStall(until: PumpTime)
    case extraStrokes(count: Int)
    case powerLoss(for: TimeSpan)
    case corruptProgram(copies: Int)
    case battery(BatteryMark)
    /// The hardware counter jumps back.
    case clockStep(back: TimeSpan)

    /// Whether it comes from outside of therapy: at one instant, faults are before commands.
    public var isFault: Bool {
      switch self {
      case .motorStall, .extraStrokes, .powerLoss, .corruptProgram, .battery, .clockStep:
        true
      case .patientDose, .clinicianBolus, .cancelBolus, .program, .refill, .catheter, .setClock,
        .suspend, .mri, .resumeTherapy, .enterSafeRate, .acknowledge, .clear:
        false
      }
    }
  }

  /// A level of the battery input.
  public enum BatteryMark: Equatable, Sendable {
    case replacement, endOfService
  }
}
