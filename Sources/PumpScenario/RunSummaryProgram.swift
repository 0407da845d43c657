import PumpCore
import Quantities

extension Program {
  /// The basal in words, one line for each pattern of a schedule.
  func basalWords(minimum: FlowRate) -> [String] {
    switch basal {
    case .stopped: return ["stopped: no delivery"]
    case .minimum: return ["minimum rate, \(minimum.text), to keep the catheter open"]
    case .constant(let rate): return ["constant \(rate.text)"]
    case .scheduled: return scheduleWords()
    case .periodic(let dose, let over, let every, let background):
      let bolus = "\(dose.text) over \(over.text) every \(every.text)"
      return [background == .zero ? bolus : "\(bolus), on top of \(background.text)"]
    }
  }

  private func scheduleWords() -> [String] {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return (0..<schedule.patternCount).map { pattern in
      let steps = (0..<schedule.stepCount(of: pattern)).map { index in
        let step = schedule.step(index, of: pattern)
        let minute = Int64(step.minute)
        return "\(Figures.two(minute / 60)):\(Figures.two(minute % 60)) \(step.rate.text)"
      }
      let days = names.indices.filter { schedule.pattern(ofDay: $0) == pattern }
      let label = days.count == 7 ? "daily" : days.map { names[$0] }.joined(separator: " ")
      return "\(label): " + steps.joined(separator: ", ")
    }
  }

  /// What basal and periodic boluses give in 24 h: on the least and on the most busy day.
  func dailyVolumes(minimum: FlowRate) -> ClosedRange<Volume> {
    switch basal {
    case .stopped: return .zero ... .zero
    case .minimum: return Volume(rateOfDay: minimum)...Volume(rateOfDay: minimum)
    case .constant(let rate): return Volume(rateOfDay: rate)...Volume(rateOfDay: rate)
    case .periodic(let dose, _, let every, let background):
      let bolus = dose.nanolitres * 86_400_000 / max(1, every.milliseconds)
      let total = Volume(nanolitres: bolus + background.nanolitresPerDay)
      return total...total
    case .scheduled:
      let used = Set((0..<7).map { schedule.pattern(ofDay: $0) })
      let totals = used.map { dailyVolume(ofPattern: $0) }
      guard let least = totals.min(), let most = totals.max() else { return .zero ... .zero }
      return least...most
    }
  }

  /// One day of a pattern; the last step holds over midnight.
  private func dailyVolume(ofPattern pattern: Int) -> Volume {
    let count = schedule.stepCount(of: pattern)
    var minutes: Int64 = 0
    for index in 0..<count {
      let step = schedule.step(index, of: pattern)
      let isLast = index == count - 1
      let next = isLast ? schedule.step(0, of: pattern).minute + 1_440 : nextMinute(index, pattern)
      minutes += Int64(next - step.minute) * step.rate.nanolitresPerDay
    }
    return Volume(nanolitres: Rounding.halfEven(minutes, over: 1_440) ?? 0)
  }

  private func nextMinute(_ index: Int, _ pattern: Int) -> Int {
    schedule.step(index + 1, of: pattern).minute
  }
}

extension Volume {
  /// What a rate moves in 24 h.
  fileprivate init(rateOfDay rate: FlowRate) {
    self.init(nanolitres: rate.nanolitresPerDay)
  }
}

// MARK: - As lines of the heading

extension RunSummary {
  /// The first program, and what the later ones change.
  func programs() -> [String] {
    let shown = 12
    var lines: [String] = []
    var previous: RunStory.Activation?
    for activation in story.activations.prefix(shown) {
      lines += labelled(
        previous == nil ? "Program" : "Then",
        programLines(activation, after: previous)
      )
      previous = activation
    }
    if story.activations.count > shown {
      lines += labelled("", ["and \(story.activations.count - shown) more programs"])
    }
    return lines
  }

  private func programLines(
    _ activation: RunStory.Activation,
    after previous: RunStory.Activation?
  ) -> [String] {
    let program = activation.program
    var lines = previous == nil ? [] : ["at \(Figures.clock(activation.time)):"]
    if let prime = program.prime {
      lines.append("first a prime of \(prime.volume.text) over \(prime.over.text)")
    }
    if let bridge = program.bridge {
      lines.append("first a bridge at \(bridge.rate.text) until \(bridge.volume.text)")
    }
    lines += program.basalWords(minimum: story.pump.minimumRate)
    lines.append(totalLine(activation, after: previous))
    var others: [String] = []
    if let dose = patientDoseLine(activation) { others.append(dose) }
    others += limitLines(activation)
    let known = previous.map { [patientDoseLine($0)].compactMap(\.self) + limitLines($0) } ?? []
    return lines + others.filter { !known.contains($0) }
  }

  /// The volume and the doses of 24 h, beside those of the program before.
  private func totalLine(
    _ activation: RunStory.Activation,
    after previous: RunStory.Activation?
  ) -> String {
    let minimum = story.pump.minimumRate
    let total = activation.program.dailyVolumes(minimum: minimum)
    let isSpread = total.lowerBound != total.upperBound
    var sum = "24 h total " + perDay(total.lowerBound)
    if isSpread { sum += " to " + perDay(total.upperBound) }
    for drug in story.drugs(at: activation.time) {
      sum += ", \(drug.name) \(dose(of: drug, in: total.lowerBound))"
      if isSpread { sum += " to \(dose(of: drug, in: total.upperBound))" }
      sum += "/d"
      guard let previous,
        let old = story.drugs(before: activation.time).first(where: { $0.name == drug.name })
      else { continue }
      let before = previous.program.dailyVolumes(minimum: minimum).upperBound
      sum += " (before: \(dose(of: old, in: before))/d"
      sum += Self.change(from: (before, old), to: (total.upperBound, drug)) + ")"
    }
    return sum
  }

  /// How much more or less a dose is, in percent of the one before.
  private static func change(
    from old: (volume: Volume, drug: RunStory.Drug),
    to new: (volume: Volume, drug: RunStory.Drug)
  ) -> String {
    func mass(_ dose: (volume: Volume, drug: RunStory.Drug)) -> Double {
      Double(dose.volume.nanolitres) * Double(dose.drug.concentration.nanogramsPerMillilitre)
    }
    guard mass(old) > 0 else { return "" }
    let perMille = Int64(((mass(new) / mass(old) - 1) * 1_000).rounded())
    let sign = perMille > 0 ? "+" : ""
    return "; \(sign)\(Figures.decimal(perMille, per: 10, places: 1)) %"
  }

  private func patientDoseLine(_ activation: RunStory.Activation) -> String? {
    guard let dose = activation.program.patientDose else { return nil }
    let each = story.drugs(at: activation.time).map {
      "\($0.name) \(self.dose(of: $0, in: dose.volume))"
    }
    let doses = each.isEmpty ? "" : " (\(each.joined(separator: ", ")))"
    return "patient dose \(dose.volume.text)\(doses) over \(dose.over.text), "
      + "lockout \(dose.lockout.text), at most \(dose.maxPer24h) in 24 h"
  }

  private func limitLines(_ activation: RunStory.Activation) -> [String] {
    let program = activation.program
    let drugs = story.drugs(at: activation.time)
    var limits = "limits \(program.limits.maxRate.text); in 24 h "
    limits += program.limits.maxVolumePer24h.text
    for drug in drugs {
      guard let index = story.run.drugNames.firstIndex(of: drug.name),
        let limit = program.limits[DrugID(index)]
      else { continue }
      limits += ", \(drug.name) \(unit(of: drug).text(limit))"
    }
    let safe = Volume(nanolitres: program.safeRate.nanolitresPerDay)
    let safeDoses = drugs.map { "\($0.name) \(dose(of: $0, in: safe))/d" }
    return [
      limits,
      "safe rate \(program.safeRate.text)"
        + (safeDoses.isEmpty ? "" : " (\(safeDoses.joined(separator: ", ")))")
        + ", also after \(program.restartGap.text) without delivery; "
        + "low mark \(program.lowReservoir.text)",
    ]
  }

  private func perDay(_ volume: Volume) -> String {
    FlowRate(nanolitresPerDay: volume.nanolitres).text
  }
}
