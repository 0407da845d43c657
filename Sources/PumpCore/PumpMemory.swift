public import Quantities

/// Bytes that survive a loss of power, such as ferroelectric memory; nothing of it is erased first.
///
/// A write can be cut anywhere: what was before the cut is written, what was behind it is not, and
/// the unit of eight bytes at the cut can be either, or neither.
public protocol PumpMemory {
  /// Copies bytes out.
  func read(into bytes: inout MutableSpan<UInt8>, at offset: Int)
  /// Writes bytes.
  mutating func write(_ bytes: Span<UInt8>, at offset: Int)
}

/// The motor, with the encoder that sees whether it moved.
public protocol MotorPort {
  /// Drives one stroke.
  ///
  /// - Returns: whether the encoder saw it.
  mutating func drive(_ stroke: StrokeOrder) -> Bool
}

/// Where events go besides the journal.
public protocol EventSink {
  mutating func record(_ event: PumpEvent, at time: PumpTime)
}
