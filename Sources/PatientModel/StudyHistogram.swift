/// How often values of each size came: counts by bin, which add up in any order to the same.
///
/// A bin is the head of a double: its exponent and the first seven bits of its fraction, so that bins
/// are 1/128 of an octave wide and a percentile read back is within 0.4 % of the exact one. Memory does
/// not grow with the number of patients, and shards merge exactly.
struct StudyHistogram: Equatable, Sendable {
  /// A bin and how many values fell into it.
  struct Entry: Equatable, Sendable {
    let bin: UInt32
    var count: UInt32
  }

  private static let shift = UInt64(45)

  /// By bin, ascending.
  private(set) var entries: [Entry] = []

  /// The bin of the greatest finite double.
  static let lastBin = bin(of: .greatestFiniteMagnitude)

  init() {}

  /// The bin of a value; 0 and what is below it are bin 0.
  static func bin(of value: Double) -> UInt32 {
    value > 0 ? UInt32(value.bitPattern >> shift) : 0
  }

  /// The middle of a bin.
  static func value(of bin: UInt32) -> Double {
    guard bin > 0 else { return 0 }
    return Double(bitPattern: UInt64(bin) << shift | 1 << (shift - 1))
  }

  mutating func add(_ value: Double) { add(Self.bin(of: value), count: 1) }

  mutating func add(_ bin: UInt32, count: UInt32) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].bin < bin { low = middle + 1 } else { high = middle }
    }
    if low < entries.count, entries[low].bin == bin {
      entries[low].count += count
    } else {
      entries.insert(Entry(bin: bin, count: count), at: low)
    }
  }

  mutating func add(_ other: StudyHistogram) {
    for entry in other.entries { add(entry.bin, count: entry.count) }
  }

  var total: Int { entries.reduce(0) { $0 + Int($1.count) } }

  /// The value of the patient of a rank: the least bin that holds at least a share of all.
  func percentile(_ percent: Int) -> Double {
    let wanted = max(1, (total * percent + 99) / 100)
    var seen = 0
    for entry in entries {
      seen += Int(entry.count)
      if seen >= wanted { return Self.value(of: entry.bin) }
    }
    return 0
  }
}
