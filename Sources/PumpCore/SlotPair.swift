/// Two slots of a pump's memory for one record, written in turn: a cut at any write leaves the old
/// record or the new one, never a blend (SR-074).
///
/// What the link keeps stands in such a pair, beside the controller's state and apart from it.
public struct SlotPair: Sendable {
  /// Bytes before the record, which the slot fills in.
  public static let headerBytes = Slot.headerBytes
  private let layout: StoreLayout
  /// The number of the record written last; 0 where none was.
  public private(set) var sequence: Int64 = 0

  public init(_ layout: StoreLayout = .standard) {
    self.layout = layout
  }

  private func slot(_ sequence: Int64) -> Slot {
    Slot(offset: layout.link(Int(sequence & 1)), capacity: StoreLayout.linkBytes)
  }

  /// Writes the record that stands in `bytes` behind the header, over the older one.
  ///
  /// - Parameters:
  ///   - bytes: ``headerBytes`` free ones, then the record.
  ///   - length: of the record.
  ///   - memory: the pump's.
  /// - Returns: whether it reads back.
  public mutating func write(
    _ bytes: inout MutableSpan<UInt8>,
    length: Int,
    _ memory: inout some PumpMemory
  ) -> Bool {
    let written = slot(sequence + 1).write(
      &bytes,
      length: length,
      sequence: sequence + 1,
      &memory
    )
    if written { sequence += 1 }
    return written
  }

  /// Reads the newest whole record into `bytes`, behind the header.
  ///
  /// - Returns: its length; nothing where no slot holds a whole one.
  public mutating func readNewest(
    into bytes: inout MutableSpan<UInt8>,
    _ memory: some PumpMemory
  ) -> Int? {
    var newest: Int64 = 0
    for place in 0..<Int64(2) {
      guard case .whole(let number, _) = slot(place).read(into: &bytes, memory),
        number & 1 == place
      else { continue }
      newest = max(newest, number)
    }
    guard newest > 0, case .whole(_, let length) = slot(newest).read(into: &bytes, memory) else {
      return nil
    }
    sequence = newest
    return length
  }

  /// Reads the record before the newest one, which ``readNewest(into:_:)`` has found.
  public func readOlder(
    into bytes: inout MutableSpan<UInt8>,
    _ memory: some PumpMemory
  ) -> Int? {
    guard sequence > 1,
      case .whole(sequence - 1, let length) = slot(sequence - 1).read(into: &bytes, memory)
    else { return nil }
    return length
  }
}
