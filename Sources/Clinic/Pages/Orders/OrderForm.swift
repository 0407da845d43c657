import Formulary
import JSONText
import Quantities
import Therapy

/// The orders besides programs and refills that a page drafts: their fields, and what they mean.
///
/// Commissioning and keys are not among them: those are done at the bedside with the pump's own papers.
enum OrderForm: String, CaseIterable, Sendable {
  case safeRate, suspend, resume, mri, clinicianBolus, limits, envelope, catheter
  case clearOverDelivery, setClock

  var title: String {
    switch self {
    case .safeRate: "Go to the safe rate"
    case .suspend: "Suspend"
    case .resume: "Resume"
    case .mri: "Prepare for MRI"
    case .clinicianBolus: "Bolus"
    case .limits: "Limits and safe rate"
    case .envelope: "Envelope for remote orders"
    case .catheter: "Catheter revised"
    case .clearOverDelivery: "Clear over-delivery"
    case .setClock: "Set the clock"
    }
  }

  /// What it does, before anything is filled in.
  var meaning: String {
    switch self {
    case .safeRate: "The pump gives its safe rate until an order resumes therapy."
    case .suspend: "Nothing is delivered for at most 4 h, then the pump goes on by itself."
    case .resume: "Therapy goes on with the program in force."
    case .mri: "Nothing is delivered for at most 2 h, then the pump goes on by itself."
    case .clinicianBolus: "One dose at the bedside. The order is good for 10 min."
    case .limits: "Limits, safe rate and marks change; the program goes on."
    case .envelope: "How far remote orders may go, how far apart, and with what delay."
    case .catheter: "The fluid path is another one: its volume, and whether it is full."
    case .clearOverDelivery:
      "After somebody has looked for overdose: the pump leaves its safe rate."
    case .setClock: "The pump's clock is set to the clinic's."
    }
  }

  /// Whether the pump takes it from a distance at all (contract: authority.md).
  var isRemotePossible: Bool { self == .safeRate || self == .resume }

  /// How long it is good for, unless somebody chooses otherwise.
  var validity: String { self == .clinicianBolus ? "10 min" : "24 h" }

  /// - Parameters:
  ///   - record: tells mixture, limits and settings in force.
  ///   - settings: of the clinic.
  /// - Returns: the fields of its own; those of every order come after them.
  func fields(_ record: PatientRecord, _ settings: ClinicSettings) -> [Field] {
    switch self {
    case .safeRate, .resume, .clearOverDelivery, .setClock: []
    case .suspend:
      [Field("for", "For", .quantity(["h", "min"]), value: "1 h", hint: "At most 4 h.")]
    case .mri: [Field("for", "For", .quantity(["h", "min"]), value: "1 h", hint: "At most 2 h.")]
    case .clinicianBolus: Self.bolus(record)
    case .limits:
      record.reservoir.map {
        ProgramForm(fluid: $0.fluid, state: .fresh).limitFields
      } ?? []
    case .envelope: Self.envelope(settings.envelope)
    case .catheter:
      [
        Field(
          "pathVolume",
          "Volume of the fluid path",
          .quantity(["mL"]),
          hint: "Tubing of the pump and catheter together."
        ),
        Field(
          "path",
          "The path is",
          .choice([("", "choose one"), ("full", "full of drug"), ("empty", "empty: to be primed")])
        ),
      ]
    }
  }

  private static func bolus(_ record: PatientRecord) -> [Field] {
    let drugs = record.reservoir?.fluid.drugs ?? []
    let isMilligram = drugs.first.map(AmountWords.isMilligram) ?? false
    var fields = [
      Field("volume", "Dose", .quantity((isMilligram ? ["mg", "ug"] : ["ug", "mg"]) + ["mL"])),
      Field("over", "Given over", .quantity(["min"])),
    ]
    if drugs.count > 1 {
      fields.append(
        Field(
          "of",
          "The dose is of",
          .choice([("", "choose one")] + drugs.map { ($0.name, $0.name) })
        )
      )
    }
    return fields
  }

  /// The bounds of remote orders, as the clinic's settings and an order of the envelope have them.
  static func envelope(_ now: EnvelopeDefaults) -> [Field] {
    [
      Field("stepPercent", "One step, at most %", .whole, value: "\(now.stepPercent)"),
      Field("weekPercent", "In 7 days, at most %", .whole, value: "\(now.weekPercent)"),
      Field(
        "betweenIncreases",
        "Between increases",
        .quantity(["h"]),
        value: "\(now.betweenIncreases.milliseconds / 3_600_000) h"
      ),
      Field(
        "delay",
        "Delay of an increase",
        .quantity(["min"]),
        value: "\(now.delay.milliseconds / 60_000) min"
      ),
      Field(
        "bedsideAge",
        "Good after a bedside session for",
        .quantity(["d"]),
        value: "\(now.bedsideAge.milliseconds / 86_400_000) d"
      ),
    ]
  }

  /// What stands in the fields before anyone types.
  func typed(_ record: PatientRecord) -> [String: String] {
    guard self == .limits, let program = record.program else { return [:] }
    var typed = ProgramEntry(program.program).typed
    typed["validFor"] = validity
    return typed
  }

  // MARK: As a draft

  /// The draft as `cisterna order new` takes it (docs/signer.md).
  ///
  /// - Throws: the first field that is not what it must be.
  func members(_ form: FormFields, _ record: PatientRecord) throws(WebError) -> [JSONMember] {
    var members = [JSONMember(name: "do", value: .string(rawValue))]
    func add(_ name: String, _ unit: String) throws(WebError) {
      guard let text = try form.quantity(name, unit: unit) else {
        throw FormFields.fault(name, given: nil, expected: "a number of \(unit)")
      }
      members.append(JSONMember(name: name, value: .string(text)))
    }
    let drugs = record.reservoir?.fluid.drugs.map(\.name) ?? []
    switch self {
    case .safeRate, .resume, .clearOverDelivery, .setClock: break
    case .suspend, .mri: try add("for", "h")
    case .clinicianBolus:
      if drugs.count > 1 { _ = try form.needed("of", "the drug that the dose is of") }
      let writing = ProgramWriting(form: form, drugs: drugs)
      guard let volume = try writing.amount("volume", "ug") else {
        throw FormFields.fault("volume", given: nil, expected: "a dose")
      }
      members.append(JSONMember(name: "volume", value: volume))
      try add("over", "min")
    case .limits:
      let writing = ProgramWriting(form: form, drugs: drugs)
      members.append(JSONMember(name: "limits", value: try writing.standing))
    case .envelope: members.append(JSONMember(name: "envelope", value: try Self.envelope(form)))
    case .catheter:
      try add("pathVolume", "mL")
      let path = try form.needed("path", "full or empty")
      members.append(JSONMember(name: "path", value: .string(path)))
    }
    return members
  }

  private static func envelope(_ form: FormFields) throws(WebError) -> JSONValue {
    var members: [JSONMember] = []
    for name in ["stepPercent", "weekPercent"] {
      guard let percent = try form.whole(name) else {
        throw FormFields.fault(name, given: nil, expected: "a whole number of percent")
      }
      members.append(JSONMember(name: name, value: .number("\(percent)")))
    }
    for (name, unit) in [("betweenIncreases", "h"), ("delay", "min"), ("bedsideAge", "d")] {
      guard let text = try form.quantity(name, unit: unit) else {
        throw FormFields.fault(name, given: nil, expected: "a number of \(unit)")
      }
      members.append(JSONMember(name: name, value: .string(text)))
    }
    return .object(members)
  }
}
