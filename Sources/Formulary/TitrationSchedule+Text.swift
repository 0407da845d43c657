extension TitrationSchedule {
  /// A schedule as a sheet.
  ///
  /// - Parameters:
  ///   - result: of ``plan(_:)``.
  ///   - width: columns; at least 60 are used.
  /// - Returns: the text; its last line ends.
  public static func text(_ result: PlanResult, width: Int = 80) -> String {
    let width = max(60, width)
    var lines = ["CISTERNA PLAN SCHEDULE", "A proposal for the prescriber to judge.", ""]
    lines += CompareLines.findings("REFUSED", result.refused.map(CompareFinding.init), width)
    for line in result.working {
      lines += indented(line, width)
    }
    lines.append("")
    if case .text(let why)? = result["why"] {
      lines += CompareLines.wrapped("The target is NOT reached: \(why).", to: width)
    } else {
      let whose = result["lastStep"] == nil ? "" : ", which is the prescriber's alone to order"
      lines.append("The target is reached with the last step\(whose).")
    }
    lines.append("")
    if let observe = observations(result) {
      lines.append("OBSERVE AFTER EACH STEP")
      lines += observe.flatMap { indented($0, width) }
      lines.append("")
    }
    if case .list(let stops)? = result["stop"] {
      lines.append("STOP")
      for case .text(let stop) in stops { lines += indented(stop, width) }
      lines.append("")
    }
    lines += CompareLines.findings("WARNINGS", result.warnings.map(CompareFinding.init), width)
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What to look for, each once.
  private static func observations(_ result: PlanResult) -> [String]? {
    guard case .list(let steps)? = result["steps"], !steps.isEmpty else { return nil }
    var texts: [String] = []
    for case .object(let members) in steps {
      guard let member = members.first(where: { $0.name == "observe" }),
        case .text(let text) = member.value, !texts.contains(text)
      else { continue }
      texts.append(text)
    }
    return texts
  }

  private static func indented(_ text: String, _ width: Int) -> [String] {
    CompareLines.wrapped(text, to: width - 4).enumerated()
      .map { ($0 == 0 ? "  " : "    ") + $1 }
  }
}
