import PumpCore
import PumpLink
import Quantities
import Therapy

/// An entry of a pump's journal in words, its figure with its unit.
struct JournalWords {
  let entry: JournalEntry

  private var kind: JournalKind? { JournalKind(rawValue: entry.kind) }

  /// As in `Alarm raised`.
  var what: String {
    kind.map { NameWords.capital(NameWords.spaced("\($0)")) }
      ?? "Kind \(entry.kind), not known here"
  }

  /// What it is about: an alarm, a reason, a kind of bolus; empty where it is about nothing more.
  var about: String {
    guard let kind else { return "detail \(entry.detail), value \(entry.value)" }
    var parts = [name(of: kind), figure(of: kind)].compactMap(\.self)
    if entry.repeats > 0 { parts.append("sounded again \(entry.repeats) times") }
    return parts.joined(separator: ", ")
  }

  private func name(of kind: JournalKind) -> String? {
    switch kind {
    case .alarmRaised, .alarmAcknowledged, .alarmCleared:
      Alarm(rawValue: entry.detail).map { PumpAlarm($0).words }
    case .patientDoseRefused, .clinicianBolusRefused:
      BolusRefusal(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    case .bolusStarted, .bolusEnded, .bolusAbandoned:
      BolusKind(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    case .orderRefused, .requestRefused, .emergencyRefused:
      RefusalReason(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    case .bedsideSession: Role(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    case .dailyDose: "drug \(entry.detail + 1) of the mixture"
    case .halted: HaltReason(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    case .safeRateEntered, .safeRateLeft:
      SafeReason(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    case .permitRefused: PermitRefusal(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    case .programRefused, .refillRefused:
      RefusalCode(rawValue: entry.detail).map { NameWords.spaced("\($0)") }
    default: nil
    }
  }

  private func figure(of kind: JournalKind) -> String? {
    switch kind {
    case .dailyVolume: "\(Volume(nanolitres: entry.value).ml) since commissioning"
    case .dailyDose: "\(Mass(femtograms: entry.value).text) since commissioning"
    case .stepChanged: FlowRate(nanolitresPerDay: entry.value).mlPerDay
    case .bolusStarted: Volume(nanolitres: entry.value).ml
    case .refilled: "\(Volume(nanolitres: entry.value).ml) drawn out before"
    case .bolusAbandoned: "\(Volume(nanolitres: entry.value).ml) not given"
    case .orderApplied, .orderPending, .orderSuperseded, .orderCancelled:
      entry.value == 0 ? nil : "order \(entry.value)"
    case .keysRevoked: "list \(entry.value)"
    default: nil
    }
  }
}
