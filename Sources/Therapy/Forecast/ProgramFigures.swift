package import PumpCore
package import PumpScenario
public import Quantities

/// What a program gives, with a fluid and a pump, in the pump's own arithmetic.
public struct ProgramFigures: Equatable, Sendable {
  /// Of one drug in a day.
  public struct DrugDose: Equatable, Sendable {
    public let drug: String
    /// By the basal on average, without patient doses.
    public let mean: DailyDose
    /// The most of any 24 h, every patient dose taken.
    public let most: DailyDose
  }

  /// Basal and periodic boluses, on average; rounded down to the nL/d.
  public let mean: FlowRate
  /// The most of any 24 h without patient doses; rounded up to the nL.
  public let largestDay: Volume
  /// Every patient dose that may be asked for in 24 h.
  public let patientDoses: Volume
  public let highestRate: FlowRate
  public let lowReservoir: Volume
  public let doses: [DrugDose]

  /// Works out a program.
  ///
  /// - Throws: where the program is malformed or its doses do not fit the fluid.
  package init(
    _ program: ProgramJSON,
    with fluid: Fluid,
    on model: PumpModel
  ) throws(ScenarioError) {
    let resolved = try program.resolved(with: fluid)
    let day = resolved.plannedDay(model)
    mean = day.mean
    largestDay = day.largest
    patientDoses = day.patientDoses
    highestRate = day.highestRate
    lowReservoir = resolved.lowReservoir
    let most = Volume(nanolitres: day.largest.nanolitres + day.patientDoses.nanolitres)
    doses = fluid.drugs.map { drug in
      DrugDose(
        drug: drug.name,
        mean: DailyDose(
          mass: Volume(nanolitres: day.mean.nanolitresPerDay) * drug.concentration
        ),
        most: DailyDose(mass: most * drug.concentration)
      )
    }
  }
}
