import PumpCore
import PumpScenario
import Quantities

/// What reaches the catheter tip while the fluid path still holds the mixture before.
struct CompareTip {
  private let before: CompareSide
  private let after: CompareSide

  init(_ before: CompareSide, _ after: CompareSide) {
    self.before = before
    self.after = after
  }

  func findings() throws(PlanError) -> [CompareFinding] {
    if after.pathEmpty { return try emptyPath() }
    guard !after.hasMixture(of: before) else {
      guard let bridge = after.program.bridge else { return [] }
      return [
        CompareFinding(
          "needlessBridge",
          "a bridge of \(bridge.volume.text), although the mixture stays the same"
        )
      ]
    }
    var findings = [CompareFinding("mixtureChanged", changeText)]
    guard let bridge = after.program.bridge else { return try findings + [unbridged()] }
    let time = try PlanQuantity(
      rounding: try bridge.volume.exact / bridge.rate.exact * Rational(PlanUnit.day.storedUnits),
      in: .hour
    )
    findings.append(
      CompareFinding(
        "bridge",
        "the bridge of \(bridge.volume.text) at \(bridge.rate.text) takes \(time.text); meanwhile "
          + "the tip gives " + (try doses(at: bridge.rate.exact))
      )
    )
    let difference = (bridge.volume - after.fluidPath).nanolitres.magnitude
    if difference > after.model.strokeVolume.nanolitres.magnitude {
      findings.append(
        CompareFinding(
          "bridgeVolume",
          "the bridge is \(bridge.volume.text), but the fluid path holds \(after.fluidPath.text)",
          planned: bridge.volume.text,
          limit: after.fluidPath.text
        )
      )
    }
    return findings
  }

  private var changeText: String {
    "the mixture changes from \(before.mixtureText) to \(after.mixtureText)"
  }

  private func unbridged() throws(PlanError) -> CompareFinding {
    let path = "the fluid path (\(after.fluidPath.text)) still holds \(before.mixtureText)"
    guard after.figures.average > .zero else {
      return CompareFinding("noBridge", "NO BRIDGE: \(path), and nothing flows")
    }
    return CompareFinding(
      "noBridge",
      "NO BRIDGE: \(path); at the new rate that takes \(try passage()), and meanwhile the tip "
        + "gives " + (try doses(at: after.figures.average))
    )
  }

  /// How long the fluid path lasts at the new rate.
  private func passage() throws(PlanError) -> String {
    let days = try after.fluidPath.exact / after.figures.average
    return try PlanQuantity(rounding: try days * Rational(PlanUnit.day.storedUnits), in: .hour).text
  }

  /// What a rate gives of each drug while the path holds the mixture before, and what is planned.
  private func doses(at rate: Rational) throws(PlanError) -> String {
    let names =
      before.drugNames + after.drugNames.filter { before.concentration(of: $0) == nil }
    var parts: [String] = []
    for drug in names {
      let concentration = before.concentration(of: drug) ?? after.concentration(of: drug)
      let isLarge = PlanUnit.conventional(for: drug, at: concentration) == .milligram
      let unit: PlanUnit = isLarge ? .milligramPerDay : .microgramPerDay
      let given = try before.mass(of: drug, in: rate)
      let planned = try after.mass(of: drug, in: after.figures.average)
      let text = try PlanQuantity(rounding: given, in: unit).text
      if planned > .zero {
        let percent = CompareRow.short(try given / planned * Rational(100))
        let plan = try PlanQuantity(rounding: planned, in: unit).text
        parts.append("\(drug) \(text), which is \(percent) % of the \(plan) planned")
      } else {
        parts.append("\(drug) \(text), although none is planned any more")
      }
    }
    return parts.isEmpty ? "no drug" : parts.joined(separator: "; ")
  }

  private func emptyPath() throws(PlanError) -> [CompareFinding] {
    guard !after.fill.drugs.isEmpty else { return [] }
    if let prime = after.program.prime {
      guard prime.volume < after.fluidPath else { return [] }
      return [
        CompareFinding(
          "primeVolume",
          "the prime is \(prime.volume.text), but the fluid path holds \(after.fluidPath.text): "
            + "its rest is drug-free",
          planned: prime.volume.text,
          limit: after.fluidPath.text
        )
      ]
    }
    guard after.figures.average > .zero else { return [] }
    return [
      CompareFinding(
        "noPrime",
        "NO PRIME: the fluid path (\(after.fluidPath.text)) is free of drug; at the new rate that "
          + "takes \(try passage()), and meanwhile the tip gives no drug"
      )
    ]
  }
}
