import JSONText
import PumpScenario

/// Asks for the inputs of a calculator one by one, and refuses a bad one at once.
///
/// It judges an answer by the calculator itself: each is tried with the inputs so far, and is refused
/// where the first fault is its own. So there is no second set of rules for the dialogue.
public struct PlanDialogue: Sendable {
  private enum Step {
    case input(PlanInput, path: [PlanPathPart])
    /// Whether the list gets one more element.
    case more(PlanInput, path: [PlanPathPart], index: Int)
    /// Whether an optional group is there.
    case whether(PlanInput, path: [PlanPathPart])
  }

  public let name: PlanName
  private var root = JSONValue.object([])
  private var pending: [Step]
  private var asked: [Step] = []

  public init(_ name: PlanName) {
    self.name = name
    pending = name.inputs.map { .input($0, path: []) }
    unfold()
  }

  /// What is to be answered next; nothing where all is known.
  public var prompt: String? {
    switch pending.first {
    case nil: nil
    case .more(let input, let path, _):
      "another of \(text(path + [.member(input.name)]))? (y/n)"
    case .whether(let input, let path):
      "is there a \(text(path + [.member(input.name)]))? (y/n)"
    case .input(let input, let path): prompt(input, path + [.member(input.name)])
    }
  }

  private func prompt(_ input: PlanInput, _ path: [PlanPathPart]) -> String {
    guard case .field(_, _, let hint, let isOptional) = input else { return input.name }
    var expected = hint
    // What the calculator says of a field that is missing.
    if expected == nil, let fault = fault(), fault.path == jsonPath(path),
      let mark = fault.message.firstRange(of: "expected ")
    {
      expected = String(fault.message[mark.upperBound...])
    }
    let words = expected.map { " (\($0))" } ?? ""
    return "\(text(path))\(words)\(isOptional ? ", or nothing" : "")"
  }

  /// Takes an answer.
  ///
  /// - Parameter answer: as typed.
  /// - Returns: why it is refused, on one line; nothing where it was taken and the next is asked.
  public mutating func answer(_ answer: String) -> String? {
    let answer = Self.trimmed(answer)
    guard let step = pending.first else { return nil }
    switch step {
    case .more(let input, let path, let index):
      guard let isYes = Self.yesOrNo(answer) else { return "answer y or n" }
      pending.removeFirst()
      if isYes { pending.insert(contentsOf: elements(input, path, index), at: 0) }
    case .whether(let input, let path):
      guard let isYes = Self.yesOrNo(answer) else { return "answer y or n" }
      pending.removeFirst()
      if isYes { pending.insert(contentsOf: members(input, path), at: 0) }
    case .input(let input, let path):
      if let refusal = take(answer, input, path + [.member(input.name)]) { return refusal }
      pending.removeFirst()
      asked.append(step)
    }
    unfold()
    if pending.isEmpty { return askAgain() }
    return nil
  }

  /// The request that the answers make up.
  public var request: PlanRequest { PlanRequest(root: root) }

  // MARK: Answers

  private mutating func take(_ answer: String, _ input: PlanInput, _ path: [PlanPathPart])
    -> String?
  {
    guard case .field(_, let kind, _, let isOptional) = input else { return nil }
    if answer.isEmpty {
      if isOptional {
        root = root.setting(nil, at: path[...])
        return nil
      }
      return "it is needed"
    }
    guard let value = Self.value(answer, kind) else { return "it is no number, list or object" }
    let before = root
    root = root.setting(value, at: path[...])
    guard let fault = fault() else { return nil }
    let place = jsonPath(path)
    guard
      fault.path == place || fault.path.hasPrefix("\(place).")
        || fault.path.hasPrefix("\(place)[")
    else { return nil }
    root = before
    return fault.message
  }

  /// The first fault of what is known so far.
  private func fault() -> PlanError? {
    do {
      _ = try Planner.plan(name, request)
      return nil
    } catch {
      return error
    }
  }

  /// Where the last answer has shown that an earlier one is bad: that is asked again.
  private mutating func askAgain() -> String? {
    guard let fault = fault() else { return nil }
    for step in asked.reversed() {
      guard case .input(let input, let path) = step else { continue }
      let place = jsonPath(path + [.member(input.name)])
      guard
        fault.path == place || fault.path.hasPrefix("\(place).")
          || place.hasPrefix(fault.path)
      else { continue }
      pending = [step]
      return fault.description
    }
    return nil
  }

  private static func value(_ answer: String, _ kind: PlanInput.Kind) -> JSONValue? {
    let isJSON = kind == .json || answer.hasPrefix("{") || answer.hasPrefix("[")
    guard isJSON else {
      guard kind == .texts else { return .string(answer) }
      return .array(answer.split(separator: ",").map { .string(trimmed($0)) })
    }
    do { return try JSONValue(parsing: Array(answer.utf8)) } catch { return nil }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }

  private static func yesOrNo(_ answer: String) -> Bool? {
    switch answer.lowercased() {
    case "y", "yes": true
    case "n", "no", "": false
    default: nil
    }
  }

  // MARK: Order

  /// Puts the fields of groups and lists in the place of those that come next.
  private mutating func unfold() {
    while case .input(let input, let path) = pending.first {
      switch input {
      case .field: return
      case .group(_, _, let isOptional):
        pending.removeFirst()
        pending.insert(
          contentsOf: isOptional ? [.whether(input, path: path)] : members(input, path),
          at: 0
        )
      case .list:
        pending.removeFirst()
        pending.insert(contentsOf: elements(input, path, 0), at: 0)
      }
    }
  }

  private func members(_ input: PlanInput, _ path: [PlanPathPart]) -> [Step] {
    guard case .group(let name, let inputs, _) = input else { return [] }
    return inputs.map { .input($0, path: path + [.member(name)]) }
  }

  private func elements(_ input: PlanInput, _ path: [PlanPathPart], _ index: Int) -> [Step] {
    guard case .list(let name, let inputs) = input else { return [] }
    let place = path + [.member(name), .element(index)]
    return inputs.map { .input($0, path: place) } + [.more(input, path: path, index: index + 1)]
  }

  // MARK: Paths

  private func jsonPath(_ path: [PlanPathPart]) -> String {
    path.reduce(JSONPath.root) { before, part in
      switch part {
      case .member(let name): JSONPath.member(name, of: before)
      case .element(let index): JSONPath.element(index, of: before)
      }
    }
  }

  /// As people read it: `drugs 1 dose`.
  private func text(_ path: [PlanPathPart]) -> String {
    path.map { part in
      switch part {
      case .member(let name): PlanName.words(name)
      case .element(let index): String(index + 1)
      }
    }.joined(separator: " ")
  }
}

/// A step of the way to a value of the request.
private enum PlanPathPart {
  case member(String)
  case element(Int)
}

extension JSONValue {
  /// The value with another one at a place; what leads to it is made, nothing takes it out.
  fileprivate func setting(_ value: JSONValue?, at path: ArraySlice<PlanPathPart>) -> JSONValue {
    guard let part = path.first else { return value ?? .null }
    let rest = path.dropFirst()
    switch part {
    case .member(let name):
      var members: [JSONMember] = []
      if case .object(let old) = self { members = old }
      let place = members.firstIndex { $0.name == name }
      if rest.isEmpty, value == nil {
        if let place { members.remove(at: place) }
        return .object(members)
      }
      let inner = place.map { members[$0].value } ?? .object([])
      let member = JSONMember(name: name, value: inner.setting(value, at: rest))
      if let place { members[place] = member } else { members.append(member) }
      return .object(members)
    case .element(let index):
      var elements: [JSONValue] = []
      if case .array(let old) = self { elements = old }
      while elements.count <= index { elements.append(.object([])) }
      elements[index] = elements[index].setting(value, at: rest)
      return .array(elements)
    }
  }
}
