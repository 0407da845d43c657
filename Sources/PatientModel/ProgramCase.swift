import JSONText
package import Pharmacology
package import PumpCore
package import PumpScenario
import Quantities

/// A case in which the real controller drives the model: a program, a fill, a drug and some days.
package enum ProgramCase {
  static let members = [
    "program", "fill", "drug", "days", "pump", "pathEmpty", "tip", "strokes", "geometry", "oral",
    "dispersionScale", "outEvery", "sampleX", "windows",
  ]

  /// The pump of the contract's example: 40 mL, strokes of 250 nL, 80 cm of catheter.
  private static let standardPump = """
    {"capacity":"40 mL","minimumRate":"0.006 mL/d","maximumRate":"24 mL/d","tubing":"0.14 mL",\
    "catheter":{"length":"80 cm","volumePerCm":"2.2 uL/cm"}}
    """

  /// Why there is no case.
  package enum Failure: Error {
    case malformed(ScenarioError)
    case refused(ProgramRefusal)
  }

  /// Reads a case, in either form: what the pump does, or a program for the controller.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 JSON.
  ///   - cells: of the canal, a multiple of 120.
  /// - Returns: the case, and what ended the pump's delivery before its end.
  /// - Throws: the first fault with its path, or that the controller refuses the program.
  package static func anyCase(
    bytes: [UInt8],
    cells: Int
  ) throws(Failure) -> (model: ModelCase, halts: [ControllerFlow.Halt]) {
    do {
      let root = try CaseReader.root(bytes)
      guard case .object(let members) = root.cursor.value,
        members.contains(where: { $0.name == "program" })
      else { return (try CaseReader.read(root, cells: cells), []) }
    } catch {
      throw .malformed(error)
    }
    return try programCase(bytes: bytes, cells: cells)
  }

  /// Reads a case with a program and lets the controller run it.
  package static func modelCase(bytes: [UInt8], cells: Int) throws(Failure) -> ModelCase {
    try programCase(bytes: bytes, cells: cells).model
  }

  private static func programCase(
    bytes: [UInt8],
    cells: Int
  ) throws(Failure) -> (model: ModelCase, halts: [ControllerFlow.Halt]) {
    let object: ScenarioObject
    let scenario: Scenario
    let byStrokes: Bool
    let program: Program
    let controller: Controller
    do throws(ScenarioError) {
      object = try CaseReader.root(bytes).object(members)
      scenario = try self.scenario(object)
      byStrokes = try object.given("strokes")?.bool() ?? false
      let mixture = scenario.fill.mixture(drugs: scenario.drugs)
      program = try scenario.program.resolve(mixture: mixture, drugs: scenario.drugs).program
      controller = try self.controller(scenario, mixture)
    } catch {
      throw .malformed(error)
    }
    let flow: ControllerFlow
    do throws(ProgramRefusal) {
      flow = try ControllerFlow(
        controller,
        program: program,
        until: scenario.until,
        byStrokes: byStrokes
      )
    } catch {
      throw .refused(error)
    }
    do throws(ScenarioError) {
      let model = try modelCase(object, scenario, flow: flow.segments, cells: cells)
      return (model, flow.halts)
    } catch {
      throw .malformed(error)
    }
  }

  private static func controller(
    _ scenario: Scenario,
    _ mixture: Mixture
  ) throws(ScenarioError) -> Controller {
    guard
      let controller = Controller(
        model: scenario.model,
        catheter: scenario.catheterLength,
        local: scenario.localStart,
        fill: scenario.fill.volume,
        mixture: mixture,
        pathEmpty: scenario.pathEmpty
      )
    else {
      throw ScenarioError(
        path: "$.fill.volume",
        given: scenario.fill.volume.text,
        expected: "at most the capacity, \(scenario.model.capacity.text)"
      )
    }
    return controller
  }

  /// The members as a scenario in which nothing happens, so that one reader reads both.
  private static func scenario(_ object: ScenarioObject) throws(ScenarioError) -> Scenario {
    let days = try object.required("days", "the days to run").integer(in: 1...3_650)
    guard let standard = try? JSONValue(parsing: Array(standardPump.utf8)) else {
      preconditionFailure("the standard pump is well formed")
    }
    var members = [
      JSONMember(name: "pump", value: object.given("pump")?.cursor.value ?? standard),
      JSONMember(
        name: "fill",
        value: try object.required("fill", "a fill").cursor.value
      ),
      JSONMember(
        name: "program",
        value: try object.required("program", "a program").cursor.value
      ),
    ]
    if let field = object.given("pathEmpty") {
      members.append(JSONMember(name: "pathEmpty", value: field.cursor.value))
    }
    // A Monday; the run starts at midnight.
    let start = JSONMember(name: "localStart", value: .string("2026-01-05T00:00:00"))
    members += [
      JSONMember(name: "clock", value: .object([start])),
      JSONMember(name: "until", value: .string("\(days) d")),
      JSONMember(name: "sampleEvery", value: .string("\(days) d")),
    ]
    var writer = JSONWriter()
    writer.value(.object(members))
    return try Scenario(bytes: writer.bytes)
  }

  private static func modelCase(
    _ object: ScenarioObject,
    _ scenario: Scenario,
    flow: [FlowSegment],
    cells: Int
  ) throws(ScenarioError) -> ModelCase {
    let drugField = try object.required("drug", "the name of a drug of the fill")
    let drug = try DrugReader.drug(drugField)
    let inFill = scenario.fill.drugs.first { $0.name.utf8.elementsEqual(drug.name.utf8) }
    guard let inFill else {
      let names = scenario.fill.drugs.map { ScenarioError.quoted($0.name) }
      throw drugField.fault(
        given: ScenarioError.quoted(drug.name),
        expected: "a drug of the fill: \(names.isEmpty ? "none" : names.joined(separator: ", "))"
      )
    }
    // ng/mL in thousands: ug/mL.
    let geometry = try GeometryReader.geometry(object.given("geometry"))
    let concentration = Double(inFill.concentration.nanogramsPerMillilitre) / 1_000
    let path = scenario.model.fluidPath(catheter: scenario.catheterLength)?.nanolitres ?? 0
    let hours = Double(scenario.until.milliseconds) / 3_600_000
    // What both forms have is read by one reader.
    var members = ["geometry", "oral", "dispersionScale", "sampleX", "windows"].compactMap { name in
      object.optional(name).map { JSONMember(name: name, value: $0.cursor.value) }
    }
    members += [
      JSONMember(name: "drug", value: drugField.cursor.value),
      JSONMember(name: "tEnd", value: .number(CaseNumber.text(hours))),
      JSONMember(
        name: "outEvery",
        value: object.optional("outEvery")?.cursor.value ?? .number("1")
      ),
      JSONMember(
        name: "catheter",
        value: .object([JSONMember(name: "tip", value: try tip(object.given("tip"), in: geometry))])
      ),
      JSONMember(
        name: "pump",
        value: .object([
          JSONMember(name: "conc", value: constant(concentration)),
          JSONMember(name: "base", value: constant(0)),
        ])
      ),
    ]
    let root = ScenarioField(cursor: JSONCursor(root: .object(members)))
    var result: ModelCase
    do {
      result = try CaseReader.read(root, cells: cells)
    } catch {
      // The tip stands by itself here.
      guard error.path == "$.catheter.tip" else { throw error }
      throw ScenarioError(path: "$.tip", message: error.message)
    }
    result.catheter.deadVolume = Double(path) / 1e6
    result.catheter.initialConcentration = scenario.pathEmpty ? 0 : nil
    result.flow = flow
    try result.checkWork()
    return result
  }

  /// A level's name, or a place in cm; T10 where nothing is said.
  private static func tip(
    _ field: ScenarioField?,
    in geometry: SpinalGeometry
  ) throws(ScenarioError) -> JSONValue {
    if let field, case .number = field.cursor.value { return field.cursor.value }
    guard case .string(let name) = field?.cursor.value ?? .string("T10") else {
      return field?.cursor.value ?? .null
    }
    guard let place = SpinalLevel.place(of: name, length: geometry.length) else {
      guard let field else { preconditionFailure("T10 is a level") }
      let names = SpinalLevel.all.map(\.name).joined(separator: ", ")
      throw field.fault(
        given: ScenarioError.quoted(name),
        expected: "a place in cm from S2, or a level: \(names)"
      )
    }
    return .number(CaseNumber.text(place))
  }

  private static func constant(_ value: Double) -> JSONValue {
    .array([.array([.number("0"), .number(CaseNumber.text(value))])])
  }
}
