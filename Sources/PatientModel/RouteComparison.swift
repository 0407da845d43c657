import Pharmacology

/// One drug by the pump and by mouth over a day, once both have settled: the fluid at the tip, and plasma.
package struct RouteComparison: Sendable {
  /// What is asked, as far as the model must know it.
  package struct Question: Hashable, Sendable {
    /// Of a default set.
    package let drug: String
    /// Of the tip, cm from S2 in the default adult's canal.
    package let tip: Double
    /// In the reservoir, ug/mL.
    package let concentration: Double
    /// The flow of the pump over ``days``: from an hour on, mL/h.
    package let base: [[Double]]
    /// On top of it: hour, mL, h.
    package let boluses: [[Double]]
    /// Each dose by mouth, ug, and the time between two, h.
    package let oralDose: Double
    package let oralEvery: Double

    package init(
      drug: String,
      tip: Double,
      concentration: Double,
      base: [[Double]],
      boluses: [[Double]] = [],
      oralDose: Double,
      oralEvery: Double
    ) {
      self.drug = drug
      self.tip = tip
      self.concentration = concentration
      self.base = base
      self.boluses = boluses
      self.oralDose = oralDose
      self.oralEvery = oralEvery
    }
  }

  /// A level over the last day, ug/mL.
  package struct Level: Sendable {
    package let values: [Double]

    package var mean: Double {
      // By straight lines between samples of one distance.
      guard let first = values.first, let last = values.last, values.count > 1 else { return 0 }
      return (values.reduce(0, +) - (first + last) / 2) / Double(values.count - 1)
    }
    package var least: Double { values.min() ?? 0 }
    package var most: Double { values.max() ?? 0 }
  }

  /// One way of giving the drug.
  package struct Way: Sendable {
    package let fluid: Level
    package let plasma: Level
    /// ug over the last day.
    package let dailyDose: Double
  }

  /// So long both run until they are shown, the day that is shown with them.
  package static let days = 10

  /// h of the last day.
  package let hours: [Double]
  package let pump: Way
  package let oral: Way

  /// Runs both.
  ///
  /// - Returns: nothing where the drug has no set, or a run lost drug.
  package init?(_ question: Question) {
    guard let drug = DrugDefaults.named(question.drug)?.drug else { return nil }
    let end = Double(Self.days) * 24
    let schedule = PumpSchedule(
      base: StepTable(question.base.map { StepTable.Step(time: $0[0], value: $0[1]) }),
      boluses: question.boluses.map {
        PumpSchedule.Bolus(time: $0[0], volume: $0[1], duration: $0[2])
      }
    )
    var byPump = ModelCase(
      drug: drug,
      // What is in the catheter is what was in the reservoir: both have settled.
      catheter: Catheter(tip: question.tip, deadVolume: 0),
      flow: schedule.flow(until: end),
      reservoir: StepTable(constant: question.concentration),
      end: end,
      outputEvery: 0.25,
      places: [question.tip],
      windows: []
    )
    byPump.cells = 240
    var byMouth = byPump
    byMouth.flow = []
    byMouth.oral = (0..<Int(end / question.oralEvery)).map {
      ModelCase.OralDose(time: Double($0) * question.oralEvery, dose: question.oralDose)
    }
    let runs = (ModelResult(of: byPump), ModelResult(of: byMouth))
    guard runs.0.massBalance.complaint == nil, runs.1.massBalance.complaint == nil else {
      return nil
    }
    let first = runs.0.times.firstIndex { $0 >= end - 24 - 1e-9 } ?? 0
    hours = runs.0.times[first...].map { $0 - (end - 24) }
    func way(_ run: ModelResult, _ dose: Double) -> Way {
      Way(
        fluid: Level(values: Array(run.fluid[0][first...])),
        plasma: Level(values: Array(run.plasma[first...])),
        dailyDose: dose
      )
    }
    let given = runs.0.tip.filter { $0.end > end - 24 }.reduce(0.0) { sum, segment in
      sum + segment.flow * segment.concentration * (segment.end - max(segment.start, end - 24))
    }
    pump = way(runs.0, given)
    oral = way(runs.1, question.oralDose * 24 / question.oralEvery)
  }
}
