import PumpCore
import PumpTesting
import Quantities

/// The laws that are looked at once a history has run.
extension HistoryRun {
  /// Nothing where all hold, else the first that does not.
  mutating func brokenLaw() -> String? {
    failure ?? brokenLockout() ?? brokenWindow() ?? catchUp() ?? unansweredRequest()
      ?? endlessSuspension()
  }

  /// SR-011, H-07: lockout and daily maximum by pump time, whatever the clock was set to.
  private func brokenLockout() -> String? {
    for (index, (at, program)) in accepted.enumerated() {
      guard let dose = program.patientDose else { return "a dose not prescribed" }
      let before = accepted[..<index]
      if let last = before.last, at - last.at < dose.lockout { return "a dose within the lockout" }
      if before.count(where: { at - $0.at < TimeSpan.day }) >= dose.maxPer24h {
        return "a dose above the daily maximum"
      }
    }
    return nil
  }

  /// SR-010, H-04: when a stroke of the program moved, the window held no more than the limits.
  private func brokenWindow() -> String? {
    let stroke = history.model.strokeVolume.nanolitres
    let bucket: Int64 = 900_000
    var window: [(bucket: Int64, nanolitres: Int64)] = []
    var sum: Int64 = 0
    var extras = extra[...]
    func add(_ time: PumpTime) {
      window.append((time.milliseconds / bucket, stroke))
      sum += stroke
    }
    for order in pump.motor.moved {
      while let first = extras.first, first < order.time {
        add(first)
        extras = extras.dropFirst()
      }
      let oldest = order.time.milliseconds / bucket - 95
      let expired = window.prefix { $0.bucket < oldest }
      sum -= Int64(expired.count) * stroke
      window.removeFirst(expired.count)
      if order.kind == .therapy {
        let limits = programs.last { $0.from < order.time }?.program.limits
        guard let limits else { return "a stroke before the first program" }
        if sum > limits.maxVolumePer24h.nanolitres { return "a stroke above the volume limit" }
        let dose = Volume(nanolitres: sum) * History.concentration
        if let limit = limits[DrugID(0)], dose > limit { return "a stroke above the dose limit" }
      }
      add(order.time)
    }
    return nil
  }

  /// SR-014, H-27: in no minute more than the highest planned rate gives, and two strokes.
  private func catchUp() -> String? {
    let stroke = history.model.strokeVolume.nanolitres
    let minute: Int64 = 60_000
    var first = 0
    let moved = pump.motor.moved
    for index in moved.indices {
      while moved[index].time.milliseconds - moved[first].time.milliseconds >= minute {
        first += 1
      }
      let inMinute = Int64(index - first + 1)
      // 400 µL/d of basal and the fastest bolus, 40 µL in a minute.
      let most = (40_000 + 400_000 / 1440 + 1) / stroke + 2
      if inMinute > most { return "\(inMinute) strokes in a minute" }
    }
    return nil
  }

  /// Every request is accepted or refused with a reason; none is lost.
  private func unansweredRequest() -> String? {
    var answers = 0
    var clinicianAnswers = 0
    for (_, event) in pump.sink.events {
      switch event {
      case .patientDoseAccepted, .patientDoseRefused: answers += 1
      case .clinicianBolusRefused, .bolusStarted(.clinician, _): clinicianAnswers += 1
      default: break
      }
    }
    return answers == requests && clinicianAnswers == clinicianRequests
      ? nil : "a request without an answer"
  }

  /// SR-022, H-57: four hours later nothing is suspended any more.
  private mutating func endlessSuspension() -> String? {
    pump.advance(to: pump.controller.time + 4 * TimeSpan.hour)
    return pump.controller.isHalted(.suspended) || pump.controller.isHalted(.mri)
      ? "a suspension without an end" : nil
  }
}
