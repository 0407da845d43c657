// What a scenario makes happen, and when.

enum BatteryLevel {
  case replacement, endOfService
}

enum Happening {
  case powerGoes, powerReturns
  case extraStrokes(Int)
  case programCopiesGoBad(Int)
  case battery(BatteryLevel)
  case clockStepsBack
  /// A command of a clinician or the patient.
  case command(Object)
}

/// "then faults (their ends too), then commands, each in file order".
struct Timeline {
  private(set) var happenings: [(time: Int64, what: Happening)] = []
  /// "A stall from `at` to `until` leaves the strokes in (at, until] unconfirmed."
  private(set) var stalls: [(at: Int64, until: Int64)] = []
  let until: Int64
  let sampleEvery: Int64

  init(_ scenario: Object) {
    until = readDuration(scenario["until"])
    sampleEvery = readDuration(scenario["sampleEvery"])
    var faults: [(time: Int64, what: Happening)] = []
    var commands: [(time: Int64, what: Happening)] = []
    for event in scenario["events"] as? [Object] ?? [] {
      let time = readDuration(event["at"])
      if event["do"] != nil {
        commands.append((time, .command(event)))
        continue
      }
      switch event["fault"] as! String {
      case "motorStall": stalls.append((time, readDuration(event["until"])))
      case "extraStrokes": faults.append((time, .extraStrokes(event["count"] as! Int)))
      case "powerLoss":
        faults.append((time, .powerGoes))
        faults.append((time + readDuration(event["for"]), .powerReturns))
      case "corruptProgram": faults.append((time, .programCopiesGoBad(event["copies"] as! Int)))
      case "battery":
        let level = event["level"] as! String
        faults.append((time, .battery(level == "replacement" ? .replacement : .endOfService)))
      case "clockStep", "clockFault", "clockBackwards", "clock":
        faults.append((time, .clockStepsBack))
      case let fault: fatalError("not a fault: \(fault)")
      }
    }
    // A stable order: by time, faults before commands, file order within each.
    let all = (faults + commands).enumerated()
    happenings = all.sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  func isStalled(at time: Int64) -> Bool {
    stalls.contains { $0.at < time && time <= $0.until }
  }
}
