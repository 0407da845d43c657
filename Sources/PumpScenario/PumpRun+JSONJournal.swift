import JSONText
import PumpCore
import Quantities

extension PumpRun {
  /// The pump's journal as one JSON object for each entry, a line each, in the order of writing.
  ///
  /// Times are ms of pump time, volumes nL, doses fg since commissioning, rates nL/d.
  public func journalLines() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(journal.count * 80)
    for record in journal.sorted(by: { $0.sequence < $1.sequence }) {
      var writer = JSONWriter(capacity: 120)
      write(record, to: &writer)
      bytes += writer.bytes
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private func write(_ record: JournalRecord, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("seq")
    writer.integer(Int64(record.sequence))
    writer.key("t")
    writer.integer(record.time.milliseconds)
    writer.key("entry")
    writer.string(record.kind.jsonName)
    if let detail = detail(of: record) {
      writer.key(detail.key)
      writer.string(detail.word)
    }
    if let key = record.kind.valueKey {
      writer.key(key)
      writer.integer(record.value)
    }
    if record.repeats > 0 {
      writer.key("repeats")
      writer.integer(Int64(record.repeats))
    }
    writer.endObject()
  }

  /// What an entry is about, in words; nothing where its kind says all.
  private func detail(of record: JournalRecord) -> (key: String, word: String)? {
    let raw = record.detail
    switch record.kind {
    case .bolusStarted, .bolusEnded, .bolusAbandoned:
      return BolusKind(rawValue: raw).map { ("kind", $0.jsonName) }
    case .patientDoseRefused, .clinicianBolusRefused:
      return BolusRefusal(rawValue: raw).map { ("reason", $0.jsonName) }
    case .halted:
      return HaltReason(rawValue: raw).map { ("reason", $0.jsonName) }
    case .safeRateEntered, .safeRateLeft:
      return SafeReason(rawValue: raw).map { ("reason", $0.jsonName) }
    case .alarmRaised, .alarmAcknowledged, .alarmCleared:
      return Alarm(rawValue: raw).map { ("alarm", $0.jsonName) }
    case .programRefused, .refillRefused:
      return RefusalCode(rawValue: raw).map { ("reason", $0.jsonName) }
    case .dailyDose:
      let index = Int(raw)
      return drugNames.indices.contains(index) ? ("drug", drugNames[index]) : nil
    case .permitRefused:
      return PermitRefusal(rawValue: raw).map { ("reason", $0.jsonName) }
    case .commissioned, .programActivated, .primeStarted, .primeEnded, .bridgeStarted,
      .bridgeEnded, .stepChanged, .bolusSkipped, .patientDoseAccepted, .resumed, .refilled,
      .clockSet, .reset, .programRestored, .catheterSet, .dailyVolume, .orderApplied,
      .orderPending, .orderSuperseded, .orderCancelled, .orderRefused, .requestApplied,
      .requestRefused, .emergencyApplied, .emergencyRefused, .keysRevoked, .bedsideSession:
      // A scenario has no link.
      return nil
    }
  }
}

extension JournalKind {
  /// The name of what the value of an entry is; nothing where it has none.
  fileprivate var valueKey: String? {
    switch self {
    case .stepChanged: "rate"
    case .bolusStarted: "volume"
    case .bolusAbandoned: "remaining"
    case .refilled: "aspirated"
    case .dailyVolume: "delivered"
    case .dailyDose: "tip"
    case .commissioned, .programActivated, .programRefused, .primeStarted, .primeEnded,
      .bridgeStarted, .bridgeEnded, .bolusEnded, .bolusSkipped, .patientDoseAccepted,
      .patientDoseRefused, .clinicianBolusRefused, .halted, .resumed, .alarmRaised,
      .alarmAcknowledged, .alarmCleared, .refillRefused, .safeRateEntered, .safeRateLeft,
      .clockSet, .reset, .programRestored, .catheterSet, .permitRefused, .orderApplied,
      .orderPending, .orderSuperseded, .orderCancelled, .orderRefused, .requestApplied,
      .requestRefused, .emergencyApplied, .emergencyRefused, .keysRevoked, .bedsideSession:
      nil
    }
  }

  /// The entry's word; an event's own where it tells of one.
  fileprivate var jsonName: String {
    switch self {
    case .commissioned: "commissioned"
    case .programActivated: "programActivated"
    case .programRefused: "programRefused"
    case .primeStarted: "primeStarted"
    case .primeEnded: "primeEnded"
    case .bridgeStarted: "bridgeStarted"
    case .bridgeEnded: "bridgeEnded"
    case .stepChanged: "stepChanged"
    case .bolusStarted: "bolusStarted"
    case .bolusEnded: "bolusEnded"
    case .bolusAbandoned: "bolusAbandoned"
    case .bolusSkipped: "bolusSkipped"
    case .patientDoseAccepted: "patientDoseAccepted"
    case .patientDoseRefused: "patientDoseRefused"
    case .clinicianBolusRefused: "clinicianBolusRefused"
    case .halted: "halted"
    case .resumed: "resumed"
    case .alarmRaised: "alarmRaised"
    case .alarmAcknowledged: "alarmAcknowledged"
    case .alarmCleared: "alarmCleared"
    case .refilled: "refilled"
    case .refillRefused: "refillRefused"
    case .safeRateEntered: "safeRateEntered"
    case .safeRateLeft: "safeRateLeft"
    case .clockSet: "clockSet"
    case .reset: "reset"
    case .programRestored: "programRestored"
    case .catheterSet: "catheterSet"
    case .permitRefused: "permitRefused"
    case .dailyVolume: "dailyVolume"
    case .dailyDose: "dailyDose"
    case .orderApplied: "orderApplied"
    case .orderPending: "orderPending"
    case .orderSuperseded: "orderSuperseded"
    case .orderCancelled: "orderCancelled"
    case .orderRefused: "orderRefused"
    case .requestApplied: "requestApplied"
    case .requestRefused: "requestRefused"
    case .emergencyApplied: "emergencyApplied"
    case .emergencyRefused: "emergencyRefused"
    case .keysRevoked: "keysRevoked"
    case .bedsideSession: "bedsideSession"
    }
  }
}
