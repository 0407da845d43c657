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
