import JSONText
import PumpCore
import PumpScenario
import Quantities

/// The fill of a request: a volume such as `"20 mL"`, or a fill of pump.md, whose drugs let doses be
/// given as masses.
struct PlanFill {
  let volume: Volume
  let drugs: [FillText.Drug]
  /// Where its volume stands in the request.
  let volumeField: ScenarioField
  private let named: NamedMixture

  static let expectation =
    "\(QuantityKind.volume.expectation), or a fill with \"volume\" and \"drugs\""

  init(_ field: ScenarioField) throws(PlanError) {
    let fill: FillText
    switch field.cursor.value {
    case .object:
      fill = try FillReader.fill(field, capacity: Volume(nanolitres: Bounds.volumeMax))
      volumeField = try field.anyObject().required("volume", QuantityKind.volume.expectation)
    case .string:
      fill = FillText(
        volume: try field.quantity(in: ScenarioRange.someVolume),
        drugs: [],
        path: field.path
      )
      volumeField = field
    default:
      throw field.fault(given: field.cursor.value.kindName, expected: Self.expectation)
    }
    volume = fill.volume
    drugs = fill.drugs
    named = NamedMixture(fill: fill)
  }

  /// The concentration of a drug of the fill; of the only one where none is named.
  func concentration(of name: String?, path: String) throws(PlanError) -> Concentration {
    if drugs.isEmpty {
      throw PlanError(
        path: path,
        given: "a dose of drug",
        expected: "a flow rate or a volume, or a \"fill\" with its drugs and concentrations"
      )
    }
    return try named.concentration(of: name, path: path)
  }

  /// A rate as given, in nL/d, exact: a dose is not rounded to the nL/d here.
  func rate(_ text: RateText) throws(PlanError) -> Rational {
    switch text.amount {
    case .flow(let rate): return rate.exact
    case .dose(let dose, let name):
      return try dose.exact / concentration(of: name, path: text.path).exact
    }
  }

  /// A bolus as given, in nL, exact: a mass is not rounded to the nL here.
  func volume(_ text: BolusText) throws(PlanError) -> Rational {
    switch text.amount {
    case .volume(let volume): return volume.exact
    case .mass(let mass, let name):
      return try mass.exact / concentration(of: name, path: text.path).exact
    }
  }

  /// The low mark of a request, which is at most the fill.
  func reserve(_ object: ScenarioObject) throws(PlanError) -> Volume {
    let field = try object.required("reserve", QuantityKind.volume.expectation)
    let reserve: Volume = try field.quantity(in: ScenarioRange.volume)
    guard reserve <= volume else {
      throw field.fault(given: reserve.text, expected: "at most the fill, \(volume.text)")
    }
    return reserve
  }
}

extension PlanResult {
  /// Holds a volume that goes into the reservoir to its capacity (H-22).
  ///
  /// - Parameters:
  ///   - volume: of the fill.
  ///   - pump: whose reservoir it is; an unverified capacity warns only.
  ///   - field: where the volume stands.
  /// - Throws: where it is over a verified capacity: that is bad input (contract: pump.md).
  mutating func holdFill(
    _ volume: Volume,
    to pump: PlanPump,
    _ field: ScenarioField
  ) throws(PlanError) {
    use(pump.capacities.last, "capacity", of: pump)
    guard let largest = pump.capacities.last, let smallest = pump.capacities.first else { return }
    if volume > largest.value {
      guard !largest.isVerified else {
        throw field.fault(
          given: volume.text,
          expected: "at most the capacity of \(pump.title), \(largest.value.text)"
        )
      }
      return warn(
        .unverifiedLimit,
        "\(volume.text) is over the capacity of \(pump.title), \(largest.value.text), UNVERIFIED",
        source: largest.source
      )
    }
    if try Rational(2) * volume.exact < smallest.value.exact {
      warn(
        .smallFill,
        "\(volume.text) is less than half of the \(smallest.value.text) reservoir of \(pump.title)",
        source: smallest.source
      )
    }
    guard volume > smallest.value else { return }
    warn(
      .capacityOfLargerModel,
      "\(volume.text) does not fit the \(smallest.value.text) reservoir of \(pump.title)",
      source: smallest.source
    )
  }
}

/// The way from the reservoir to the tip of the catheter (contract: pump.md, Reservoir).
struct PlanPath {
  let tubing: Volume
  let length: Length
  let volumePerCm: LinearVolume

  init(_ object: ScenarioObject) throws(PlanError) {
    tubing = try object.quantity("tubing", in: ScenarioRange.volume)
    let field = try object.required("catheter", "a catheter with length and volumePerCm")
    let catheter = try field.object(["length", "volumePerCm"])
    length = try catheter.quantity("length", in: ScenarioRange.length)
    volumePerCm = try catheter.quantity("volumePerCm", in: 0...Int64.max)
    guard try volume() <= Rational(Bounds.volumeMax) else {
      let most = Volume(nanolitres: Bounds.volumeMax).text
      throw field.fault(
        given: "\(length.text) of \(volumePerCm.text)",
        expected: "a fluid path of at most \(most)"
      )
    }
  }

  /// What the catheter holds, nL, exact: 1 pL/cm × 1 µm is 1e-7 nL.
  func catheter() throws(PlanError) -> Rational {
    try volumePerCm.exact * length.exact / Rational(10_000_000)
  }

  /// What tubing and catheter hold, nL, exact.
  func volume() throws(PlanError) -> Rational {
    try tubing.exact + catheter()
  }

  /// As in `0.14 mL + 80 cm × 2.2 uL/cm`.
  var text: String { "\(tubing.millilitres) + \(catheterText)" }

  /// As in `80 cm × 2.2 uL/cm`.
  var catheterText: String { "\(length.text) × \(volumePerCm.text)" }
}
