public import PumpCore

/// Memory of a simulated pump: it can die in the middle of a write.
public protocol WorldMemory: PumpMemory {
  /// The next write is torn, and the power is gone with it.
  mutating func tearNextWrite()
  /// The power is back.
  mutating func restorePower()
}

/// Memory that survives a loss of power, with a cut on demand: what a pump writes at the instant at
/// which it dies.
public struct SimulatedMemory: WorldMemory, Sendable {
  public internal(set) var bytes: [UInt8]
  /// How many writes there were.
  public internal(set) var writes = 0
  /// The write at which the power fails; nothing is written from it on but a part of it.
  var cut: (write: Int, part: CutPart)?

  let power: PowerLine

  /// What becomes of the write at which the power fails.
  enum CutPart: Int, CaseIterable, Sendable { case nothing, half, torn, all }

  /// The memory of a new pump, in this process alone.
  public init(blank world: PumpWorld, local: LocalTime) {
    self.init(world.blankMemory(local: local), world.power)
  }

  init(_ bytes: [UInt8], _ power: PowerLine) {
    self.bytes = bytes
    self.power = power
  }

  public mutating func tearNextWrite() { cut = (writes + 1, .torn) }

  public mutating func restorePower() {
    if !power.isOn { cut = nil }
    power.isOn = true
  }

  public func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<min(target.count, bytes.count - offset) {
      target[index] = bytes[offset + index]
    }
  }

  public mutating func write(_ source: Span<UInt8>, at offset: Int) {
    guard power.isOn else { return }
    writes += 1
    var kept = source.count
    if let cut, writes == cut.write {
      kept = cut.part.kept(of: source.count)
      power.isOn = false
    }
    for index in 0..<kept { bytes[offset + index] = source[index] }
    if let cut, writes == cut.write, cut.part == .torn {
      for index in kept..<min(kept + 8, source.count) { bytes[offset + index] = 0xA5 }
    }
  }
}

extension SimulatedMemory.CutPart {
  /// How many bytes of a write are kept whole, in units of eight.
  func kept(of count: Int) -> Int {
    switch self {
    case .nothing: 0
    case .half, .torn: count / 16 * 8
    case .all: count
    }
  }
}
