import JSONText
import PumpCatalog
import PumpCore
import PumpScenario
import Quantities

/// A constant of the pump of a request, and its standing.
struct PumpConstant<Quantity: QuantityText> {
  let value: Quantity
  /// As the catalogue and pump.md name it.
  let field: String
  let source: String
  let isVerified: Bool
}

/// The pump of a request: a name from the catalogue, or an object with its constants.
///
/// What the catalogue does not tell is nothing, and the check that would need it is not made, with a
/// warning.
struct PlanPump {
  /// As a sheet names it.
  let title: String
  let minimumRate: PumpConstant<FlowRate>?
  let maximumRate: PumpConstant<FlowRate>?
  /// The sizes of the reservoir, the smallest first; one where the size is known.
  let capacities: [PumpConstant<Volume>]
  /// Where it stands in the request.
  let path: String

  static let expectation =
    "a pump: a name such as \"SynchroMed II\", or an object with its constants"

  init(_ field: ScenarioField) throws(PlanError) {
    path = field.path
    guard case .string(let name) = field.cursor.value else {
      guard case .object = field.cursor.value else {
        throw field.fault(given: field.cursor.value.kindName, expected: Self.expectation)
      }
      let model = try PumpReader.pumpWithOrWithoutCatheter(field).model
      title = "the pump of the request"
      minimumRate = Self.given(model.minimumRate, "minimumRate")
      maximumRate = Self.given(model.maximumRate, "maximumRate")
      capacities = [Self.given(model.capacity, "capacity")]
      return
    }
    let model = try Self.model(named: name, field)
    title = model.title
    minimumRate = try Self.constants("minimumRate", FlowRate.self, of: model).first
    maximumRate = try Self.constants("maximumRate", FlowRate.self, of: model).first
    let sizes = try Self.constants("capacity", Volume.self, of: model)
    let size = name.split(separator: "-").last.map { "\($0) mL" }
    let named = sizes.filter { model.numbers.contains(name) && $0.value.text == size }
    capacities = named.isEmpty ? sizes.sorted { $0.value < $1.value } : named
  }

  private static func given<Quantity: QuantityText>(
    _ value: Quantity,
    _ field: String
  ) -> PumpConstant<Quantity> {
    PumpConstant(value: value, field: field, source: Finding.fromRequest, isVerified: true)
  }

  private static func model(
    named name: String,
    _ field: ScenarioField
  ) throws(PlanError) -> CatalogModel {
    let found = name.isEmpty ? [] : PumpCatalog.models(matching: name)
    guard let model = found.first, found.count == 1 else {
      let known = (found.isEmpty ? PumpCatalog.models : found).map { "\"\($0.name)\"" }
      let near = EditDistance.nearest(to: name, in: PumpCatalog.models.map(\.name))
      throw field.fault(
        given: PlanError.quoted(name),
        expected: found.isEmpty && near != nil
          ? "\"\(near ?? "")\"?" : "one of the catalogue's " + known.joined(separator: ", ")
      )
    }
    return model
  }

  /// The values of a constant that has numbers; a number that cannot be held is a bug of the data.
  private static func constants<Quantity: QuantityText>(
    _ name: String,
    _: Quantity.Type,
    of model: CatalogModel
  ) throws(PlanError) -> [PumpConstant<Quantity>] {
    guard let constant = model.constant(name), let unit = constant.value.unit else { return [] }
    var values: [PumpConstant<Quantity>] = []
    for number in constant.value.numbers {
      let value: Quantity
      do {
        value = try Quantity(text: "\(number) \(unit)")
      } catch {
        throw PlanError(path: "catalogue.\(model.name).\(name)", message: error.description)
      }
      values.append(
        PumpConstant(
          value: value,
          field: name,
          source: constant.source,
          isVerified: constant.isVerified
        )
      )
    }
    return values
  }
}

extension PlanResult {
  /// Warns where a constant that was used is unverified, or where there is none.
  ///
  /// - Parameters:
  ///   - constant: nothing where the catalogue does not tell it.
  ///   - field: its name.
  ///   - pump: whose it is.
  mutating func use<Quantity>(
    _ constant: PumpConstant<Quantity>?,
    _ field: String,
    of pump: PlanPump
  ) {
    guard let constant else {
      warn(
        .unknownConstant,
        "\(field): the catalogue does not tell it for \(pump.title); nothing is checked against it",
        source: "the pump catalogue"
      )
      return
    }
    guard !constant.isVerified else { return }
    warn(
      .unverifiedConstant,
      "\(field): \(constant.value.text) of \(pump.title) is UNVERIFIED; confirm it before use",
      source: constant.source
    )
  }

  /// Refuses a rate outside of the pump's range, and says on which constants that rests.
  ///
  /// - Parameters:
  ///   - rate: nL/d, exact.
  ///   - what: as in `0.033333 mL/d`.
  ///   - pump: whose range it is.
  mutating func holdRate(_ rate: Rational, what: String, to pump: PlanPump) {
    use(pump.minimumRate, "minimumRate", of: pump)
    use(pump.maximumRate, "maximumRate", of: pump)
    if rate == .zero {
      refuse(.belowMinimumRate, "\(what) is no flow at all", source: Finding.fromRequest)
    }
    if let least = pump.minimumRate, rate < least.value.exact {
      refuseRate(.belowMinimumRate, "\(what) is under the minimum", least, pump)
    }
    if let most = pump.maximumRate, rate > most.value.exact {
      refuseRate(.aboveMaximumRate, "\(what) is over the maximum", most, pump)
    }
  }

  private mutating func refuseRate(
    _ code: FindingCode,
    _ message: String,
    _ constant: PumpConstant<FlowRate>,
    _ pump: PlanPump
  ) {
    let line = "\(message) of \(pump.title), \(constant.value.text)"
    refuse(code, line, source: constant.source)
  }
}
