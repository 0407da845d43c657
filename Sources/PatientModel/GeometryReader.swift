import JSONText
import Pharmacology
import PumpScenario

/// Reads the canal; what is left out is the default adult's.
enum GeometryReader {
  static func geometry(_ field: ScenarioField?) throws(ScenarioError) -> SpinalGeometry {
    var geometry = SpinalGeometry()
    guard let field else { return geometry }
    let object = try field.object([
      "L", "spinalVolume", "areaX", "areaY", "tissueX", "tissueY", "exchangePerimeter",
      "Dlumbar", "Dcervical", "Dexp", "Qprod", "Qspinal", "Vcis", "Vcran", "Kmix",
    ])
    func positive(
      _ name: String,
      _ meaning: String,
      _ target: inout Double,
      most: Double = CaseLimits.amount
    ) throws(ScenarioError) {
      if let field = object.given(name) { target = try field.positive(meaning, most: most) }
    }
    func number(
      _ name: String,
      _ meaning: String,
      _ target: inout Double,
      most: Double = CaseLimits.amount
    ) throws(ScenarioError) {
      if let field = object.given(name) { target = try field.number(in: 0...most, meaning) }
    }
    if let field = object.given("L") {
      geometry.length = try field.number(in: 1...300, "the length of the canal in cm")
    }
    if let field = object.given("spinalVolume") {
      geometry.spinalVolume = try field.number(in: 1...1_000, "a volume in mL")
    }
    geometry.area = try table(object, "area", geometry.area, length: geometry.length)
    geometry.tissueArea = try table(object, "tissue", geometry.tissueArea, length: geometry.length)
    try number("exchangePerimeter", "a perimeter in cm", &geometry.exchangePerimeter)
    try positive("Dlumbar", "a dispersion in cm2/h", &geometry.lumbarDispersion)
    try positive("Dcervical", "a dispersion in cm2/h", &geometry.cervicalDispersion)
    try number("Dexp", "an exponent", &geometry.dispersionExponent, most: 100)
    try number("Qprod", "a flow in mL/h", &geometry.production, most: CaseLimits.flow)
    try number("Qspinal", "a flow in mL/h", &geometry.spinalAbsorption, most: CaseLimits.flow)
    guard geometry.spinalAbsorption <= geometry.production else {
      throw ScenarioError(
        path: "\(object.path).Qspinal",
        given: "\(CaseNumber.text(geometry.spinalAbsorption)) mL/h",
        expected: "at most what is produced, Qprod, \(CaseNumber.text(geometry.production)) mL/h"
      )
    }
    try positive("Vcis", "a volume in mL", &geometry.cisternaVolume)
    try positive("Vcran", "a volume in mL", &geometry.cranialVolume)
    try number("Kmix", "a flow in mL/h", &geometry.mixing)
    return geometry
  }

  /// A table in two lists, `…X` and `…Y`, from 0 to the end of the canal.
  private static func table(
    _ object: ScenarioObject,
    _ name: String,
    _ standard: PiecewiseLinear,
    length: Double
  ) throws(ScenarioError) -> PiecewiseLinear {
    guard let fieldX = object.given("\(name)X") else {
      if let other = object.given("\(name)Y") {
        throw other.fault(given: "values alone", expected: "\(name)X beside them")
      }
      // The default's shape, over the whole of a canal of another length.
      let scale = length / 60
      return scale == 1
        ? standard : PiecewiseLinear(x: standard.x.map { $0 * scale }, y: standard.y)
    }
    let fieldY = try object.required("\(name)Y", "a value for each of \(name)X")
    var x: [Double] = []
    for field in try fieldX.array() {
      let place = try field.number(in: 0...length, "a place in the canal in cm from S2")
      if let last = x.last, place <= last {
        throw field.fault(
          given: "the number \(CaseNumber.text(place))",
          expected: "more than the one before, \(CaseNumber.text(last))"
        )
      }
      x.append(place)
    }
    guard x.count >= 2, x.first == 0, x.last == length else {
      throw fieldX.fault(
        given: "\(x.count) places\(x.isEmpty ? "" : " from \(CaseNumber.text(x[0])) to ")"
          + (x.last.map(CaseNumber.text) ?? ""),
        expected: "two or more from 0 to L, \(CaseNumber.text(length))"
      )
    }
    var y: [Double] = []
    for field in try fieldY.array() {
      y.append(try field.number(in: CaseLimits.area, "an area in cm2"))
    }
    guard x.count == y.count else {
      throw fieldY.fault(
        given: "\(y.count) values",
        expected: "one for each of the \(x.count) places"
      )
    }
    return PiecewiseLinear(x: x, y: y)
  }
}

/// Reads a drug: the name of a default set, or an object whose fields replace the set's.
enum DrugReader {
  static func drug(_ field: ScenarioField) throws(ScenarioError) -> Drug {
    if case .string(let name) = field.cursor.value {
      return try known(name, at: field).drug
    }
    let object = try field.object(["name"] + DrugParameter.allCases.map(\.name))
    let nameField = try object.required("name", "the name of a drug")
    let name = try FillReader.name(nameField)
    let missing = DrugParameter.allCases.filter { object.given($0.name) == nil }
    var drug = Drug(name: name)
    // A drug without a default set needs every number of its own.
    if !missing.isEmpty { drug = try known(name, at: nameField).drug }
    for parameter in DrugParameter.allCases {
      guard let field = object.given(parameter.name) else { continue }
      drug[parameter] = try value(parameter, field)
    }
    return drug
  }

  private static func known(
    _ name: String,
    at field: ScenarioField
  ) throws(ScenarioError) -> DrugDefaults {
    if let defaults = DrugDefaults.named(name) { return defaults }
    let near = EditDistance.nearest(to: name, in: DrugDefaults.names).map { "\"\($0)\"?" }
    let all = DrugDefaults.names.map { "\"\($0)\"" }.joined(separator: ", ")
    throw field.fault(
      given: "the unknown drug \(ScenarioError.quoted(name))",
      expected: near ?? "one of \(all), or all of its numbers"
    )
  }

  private static func value(
    _ parameter: DrugParameter,
    _ field: ScenarioField
  ) throws(ScenarioError) -> Double {
    let meaning = parameter.unit.isEmpty ? "a ratio" : "a number in \(parameter.unit)"
    return switch parameter {
    case .kp, .vc, .vp, .ec50, .gamma, .ka, .ke0: try field.positive(meaning)
    case .f, .emax: try field.number(in: 0...1, meaning)
    case .ke, .hT, .kt, .kcp, .ktp, .clCran, .cl, .qp:
      try field.number(in: 0...CaseLimits.amount, meaning)
    }
  }
}
