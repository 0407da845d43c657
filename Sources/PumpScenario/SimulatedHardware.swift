import PumpCore
import Quantities

/// A motor that moves each stroke, but for the times at which it is stalled.
struct SimulatedMotor: MotorPort {
  /// Strokes in (from, until] are not seen by the encoder.
  var stalls: [(from: PumpTime, until: PumpTime)]

  mutating func drive(_ stroke: StrokeOrder) -> Bool {
    for stall in stalls where stroke.time > stall.from && stroke.time <= stall.until {
      return false
    }
    return true
  }
}

/// Memory that forgets nothing.
struct SimulatedMemory: PumpMemory {
  private(set) var bytes: [UInt8]

  init(_ layout: StoreLayout) {
    bytes = Array(repeating: 0, count: layout.size)
  }

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<min(target.count, bytes.count - offset) {
      target[index] = bytes[offset + index]
    }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    for index in 0..<source.count { bytes[offset + index] = source[index] }
  }

  /// Turns a bit over, as radiation does.
  mutating func flipBit(_ bit: Int, at offset: Int) {
    bytes[offset] ^= 1 << UInt8(bit)
  }
}

/// Keeps the events of a run, numbered.
struct EventLog: EventSink {
  private(set) var entries: [PumpRun.Entry] = []

  mutating func record(_ event: PumpEvent, at time: PumpTime) {
    entries.append(PumpRun.Entry(sequence: entries.count, time: time, event: event))
  }
}
