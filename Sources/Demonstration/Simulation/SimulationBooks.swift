import Foundation
import Quantities
import Therapy

/// The books of one pump, kept anew from the ledger's events alone: what was filled in, drawn out and asked for.
struct SimulationBooks {
  /// nL in a day of pump time, from an instant of it on; a bridge goes before it.
  struct Program {
    let from: Int64
    let rate: Double
    let bridge: (rate: Double, volume: Double)?
  }

  /// The patient's events while this pump was linked, and what was in it before.
  private(set) var filled: Int64 = 0
  private(set) var drawn: Int64 = 0
  private(set) var fills = 0
  private(set) var programs: [Program] = []
  /// Pump times between which nothing was delivered.
  private(set) var pauses: [(from: Int64, until: Int64)] = []
  /// Pump times of doses that were granted, ms.
  private(set) var doses: [Int64] = []
  private(set) var statuses: [StatusHeard] = []
  private(set) var days: [DailyTotal] = []
  private(set) var answers: [OrderAnswer] = []

  private let made: Int64
  private var concentration = 0.0
  private var aspirated: Int64 = 0
  private var haltedSince: Int64?

  static let doseVolume = 10_000.0
  private static let day = 86_400_000.0

  /// - Parameters:
  ///   - events: of the patient, all of them.
  ///   - pump: its id.
  ///   - made: therapy time at which it was made.
  init(_ events: [(event: TherapyEvent, at: Instant)], of pump: String, made: Int64) {
    self.made = made
    var (isOurs, wasOurs) = (false, false)
    var before: (volume: Int64, fluid: Fluid, program: ProgramJSON?)?
    for (event, _) in events {
      switch event {
      case .pumpLinked(let link):
        isOurs = link.pump.text == pump
        wasOurs = isOurs
        if isOurs, let before { begin(before) }
      case .pumpUnlinked: isOurs = false
      case .fillRecorded(let fill) where !isOurs:
        before = (fill.volume.nanolitres, fill.fluid, before?.program)
      case .programRecorded(let program) where !isOurs:
        if let known = before { before = (known.volume, known.fluid, program.program) }
      // It is unlinked first.
      case .pathway(.explanted(let value)) where wasOurs: drawn += value.emptied?.nanolitres ?? 0
      default: if isOurs { take(event) }
      }
    }
  }

  private mutating func begin(_ before: (volume: Int64, fluid: Fluid, program: ProgramJSON?)) {
    (filled, fills) = (before.volume, 1)
    concentration = Self.strength(before.fluid)
    if let program = before.program { add(program, from: 0) }
  }

  private mutating func take(_ event: TherapyEvent) {
    switch event {
    case .refillBegun: aspirated = 0
    case .refillStep(.aspirated(let value)): aspirated = value.volume.nanolitres
    case .fillRecorded(let fill):
      filled += fill.volume.nanolitres
      drawn += aspirated
      fills += 1
      concentration = Self.strength(fill.fluid)
    case .programApplied(let value): add(value.program, from: value.pumpMilliseconds)
    case .pumpHalted(let value): haltedSince = haltedSince ?? value.pumpMilliseconds
    case .pumpResumed(let value):
      if let since = haltedSince { pauses.append((since, value.pumpMilliseconds)) }
      haltedSince = nil
    case .doseRequested(let value) where value.isGranted:
      doses.append(value.requestedAt.milliseconds - made)
    case .statusHeard(let value): statuses.append(value)
    case .dailyTotal(let value): days.append(value)
    case .orderAnswered(let value): answers.append(value)
    default: break
    }
  }

  /// ng in each mL of the first drug.
  private static func strength(_ fluid: Fluid) -> Double {
    fluid.drugs.first.map { Double($0.concentration.nanogramsPerMillilitre) } ?? 0
  }

  private mutating func add(_ json: ProgramJSON, from: Int64) {
    let program = FieldText.object(Array(json.text.utf8))
    guard let basal = program["basal"] as? Fields, let rate = basal["rate"] as? String else {
      return
    }
    var bridge: (Double, Double)?
    if let told = program["bridge"] as? Fields, let rate = told["rate"] as? String,
      let volume = told["volume"] as? String
    {
      bridge = (nanolitres(rate), nanolitres(volume))
    }
    programs.append(Program(from: from, rate: nanolitres(rate), bridge: bridge))
  }

  /// A volume or a dose of the drug, of a day or not, in nL.
  private func nanolitres(_ text: String) -> Double {
    let parts = text.replacing("/d", with: "").split(separator: " ")
    guard parts.count == 2, let number = Double(parts[0]) else { return 0 }
    switch parts[1] {
    case "mL": return number * 1_000_000
    case "uL": return number * 1_000
    case "nL": return number
    // ug over ng/mL: a thousandth of a mL, which is 1e9 nL.
    case "ug": return number * 1_000 / concentration * 1_000_000
    case "mg": return number * 1_000_000 / concentration * 1_000_000
    default: return 0
    }
  }

  /// What the orders asked for up to a pump time, nL.
  func asked(until end: Int64) -> Double {
    var asked = 0.0
    for (place, program) in programs.enumerated() where program.from < end {
      let until = place + 1 < programs.count ? min(end, programs[place + 1].from) : end
      asked += given(by: program, until: until)
    }
    return asked + Double(doses.count { $0 < end }) * Self.doseVolume
  }

  /// Pauses put off what a program gives; a bridge is of volume.
  private func given(by program: Program, until: Int64) -> Double {
    guard until > program.from else { return 0 }
    var running = Double(until - program.from)
    let open = haltedSince.map { [(from: $0, until: until)] } ?? []
    for pause in pauses + open {
      let (low, high) = (max(program.from, pause.from), min(until, pause.until))
      if low < high { running -= Double(high - low) }
    }
    guard let bridge = program.bridge, bridge.rate > 0 else {
      return running / Self.day * program.rate
    }
    let bridging = min(running, bridge.volume / bridge.rate * Self.day)
    return bridging / Self.day * bridge.rate + (running - bridging) / Self.day * program.rate
  }

  /// How far the sum may be off: a stroke, the rounding of rates, and a second at each change.
  func slack(until end: Int64) -> Double {
    500 + 2 * Double(end) / Self.day + 40 * Double(programs.count + 2 * pauses.count)
      // One may be under way, and its time is told to the round in which it was heard.
      + (doses.isEmpty ? 0 : Self.doseVolume)
  }
}
