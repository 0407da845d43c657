public import Quantities

/// What stands behind the catheter: told of what leaves the tip.
public protocol Body: Sendable {
  /// Fluid has left the tip.
  ///
  /// - Parameters:
  ///   - strokes: that moved since the last call, at least one.
  ///   - time: of the last of them; calls come at most a minute of pump time after the first.
  ///   - femtograms: of each of the pump's drugs, by its place in the pump's list.
  mutating func received(strokes: Int, at time: PumpTime, femtograms: InlineArray<8, Int64>)
}
