import PumpCore
import Quantities

/// Reads the commands and faults of a scenario.
struct EventReader {
  let model: PumpModel
  let until: PumpTime

  func event(_ field: ScenarioField, order: Int) throws(ScenarioError) -> ScenarioEvent {
    let object = try field.anyObject()
    let atField = try object.required("at", QuantityKind.timeSpan.expectation)
    let span: TimeSpan = try atField.quantity(in: ScenarioRange.time)
    let at = PumpTime.commissioning + span
    guard at <= until else {
      throw atField.fault(
        given: span.text,
        expected: "a time up to the end of the run, \(endText)"
      )
    }
    let action: ScenarioEvent.Action
    switch (object.optional("do"), object.optional("fault")) {
    case (let name?, nil): action = try command(try name.word(Self.commands), field)
    case (nil, let name?): action = try fault(try name.word(Self.faults), field, at: at)
    case (nil, nil):
      throw field.fault(given: "neither \"do\" nor \"fault\"", expected: "one of them")
    case (.some, .some):
      throw field.fault(given: "both \"do\" and \"fault\"", expected: "one of them")
    }
    return ScenarioEvent(at: at, path: field.path, order: order, action: action)
  }

  private var endText: String { (until - .commissioning).text }

  // MARK: Commands

  private enum Command {
    case patientDose, clinicianBolus, cancelBolus, program, refill, catheter, setClock, suspend
    case mri, resumeTherapy, enterSafeRate, acknowledge, clear

    var fields: [String] {
      switch self {
      case .patientDose, .cancelBolus, .resumeTherapy, .enterSafeRate: []
      case .clinicianBolus: ["volume", "over"]
      case .program: ["program"]
      case .refill: ["aspirated", "fill", "program"]
      case .catheter: ["length", "path"]
      case .setClock: ["local"]
      case .suspend, .mri: ["for"]
      case .acknowledge, .clear: ["alarm"]
      }
    }
  }

  private static let commands: [(String, Command)] = [
    ("patientDose", .patientDose), ("clinicianBolus", .clinicianBolus),
    ("cancelBolus", .cancelBolus), ("program", .program), ("refill", .refill),
    ("catheter", .catheter), ("setClock", .setClock), ("suspend", .suspend), ("mri", .mri),
    ("resumeTherapy", .resumeTherapy), ("enterSafeRate", .enterSafeRate),
    ("acknowledge", .acknowledge), ("clear", .clear),
  ]

  private func command(
    _ command: Command,
    _ field: ScenarioField
  ) throws(ScenarioError) -> ScenarioEvent.Action {
    let object = try field.object(["at", "do"] + command.fields)
    switch command {
    case .patientDose: return .patientDose
    case .cancelBolus: return .cancelBolus
    case .resumeTherapy: return .resumeTherapy
    case .enterSafeRate: return .enterSafeRate
    case .clinicianBolus:
      return .clinicianBolus(
        volume: try ProgramReader.bolus(
          try object.required("volume", QuantityKind.volume.expectation)
        ),
        over: try object.quantity("over", in: ScenarioRange.someBolusTime)
      )
    case .program:
      return .program(try ProgramReader.program(try object.required("program", "a program")))
    case .refill: return try refill(object)
    case .catheter: return try catheter(object)
    case .setClock:
      let local = try object.required("local", Self.localExpectation)
      return .setClock(try Self.localTime(local))
    case .suspend: return .suspend(try object.quantity("for", in: ScenarioRange.suspension))
    case .mri: return .mri(try object.quantity("for", in: ScenarioRange.mri))
    case .acknowledge: return .acknowledge(try alarm(object))
    case .clear: return .clear(try alarm(object))
    }
  }

  private func refill(_ object: ScenarioObject) throws(ScenarioError) -> ScenarioEvent.Action {
    let aspirated: Volume = try object.quantity("aspirated", in: ScenarioRange.volume)
    let fill = try FillReader.fill(
      try object.required("fill", "a fill"),
      capacity: model.capacity
    )
    var program: ProgramText?
    if let field = object.optional("program") { program = try ProgramReader.program(field) }
    return .refill(aspirated: aspirated, fill: fill, program: program)
  }

  private func catheter(_ object: ScenarioObject) throws(ScenarioError) -> ScenarioEvent.Action {
    let field = try object.required("length", QuantityKind.length.expectation)
    let length = try Self.catheterLength(field, model: model)
    let path = try object.required("path", "\"empty\" or \"full\"")
    return .catheter(
      length: length,
      pathFull: try path.word([("empty", false), ("full", true)])
    )
  }

  private func alarm(_ object: ScenarioObject) throws(ScenarioError) -> Alarm {
    let words = Alarm.allCases.map { ($0.jsonName, $0) }
    return try object.required("alarm", "the name of an alarm").word(words)
  }

  // MARK: Faults

  private enum Fault {
    case motorStall, extraStrokes, powerLoss, corruptProgram, battery, clockStep

    var fields: [String] {
      switch self {
      case .motorStall: ["until"]
      case .extraStrokes: ["count"]
      case .powerLoss: ["for"]
      case .corruptProgram: ["copies"]
      case .battery: ["level"]
      case .clockStep: ["back"]
      }
    }
  }

  private static let faults: [(String, Fault)] = [
    ("motorStall", .motorStall), ("extraStrokes", .extraStrokes), ("powerLoss", .powerLoss),
    ("corruptProgram", .corruptProgram), ("battery", .battery), ("clockStep", .clockStep),
  ]

  private func fault(
    _ fault: Fault,
    _ field: ScenarioField,
    at: PumpTime
  ) throws(ScenarioError) -> ScenarioEvent.Action {
    let object = try field.object(["at", "fault"] + fault.fields)
    switch fault {
    case .motorStall:
      let field = try object.required("until", QuantityKind.timeSpan.expectation)
      let span: TimeSpan = try field.quantity(in: ScenarioRange.time)
      let end = PumpTime.commissioning + span
      guard end > at else {
        throw field.fault(given: span.text, expected: "a time later than \"at\"")
      }
      return .motorStall(until: end)
    case .extraStrokes:
      let count = try object.required("count", "how many strokes")
      return .extraStrokes(count: try count.integer(in: ScenarioRange.extraStrokes))
    case .powerLoss:
      return .powerLoss(for: try object.quantity("for", in: ScenarioRange.someTime))
    case .corruptProgram:
      return .corruptProgram(copies: try object.required("copies", "1 or 2").integer(in: 1...2))
    case .battery:
      let level = try object.required("level", "\"replacement\" or \"endOfService\"")
      return .battery(
        try level.word([("replacement", .replacement), ("endOfService", .endOfService)])
      )
    case .clockStep:
      return .clockStep(back: try object.quantity("back", in: ScenarioRange.someTime))
    }
  }

  // MARK: Shared with the head of the scenario

  static let localExpectation = "a local time such as \"2026-01-05T08:00:00\""

  static func localTime(_ field: ScenarioField) throws(ScenarioError) -> LocalTime {
    let text = try field.string(localExpectation)
    guard let time = LocalTime(text: text) else {
      throw field.fault(
        given: ScenarioError.quoted(text),
        expected: "\(localExpectation), of a day that exists, with seconds and no time zone"
      )
    }
    return time
  }

  /// An implanted length with which the fluid path stays in range.
  static func catheterLength(
    _ field: ScenarioField,
    model: PumpModel
  ) throws(ScenarioError) -> Length {
    let length: Length = try field.quantity(in: ScenarioRange.length)
    guard let path = model.fluidPath(catheter: length), path.nanolitres <= Bounds.volumeMax else {
      let most = Volume(nanolitres: Bounds.volumeMax).text
      throw field.fault(given: length.text, expected: "a fluid path of at most \(most)")
    }
    return length
  }
}
