import PumpCore
import Quantities

/// The one control loop; static, so that its size is part of the image.
nonisolated(unsafe) private var loop: ControlLoop?

/// Commissions the pump.
///
/// - Returns: how many days to run; 0 where the gate itself is broken.
@c(gate_begin)
public func gateBegin() -> Int32 {
  unsafe loop = ControlLoop()
  return unsafe loop == nil ? 0 : Int32(ControlLoop.days)
}

@c(gate_run_day)
public func gateRunDay() {
  unsafe loop?.runDay()
}

/// A figure of the day run last: commands, events, strokes, kinds of happening not yet reached.
@c(gate_figure)
public func gateFigure(_ index: Int32) -> Int32 {
  switch index {
  case 0: unsafe Int32(loop?.commands ?? -1)
  case 1: unsafe Int32(loop?.pump.sink.events ?? -1)
  case 2: unsafe Int32(loop?.pump.motor.strokes ?? -1)
  default: unsafe Int32(loop?.missing ?? -1)
  }
}

/// The hash of everything since the commissioning.
@c(gate_hash)
public func gateHash() -> UInt64 {
  unsafe loop?.trace.hash ?? 0
}
