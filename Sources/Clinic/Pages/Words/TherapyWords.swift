import Formulary
import PumpCore
import Quantities
import Therapy

extension PumpAlarm {
  var words: String {
    switch self {
    case .motorStall: "Motor stall"
    case .overDelivery: "Over-delivery"
    case .reservoirEmpty: "Reservoir empty"
    case .reservoirLow: "Reservoir low"
    case .doseLimit: "Dose limit reached"
    case .memoryFault: "Memory fault"
    case .electiveReplacement: "Replace the pump soon"
    case .endOfService: "End of service"
    case .clockFault: "Clock fault"
    case .therapyGap: "Gap in therapy"
    }
  }

  var isHigh: Bool { alarm.priority == .high }

  /// What somebody does first.
  var advice: String {
    switch self {
    case .motorStall, .reservoirEmpty, .therapyGap, .endOfService:
      "The drug may be stopping: look for withdrawal, call the patient."
    case .overDelivery: "Look for overdose; the pump has gone to its safe rate."
    case .reservoirLow: "Bring the refill forward."
    case .doseLimit: "The program asked for more than its own limit allows."
    case .memoryFault: "The pump runs at its safe rate; ask it for its journal."
    case .electiveReplacement: "Plan the replacement."
    case .clockFault: "Set the pump's clock by an order."
    }
  }
}

extension OrderStanding {
  var words: String {
    switch self {
    case .drafted: "To sign"
    case .signed: "Signed"
    case .queued: "Queued"
    case .sent: "Sent"
    case .unknown: "Unknown"
    case .pending: "Pending"
    case .applied: "Applied"
    case .refused: "Refused"
    case .superseded: "Superseded"
    case .cancelled: "Cancelled"
    case .withdrawn: "Withdrawn"
    case .lapsed: "Lapsed"
    }
  }

  var meaning: String {
    switch self {
    case .drafted: "It needs a signature, made on a person's own signer."
    case .signed: "All signatures are there; it was not queued yet."
    case .queued: "It waits for the next session with the pump."
    case .sent: "Its bytes left for the pump; the receipt has not come yet."
    case .unknown:
      "It was sent and no receipt came. Nobody knows whether it took effect; the pump is asked "
        + "again, and the same bytes take effect once."
    case .pending: "The pump waits with it; the patient can cancel it until then."
    case .applied: "The pump's signed receipt says that it is in force."
    case .refused: "The pump's signed receipt says that it did not take it."
    case .superseded: "A later order took its place."
    case .cancelled: "It was cancelled before it took effect."
    case .withdrawn: "It was taken back before it was sent."
    case .lapsed: "Its validity ended before it was sent."
    }
  }

  var tone: Tone {
    switch self {
    case .unknown, .refused: .bad
    case .drafted, .pending: .warn
    case .applied: .good
    case .signed, .queued, .sent, .superseded, .cancelled, .withdrawn, .lapsed: .plain
    }
  }
}

extension OrderAct {
  var words: String {
    switch self {
    case .program: "Program"
    case .programIncrease: "Program, an increase"
    case .refillSame: "Refill, same mixture"
    case .refillChanged: "Refill, changed mixture"
    case .catheter: "Catheter"
    case .commissioning: "Commissioning"
    case .envelope: "Envelope for remote orders"
    case .limits: "Limits"
    case .keys: "Keys"
    case .clinicianBolus: "Bolus"
    case .safeRate: "Go to the safe rate"
    case .suspend: "Suspend"
    case .mri: "MRI"
    case .resume: "Resume"
    case .clearOverDelivery: "Clear over-delivery"
    case .setClock: "Set the clock"
    }
  }
}

extension PumpHaltReason {
  var words: String {
    switch self {
    case .stopped: "Stopped by its program"
    case .stalled: "The motor has stalled"
    case .overDelivery: "Halted for over-delivery"
    case .empty: "The reservoir is empty"
    case .suspended: "Suspended by an order"
    case .mri: "Paused for an MRI"
    case .endOfService: "The end of its service"
    }
  }
}

extension PumpStateName {
  var words: String {
    switch self {
    case .off: "Off"
    case .halted: "Halted: nothing is delivered"
    case .safe: "At the safe rate"
    case .priming: "Priming"
    case .bridging: "Bridging"
    case .running: "Running"
    }
  }
}

extension MuscleGroup {
  var words: String { NameWords.spaced(rawValue) }
}

/// Words of names such as `kneeFlexors`.
enum NameWords {
  static func spaced(_ name: String) -> String {
    var words = ""
    for character in name {
      if character.isUppercase {
        words += " " + character.lowercased()
      } else {
        words.append(character)
      }
    }
    return words
  }

  static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension Score {
  var words: String {
    switch self {
    case .pain(let value): "NRS \(value) of 10"
    case .ashworth(let grade, let muscle): "MAS \(grade.rawValue), \(muscle.words)"
    case .spasms(let frequency, let severity):
      "Penn \(frequency) of 4" + (severity.map { ", severity \($0) of 3" } ?? "")
    case .depression(let total, let item9): "PHQ-9 \(total) of 27, item 9: \(item9)"
    case .healthIndex(let thousandths, let valueSet):
      "EQ-5D-5L \(Self.decimal(thousandths)), \(valueSet)"
    case .goal(let value, let number): "Goal \(number): \(value > 0 ? "+" : "")\(value)"
    case .hospitalVisits(let count, let days): "\(count) hospital visits in \(days) d"
    case .rated:
      "\(scale.facts.title) \(Self.decimal(thousandths)) \(scale.facts.unit)"
    }
  }

  /// Thousandths as a decimal number, without zeros at its end.
  static func decimal(_ thousandths: Int) -> String {
    let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1_000)
    var digits = String("\(1_000 + rest)".dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(thousandths < 0 ? "-" : "")\(whole)\(digits.isEmpty ? "" : ".")\(digits)"
  }
}

extension ScoreSeries {
  var title: String {
    switch self {
    case .pain: "Pain (NRS)"
    case .spasms: "Spasms (Penn)"
    case .ashworth(let muscle):
      "Ashworth"
        + ", \(muscle.words)"
    case .healthIndex(let valueSet): "\(scale.facts.title), \(valueSet)"
    case .goal(let number): "Goal \(number)"
    case .hospitalVisits(let days): "\(scale.facts.title) in \(days) d"
    case .depression, .rated: scale.facts.title
    }
  }

  /// Of a lane in a picture.
  var shortTitle: String {
    switch self {
    case .pain: "Pain"
    case .spasms: "Spasms"
    case .ashworth: "Ashworth"
    case .depression, .healthIndex, .goal, .hospitalVisits, .rated: title
    }
  }

  /// Nothing where the highest that was seen is the better end of an axis.
  var highest: Double? {
    switch self {
    case .hospitalVisits: nil
    default: Double(scale.facts.range.upperBound * scale.facts.step) / 1_000
    }
  }
}

extension Standing {
  var words: String {
    switch self {
    case .receipt: "the pump's signed receipt"
    case .byHand: "recorded by hand"
    case .recalled: "from papers, not checked"
    }
  }

  var isChecked: Bool { self != .recalled }
}

extension DrugIndication {
  var words: String { NameWords.spaced(rawValue) }
}

extension RefillCheck {
  var words: String {
    switch self {
    case .needle: "22 G non-coring needle, not the one of the catheter access port"
    case .septum: "Septum felt, or found by template or ultrasound"
    case .reservoirStop: "Needle stands on the stop of the reservoir"
    case .aspiratesBack: "Fluid comes back after the first 5 mL"
    case .noResistance: "No unexpected resistance"
    case .noSwelling: "No swelling and no pain at the pocket"
    }
  }
}

extension DueReason {
  var words: String {
    switch self {
    case .lowReservoir: "low mark of the reservoir"
    case .stability: "stability of the drug"
    case .pumpLife: "life of the pump"
    }
  }
}
