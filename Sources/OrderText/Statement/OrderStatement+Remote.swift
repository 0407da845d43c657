import PumpCore
import PumpLink
import PumpScenario
import Quantities

extension OrderStatement {
  /// One line that says what is ordered.
  mutating func describe() {
    let kind = order.content.kind.words
    headline =
      switch order.content {
      case .program(let content): "Program: \(Self.words(content.program))"
      case .refill(let content):
        "Refill: \(AmountText.volume(content.fill)) of \(content.mixture.mixtureText)"
          + (content.program.map { ", with a program: \(Self.words($0.program))" } ?? "")
      case .clinicianBolus(let volume, let over):
        "Clinician bolus: \(AmountText.volume(volume)) over \(over.text)"
      case .suspend(let span): "Suspend: no delivery for \(span.text)"
      case .mri(let span): "MRI: no delivery for \(span.text)"
      case .setClock(let local): "Set the clock to \(local.text)"
      case .catheter, .commissioning, .envelope, .limits, .keys, .safeRate, .resume,
        .clearOverDelivery:
        kind.prefix(1).uppercased() + kind.dropFirst()
      }
  }

  private static func words(_ program: Program) -> String {
    switch program.basal {
    case .stopped: "stopped"
    case .minimum: "the least rate of the model"
    case .constant(let rate): "\(rate.text) all day"
    case .scheduled: program.schedule.patternCount > 1 ? "a weekly schedule" : "a daily schedule"
    case .periodic(let volume, _, let every, _): "\(AmountText.volume(volume)) every \(every.text)"
    }
  }

  /// What the pump would do with it where it does not come at the bedside (contract: Envelope).
  mutating func addRemote() {
    guard case .program(let content) = order.content else {
      switch order.content {
      case .safeRate:
        remote = ["A prescriber's order of the safe rate is taken from a distance too."]
      case .resume:
        remote = ["From a distance it is taken only if the pump has reported no fault since."]
      default: remote = ["It is taken at the bedside only; from a distance it is refused."]
      }
      return
    }
    if content.program.prime != nil {
      remote.append("From a distance it would be refused: it primes.")
    }
    remote.append(
      "From a distance limits, safe rate, restart gap and low mark must be those in force; the receipt "
        + "tells only the safe rate."
    )
    guard let force = receipt?.inForce, let plan = PlannedFigures(content.program) else {
      remote.append("Whether it stays inside the envelope cannot be said here.")
      return
    }
    if plan.safe != force.safeRate.nanolitresPerDay {
      remote.append("From a distance it would be refused: the safe rate is another one.")
    }
    let pairs = [
      (plan.largest, force.plannedVolume.nanolitres), (plan.mean, force.meanRate.nanolitresPerDay),
      (plan.total, force.plannedVolume.nanolitres + force.patientDoses.nanolitres),
      (plan.patientDoses, force.patientDoses.nanolitres),
      (plan.bridge ?? force.plannedVolume.nanolitres, force.plannedVolume.nanolitres),
    ]
    if Self.isBeyond(Envelope.widest.step, pairs) {
      remote.append(
        "From a distance it would be refused by any pump: it changes by more than 20 %."
      )
    } else if Self.isBeyond(Envelope.standard.step, pairs) {
      remote.append(
        "From a distance it would be refused unless this pump's envelope was signed wider than the "
          + "default of 10 % a step."
      )
    } else {
      remote.append("The step is inside the default envelope of 10 %.")
    }
    if pairs.contains(where: { $0.0 > $0.1 }) {
      remote.append(
        "It raises the dose: from a distance two prescribers must sign, it waits for the envelope's "
          + "delay, and the patient can cancel it meanwhile."
      )
    }
  }

  private static func isBeyond(_ thousandths: UInt16, _ pairs: [(Int64, Int64)]) -> Bool {
    let part = Int128(thousandths)
    return pairs.contains { after, before in
      Int128(after) * 1_000 > Int128(before) * (1_000 + part)
        || Int128(after) * 1_000 < Int128(before) * (1_000 - part)
    }
  }
}
