import Formulary
import JSONText
import PumpScenario

/// A calculator's inputs as the fields of a form, named by their paths.
struct PlanForm {
  let name: PlanName
  let query: FormFields

  /// As many objects of a list as the form has rows for.
  private static let rows = 3

  /// What stands in the fields: what was asked, or the calculator's own example.
  var typed: [String: String] {
    guard query.names.isEmpty else {
      return Dictionary(uniqueKeysWithValues: query.names.map { ($0, query[$0] ?? "") })
    }
    var typed: [String: String] = [:]
    do { Self.fill(&typed, try JSONValue(parsing: Array(name.example.utf8)), "") } catch {
      return [:]
    }
    return typed
  }

  private static func fill(_ typed: inout [String: String], _ value: JSONValue, _ path: String) {
    func inside(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch value {
    case .object(let members):
      typed[path] = text(value)
      for member in members { fill(&typed, member.value, inside(member.name)) }
    case .array(let values):
      typed[path] = text(value)
      for (index, value) in values.enumerated() { fill(&typed, value, inside("\(index)")) }
    default: typed[path] = text(value)
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text), .number(let text): return text
    case .array(let values)
    where values.allSatisfy({ if case .string = $0 { true } else { false } }):
      return values.map(text).joined(separator: ", ")
    default:
      var writer = JSONWriter(capacity: 64)
      writer.value(value)
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }

  /// The fields, each object in a group of its own; further objects of a list are folded while empty.
  func markup(_ state: FormState) -> Markup {
    name.inputs.map { Self.markup($0, "", isOptional: false, state) }.joined()
  }

  private static func markup(
    _ input: PlanInput,
    _ path: String,
    isOptional: Bool,
    _ state: FormState
  ) -> Markup {
    let here = path.isEmpty ? input.name : "\(path).\(input.name)"
    let title = NameWords.capital(NameWords.spaced(input.name))
    switch input {
    case .field(_, _, let hint, let mayMiss):
      return Field(here, title, hint: hint, isRequired: !mayMiss && !isOptional).markup(state)
    case .group(_, let inputs, let mayMiss):
      let inside = inputs.map { markup($0, here, isOptional: mayMiss || isOptional, state) }
      return group(title, inside.joined())
    case .list(_, let inputs):
      let one = title.hasSuffix("s") ? String(title.dropLast()) : title
      return (0..<rows).map { row in
        let path = "\(here).\(row)"
        let inside = inputs.map { markup($0, path, isOptional: row > 0 || isOptional, state) }
        let fields = group("\(one) \(row + 1)", inside.joined())
        guard row > 0 else { return fields }
        let isTyped = state.typed.contains { $0.key.hasPrefix("\(path).") && !$0.value.isEmpty }
        return Piece.details("\(one) \(row + 1)", isOpen: isTyped, fields)
      }.joined()
    }
  }

  private static func group(_ legend: String, _ content: Markup) -> Markup {
    .made("<fieldset><legend>\(HTML.escaped(legend))</legend>\n\(content.html)</fieldset>\n")
  }

  /// What the calculator says to the fields.
  var outcome: Result<PlanResult, PlanError> {
    let members = name.inputs.compactMap { input in
      value(input, "").map { JSONMember(name: input.name, value: $0) }
    }
    do { return .success(try Planner.plan(name, PlanRequest(root: .object(members)))) } catch {
      return .failure(error)
    }
  }

  private func value(_ input: PlanInput, _ path: String) -> JSONValue? {
    let here = path.isEmpty ? input.name : "\(path).\(input.name)"
    switch input {
    case .field(_, let kind, _, _):
      guard let text = query.text(here) else { return nil }
      return Self.value(text, kind)
    case .group(_, let inputs, _): return object(inputs, here)
    case .list(_, let inputs):
      let rows = (0..<Self.rows).compactMap { object(inputs, "\(here).\($0)") }
      return rows.isEmpty ? nil : .array(rows)
    }
  }

  private func object(_ inputs: [PlanInput], _ path: String) -> JSONValue? {
    let members = inputs.compactMap { input in
      value(input, path).map { JSONMember(name: input.name, value: $0) }
    }
    return members.isEmpty ? nil : .object(members)
  }

  private static func value(_ text: String, _ kind: PlanInput.Kind) -> JSONValue {
    var isJSON = text.hasPrefix("{") || text.hasPrefix("[")
    if case .json = kind { isJSON = true }
    if isJSON {
      do { return try JSONValue(parsing: Array(text.utf8)) } catch { return .string(text) }
    }
    guard case .texts = kind else { return .string(text) }
    return .array(
      text.split(separator: ",").map { part in
        .string(String(part.drop { $0 == " " }))
      }
    )
  }

  /// The field of a path such as `$.drugs[0].dose`.
  func field(of path: String) -> String {
    String(path.dropFirst(2)).replacing("[", with: ".").replacing("]", with: "")
  }
}
