import JSONText
import PumpCore
import Quantities

extension PumpRun {
  /// The run as the JSON object of the contract: `samples`, `events` and `final`, UTF-8.
  ///
  /// Integers are in the stored units: ms, nL, nL/d, fg. One sample and one event stand on each
  /// line, so that two runs can be compared line by line. Each sample lists every drug of any fill so
  /// far, not one of a later fill or of a refill that was refused.
  public func json() -> [UInt8] {
    var writer = JSONWriter(capacity: samples.count * 160 + events.count * 90)
    writer.beginObject()
    writer.key("samples")
    writer.beginArray()
    for sample in samples {
      writer.newline()
      write(sample, to: &writer)
    }
    writer.endArray()
    writer.key("events")
    writer.beginArray()
    for entry in events {
      writer.newline()
      write(entry, to: &writer)
    }
    writer.endArray()
    writer.key("final")
    if let last = samples.last {
      write(last, to: &writer)
    } else {
      writer.null()
    }
    writer.endObject()
    writer.newline()
    return writer.bytes
  }

  private func write(_ sample: PumpSample, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("t", sample.time.milliseconds)
    writer.member("demand", sample.demand.nanolitres)
    writer.member("delivered", sample.delivered.nanolitres)
    writer.member("reservoir", sample.reservoir.nanolitres)
    writer.member("rate", sample.rate.nanolitresPerDay)
    writer.member("state", sample.state.jsonName)
    writer.key("tip")
    writer.beginObject()
    for (index, name) in drugNames.enumerated() where sample.drugsSeen & 1 << UInt8(index) != 0 {
      writer.member(name, sample.tipFemtograms[index])
    }
    writer.endObject()
    writer.endObject()
  }

  private func write(_ entry: Entry, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("seq", Int64(entry.sequence))
    writer.member("t", entry.time.milliseconds)
    writer.member("event", entry.event.jsonName)
    writeFields(of: entry.event, to: &writer)
    writer.endObject()
  }

  private func writeFields(of event: PumpEvent, to writer: inout JSONWriter) {
    switch event {
    case .programActivated, .primeStarted, .primeEnded, .bridgeStarted, .bridgeEnded,
      .bolusSkipped, .patientDoseAccepted, .resumed, .clockSet, .reset, .programRestored,
      .catheterSet:
      break
    case .programRefused(let refusal):
      writer.member("reason", refusal.code.jsonName)
    case .refillRefused(let refusal):
      writer.member("reason", refusal.code.jsonName)
    case .patientDoseRefused(let refusal), .clinicianBolusRefused(let refusal):
      writer.member("reason", refusal.jsonName)
    case .halted(let reason):
      writer.member("reason", reason.jsonName)
    case .safeRateEntered(let reason), .safeRateLeft(let reason):
      writer.member("reason", reason.jsonName)
    case .stepChanged(let rate):
      writer.member("rate", rate.nanolitresPerDay)
    case .bolusStarted(let kind, let volume):
      writer.member("kind", kind.jsonName)
      writer.member("volume", volume.nanolitres)
    case .bolusEnded(let kind):
      writer.member("kind", kind.jsonName)
    case .bolusAbandoned(let kind, let remaining):
      writer.member("kind", kind.jsonName)
      writer.member("remaining", remaining.nanolitres)
    case .alarmRaised(let alarm), .alarmRepeated(let alarm), .alarmAcknowledged(let alarm),
      .alarmCleared(let alarm):
      writer.member("alarm", alarm.jsonName)
    case .refilled(let expected, let aspirated, let previousFill):
      writer.member("expected", expected.nanolitres)
      writer.member("aspirated", aspirated.nanolitres)
      writer.key("ratio")
      let ratio = Self.refillRatio(
        expected: expected,
        aspirated: aspirated,
        previousFill: previousFill
      )
      if let ratio { writer.double(ratio) } else { writer.null() }
    }
  }

  /// What was really used of a fill over what the pump counted, 1 where they agree.
  ///
  /// - Parameters:
  ///   - expected: what the pump counted as left.
  ///   - aspirated: what came out.
  ///   - previousFill: what the reservoir was filled with before.
  /// - Returns: nothing where the pump counted nothing as used.
  static func refillRatio(expected: Volume, aspirated: Volume, previousFill: Volume) -> Double? {
    let counted = (previousFill - expected).nanolitres
    guard counted != 0 else { return nil }
    return Double((previousFill - aspirated).nanolitres) / Double(counted)
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ value: Int64) {
    key(name)
    integer(value)
  }

  fileprivate mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }
}
