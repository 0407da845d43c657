import PumpCore
import Quantities

/// A running 64-bit FNV-1a hash.
///
/// Each number goes in as eight bytes, least significant first, whatever a word is on the machine.
struct Trace {
  private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(byte: UInt8) {
    hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  mutating func add(_ value: Int64) {
    var bits = UInt64(bitPattern: value)
    for _ in 0..<8 {
      add(byte: UInt8(truncatingIfNeeded: bits))
      bits >>= 8
    }
  }

  mutating func add(_ other: Trace) {
    add(Int64(bitPattern: other.hash))
  }

  mutating func add(_ sample: PumpSample) {
    add(sample.time.milliseconds)
    add(sample.demand.nanolitres)
    add(sample.delivered.nanolitres)
    add(sample.reservoir.nanolitres)
    add(sample.rate.nanolitresPerDay)
    add(byte: sample.state.rawValue)
    for drug in 0..<Capacity.drugs { add(sample.tipFemtograms[drug]) }
    add(byte: sample.drugsSeen)
  }

  mutating func add(_ record: JournalRecord) {
    add(Int64(record.sequence))
    add(byte: record.kind.rawValue)
    add(byte: record.detail)
    add(record.time.milliseconds)
    add(record.value)
    add(Int64(record.repeats))
  }
}

/// A xorshift generator: the same numbers on every machine.
struct XorShift {
  private var state: UInt64

  /// - Parameter seed: not zero.
  init(seed: UInt64) {
    state = seed
  }

  /// A number from 0 to a bound that is not reached.
  mutating func below(_ bound: Int64) -> Int64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int64(state >> 1) % bound
  }

  mutating func oneIn(_ bound: Int64) -> Bool { below(bound) == 0 }
}
