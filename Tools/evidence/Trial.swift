import Pharmacology

/// A run of the model as an experiment: who, what was given, and what was read.
struct Trial {
  var input: ModelCase

  /// A drug of the default set in the default adult.
  ///
  /// - Parameters:
  ///   - name: of the drug.
  ///   - tip: cm from S2.
  ///   - hours: of the run.
  ///   - every: between readings, h.
  ///   - places: read in fluid and tissue.
  init(_ name: String, tip: Double, hours: Double, every: Double, places: [Double]) {
    guard let defaults = DrugDefaults.named(name) else { preconditionFailure("a known drug") }
    input = ModelCase(
      drug: defaults.drug,
      catheter: Catheter(tip: tip, deadVolume: 0),
      flow: [FlowSegment(start: 0, end: hours, flow: 0)],
      reservoir: StepTable(constant: 0),
      end: hours,
      outputEvery: every,
      places: places,
      windows: [SpinalWindow(from: 18, to: 30)]
    )
  }

  /// The pig of Bernards and Flack: dispersion of 4 cm²/h everywhere, chosen with Flack in view.
  func pig() -> Trial {
    var own = self
    own.input.geometry.lumbarDispersion = 4
    own.input.geometry.cervicalDispersion = 4
    return own
  }

  /// ug in mL over h, then nothing.
  func bolus(_ mass: Double, volume: Double = 1, over duration: Double = 1.0 / 60) -> Trial {
    var own = self
    own.input.reservoir = StepTable(constant: mass / volume)
    own.input.flow = [
      FlowSegment(start: 0, end: duration, flow: volume / duration),
      FlowSegment(start: duration, end: input.end, flow: 0),
    ]
    return own
  }

  /// ug a day in mL an hour, all the time.
  func infusion(_ daily: Double, flow: Double = 0.02) -> Trial {
    var own = self
    own.input.reservoir = StepTable(constant: daily / 24 / flow)
    own.input.flow = [FlowSegment(start: 0, end: input.end, flow: flow)]
    return own
  }

  /// ug by mouth each so many hours.
  func oral(_ dose: Double, every hours: Double) -> Trial {
    var own = self
    let count = Int(input.end / hours)
    own.input.oral = (0..<max(1, count)).map {
      ModelCase.OralDose(time: Double($0) * hours, dose: dose)
    }
    return own
  }

  func run() -> ModelResult {
    let result = ModelResult(of: input)
    precondition(result.massBalance.relativeError <= MassBalance.tolerance, "mass is conserved")
    return result
  }
}

extension ModelResult {
  /// The half-life by a straight line through the logarithms between two times, h.
  func halfLife(_ series: [Double], from start: Double, to end: Double) -> Double? {
    var (count, sumT, sumL, sumTT, sumTL) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (time, value) in zip(times, series) where time >= start && time <= end && value > 0 {
      let logarithm = Elementary.log(value)
      count += 1
      sumT += time
      sumL += logarithm
      sumTT += time * time
      sumTL += time * logarithm
    }
    let slope = (count * sumTL - sumT * sumL) / (count * sumTT - sumT * sumT)
    return slope < 0 ? 0.6931471805599453 / -slope : nil
  }

  /// The value at a time of output.
  func value(_ series: [Double], at time: Double) -> Double? {
    times.firstIndex { ($0 - time).magnitude < 1e-9 }.map { series[$0] }
  }

  /// The mean over the last day.
  func lastDay(_ series: [Double]) -> Double {
    let end = times.last ?? 0
    let part = zip(times, series).filter { $0.0 > end - 24 + 1e-9 }.map(\.1)
    return part.reduce(0, +) / Double(max(1, part.count))
  }
}
