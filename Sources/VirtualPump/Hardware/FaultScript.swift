import JSONText
public import PumpCore
public import Quantities

/// A fault that the simulated world does to the pump.
public enum WorldFault: Equatable, Sendable {
  /// No stroke moves for a while.
  case stall(TimeSpan)
  /// One stroke in so many slips from now on.
  case wear(slipEvery: Int64)
  /// The encoder sees strokes that nobody commanded.
  case extraStrokes(Int)
  /// No power for a while, without a warning.
  case powerLoss(TimeSpan)
  /// One or both copies of the program are corrupt.
  case corruptProgram(copies: Int)
  case battery(BatteryMarks)
  /// The cell loses thousandths of what it holds new.
  case drain(permille: Int64)
  /// The hardware counter jumps back.
  case clockStep
  /// The counter is fast by so many millionths from now on; slow where it is negative.
  case clockDrift(partsPerMillion: Int64)
  /// The power fails in the middle of the next write, and is back a while later.
  case tornWrite(TimeSpan)
  /// So much runs out of the reservoir beside the pump, which does not see it.
  case leak(Volume)
  /// The catheter is off for a while: what leaves the pump does not reach the body, and it does not see it.
  case catheterOff(TimeSpan)
}

/// A fault and when it comes.
public struct ScriptedFault: Equatable, Sendable {
  public let at: PumpTime
  public let fault: WorldFault

  public init(at: PumpTime, _ fault: WorldFault) {
    self.at = at
    self.fault = fault
  }
}
