import JSONText
import PumpTesting
import Quantities
import Testing

@testable import Formulary

/// One dose of one drug, given to every calculator that is told of it, is refused alike by all.
struct EveryPathTests {
  /// A constant basal of one drug on one pump.
  private struct Order {
    let drug: String
    let dose: String
    let concentration: String
    let least: String
    let most: String

    init(_ random: inout Seeded) {
      drug = random.pick(["ziconotide", "ziconotide", "morphine", "clonidine", "testdrug"])
      let isSmall = drug == "ziconotide"
      let tenths = random.pick(
        isSmall ? [8, 48, 96, 191, 192, 193, 240] : [10, 500, 3_000, 9_000]
      )
      dose = "\(tenths / 10).\(tenths % 10) ug/d"
      concentration = random.pick(isSmall ? ["25 ug/mL", "100 ug/mL"] : ["500 ug/mL", "2 mg/mL"])
      least = random.pick(["0.006 mL/d", "0.048 mL/d", "0.1 mL/d"])
      most = random.pick(["0.3 mL/d", "1 mL/d", "24 mL/d"])
    }

    var pump: String {
      """
      {"capacity":"40 mL","minimumRate":"\(least)","maximumRate":"\(most)","tubing":"0.14 mL",
      "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}}
      """
    }

    var fill: String {
      #"{"volume":"20 mL","drugs":[{"drug":"\#(drug)","concentration":"\#(concentration)"}]}"#
    }

    /// The requests that hold the pump's range too.
    var requests: [(PlanName, String)] {
      let catheter = #""tubing":"0.14 mL","catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}"#
      let side = #"{"drug":"\#(drug)","concentration":"\#(concentration)","dose":"\#(dose)"}"#
      let rate = (Given(dose).stored / Given(concentration).stored).nearest
      return [
        (
          .flow,
          #"{"drugs":[{"drug":"\#(drug)","dose":"\#(dose)","concentration":"\#(concentration)"}],"#
            + #""pump":\#(pump)}"#
        ),
        (.bridge, #"{"old":\#(side),"new":\#(side),\#(catheter),"pump":\#(pump)}"#),
        (
          .refill,
          #"{"fill":\#(fill),"reserve":"2 mL","basal":"\#(dose)","filledAt":"2026-01-05","#
            + #""pump":\#(pump)}"#
        ),
        (
          .patientDose,
          #"{"fill":\#(fill),"reserve":"2 mL","basal":"\#(dose)","patientDose":{"dose":"0.001 ug","#
            + #""over":"10 min","lockout":"4 h","maxPer24h":0},"pump":\#(pump)}"#
        ),
        (
          .admixture,
          #"{"rate":"\#(rate) nL/d","volume":"20 mL","drugs":[{"drug":"\#(drug)","#
            + #""dose":"\#(dose)","stock":["\#(concentration)","50 mg/mL"]}],"pump":\#(pump)}"#
        ),
      ]
    }

    var program: String {
      """
      {"pump":\(pump),"fill":\(fill),"program":{"basal":{"mode":"constant","rate":"\(dose)"},
      "limits":{"maxRate":"1000 mL/d","maxVolumePer24h":"1000 mL","maxDosePer24h":{"\(drug)":"9 g"}},
      "safeRate":"0 mL/d","restartGap":"24 h","lowReservoir":"2 mL"}}
      """
    }

    private var patient: String {
      #""drug":"\#(drug)","indication":"cancer","age":50,"setting":"clinic""#
    }

    /// Only for drugs of the formulary: the rest at the dose itself, so that no step is in the way.
    var titrate: String {
      #"{\#(patient),"current":"\#(dose)","proposed":"\#(dose)","lastChange":"2026-01-05","#
        + #""now":"2026-03-05"}"#
    }

    var schedule: String {
      #"{\#(patient),"current":"\#(dose)","target":"\#(dose)","start":"2026-01-05","#
        + #""concentration":"\#(concentration)","pump":\#(pump)}"#
    }

    var propose: String {
      #"{"drug":"\#(drug)","mixture":[{"drug":"\#(drug)","concentration":"\#(concentration)"}],"#
        + #""basal":"\#(dose)","indication":"cancer"}"#
    }
  }

  private static func refused(_ result: PlanResult) -> [String] {
    result.refused.map(\.code.rawValue).sorted()
  }

  private static let ofPump = ["belowMinimumRate", "aboveMaximumRate"]

  @Test
  func `the same dose is refused alike by each calculator, compare and schedule (SR-041)`() throws {
    var (stopped, ofDose, ofRate) = (0, 0, 0)
    var random = Seeded(seed: 0xEC)
    for _ in 0..<400 {
      let order = Order(&random)
      let requests = order.requests
      let first = try DrugAsk.plan(requests[0].0, requests[0].1)
      let expected = Self.refused(first)
      for (name, request) in requests.dropFirst() {
        let codes = Set(Self.refused(try DrugAsk.plan(name, request)))
        #expect(codes == Set(expected), "\(name): \(request)")
      }
      let side = try CompareSample.side(order.program)
      let compare = try CompareResult(before: side, after: side)
      // The pump's own code for its range; the formulary's is the calculators'.
      let codes = Set(compare.refused.map(\.code))
      #expect(codes.contains("modelRange") == !Set(expected).isDisjoint(with: Self.ofPump))
      #expect(codes.contains("doseLimit") == expected.contains("doseLimit"), "\(order.program)")
      let ofFormulary = expected.filter { !Self.ofPump.contains($0) }
      if order.drug != "testdrug" {
        #expect(Self.refused(try DrugAsk.plan(.propose, order.propose)) == ofFormulary)
        let titrate = Self.refused(try DrugAsk.plan(.titrate, order.titrate))
        #expect(titrate == ofFormulary.map { $0 == "doseLimit" ? "aboveMaximum" : $0 })
        let schedule = try TitrationSchedule.plan(PlanRequest(bytes: Array(order.schedule.utf8)))
        let asked = Set(Self.refused(schedule).map { $0 == "aboveMaximum" ? "doseLimit" : $0 })
        #expect(asked == Set(expected), "\(order.schedule)")
      }
      if !expected.isEmpty { stopped += 1 }
      if !ofFormulary.isEmpty { ofDose += 1 }
      if expected.count > ofFormulary.count { ofRate += 1 }
    }
    print("every path: 400 orders, \(stopped) refused, \(ofDose) by a dose, \(ofRate) by a rate")
    #expect(ofDose >= 30 && ofRate >= 100)
  }

  /// One clinic's verified ceiling refuses a strength; the formulary's own are recalled and warn.
  @Test
  func `a strength over the ceiling is told on every path (SR-040, SR-041)`() throws {
    var random = Seeded(seed: 0xED)
    for _ in 0..<100 {
      let order = Order(&random)
      guard order.drug != "testdrug" else { continue }
      let strong = order.concentration
      for (name, request) in order.requests + [(.propose, order.propose)] {
        let changed = request.replacing("\"\(strong)\"", with: "\"49 mg/mL\"")
        let result = try DrugAsk.plan(name, changed)
        let told = (result.warnings + result.refused).contains { $0.message.contains("49 mg/mL") }
        // A sheet for compounding is told the stock, and makes the strength itself.
        #expect(told || name == .admixture, "\(name): \(changed)")
      }
    }
  }
}
