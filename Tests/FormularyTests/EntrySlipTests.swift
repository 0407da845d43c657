import PumpTesting
import Testing

@testable import Formulary

/// What becomes of slips of entry: refused, asked about, or not seen (H-08, SR-041, SR-044).
struct EntrySlipTests {
  /// A drug as it is really given: strength, and doses that one pump gives of it.
  private struct Practice {
    let drug: String
    let strength: String
    /// Another strength for the same doses.
    let other: String
    let unit: String
    /// In hundredths of the unit.
    let doses: [Int]
    let patient: String
  }

  private static let practices = [
    Practice(
      drug: "baclofen",
      strength: "500 ug/mL",
      other: "1000 ug/mL",
      unit: "ug/d",
      doses: [10_000, 12_500, 15_000, 20_000, 30_000, 40_000],
      patient: #""indication":"spasticity","origin":"spinal","age":40"#
    ),
    Practice(
      drug: "baclofen",
      strength: "2000 ug/mL",
      other: "1000 ug/mL",
      unit: "ug/d",
      doses: [20_000, 30_000, 45_000, 60_000, 80_000],
      patient: #""indication":"spasticity","origin":"cerebral","age":12"#
    ),
    Practice(
      drug: "morphine",
      strength: "10 mg/mL",
      other: "20 mg/mL",
      unit: "mg/d",
      doses: [200, 300, 450, 600, 800],
      patient: #""indication":"cancer","age":61"#
    ),
    Practice(
      drug: "hydromorphone",
      strength: "2 mg/mL",
      other: "4 mg/mL",
      unit: "mg/d",
      doses: [40, 60, 100, 150],
      patient: #""indication":"nonCancer","age":55"#
    ),
    Practice(
      drug: "fentanyl",
      strength: "500 ug/mL",
      other: "1000 ug/mL",
      unit: "ug/d",
      doses: [10_000, 15_000, 25_000, 40_000],
      patient: #""indication":"cancer","age":70"#
    ),
    Practice(
      drug: "bupivacaine",
      strength: "7.5 mg/mL",
      other: "15 mg/mL",
      unit: "mg/d",
      doses: [200, 300, 450, 600],
      patient: #""indication":"cancer","age":70"#
    ),
    Practice(
      drug: "clonidine",
      strength: "500 ug/mL",
      other: "1000 ug/mL",
      unit: "ug/d",
      doses: [10_000, 15_000, 25_000, 40_000],
      patient: #""indication":"nonCancer","age":49"#
    ),
    Practice(
      drug: "ziconotide",
      strength: "25 ug/mL",
      other: "50 ug/mL",
      unit: "ug/d",
      doses: [480, 720, 960, 1_200],
      patient: #""indication":"nonCancer","age":58"#
    ),
    Practice(
      drug: "sufentanil",
      strength: "50 ug/mL",
      other: "100 ug/mL",
      unit: "ug/d",
      doses: [1_000, 1_500, 2_500, 4_000],
      patient: #""indication":"cancer","age":66"#
    ),
  ]

  private static func text(_ hundredths: Int, _ unit: String) -> String {
    let rest = String(100 + hundredths % 100).suffix(2)
    var digits = "\(hundredths / 100).\(rest)"
    while digits.last == "0" { digits.removeLast() }
    if digits.last == "." { digits.removeLast() }
    return "\(digits) \(unit)"
  }

  /// Changes of a dose as they are made, in percent of the dose before.
  private static let changes = [-15, -10, 0, 10, 15]

  private static func file(_ practice: Practice, dose: String, strength: String) -> String {
    let mass = practice.unit.dropLast(2)
    return """
      {"pump":{"capacity":"20 mL","minimumRate":"0.048 mL/d","maximumRate":"24 mL/d",
      "tubing":"0.14 mL","catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}},
      "fill":{"volume":"20 mL","drugs":[{"drug":"\(practice.drug)","concentration":"\(strength)"}]},
      "program":{"basal":{"mode":"constant","rate":"\(dose)"},"limits":{"maxRate":"24 mL/d",
      "maxVolumePer24h":"24 mL","maxDosePer24h":{"\(practice.drug)":"900000 \(mass)"}},
      "safeRate":"0.05 mL/d","restartGap":"24 h","lowReservoir":"2 mL"}}
      """
  }

  private static func forms(_ practice: Practice, before: Int, change: Int) -> [EntryForm] {
    let dose = text(before + before * change / 100, practice.unit)
    let old = text(before, practice.unit)
    let mass = String(practice.unit.dropLast(2))
    let bolus = text(max(1, before / 10), mass)
    let drug = practice.drug
    let strength = practice.strength
    let fill =
      #"{"volume":"<20 mL>","drugs":[{"drug":"\#(drug)","concentration":"<\#(strength)>"}]}"#
    let catheter = #""tubing":"0.14 mL","catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}"#
    let pump = #""pump":"8637-20""#
    return [
      EntryForm(
        name: "flow",
        template: """
          {"drugs":[{"drug":"\(drug)","dose":"<\(dose)>","concentration":"<\(strength)>",
          "previous":"\(old)"}],\(pump)}
          """
      ),
      EntryForm(
        name: "titrate",
        template: """
          {"drug":"\(drug)",\(practice.patient),"current":"<\(old)>","proposed":"<\(dose)>",
          "lastChange":"2026-01-05","now":"2026-02-05","setting":"clinic"}
          """
      ),
      EntryForm(
        name: "bridge",
        template: """
          {"old":{"drug":"\(drug)","concentration":"<\(strength)>","dose":"<\(old)>"},
          "new":{"drug":"\(drug)","concentration":"<\(practice.other)>","dose":"<\(dose)>"},
          \(catheter),\(pump)}
          """
      ),
      EntryForm(
        name: "refill",
        template: """
          {"fill":\(fill),"reserve":"<2 mL>","basal":"<\(dose)>","filledAt":"2026-01-05",\(pump)}
          """
      ),
      EntryForm(
        name: "patientDose",
        template: """
          {"basal":"<\(dose)>","patientDose":{"dose":"<\(bolus)>","over":"10 min","lockout":"<4 h>",
          "maxPer24h":4},"fill":\(fill),"reserve":"<2 mL>",\(pump)}
          """
      ),
      EntryForm(
        name: "propose",
        template: """
          {"drug":"\(drug)","mixture":[{"drug":"\(drug)","concentration":"<\(strength)>"}],
          "basal":"<\(dose)>",\(practice.patient.split(separator: ",")[0])}
          """
      ),
      EntryForm(
        name: "compare",
        template: file(practice, dose: "<\(dose)>", strength: "<\(strength)>")
          + "\n" + file(practice, dose: old, strength: strength)
      ),
    ]
  }

  /// A sheet for compounding, of vials as they are sold.
  private static func admixtures() -> [EntryForm] {
    let vials = [
      ("morphine", "25 mg/mL", ["2 mg/d", "4 mg/d"]),
      ("baclofen", "2000 ug/mL", ["200 ug/d", "350 ug/d"]),
      ("clonidine", "500 ug/mL", ["60 ug/d", "90 ug/d"]),
      ("ziconotide", "100 ug/mL", ["4.8 ug/d", "9.6 ug/d"]),
      ("hydromorphone", "10 mg/mL", ["1.5 mg/d", "2.5 mg/d"]),
      ("bupivacaine", "7.5 mg/mL", ["1 mg/d", "1.5 mg/d"]),
    ]
    return vials.flatMap { drug, stock, doses in
      doses.flatMap { dose in
        ["0.4 mL/d", "0.25 mL/d"].map { rate in
          EntryForm(
            name: "admixture",
            template: """
              {"rate":"<\(rate)>","volume":"<18 mL>","drugs":[{"drug":"\(drug)","dose":"<\(dose)>",
              "stock":["<\(stock)>"],"previous":"\(dose)"}],"pump":"8637-20"}
              """
          )
        }
      }
    }
  }

  /// Codes of what a request says; nothing where it was not taken at all.
  private struct Said {
    var refused: Set<String> = []
    var warned: Set<String> = []
  }

  private static func said(_ name: String, _ request: String) -> Said? {
    let silent: Set<String> = ["unverifiedConstant", "unknownConstant", "capacityOfLargerModel"]
    do {
      if name == "compare" {
        let files = request.split(separator: "\n{", maxSplits: 1).map(String.init)
        let result = try CompareSample.result("{" + files[1], files[0])
        return Said(
          refused: Set(result.refused.map(\.code)),
          warned: Set(result.warnings.map(\.code)).subtracting(silent)
        )
      }
      let result = try Planner.plan(name: name, request: PlanRequest(bytes: Array(request.utf8)))
      return Said(
        refused: Set(result.refused.map(\.code.rawValue)),
        warned: Set(result.warnings.map(\.code.rawValue)).subtracting(silent)
      )
    } catch {
      return nil
    }
  }

  /// Warnings about a dose, a strength or a rate; a changed mixture rightly has others.
  private static let ofDose: Set<String> = [
    "unusualDose", "unusualConcentration", "unusualRate", "unusualPatientDose", "unusualReserve",
    "unusualLockout", "doseManyTimes", "secondConfirmation", "aboveCaution", "unverifiedLimit",
    "aboveMaximum", "doseLimit",
  ]

  private struct Count {
    var refused = 0
    var warned = 0
    var unseen = 0
    var all: Int { refused + warned + unseen }
    var line: String {
      func share(_ count: Int) -> String {
        "\(Rational(Int64(count) * 100, over: Int64(max(1, all))).text(exactDecimals: 1)) %"
      }
      return "\(all): refused \(share(refused)), asked about \(share(warned)), "
        + "not seen \(share(unseen))"
    }
  }

  @Test
  func `of tenfold slips of entry at most 1 % pass unseen, and right entries are left alone`() {
    var forms: [EntryForm] = Self.admixtures()
    for practice in Self.practices {
      for before in practice.doses {
        for change in Self.changes {
          forms += Self.forms(practice, before: before, change: change)
        }
      }
    }
    var counts: [EntrySlip.Kind: Count] = [:]
    var unseen: [String: Int] = [:]
    var (rights, questioned) = (0, 0)
    for form in forms {
      guard let right = Self.said(form.name, form.right), right.refused.isEmpty else {
        Issue.record("a right entry is refused: \(form.right)")
        continue
      }
      rights += 1
      if !right.warned.isDisjoint(with: Self.ofDose) { questioned += 1 }
      for (slip, meant, request) in form.wrong {
        var count = counts[slip.kind] ?? Count()
        if let said = Self.said(form.name, request), said.refused.isEmpty {
          if said.warned.isSubset(of: right.warned) {
            count.unseen += 1
            if slip.kind == .tenfold {
              unseen["\(form.name): \(slip.text) for \(meant)", default: 0] += 1
            }
          } else {
            count.warned += 1
          }
        } else {
          count.refused += 1
        }
        counts[slip.kind] = count
      }
    }
    print("entry slips: \(rights) right entries, \(questioned) of them with a warning of the dose")
    for kind in EntrySlip.Kind.allCases {
      print("entry slips: \(kind.rawValue), \((counts[kind] ?? Count()).line)")
    }
    for (line, times) in unseen.sorted(by: { $0.key < $1.key }) {
      print("entry slips: NOT SEEN, tenfold, \(times) times: \(line)")
    }
    let tenfold = counts[.tenfold] ?? Count()
    #expect(tenfold.all >= 2_000)
    #expect(tenfold.unseen * 100 <= tenfold.all)
    #expect(questioned * 20 <= rights)
  }

  /// What the calculator sees by itself, which is why a change is entered with the dose before.
  @Test
  func `a flow that is told no dose before sees fewer slips, and the figure is printed`() {
    var count = Count()
    for practice in Self.practices {
      for before in practice.doses {
        let form = Self.forms(practice, before: before, change: 0)[0]
        let old = #""previous":"\#(Self.text(before, practice.unit))""#
        func alone(_ request: String) -> String {
          request.replacing(old, with: "").replacing(",\n}", with: "}")
        }
        guard let right = Self.said("flow", alone(form.right)) else {
          Issue.record("not taken: \(alone(form.right))")
          continue
        }
        for (slip, _, request) in form.wrong where slip.kind == .tenfold {
          if let said = Self.said("flow", alone(request)), said.refused.isEmpty {
            if said.warned.isSubset(of: right.warned) {
              count.unseen += 1
            } else {
              count.warned += 1
            }
          } else {
            count.refused += 1
          }
        }
      }
    }
    print("entry slips: tenfold, flow without the dose before, \(count.line)")
    #expect(count.all >= 100)
  }
}
