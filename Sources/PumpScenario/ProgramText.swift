public import PumpCore
public import Quantities

/// A program as given: well formed, with its doses still as doses (contract: Program).
public struct ProgramText: Sendable {
  /// A step of a day's pattern.
  public struct Step: Equatable, Sendable {
    /// Of the local day, 0 to 1439.
    public let minute: Int
    public let rate: RateText
  }

  public enum Basal: Sendable {
    case stopped, minimum
    case constant(RateText)
    case daily([Step])
    /// `days` are Monday to Sunday, each an index into `patterns`.
    case weekly(patterns: [[Step]], days: [Int])
    case periodic(dose: BolusText, over: TimeSpan, every: TimeSpan, background: RateText?)
  }

  public struct DoseLimit: Equatable, Sendable {
    public let drug: String
    public let mass: Mass
  }

  public struct Limits: Sendable {
    public let maxRate: RateText
    public let maxVolumePer24h: Volume
    public let maxDosePer24h: [DoseLimit]
    /// Where they stand in the scenario.
    public let path: String
  }

  public struct PatientDose: Sendable {
    public let volume: BolusText
    public let over: TimeSpan
    public let lockout: TimeSpan
    public let maxPer24h: Int
  }

  public struct Prime: Sendable {
    public let volume: BolusText
    public let over: TimeSpan
  }

  public struct Bridge: Sendable {
    public let rate: RateText
    public let volume: BolusText
  }

  public let basal: Basal
  public let limits: Limits
  public let safeRate: RateText
  public let restartGap: TimeSpan
  public let lowReservoir: Volume
  public let patientDose: PatientDose?
  public let prime: Prime?
  public let bridge: Bridge?
  /// Where it stands in the scenario.
  public let path: String
}

/// A program for the controller, and what rounding did to its daily doses.
public struct ResolvedProgram: Sendable {
  public let program: Program
  /// One for each rate that was given as a daily dose, exact ones too.
  public let roundings: [RateRounding]
}

extension ProgramText {
  /// The program for the controller, doses turned into volumes with a mixture.
  ///
  /// A flow rate worked out from a dose rounds half to even to the nL/d, a bolus to the nL.
  ///
  /// - Parameters:
  ///   - mixture: what is in the reservoir at activation; in a refill, the new one.
  ///   - drugs: the names of its drugs.
  /// - Returns: the program and the roundings of its rates.
  /// - Throws: where a dose is of no drug of the mixture, leaves the range or rounds to nothing, or
  ///   the dose limits are not for exactly the drugs of the mixture.
  public func resolve(mixture: Mixture, drugs: DrugList) throws(ScenarioError) -> ResolvedProgram {
    var resolver = ProgramResolver(
      named: NamedMixture(mixture: mixture, drugs: drugs),
      drugs: drugs
    )
    let program = try resolver.program(self)
    return ResolvedProgram(program: program, roundings: resolver.roundings)
  }
}

/// Turns the doses of one program into volumes, and keeps the roundings.
private struct ProgramResolver {
  let named: NamedMixture
  let drugs: DrugList
  var roundings: [RateRounding] = []

  mutating func program(_ text: ProgramText) throws(ScenarioError) -> Program {
    let (basal, schedule) = try basal(text.basal, path: text.path)
    var program = Program(
      basal: basal,
      limits: try limits(text.limits),
      safeRate: try rate(text.safeRate),
      restartGap: text.restartGap,
      lowReservoir: text.lowReservoir
    )
    program.schedule = schedule
    if let dose = text.patientDose {
      program.patientDose = PatientDose(
        volume: try named.volume(dose.volume),
        over: dose.over,
        lockout: dose.lockout,
        maxPer24h: dose.maxPer24h
      )
    }
    if let prime = text.prime {
      program.prime = Prime(volume: try named.volume(prime.volume), over: prime.over)
    }
    if let bridge = text.bridge {
      program.bridge = Bridge(
        rate: try rate(bridge.rate),
        volume: try named.volume(bridge.volume)
      )
    }
    return program
  }

  private mutating func rate(_ text: RateText) throws(ScenarioError) -> FlowRate {
    let (rate, rounding) = try named.rate(text)
    if let rounding { roundings.append(rounding) }
    return rate
  }

  private mutating func basal(
    _ text: ProgramText.Basal,
    path: String
  ) throws(ScenarioError) -> (Basal, Schedule) {
    switch text {
    case .stopped:
      return (.stopped, Schedule())
    case .minimum:
      return (.minimum, Schedule())
    case .constant(let constant):
      return (.constant(try rate(constant)), Schedule())
    case .daily(let steps):
      return (.scheduled, try schedule([steps], days: [0, 0, 0, 0, 0, 0, 0], path: path))
    case .weekly(let patterns, let days):
      return (.scheduled, try schedule(patterns, days: days, path: path))
    case .periodic(let dose, let over, let every, let background):
      let volume = try named.volume(dose)
      let flow = if let background { try rate(background) } else { FlowRate.zero }
      return (.periodic(dose: volume, over: over, every: every, background: flow), Schedule())
    }
  }

  /// The steps in the controller's form; what it refuses, the reader has refused before.
  private mutating func schedule(
    _ patterns: [[ProgramText.Step]],
    days: [Int],
    path: String
  ) throws(ScenarioError) -> Schedule {
    var schedule = Schedule()
    for steps in patterns {
      do {
        try schedule.beginPattern()
      } catch {
        throw ScenarioError(path: "\(path).basal", given: "\(error)", expected: "a schedule")
      }
      for step in steps {
        let rate = try rate(step.rate)
        do {
          try schedule.addStep(minute: step.minute, rate: rate)
        } catch {
          throw ScenarioError(path: step.rate.path, given: "\(error)", expected: "a schedule")
        }
      }
    }
    for (day, pattern) in days.enumerated() {
      do {
        try schedule.setPattern(pattern, ofDay: day)
      } catch {
        throw ScenarioError(path: "\(path).basal", given: "\(error)", expected: "a schedule")
      }
    }
    return schedule
  }

  private mutating func limits(_ text: ProgramText.Limits) throws(ScenarioError) -> Limits {
    var limits = Limits(
      maxRate: try rate(text.maxRate),
      maxVolumePer24h: text.maxVolumePer24h
    )
    let path = "\(text.path).maxDosePer24h"
    for limit in text.maxDosePer24h {
      guard let drug = drugs.id(of: limit.drug), named.mixture[drug] != nil else {
        throw ScenarioError(
          path: path,
          given: "a limit for \(ScenarioError.quoted(limit.drug))",
          expected: "limits for exactly the drugs of the mixture: \(contents)"
        )
      }
      limits[drug] = limit.mass
    }
    for name in named.names {
      guard text.maxDosePer24h.contains(where: { drugs.id(of: $0.drug) == drugs.id(of: name) })
      else {
        throw ScenarioError(
          path: path,
          given: "no limit for \(ScenarioError.quoted(name))",
          expected: "limits for exactly the drugs of the mixture: \(contents)"
        )
      }
    }
    return limits
  }

  private var contents: String {
    named.names.isEmpty ? "none" : named.names.map(ScenarioError.quoted).joined(separator: ", ")
  }
}
