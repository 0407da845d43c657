import JSONText
package import Pharmacology
package import PumpScenario

extension ModelCase {
  /// Reads a case file (contract: model.md; `docs/model.md` has the fields).
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 JSON.
  ///   - cells: of the canal, a multiple of 120.
  /// - Throws: the first fault, with its JSON path.
  package init(bytes: [UInt8], cells: Int = 480) throws(ScenarioError) {
    self = try CaseReader.read(try CaseReader.root(bytes), cells: cells)
  }
}

/// Reads a case: all that can be known to be wrong before the run is told here.
enum CaseReader {
  static let members = [
    "geometry", "drug", "catheter", "pump", "oral", "dispersionScale", "tEnd", "outEvery",
    "sampleX", "windows", "initialCSF",
  ]

  static func root(_ bytes: [UInt8]) throws(ScenarioError) -> ScenarioField {
    do {
      return ScenarioField(cursor: JSONCursor(root: try JSONValue(parsing: bytes)))
    } catch {
      throw ScenarioError(
        path: error.path,
        message: "given malformed JSON at line \(error.line), column \(error.column) "
          + "(\(error.message)), expected a case"
      )
    }
  }

  static func read(_ root: ScenarioField, cells: Int) throws(ScenarioError) -> ModelCase {
    let object = try root.object(members)
    let geometry = try GeometryReader.geometry(object.given("geometry"))
    let drug = try DrugReader.drug(
      try object.required("drug", "the name of a drug, or an object")
    )
    let length = geometry.length
    let catheter = try catheter(try object.required("catheter", "a catheter"), length: length)
    let end = try object.required("tEnd", "the end of the run in h")
      .positive("the end of the run in h", most: CaseLimits.hours)
    let every = try outputEvery(object, end: end)
    let pump = try PumpScheduleReader.pump(try object.required("pump", "a pump"))
    var result = ModelCase(
      geometry: geometry,
      drug: drug,
      catheter: catheter,
      flow: try PumpScheduleReader.flow(of: pump.schedule, until: end),
      reservoir: pump.concentration,
      end: end,
      outputEvery: every,
      places: try places(object.given("sampleX"), length: length),
      windows: try windows(object.given("windows"), length: length)
    )
    result.oral = try oral(object.given("oral"))
    if let field = object.given("dispersionScale") {
      result.dispersionScale = try StepTableReader.table(
        field,
        meaning: "a factor of dispersion",
        above: true
      )
    }
    result.initialFluid = try initial(object.given("initialCSF"), length: length)
    result.cells = cells
    try result.checkWork()
    return result
  }

  private static func outputEvery(
    _ object: ScenarioObject,
    end: Double
  ) throws(ScenarioError) -> Double {
    let field = try object.required("outEvery", "the time between outputs in h")
    let every = try field.positive("the time between outputs in h", most: CaseLimits.hours)
    guard end / every <= CaseLimits.outputs else {
      throw field.fault(
        given: "the number \(CaseNumber.text(every))",
        expected: "a time that gives at most \(Int(CaseLimits.outputs)) outputs"
      )
    }
    return every
  }

  private static func catheter(
    _ field: ScenarioField,
    length: Double
  ) throws(ScenarioError) -> Catheter {
    let object = try field.object(["tip", "tipSigma", "deadVolume", "initialConc"])
    let tip = try object.required("tip", "the place of the tip in cm from S2")
      .number(in: 0...length, "a place in the canal in cm from S2")
    var catheter = Catheter(tip: tip, deadVolume: 0.2)
    if let field = object.given("tipSigma") {
      catheter.tipSpread = try field.positive("the spread of the source in cm", most: length)
    }
    if let field = object.given("deadVolume") {
      catheter.deadVolume = try field.number(
        in: 0...CaseLimits.amount,
        "the volume of the catheter in mL"
      )
    }
    if let field = object.given("initialConc") {
      catheter.initialConcentration = try field.number(
        in: 0...CaseLimits.amount,
        "a concentration in ug/mL, or null"
      )
    }
    return catheter
  }

  private static func places(
    _ field: ScenarioField?,
    length: Double
  ) throws(ScenarioError) -> [Double] {
    guard let field else {
      // L4/5, L3/4, T12, T10, T6 and C3.
      return [7.5, 11, 21, 26, 35, 54].map { $0 * length / SpinalLevel.standardLength }
    }
    var places: [Double] = []
    for field in try field.array() {
      guard places.count < CaseLimits.places else {
        throw field.fault(
          given: "one place more",
          expected: "at most \(CaseLimits.places) places"
        )
      }
      let place = try field.number(in: 0...length, "a place in the canal in cm from S2")
      guard !places.contains(place) else {
        throw field.fault(given: "\(CaseNumber.text(place)) again", expected: "each place once")
      }
      places.append(place)
    }
    return places
  }

  private static func windows(
    _ field: ScenarioField?,
    length: Double
  ) throws(ScenarioError) -> [SpinalWindow] {
    guard let field else {
      let scale = length / SpinalLevel.standardLength
      return [SpinalWindow(from: 18 * scale, to: 30 * scale)]
    }
    var windows: [SpinalWindow] = []
    for field in try field.array() {
      let ends = try field.array()
      guard ends.count == 2 else {
        throw field.fault(
          given: "\(ends.count) numbers",
          expected: "the lower and the upper end of a window"
        )
      }
      let meaning = "a place in the canal in cm from S2"
      let from = try ends[0].number(in: 0...length, meaning)
      let to = try ends[1].number(in: 0...length, meaning)
      guard from < to else {
        throw ends[1].fault(
          given: "the number \(CaseNumber.text(to))",
          expected: "more than the lower end, \(CaseNumber.text(from))"
        )
      }
      guard windows.count < CaseLimits.places else {
        throw field.fault(
          given: "one window more",
          expected: "at most \(CaseLimits.places) windows"
        )
      }
      let window = SpinalWindow(from: from, to: to)
      guard !windows.contains(window) else {
        throw field.fault(
          given: "\(CaseNumber.text(from)) to \(CaseNumber.text(to)) again",
          expected: "each window once"
        )
      }
      windows.append(window)
    }
    return windows
  }

  private static func oral(
    _ field: ScenarioField?
  ) throws(ScenarioError) -> [ModelCase.OralDose] {
    var doses: [ModelCase.OralDose] = []
    for field in try field?.array() ?? [] {
      let object = try field.object(["t", "dose"])
      doses.append(
        ModelCase.OralDose(
          time: try object.required("t", "a time in h")
            .number(in: 0...CaseLimits.hours, "a time in h"),
          dose: try object.required("dose", "a dose in ug").positive("a dose in ug")
        )
      )
      guard doses.count <= CaseLimits.events else {
        throw field.fault(given: "one dose more", expected: "at most \(CaseLimits.events) doses")
      }
    }
    return doses
  }

  private static func initial(
    _ field: ScenarioField?,
    length: Double
  ) throws(ScenarioError) -> ModelCase.InitialFluid? {
    guard let field else { return nil }
    let object = try field.object(["mass", "mean", "sd"])
    return ModelCase.InitialFluid(
      mass: try object.required("mass", "a mass in ug").positive("a mass in ug"),
      mean: try object.required("mean", "a place in cm from S2")
        .number(in: 0...length, "a place in the canal in cm from S2"),
      spread: try object.required("sd", "a spread in cm").positive("a spread in cm", most: length)
    )
  }
}
