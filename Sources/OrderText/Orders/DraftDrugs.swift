import PumpCore
import PumpLink
import PumpScenario
import Quantities

/// A mixture under names, under the numbers of an order, and under those of a controller.
struct DraftDrugs {
  private(set) var mixture = Mixture()
  private(set) var list = DrugList()
  /// ng/mL by RxNorm number.
  private(set) var amounts = DrugAmounts()
  /// Whether anyone has told the mixture.
  let isKnown: Bool

  /// The mixture in the reservoir: what the file says and the receipt, which must agree.
  init(_ object: ScenarioObject, _ inForce: InForce?) throws(ScenarioError) {
    guard let field = object.optional("mixture") else {
      isKnown = inForce != nil
      guard let inForce else { return }
      for place in 0..<inForce.mixture.count {
        let (drug, amount) = inForce.mixture[place]
        try add(
          [(DrugNumber.name(of: drug), Concentration(nanogramsPerMillilitre: amount), "$.mixture")]
        )
      }
      return
    }
    isKnown = true
    var drugs: [(String, Concentration, String)] = []
    for field in try field.array() {
      let object = try field.object(["drug", "concentration"])
      drugs.append(
        (
          try FillReader.name(try object.required("drug", "the name of a drug")),
          try object.quantity("concentration", in: ScenarioRange.someConcentration), field.path
        )
      )
    }
    try add(drugs)
    guard let inForce, !amounts.isSame(as: inForce.mixture) else { return }
    throw field.fault(
      given: amounts.mixtureText,
      expected: "what the pump's receipt says is in its reservoir, \(inForce.mixture.mixtureText)"
    )
  }

  /// The mixture of a fill.
  init(_ fill: FillText) throws(ScenarioError) {
    isKnown = true
    try add(fill.drugs.map { ($0.name, $0.concentration, $0.path) })
  }

  private mutating func add(_ drugs: [(String, Concentration, String)]) throws(ScenarioError) {
    var numbered: [(UInt32, Concentration)] = []
    for (name, concentration, path) in drugs {
      guard let number = DrugNumber.number(of: name) else {
        let known = DrugNumber.all.map(\.name).joined(separator: ", ")
        throw ScenarioError(
          path: path,
          given: "the drug \(ScenarioError.quoted(name))",
          expected: "one of \(known), or a number such as \"RxNorm 1292\""
        )
      }
      guard !numbered.contains(where: { $0.0 == number }), list.add(name),
        let place = list.id(of: name)
      else { throw ScenarioError(path: path, given: "\(name) again", expected: "each drug once") }
      mixture[place] = concentration
      numbered.append((number, concentration))
    }
    for (number, concentration) in numbered.sorted(by: { $0.0 < $1.0 }) {
      _ = amounts.append(number, concentration.nanogramsPerMillilitre)
    }
  }

  /// Takes the dose limits out of a controller's limits, by the drugs' own numbers.
  func doseLimits(of limits: inout Limits) -> DrugAmounts {
    var found: [(UInt32, Int64)] = []
    for (place, name) in list.names.enumerated() {
      let drug = DrugID(place)
      guard let mass = limits[drug], let number = DrugNumber.number(of: name) else { continue }
      found.append((number, mass.femtograms))
      limits[drug] = nil
    }
    var amounts = DrugAmounts()
    for (number, mass) in found.sorted(by: { $0.0 < $1.0 }) { _ = amounts.append(number, mass) }
    return amounts
  }
}

extension DrugAmounts {
  func isSame(as other: DrugAmounts) -> Bool {
    count == other.count
      && (0..<count).allSatisfy {
        self[$0].drug == other[$0].drug && self[$0].amount == other[$0].amount
      }
  }

  /// Concentrations in words, as in `baclofen 2 mg/mL`.
  var mixtureText: String {
    if count == 0 { return "drug-free fluid" }
    return (0..<count).map {
      let (drug, amount) = self[$0]
      return "\(DrugNumber.name(of: drug)) \(Concentration(nanogramsPerMillilitre: amount).text)"
    }.joined(separator: " + ")
  }
}
