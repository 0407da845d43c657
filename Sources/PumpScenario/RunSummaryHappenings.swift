public import PumpCore
import Quantities

extension RunSummary {
  /// The events in words: one by one where they are few, counted where they are many.
  func happenings() -> [String] {
    var groups: [(words: String, times: [PumpTime])] = []
    var places: [String: Int] = [:]
    for entry in story.run.events {
      guard let words = words(for: entry.event) else { continue }
      if let place = places[words.kind] {
        groups[place].times.append(entry.time)
      } else {
        places[words.kind] = groups.count
        groups.append((words.kind, [entry.time]))
      }
    }
    let counted = Set(groups.filter { $0.times.count > 5 }.map(\.words))
    var lines = ["WHAT HAPPENED"]
    for group in groups where counted.contains(group.words) {
      guard let first = group.times.first, let last = group.times.last else { continue }
      let span = "\(Figures.clock(first)) to \(Figures.clock(last))"
      let count = Figures.grouped(Int64(group.times.count))
      lines += entryLines(count + " ×", "\(group.words), \(span)")
    }
    let listed = story.run.events.compactMap { entry -> (time: PumpTime, words: String)? in
      guard let words = words(for: entry.event), !counted.contains(words.kind) else { return nil }
      return (entry.time, words.line)
    }
    let most = 60
    for (time, words) in listed.prefix(most) { lines += entryLines(Figures.clock(time), words) }
    if listed.count > most { lines += entryLines("…", "and \(listed.count - most) more") }
    return lines.count > 1 ? lines : lines + ["  nothing"]
  }

  /// A time or a count in a column of its own beside wrapped words.
  private func entryLines(_ head: String, _ words: String) -> [String] {
    wrapped(words, to: width - 17).enumerated().map { index, line in
      "  " + padded(index == 0 ? head : "", to: 13, atEnd: true) + "  " + line
    }
  }

  /// An event in words: as a line with its figures, and as a kind to count by.
  ///
  /// - Returns: nothing for what the table, the list of alarms or another event tells already.
  private func words(for event: PumpEvent) -> (line: String, kind: String)? {
    func plain(_ words: String) -> (String, String) { (words, words) }
    switch event {
    case .programActivated: return plain("program activated")
    case .programRefused(let refusal):
      return plain("program REFUSED: \(refusal.words); the one before stays in force")
    case .primeStarted: return plain("prime started")
    case .primeEnded: return plain("prime ended")
    case .bridgeStarted: return plain("bridge started")
    case .bridgeEnded: return plain("bridge ended")
    case .stepChanged(let rate): return ("step to \(rate.text)", "step of the schedule")
    case .bolusStarted(let kind, let volume):
      switch kind {
      case .prime: return nil
      case .patient: return plain("patient dose of \(volume.text) accepted")
      case .clinician, .periodic: return plain("\(kind.jsonName) bolus of \(volume.text) started")
      }
    case .bolusEnded: return nil
    case .bolusAbandoned(let kind, let remaining):
      return (
        "\(kind.jsonName) bolus abandoned, \(remaining.text) of it not given",
        "\(kind.jsonName) bolus abandoned"
      )
    case .bolusSkipped: return plain("periodic bolus skipped")
    case .patientDoseAccepted: return nil
    case .patientDoseRefused(let refusal):
      return plain("patient dose refused: \(refusal.jsonName)")
    case .clinicianBolusRefused(let refusal):
      return plain("clinician bolus refused: \(refusal.jsonName)")
    case .halted(let reason): return plain("HALTED: \(reason.jsonName)")
    case .resumed: return plain("resumed")
    case .alarmRaised, .alarmRepeated, .alarmAcknowledged, .alarmCleared: return nil
    case .refilled(let expected, let aspirated, let previousFill):
      let ratio = PumpRun.refillRatio(
        expected: expected,
        aspirated: aspirated,
        previousFill: previousFill
      )
      let used = ratio.map { ", used \(Self.percent($0)) of what was counted" } ?? ""
      return (
        "refilled: \(aspirated.text) aspirated, \(expected.text) expected\(used)",
        "refilled"
      )
    case .refillRefused(let refusal): return plain("refill REFUSED: \(refusal.code.jsonName)")
    case .safeRateEntered(let reason): return plain("SAFE RATE entered: \(reason.jsonName)")
    case .safeRateLeft(let reason): return plain("safe rate left: \(reason.jsonName)")
    case .clockSet: return plain("clock set")
    case .reset: return plain("reset after a power loss")
    case .programRestored: return plain("program restored from its twin copy")
    case .catheterSet: return plain("catheter set")
    }
  }

  private static func percent(_ ratio: Double) -> String {
    let perMille = Int64((ratio * 1_000).rounded())
    return Figures.decimal(perMille, per: 10, places: 1) + " %"
  }

  /// Each alarm with when it came, was acknowledged and went.
  func alarms() -> [String] {
    let spans = story.alarmSpans()
    guard !spans.isEmpty else { return ["ALARMS", "  none"] }
    var lines = ["ALARMS"]
    let header = ["", "raised", "acknowledged", "cleared", "repeats"]
    let rows = spans.prefix(40).map { span in
      [
        (span.alarm.priority == .high ? "HIGH    " : "medium  ") + span.alarm.title,
        Figures.clock(span.raised),
        span.acknowledged.map(Figures.clock) ?? "NOT YET",
        span.cleared.map(Figures.clock) ?? (span.raisedAgain == nil ? "STILL ON" : "came again"),
        span.repeats == 0 ? "-" : Figures.grouped(Int64(span.repeats)),
      ]
    }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    for row in [header] + rows {
      let cells = row.enumerated().map { index, cell in
        padded(cell, to: widths[index], atEnd: index > 0)
      }
      lines.append("  " + cells.joined(separator: "  "))
    }
    if spans.count > 40 { lines.append("  … and \(spans.count - 40) more") }
    return lines
  }
}

extension ProgramRefusal {
  /// The reason and both figures.
  public var words: String {
    switch self {
    case .modelRange(let given, let limit):
      "\(code.jsonName): \(given.text) is outside of the model's range, whose bound is \(limit.text)"
    case .rateLimit(let planned, let limit):
      "\(code.jsonName): up to \(planned.text) planned, \(limit.text) allowed"
    case .volumeLimit(let planned, let limit):
      "\(code.jsonName): up to \(planned.text) planned in 24 h, \(limit.text) allowed"
    case .primeNotAllowed:
      "\(code.jsonName): the path is not known to be empty, or something but the program holds delivery"
    case .primeTooLarge(let given, let limit):
      "\(code.jsonName): \(given.text) is too much, at most \(limit.text) (1.1 × the fluid path)"
    }
  }
}
