import Formulary
import PumpCore
import PumpScenario
import Quantities

/// Limits and slips of fluids, fills and programs: a verified limit refuses, all else is asked about.
extension PatientRecord {
  func hold(
    fill volume: Volume,
    _ field: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    try decision.holdSome(volume, field)
    guard let pump else { return }
    guard volume <= pump.capacity else {
      throw TherapyRefusal(
        .limit,
        field,
        given: volume.text,
        expected: "at most the reservoir, \(pump.capacity.text)",
        remedy: "Look at the number; a reservoir is never overfilled (SR-033)."
      )
    }
    if volume.nanolitres < pump.capacity.nanolitres / 2 {
      decision.ask("\(volume.text) is less than half of the reservoir, \(pump.capacity.text).")
    }
  }

  func hold(
    _ fluid: Fluid,
    _ field: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard fluid.drugs.count <= Capacity.drugs,
      Set(fluid.drugs.map(\.name)).count == fluid.drugs.count
    else {
      throw TherapyRefusal(
        .value,
        field,
        given: fluid.text,
        expected: "at most \(Capacity.drugs) drugs, each once",
        remedy: "Look at the drugs."
      )
    }
    if fluid.drugs.isEmpty { decision.ask("Is there no drug in it?") }
    for drug in fluid.drugs {
      try decision.hold(drug.name, "\(field).name", 1...64)
      try decision.holdSome(drug.concentration, "\(field).concentration")
      try hold(drug, field, &decision)
    }
  }

  private func hold(
    _ drug: Fluid.Drug,
    _ field: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let known = DrugLibrary.standard.drug(drug.name) else {
      decision.ask("\(drug.name) is not in the formulary: nothing is checked for it.")
      return
    }
    if let ceiling = known.concentrationCeiling, drug.concentration > ceiling.value {
      guard !ceiling.isVerified else {
        throw TherapyRefusal(
          .limit,
          "\(field).concentration",
          given: "\(drug.name) \(drug.concentration.text)",
          expected: "at most \(ceiling.value.text) (\(ceiling.source))",
          remedy: "Look at number and unit."
        )
      }
      decision.ask(
        "\(drug.name) \(drug.concentration.text) is over \(ceiling.value.text) (UNVERIFIED)."
      )
    }
    let usual = known.available.filter { $0.purpose == .reservoir }.flatMap(\.concentrations.value)
    guard let least = usual.min(), let most = usual.max() else { return }
    let given = drug.concentration.nanogramsPerMillilitre
    if given < least.nanogramsPerMillilitre / 2 || given > most.nanogramsPerMillilitre {
      decision.ask(
        "\(drug.name) \(drug.concentration.text): usual is \(least.text) to \(most.text)."
      )
    }
  }

  func recordProgram(
    _ value: ProgramRecorded,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    guard !isLinked else {
      throw TherapyRefusal(
        .value,
        "program",
        given: "a program by hand",
        expected: "an order, as the pump speaks for itself",
        remedy: "Draft an order; its receipt says what is in force."
      )
    }
    try holdNoRefill()
    try decision.hold(value.reason, "reason")
    try decision.holdPast(value.programmedAt, "program.programmedAt")
    guard let reservoir else {
      throw TherapyRefusal(
        .notKnown,
        "program",
        given: "no fill",
        expected: "what is in the reservoir",
        remedy: "Record the fill first: doses are doses of its drugs."
      )
    }
    try hold(value.program, with: reservoir.fluid, "program", &decision)
    return [.programRecorded(value)]
  }

  /// Holds a program to pump and formulary, and asks about changes against the one in force.
  func hold(
    _ program: ProgramJSON,
    with fluid: Fluid,
    _ field: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let pump else { return }
    let constants = PumpConstants(of: pump)
    let figures: ProgramFigures
    do {
      figures = try ProgramFigures(program, with: fluid, on: constants.model)
    } catch {
      throw TherapyRefusal(
        .value,
        field + error.path.dropFirst(),
        given: error.description,
        expected: "a program as in a scenario",
        remedy: "Correct the program."
      )
    }
    try hold(figures, to: constants, field, &decision)
    for dose in figures.doses { try hold(dose, field, &decision) }
    guard let before = programFigures else { return }
    for dose in figures.doses {
      ask(dose, before: before.doses.first { $0.drug == dose.drug }, &decision)
    }
  }

  private func hold(
    _ figures: ProgramFigures,
    to constants: PumpConstants,
    _ field: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    if let most = constants.maximumRate, figures.highestRate > most.value {
      let message = "\(figures.highestRate.text), over the pump's \(most.value.text)"
      guard !most.isVerified else {
        throw TherapyRefusal(
          .limit,
          field,
          given: message,
          expected: "at most \(most.value.text) (\(most.source))",
          remedy: "Look at the rates."
        )
      }
      decision.ask("The highest rate is \(message) (UNVERIFIED).")
    }
    if let least = constants.minimumRate, figures.mean > .zero, figures.mean < least.value {
      let message = "\(figures.mean.text), under the pump's \(least.value.text)"
      guard !least.isVerified else {
        throw TherapyRefusal(
          .limit,
          field,
          given: message,
          expected: "at least \(least.value.text) (\(least.source))",
          remedy: "Use a weaker fluid."
        )
      }
      decision.ask("The mean rate is \(message) (UNVERIFIED).")
    }
  }

  private func hold(
    _ dose: ProgramFigures.DrugDose,
    _ field: String,
    _ decision: inout Decision
  ) throws(TherapyRefusal) {
    guard let most = DrugLibrary.standard.drug(dose.drug)?.doses.maximum, dose.most > most.value
    else { return }
    guard !most.isVerified else {
      throw TherapyRefusal(
        .limit,
        field,
        given: "\(dose.drug) \(dose.most.text)",
        expected: "at most \(most.value.text) (\(most.source))",
        remedy: "Look at dose and concentration."
      )
    }
    decision.ask("\(dose.drug) \(dose.most.text) is over \(most.value.text) (UNVERIFIED).")
  }

  /// SR-044: over 20 % asks; from twice on it names the slip that has this ratio.
  private func ask(
    _ dose: ProgramFigures.DrugDose,
    before: ProgramFigures.DrugDose?,
    _ decision: inout Decision
  ) {
    guard let before, before.mean.mass > .zero else { return }
    let (old, new) = (Int128(before.mean.mass.femtograms), Int128(dose.mean.mass.femtograms))
    guard abs(new - old) * 5 > old else { return }
    let text = "\(dose.drug) \(dose.mean.text) instead of \(before.mean.text)"
    if new == 0 {
      decision.ask("\(text): the drug is no longer given.")
    } else if new >= 2 * old || 2 * new <= old {
      let times = max(new, old) / min(new, old)
      let slip =
        [10, 24, 60, 100, 1_000].contains(times) ? ", as where a point or a unit slipped" : ""
      decision.ask("\(text): \(times) times\(new > old ? " more" : " less")\(slip).")
    } else {
      decision.ask("\(text): a change of more than 20 %.")
    }
  }
}
