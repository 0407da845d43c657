import JSONText
import PumpCore
import Quantities

/// Reads a scenario file: all that can be known to be wrong before the run is told here.
enum ScenarioReader {
  static func scenario(_ bytes: [UInt8]) throws(ScenarioError) -> Scenario {
    let root = try root(bytes)
    let object = try root.object([
      "pump", "clock", "fill", "pathEmpty", "program", "events", "until", "sampleEvery",
    ])
    let (model, length) = try PumpReader.pump(try object.required("pump", "a pump"))
    let clock = try object.required("clock", "a clock").object(["localStart"])
    let localStart = try EventReader.localTime(
      try clock.required("localStart", EventReader.localExpectation)
    )
    let fill = try FillReader.fill(
      try object.required("fill", "a fill"),
      capacity: model.capacity
    )
    let pathEmpty = try object.optional("pathEmpty")?.bool() ?? false
    let program = try ProgramReader.program(try object.required("program", "a program"))
    let (until, sampleEvery) = try times(object)
    let reader = EventReader(model: model, until: until)
    let events = try events(object, reader)
    let drugs = try drugs(fill, events)
    try ScenarioCheck(drugs: drugs).check(fill: fill, program: program, events: events)
    return Scenario(
      model: model,
      catheterLength: length,
      localStart: localStart,
      fill: fill,
      pathEmpty: pathEmpty,
      program: program,
      events: events,
      until: until,
      sampleEvery: sampleEvery,
      drugs: drugs
    )
  }

  private static func root(_ bytes: [UInt8]) throws(ScenarioError) -> ScenarioField {
    do {
      return ScenarioField(cursor: JSONCursor(root: try JSONValue(parsing: bytes)))
    } catch {
      throw ScenarioError(
        path: error.path,
        message: "given malformed JSON at line \(error.line), column \(error.column) "
          + "(\(error.message)), expected a scenario"
      )
    }
  }

  private static func times(
    _ object: ScenarioObject
  ) throws(ScenarioError) -> (until: PumpTime, sampleEvery: TimeSpan) {
    let until: TimeSpan = try object.quantity("until", in: ScenarioRange.someTime)
    let field = try object.required("sampleEvery", QuantityKind.timeSpan.expectation)
    let sampleEvery: TimeSpan = try field.quantity(in: ScenarioRange.someTime)
    guard until.milliseconds / sampleEvery.milliseconds + 2 <= ScenarioRange.samplesMax else {
      throw field.fault(
        given: sampleEvery.text,
        expected: "a time that gives at most \(ScenarioRange.samplesMax) samples"
      )
    }
    return (.commissioning + until, sampleEvery)
  }

  /// The events by time; at one instant faults first, then commands, each in file order.
  private static func events(
    _ object: ScenarioObject,
    _ reader: EventReader
  ) throws(ScenarioError) -> [ScenarioEvent] {
    guard let field = object.optional("events") else { return [] }
    var events: [ScenarioEvent] = []
    for (order, field) in try field.array().enumerated() {
      events.append(try reader.event(field, order: order))
    }
    events.sort { lhs, rhs in
      let left = (lhs.at.milliseconds, lhs.action.isFault ? 0 : 1, lhs.order)
      return left < (rhs.at.milliseconds, rhs.action.isFault ? 0 : 1, rhs.order)
    }
    var powerBack = PumpTime.commissioning
    for event in events {
      guard case .powerLoss(let span) = event.action else { continue }
      guard event.at >= powerBack else {
        let back = (powerBack - .commissioning).text
        throw ScenarioError(
          path: "\(event.path).at",
          given: (event.at - .commissioning).text,
          expected: "a time from \(back) on, when the power loss before has ended"
        )
      }
      powerBack = event.at + span
    }
    return events
  }

  /// The drugs of all fills in order of time.
  private static func drugs(
    _ fill: FillText,
    _ events: [ScenarioEvent]
  ) throws(ScenarioError) -> DrugList {
    var fills = [fill]
    for event in events {
      if case .refill(_, let fill, _) = event.action { fills.append(fill) }
    }
    var list = DrugList()
    for drug in fills.flatMap(\.drugs) {
      guard list.add(drug.name) else {
        throw ScenarioError(
          path: drug.path,
          given: "one drug more",
          expected: "at most \(Capacity.drugs) different drugs in all fills"
        )
      }
    }
    return list
  }
}

/// Looks for doses that no run can turn into volumes.
///
/// Whether a refill with another mixture is accepted is only known in the run. Until then each
/// mixture that may be in the reservoir is tried, and a dose is refused where it fits none.
private struct ScenarioCheck {
  let drugs: DrugList

  func check(
    fill: FillText,
    program: ProgramText,
    events: [ScenarioEvent]
  ) throws(ScenarioError) {
    var possible = [fill.mixture(drugs: drugs)]
    try tried(possible) { mixture throws(ScenarioError) in
      _ = try program.resolve(mixture: mixture, drugs: drugs)
    }
    for event in events {
      switch event.action {
      case .program(let program):
        try tried(possible) { mixture throws(ScenarioError) in
          _ = try program.resolve(mixture: mixture, drugs: drugs)
        }
      case .clinicianBolus(let volume, _):
        try tried(possible) { mixture throws(ScenarioError) in
          _ = try volume.resolve(mixture: mixture, drugs: drugs)
        }
      case .refill(_, let fill, let program):
        guard let program else { continue }
        let mixture = fill.mixture(drugs: drugs)
        _ = try program.resolve(mixture: mixture, drugs: drugs)
        if !possible.contains(mixture) { possible.append(mixture) }
      case .patientDose, .cancelBolus, .catheter, .setClock, .suspend, .mri, .resumeTherapy,
        .enterSafeRate, .acknowledge, .clear, .motorStall, .extraStrokes, .powerLoss,
        .corruptProgram, .battery, .clockStep:
        continue
      }
    }
  }

  /// Passes where one of the mixtures does, else tells what is wrong with the last one.
  private func tried(
    _ mixtures: [Mixture],
    _ body: (Mixture) throws(ScenarioError) -> Void
  ) throws(ScenarioError) {
    var fault: ScenarioError?
    for mixture in mixtures {
      do {
        return try body(mixture)
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
  }
}
