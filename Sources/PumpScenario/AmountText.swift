public import PumpCore
public import Quantities

/// A rate as given: a flow rate, or a daily dose of a drug of the mixture.
public struct RateText: Equatable, Sendable {
  public enum Amount: Equatable, Sendable {
    case flow(FlowRate)
    /// `of` may be missing where the mixture has one drug.
    case dose(DailyDose, of: String?)
  }

  public let amount: Amount
  /// Where it stands in the scenario.
  public let path: String

  public init(amount: Amount, path: String) {
    self.amount = amount
    self.path = path
  }
}

/// The volume of a bolus as given: a volume, or a mass of a drug of the mixture.
public struct BolusText: Equatable, Sendable {
  public enum Amount: Equatable, Sendable {
    case volume(Volume)
    /// `of` may be missing where the mixture has one drug.
    case mass(Mass, of: String?)
  }

  public let amount: Amount
  /// Where it stands in the scenario.
  public let path: String

  public init(amount: Amount, path: String) {
    self.amount = amount
    self.path = path
  }
}

/// A daily dose that was rounded to a flow rate, so that the deviation can be told.
public struct RateRounding: Equatable, Sendable {
  /// Where the dose stands in the scenario.
  public let path: String
  public let asked: DailyDose
  public let rate: FlowRate
  /// What the rate gives in 24 h.
  public let given: DailyDose

  /// What is given more than asked, per day; negative where it is less.
  public var deviation: DailyDose { DailyDose(mass: given.mass - asked.mass) }
}

/// The drugs of a pump record: each name has the number under which the controller knows it.
public struct DrugList: Equatable, Sendable {
  /// By number.
  public private(set) var names: [String] = []

  public init() {}

  /// The number of a drug, or nothing where no fill has it.
  public func id(of name: String) -> DrugID? {
    names.firstIndex { $0.utf8.elementsEqual(name.utf8) }.map { DrugID($0) }
  }

  /// Puts a drug on the list where it is not yet.
  ///
  /// - Returns: whether there was room; the list holds ``Capacity/drugs``.
  package mutating func add(_ name: String) -> Bool {
    if id(of: name) != nil { return true }
    guard names.count < Capacity.drugs else { return false }
    names.append(name)
    return true
  }
}

/// A mixture with the names of its drugs: what turns masses into volumes.
package struct NamedMixture: Sendable {
  let mixture: Mixture
  let drugs: DrugList

  init(mixture: Mixture, drugs: DrugList) {
    self.mixture = mixture
    self.drugs = drugs
  }

  /// The mixture of one fill, which has at most ``Capacity/drugs`` drugs.
  package init(fill: FillText) {
    var list = DrugList()
    for drug in fill.drugs where !list.add(drug.name) {
      preconditionFailure("a fill that was read has room in the list")
    }
    self.init(mixture: fill.mixture(drugs: list), drugs: list)
  }

  /// The flow rate of a rate as given, and its rounding where it was a dose.
  ///
  /// - Throws: where the drug is not clear, or the rate is out of range or rounds to nothing.
  func rate(_ text: RateText) throws(ScenarioError) -> (rate: FlowRate, rounding: RateRounding?) {
    switch text.amount {
    case .flow(let rate):
      return (rate, nil)
    case .dose(let dose, let name):
      let concentration = try concentration(of: name, path: text.path)
      let asked = "\(dose.text) at \(concentration.text)"
      guard let rate = FlowRate.giving(dailyDose: dose.mass, at: concentration),
        rate.nanolitresPerDay <= Bounds.rateMax,
        let given = DailyDose.given(by: rate, at: concentration)
      else {
        let most = FlowRate(nanolitresPerDay: Bounds.rateMax).text
        throw ScenarioError(path: text.path, given: asked, expected: "at most \(most)")
      }
      if rate == .zero && dose.mass != .zero {
        throw ScenarioError(
          path: text.path,
          given: "\(asked), which rounds to no flow",
          expected: "a dose of at least 1 nL/d"
        )
      }
      return (rate, RateRounding(path: text.path, asked: dose, rate: rate, given: given))
    }
  }

  /// The volume of a bolus as given, a mass rounded half to even to the nanolitre.
  ///
  /// - Throws: where the drug is not clear, or the volume is out of range or rounds to nothing.
  func volume(_ text: BolusText) throws(ScenarioError) -> Volume {
    switch text.amount {
    case .volume(let volume):
      return volume
    case .mass(let mass, let name):
      let concentration = try concentration(of: name, path: text.path)
      let asked = "\(mass.text) at \(concentration.text)"
      guard let volume = concentration.volume(holding: mass),
        volume.nanolitres <= Bounds.volumeMax
      else {
        let most = Volume(nanolitres: Bounds.volumeMax).text
        throw ScenarioError(path: text.path, given: asked, expected: "at most \(most)")
      }
      guard volume > .zero else {
        throw ScenarioError(
          path: text.path,
          given: "\(asked), which rounds to no volume",
          expected: "a mass that takes at least 1 nL"
        )
      }
      return volume
    }
  }

  /// The drugs of the mixture, by number.
  var names: [String] {
    drugs.names.indices.filter { mixture[DrugID($0)] != nil }.map { drugs.names[$0] }
  }

  /// The concentration of a drug; of the only one where none is named.
  ///
  /// - Parameters:
  ///   - name: as given, or nothing.
  ///   - path: of the dose.
  /// - Returns: more than nothing.
  /// - Throws: where the drug is not clear, or is not in the mixture.
  package func concentration(
    of name: String?,
    path: String
  ) throws(ScenarioError) -> Concentration {
    let names = names
    let contents =
      names.isEmpty ? "no drug" : names.map(ScenarioError.quoted).joined(separator: ", ")
    guard let name = name ?? (names.count == 1 ? names.first : nil) else {
      throw ScenarioError(
        path: path,
        given: "a dose with no \"of\"",
        expected: names.isEmpty
          ? "a rate or volume, as the mixture holds no drug"
          : "a dose and \"of\" with one of \(contents)"
      )
    }
    guard let drug = drugs.id(of: name), let concentration = mixture[drug] else {
      throw ScenarioError(
        path: path,
        given: "a dose of \(ScenarioError.quoted(name))",
        expected: "a drug of the mixture, which holds \(contents)"
      )
    }
    return concentration
  }
}

extension BolusText {
  /// The volume with a mixture, a mass rounded half to even to the nanolitre (contract: Program).
  ///
  /// - Parameters:
  ///   - mixture: what is in the reservoir when the bolus begins.
  ///   - drugs: the names of its drugs.
  /// - Returns: more than nothing, at most ``Bounds/volumeMax``.
  /// - Throws: where the drug is not clear, or the volume is out of range or rounds to nothing.
  public func resolve(mixture: Mixture, drugs: DrugList) throws(ScenarioError) -> Volume {
    try NamedMixture(mixture: mixture, drugs: drugs).volume(self)
  }
}
