import Foundation
import PumpCore
import Quantities
import Therapy

/// The guided refill, by two people at the bedside.
extension SimulatedLife {
  private static var checks: [Fields] {
    RefillCheck.allCases.map { ["item": $0.rawValue, "isGood": true] as Fields }
  }

  /// A refill; where it changes the mixture a bridge goes before the new drug.
  ///
  /// - Parameter changes: whether the next concentration of the regimen is put in.
  /// - Throws: where a step is refused, or the pump refuses the order.
  func refill(changes: Bool) async throws {
    guard let pump else { return }
    let isChanged = changes && regimen.rung + 1 < regimen.ladder.count
    let old = regimen
    if isChanged { regimen.rung += 1 }
    try visit(by: "noor")
    let before = pump.account
    let drawn = max(0, before.syringe)
    let volume = "18 mL"
    try await act(
      "noor",
      "refill",
      ["planned": regimen.fluid, "plannedVolume": volume, "hasSymptoms": false]
    )
    let slips = chance.happens(150)
    if slips {
      try await refused(
        "noor",
        "refill/steps",
        ["step": "aspirate", "volume": "3 mL"],
        as: "outOfOrder"
      )
    }
    try await step(
      "noor",
      ["step": "identify", "name": "Patient \(familyName)", "born": born, "pumpSerial": serial]
    )
    try await step("noor", ["step": "expect", "volume": Self.text(before.reservoir)])
    try await draw(drawn, expected: before.reservoir)
    let program = try await label(volume, isChanged: isChanged, slips: slips, old)
    try await step("noor", ["step": "check", "answers": Self.checks])
    try await step("ada", ["step": "second"])
    var draft: Fields = [
      "do": "refill", "aspirated": Self.text(drawn),
      "fill": [
        "volume": volume,
        "drugs": [["drug": regimen.drug, "concentration": regimen.concentrationText]],
      ],
    ]
    if let program { draft["program"] = program }
    try await orderApplied(
      draft,
      "bedside",
      "refill",
      by: isChanged ? ["ada", "noor"] : ["noor"],
      drafted: { order in try await self.step("noor", ["step": "order", "order": order]) }
    )
    if program != nil { doseInPerson = dose }
    try await step("noor", ["step": "readBack", "volume": volume, "fluid": regimen.fluid])
    try await complete()
    tell(isChanged ? "refill with another mixture" : "refill", Self.text(drawn))
    try await checkForSideEffects(isYearly: false)
  }

  private func step(_ who: String, _ fields: Fields) async throws {
    try await act(who, "refill/steps", fields)
  }

  /// What comes out; a second time and with a reason where it is not what was expected.
  private func draw(_ drawn: Int64, expected: Int64) async throws {
    try await step("noor", ["step": "aspirate", "volume": Self.text(drawn)])
    guard abs(drawn - expected) > 1_000_000 else { return }
    tell("discrepancy", Self.text(drawn - expected))
    try await step("noor", ["step": "aspirate", "volume": Self.text(drawn)])
    try await step("noor", ["step": "account", "reason": "drawn twice; a leak is looked for"])
  }

  /// Label twice, and the bridge where the mixture changes.
  ///
  /// - Returns: the program that goes with a changed mixture.
  private func label(
    _ volume: String,
    isChanged: Bool,
    slips: Bool,
    _ old: SimulatedRegimen
  ) async throws -> Fields? {
    let label: Fields = [
      "fluid": regimen.fluid, "volume": volume, "lot": "L-\(number)-\(now / 86_400_000)",
      "expiresOn": day(after: 300), "entry": "typed",
    ]
    try await step("noor", ["step": "label", "label": label])
    if slips {
      var wrong = label
      wrong["lot"] = "L-other"
      try await refused(
        "noor",
        "refill/steps",
        ["step": "repeatLabel", "label": wrong],
        as: "mismatch"
      )
    }
    try await step("noor", ["step": "repeatLabel", "label": label])
    guard isChanged else { return nil }
    // The old drug that is still in the path goes on at the old rate.
    let rate = Int64(dose) * 1_000_000 / Int64(old.concentration)
    let program = regimen.program(dose, bridge: (Self.text(rate) + "/d", Self.pathVolume))
    try await step("ada", ["step": "bridge", "program": FieldText.text(program)])
    return program
  }

  private func complete() async throws {
    let next = try await planRefill(at: now + Int64(chance.among(50...80)) * SimulationTime.day)
    try await act("noor", "refill/complete", ["nextAt": next])
  }

  /// Plans the next refill no later than the forecast allows.
  ///
  /// - Parameter wanted: when it would suit; what was planned, where nothing.
  /// - Returns: when it is.
  /// - Throws: where the forecast cannot be read.
  @discardableResult
  func planRefill(at wanted: Int64?) async throws -> Int64 {
    let forecast = FieldText.object(try await read("/forecast", as: "noor"))
    let due = ((forecast["due"] as? Fields)?["at"] as? NSNumber)?.int64Value
    let wanted = wanted ?? agenda.at(.refill) ?? now + 30 * SimulationTime.day
    let best = max(now + SimulationTime.day, min(wanted, (due ?? wanted) - 3 * SimulationTime.day))
    // On the morning of that day, with everyone else.
    let morning = best / SimulationTime.day * SimulationTime.day + 10 * SimulationTime.hour
    let next = morning > now ? morning : morning + SimulationTime.day
    agenda.remove(.refill)
    agenda.add(.refill, at: next)
    return next
  }

  /// Nanolitres as people write them.
  static func text(_ nanolitres: Int64) -> String { Volume(nanolitres: nanolitres).text }
}
