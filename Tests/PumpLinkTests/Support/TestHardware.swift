import PumpCore
import Quantities

@testable import PumpLink

/// A motor that always moves.
struct MovingMotor: MotorPort {
  private(set) var moved: Int64 = 0

  mutating func drive(_ stroke: StrokeOrder) -> Bool {
    moved += 1
    return true
  }
}

/// Memory that forgets nothing, and can lose its power in the middle of a write.
struct FlatMemory: PumpMemory, Sendable {
  var bytes: [UInt8]
  /// How many writes have been asked for.
  var writes = 0
  /// The write at which the power fails, and how much of it is written.
  var cut: (write: Int, part: CutPart)?

  /// What becomes of the write at which the power fails.
  enum CutPart: CaseIterable { case nothing, half, torn, all }

  init(_ layout: StoreLayout) {
    bytes = Array(repeating: 0, count: layout.size)
  }

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<target.count {
      target[index] = offset + index < bytes.count ? bytes[offset + index] : 0
    }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    writes += 1
    var kept = source.count
    if let cut {
      if writes > cut.write { return }
      if writes == cut.write {
        switch cut.part {
        case .nothing: kept = 0
        case .half, .torn: kept = source.count / 16 * 8
        case .all: break
        }
      }
    }
    for index in 0..<kept { bytes[offset + index] = source[index] }
    if let cut, writes == cut.write, cut.part == .torn {
      for index in kept..<min(kept + 8, source.count) { bytes[offset + index] = 0xA5 }
    }
  }
}

/// Remembers events.
struct EventList: EventSink {
  private(set) var events: [PumpEvent] = []

  mutating func record(_ event: PumpEvent, at time: PumpTime) { events.append(event) }
}

extension StoreLayout {
  static let test = StoreLayout(criticalRecords: 64, dailyRecords: 16, detailRecords: 64)
}

extension PumpModel {
  static let test = PumpModel(
    strokeVolume: Volume(nanolitres: 250),
    capacity: Volume(nanolitres: 40_000_000),
    minimumRate: FlowRate(nanolitresPerDay: 6_000),
    maximumRate: FlowRate(nanolitresPerDay: 24_000_000),
    tubing: Volume(nanolitres: 140_000),
    catheterVolume: LinearVolume(picolitresPerCentimetre: 2_200_000)
  )
}
