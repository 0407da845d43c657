import Foundation

/// What a simulated patient suffers from and gets; doses within what the formulary speaks of, and chosen for
/// variety, after no population.
struct SimulatedRegimen: Sendable {
  let condition: String
  let isSpastic: Bool
  let isCancer: Bool
  let drug: String
  /// Concentrations in µg/mL, the first one first; a refill may change to the next.
  let ladder: [Int]
  /// µg a day to begin with, and at most.
  let doses: ClosedRange<Int>
  let takesDoses: Bool
  let born: String
  /// Which concentration is in the pump.
  var rung = 0

  var concentration: Int { ladder[rung] }
  var concentrationText: String { "\(concentration) ug/mL" }
  var fluid: Fields { ["drugs": [["name": drug, "concentration": concentrationText]]] }
  var drugs: String { "[{\"drug\": \"\(drug)\", \"concentration\": \"\(concentrationText)\"}]" }

  static func draw(_ chance: inout SimulationChance) -> Self {
    let spastic = ["multipleSclerosis", "spinalCordInjury", "cerebralPalsy", "brainInjury"]
    let pain = [
      "chronicPainSyndrome", "failedBackSurgery", "complexRegionalPain", "neuropathicPain",
      "peripheralNeuropathy", "severeArthritis", "degenerativeDisc", "spinalStenosis",
      "persistentPostsurgicalPain",
    ]
    let born = "19\(chance.among(45...89))-0\(chance.among(1...9))-1\(chance.among(0...9))"
    switch chance.among(0...9) {
    case 0...4:
      return Self(
        condition: chance.one(of: spastic),
        isSpastic: true,
        isCancer: false,
        drug: "baclofen",
        ladder: [500, 1_000, 2_000],
        doses: 90...400,
        takesDoses: false,
        born: born
      )
    case 5...6:
      return Self(
        condition: "cancerPain",
        isSpastic: false,
        isCancer: true,
        drug: "morphine",
        ladder: [10_000, 20_000],
        doses: 1_500...6_000,
        takesDoses: true,
        born: born
      )
    default:
      let isMorphine = chance.happens(600)
      return Self(
        condition: chance.one(of: pain),
        isSpastic: false,
        isCancer: false,
        drug: isMorphine ? "morphine" : "hydromorphone",
        ladder: isMorphine ? [5_000, 10_000] : [2_000, 5_000],
        doses: isMorphine ? 800...3_000 : 300...1_200,
        takesDoses: chance.happens(500),
        born: born
      )
    }
  }

  /// A program; its limits and safe rate are the same for each dose, as the envelope asks.
  ///
  /// - Parameters:
  ///   - dose: µg a day.
  ///   - bridge: of the fluid before, where the fluid changes.
  /// - Returns: as in a scenario.
  func program(_ dose: Int, bridge: (rate: String, volume: String)? = nil) -> Fields {
    var program: Fields = [
      "basal": ["mode": "constant", "rate": "\(dose) ug/d"],
      "limits": [
        "maxRate": "2 mL/d", "maxVolumePer24h": "1.5 mL",
        "maxDosePer24h": [drug: "\(doses.upperBound * 3) ug"],
      ],
      "safeRate": "\(min(doses.lowerBound / 3, dose)) ug/d", "restartGap": "24 h",
      "lowReservoir": "2 mL",
    ]
    if takesDoses {
      program["patientDose"] = [
        "volume": "0.01 mL", "over": "10 min", "lockout": "4 h", "maxPer24h": 4,
      ]
    }
    if let bridge { program["bridge"] = ["rate": bridge.rate, "volume": bridge.volume] }
    return program
  }
}

/// What is to come for a patient, earliest first.
struct SimulatedAgenda {
  enum Item: String {
    case refill, visit, bedside, remote, doses, score, complication, scan, check
    case wean, replace, transfer, death
  }

  private var items: [(at: Int64, order: Int, item: Item, what: String)] = []
  private var count = 0

  mutating func add(_ item: Item, at: Int64, _ what: String = "") {
    count += 1
    items.append((at, count, item, what))
  }

  func at(_ item: Item) -> Int64? { items.filter { $0.item == item }.map(\.at).min() }

  mutating func remove(_ item: Item) { items.removeAll { $0.item == item } }

  mutating func next() -> (at: Int64, item: Item, what: String)? {
    let first = items.indices.min {
      (items[$0].at, items[$0].order) < (items[$1].at, items[$1].order)
    }
    return first.map {
      let found = items.remove(at: $0)
      return (found.at, found.item, found.what)
    }
  }
}
