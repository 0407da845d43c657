import JSONText

/// Writes the JSON of a program from the fields of its form.
struct ProgramWriting {
  let form: FormFields
  /// Of the fluid, the first one first.
  let drugs: [String]

  private typealias Members = [(String, JSONValue?)]

  var members: [JSONMember] {
    get throws(WebError) {
      var root: Members = [("basal", Self.object(try basal)), ("limits", Self.object(try limits))]
      root += try marks
      if form.text("patientDose.volume") != nil {
        root.append(("patientDose", Self.object(try patientDose)))
      }
      if form.text("prime.volume") != nil {
        root.append(
          (
            "prime",
            Self.object([
              ("volume", try plain("prime.volume", "mL")), ("over", try plain("prime.over", "min")),
            ])
          )
        )
      }
      if form.text("bridge.rate") != nil { root.append(("bridge", Self.object(try bridge))) }
      return Self.filled(root)
    }
  }

  private static func filled(_ members: Members) -> [JSONMember] {
    members.compactMap { pair in pair.1.map { JSONMember(name: pair.0, value: $0) } }
  }

  private static func object(_ members: Members) -> JSONValue { .object(filled(members)) }

  private func plain(_ name: String, _ unit: String) throws(WebError) -> JSONValue? {
    try form.quantity(name, unit: unit).map(JSONValue.string)
  }

  /// A rate or a dose; a dose of a mixture has to say of which drug it is.
  func amount(_ name: String, _ unit: String) throws(WebError) -> JSONValue? {
    guard let text = try form.quantity(name, unit: unit) else { return nil }
    let isDose = text.contains("g") && !text.contains("L")
    guard isDose, drugs.count > 1, let main = form.text("of") ?? drugs.first else {
      return .string(text)
    }
    return .object([
      JSONMember(name: "dose", value: .string(text)), JSONMember(name: "of", value: .string(main)),
    ])
  }

  /// Limits, safe rate and marks as an order of limits has them.
  var standing: JSONValue {
    get throws(WebError) { Self.object(try limits + (try marks)) }
  }

  private var marks: Members {
    get throws(WebError) {
      [
        ("safeRate", try amount("safeRate", "mL/d")),
        ("restartGap", try plain("restartGap", "h")),
        ("lowReservoir", try plain("lowReservoir", "mL")),
      ]
    }
  }

  private var limits: Members {
    get throws(WebError) {
      var doses: Members = []
      for drug in drugs { doses.append((drug, try plain("limits.dose.\(drug)", "ug"))) }
      return [
        ("maxRate", try amount("limits.maxRate", "mL/d")),
        ("maxVolumePer24h", try amount("limits.maxVolumePer24h", "mL")),
        ("maxDosePer24h", Self.object(doses)),
      ]
    }
  }

  private var patientDose: Members {
    get throws(WebError) {
      [
        ("volume", try amount("patientDose.volume", "mL")),
        ("over", try plain("patientDose.over", "min")),
        ("lockout", try plain("patientDose.lockout", "h")),
        ("maxPer24h", form.text("patientDose.maxPer24h").map(JSONValue.number)),
      ]
    }
  }

  private var bridge: Members {
    get throws(WebError) {
      [
        ("rate", try amount("bridge.rate", "mL/d")), ("volume", try amount("bridge.volume", "mL")),
      ]
    }
  }

  private var basal: Members {
    get throws(WebError) {
      let mode = form.text("mode") ?? "constant"
      var members: Members = [("mode", .string(mode))]
      switch mode {
      case "constant": members.append(("rate", try amount("rate", "ug/d")))
      case "daily": members.append(("steps", .array(try steps)))
      case "periodic":
        members += [
          ("dose", try amount("periodic.dose", "ug")), ("over", try plain("periodic.over", "min")),
          ("every", try plain("periodic.every", "h")),
          ("background", try amount("periodic.background", "ug/d")),
        ]
      default: break
      }
      return members
    }
  }

  /// The rows that have a rate; one whose time is missing says so when it is read.
  private var steps: [JSONValue] {
    get throws(WebError) {
      var steps: [JSONValue] = []
      for index in 0..<ProgramEntry.stepsMax {
        guard let rate = try amount("step.\(index).rate", "ug/d") else { continue }
        let at = form.text("step.\(index).at").map { String($0.prefix(5)) } ?? ""
        steps.append(
          .object([
            JSONMember(name: "at", value: .string(at)), JSONMember(name: "rate", value: rate),
          ])
        )
      }
      return steps
    }
  }
}
