import Formulary
import JSONText
import PumpScenario
import Quantities

/// The bridge after a change of the fluid, by the formulary's calculator (SR-036; H-16).
extension PatientRecord {
  func bridge(
    before program: ProgramJSON,
    _ session: RefillSession,
    omitted reason: String?,
    _ decision: inout Decision
  ) throws(TherapyRefusal) -> [TherapyEvent] {
    let worked: BridgeDecision
    do {
      worked = try bridge(before: program, session)
    } catch {
      // Without a bridge a person may go on, who then knows that nobody could say what it does.
      guard let reason else { throw error }
      decision.ask("What the patient gets without a bridge is not known: \(error.expected).")
      worked = BridgeDecision(
        isOmitted: true,
        consequence: "not known: \(error.expected)",
        reason: reason
      )
      return [.refillStep(.bridged(worked))]
    }
    guard let reason else { return [.refillStep(.bridged(worked))] }
    decision.ask("Without a bridge: \(worked.consequence)")
    return [
      .refillStep(
        .bridged(
          BridgeDecision(
            isOmitted: true,
            volume: worked.volume,
            rate: worked.rate,
            duration: worked.duration,
            consequence: worked.consequence,
            reason: reason
          )
        )
      )
    ]
  }

  /// The bridge that the calculator gives; volume and rate are the same for each drug of a fluid.
  private func bridge(
    before program: ProgramJSON,
    _ session: RefillSession
  ) throws(TherapyRefusal) -> BridgeDecision {
    guard let pump else { throw unknown("the pump") }
    guard let old = reservoir?.fluid, let before = programFigures else {
      throw unknown("the fluid and the program before")
    }
    guard let after = figures(of: program, with: session.begun.planned, in: pump) else {
      throw unknown("a program that fits the new fluid")
    }
    let path = try knownPath(pump)
    var lines: [String] = []
    var result: PlanResult?
    for dose in before.doses {
      // The dose that the old drug is to be replaced by; of another drug where it ends.
      guard let next = after.doses.first(where: { $0.drug == dose.drug }) ?? after.doses.first,
        let oldStrength = old.concentration(of: dose.drug),
        let newStrength = session.begun.planned.concentration(of: next.drug)
      else { continue }
      let plan = try planBridge(
        (dose, oldStrength),
        (next, newStrength),
        path: path,
        model: pump.isCatalogued ? pump.model : nil,
        capacity: pump.capacity
      )
      lines.append(Self.consequence(of: plan, dose.drug))
      if result == nil { result = plan }
    }
    guard let result, case .quantity(let volume) = result["volume"],
      case .quantity(let rate) = result["rate"], case .quantity(let span) = result["duration"]
    else { throw unknown("a drug before and after") }
    return BridgeDecision(
      isOmitted: false,
      volume: Volume(nanolitres: volume.storedUnits),
      rate: FlowRate(nanolitresPerDay: rate.storedUnits),
      duration: TimeSpan(milliseconds: span.storedUnits),
      consequence: lines.joined(separator: "; ")
    )
  }

  private func knownPath(_ pump: PumpInPlace) throws(TherapyRefusal) -> Volume {
    switch FluidPathVolume(PumpConstants(of: pump), catheter) {
    case .known(let volume, _): return volume
    case .between(let least, let most, let what):
      throw unknown("\(what) (the path holds between \(least.text) and \(most.text))")
    case .unknown(let what): throw unknown(what)
    }
  }

  private func planBridge(
    _ old: (dose: ProgramFigures.DrugDose, strength: Concentration),
    _ new: (dose: ProgramFigures.DrugDose, strength: Concentration),
    path: Volume,
    model: String?,
    capacity: Volume
  ) throws(TherapyRefusal) -> PlanResult {
    func side(_ dose: ProgramFigures.DrugDose, _ strength: Concentration) -> JSONValue {
      .object([
        JSONMember(name: "concentration", value: .string(strength.text)),
        JSONMember(name: "dose", value: .string(dose.mean.text)),
      ])
    }
    let pump: JSONValue =
      if let model {
        .string(model)
      } else {
        .object([
          JSONMember(name: "capacity", value: .string(capacity.text)),
          JSONMember(name: "minimumRate", value: .string("0 mL/d")),
          JSONMember(name: "maximumRate", value: .string("24 mL/d")),
          JSONMember(name: "tubing", value: .string(path.text)),
        ])
      }
    let request: JSONValue = .object([
      JSONMember(name: "old", value: side(old.dose, old.strength)),
      JSONMember(name: "new", value: side(new.dose, new.strength)),
      // The whole path as one: the calculator adds tubing and catheter.
      JSONMember(name: "tubing", value: .string(path.text)),
      JSONMember(
        name: "catheter",
        value: .object([
          JSONMember(name: "length", value: .string("0 cm")),
          JSONMember(name: "volumePerCm", value: .string("0 mL/cm")),
        ])
      ),
      JSONMember(name: "pump", value: pump),
    ])
    do {
      return try Planner.plan(.bridge, PlanRequest(root: request))
    } catch {
      throw unknown("figures that the calculator takes (\(error.description))")
    }
  }

  private static func consequence(of plan: PlanResult, _ drug: String) -> String {
    guard case .object(let members) = plan["withoutBridge"] else { return "\(drug): not known" }
    var texts: [String: String] = [:]
    for member in members {
      switch member.value {
      case .quantity(let quantity): texts[member.name] = quantity.text
      case .percent(let percent):
        texts[member.name] = percent.text(exactDecimals: 1, digits: 3) + " %"
      case .number, .text, .flag, .none, .list, .object: break
      }
    }
    let dose = texts["dose"] ?? "?"
    let percent = texts["percentOfPrescribed"] ?? "?"
    let duration = texts["duration"] ?? "?"
    return "\(drug) \(dose), \(percent) of the prescribed dose, for \(duration)"
  }

  private func unknown(_ what: String) -> TherapyRefusal {
    TherapyRefusal(
      .notKnown,
      "bridge",
      given: "nothing",
      expected: what,
      remedy: "Record \(what), or leave the bridge out and say why."
    )
  }
}
