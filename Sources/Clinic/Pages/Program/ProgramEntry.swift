import JSONText
import PumpScenario
import Therapy

/// A program as a form has it: what is typed becomes the JSON of a program, and back.
struct ProgramEntry {
  /// As many steps of a day as the form has rows for.
  static let stepsMax = 12

  /// By the form's field names.
  let typed: [String: String]

  /// The fields that show a program; those of a week's pattern are shown as text only.
  ///
  /// Its prime was given when it began and belongs to no other program: those fields stay empty.
  init(_ program: ProgramJSON) {
    var typed: [String: String] = [:]
    if let root = Self.parsed(program.text) {
      Self.fill(&typed, root)
    }
    typed["text"] = program.text
    self.typed = typed
  }

  private static func parsed(_ text: String) -> JSONValue? {
    do { return try JSONValue(parsing: Array(text.utf8)) } catch { return nil }
  }

  private static func fill(_ typed: inout [String: String], _ root: JSONValue) {
    let basal = root["basal"]
    typed["mode"] = basal?["mode"]?.words ?? "constant"
    typed["rate"] = basal?["rate"]?.amount
    for name in ["dose", "over", "every", "background"] {
      typed["periodic.\(name)"] = basal?[name]?.amount
    }
    if case .array(let steps) = basal?["steps"] {
      for (index, step) in steps.prefix(stepsMax).enumerated() {
        typed["step.\(index).at"] = step["at"]?.words
        typed["step.\(index).rate"] = step["rate"]?.amount
      }
    }
    for name in ["volume", "over", "lockout", "maxPer24h"] {
      typed["patientDose.\(name)"] = root["patientDose"]?[name]?.amount
    }
    for name in ["rate", "volume"] { typed["bridge.\(name)"] = root["bridge"]?[name]?.amount }
    let limits = root["limits"]
    typed["limits.maxRate"] = limits?["maxRate"]?.amount
    typed["limits.maxVolumePer24h"] = limits?["maxVolumePer24h"]?.amount
    if case .object(let doses) = limits?["maxDosePer24h"] {
      for dose in doses { typed["limits.dose.\(dose.name)"] = dose.value.amount }
    }
    for name in ["safeRate", "restartGap", "lowReservoir"] { typed[name] = root[name]?.amount }
    typed["of"] = basal?["rate"]?["of"]?.words
  }

  /// The JSON of what was typed; a text that was changed goes before the fields.
  ///
  /// - Parameters:
  ///   - form: as it came.
  ///   - drugs: of the fluid; a dose of a mixture names its drug.
  ///   - shown: the text that the form began with.
  /// - Returns: what is typed, well formed or not.
  /// - Throws: the first number that is none, at its field.
  static func program(
    _ form: FormFields,
    drugs: [String],
    shown: String?
  ) throws(WebError) -> ProgramJSON {
    if let text = form.text("text"), text != shown?.trimmedLines { return ProgramJSON(text) }
    var writer = JSONWriter(capacity: 512)
    writer.value(.object(try ProgramWriting(form: form, drugs: drugs).members))
    return ProgramJSON(String(decoding: writer.bytes, as: UTF8.self))
  }

  /// The form's field of a path of the program, as in `$.program.basal.rate`.
  static func field(of path: String) -> String? {
    let rest = path.split(separator: ".").filter { $0 != "$" && $0 != "program" }
    guard let first = rest.first else { return nil }
    let words = rest.joined(separator: ".")
    if first == "basal" {
      if let open = words.firstIndex(of: "["), let close = words.firstIndex(of: "]") {
        let index = words[words.index(after: open)..<close]
        return "step.\(index).\(words.hasSuffix("at") ? "at" : "rate")"
      }
      return words == "basal.rate" ? "rate" : words.replacing("basal.", with: "periodic.")
    }
    if words.hasPrefix("limits.maxDosePer24h.") {
      return "limits.dose.\(words.dropFirst("limits.maxDosePer24h.".count))"
    }
    return words
  }
}

extension String {
  fileprivate var trimmedLines: String {
    let blank: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    return String(drop(while: blank).reversed().drop(while: blank).reversed())
  }
}

extension JSONValue {
  fileprivate subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  fileprivate var words: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// A text, a number, or the dose of an object that names its drug.
  fileprivate var amount: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .object: self["dose"]?.words
    default: nil
    }
  }
}
