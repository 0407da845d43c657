import PumpCore
import Quantities

// The gate's script reads these constants from what the compiler emits, so no machine of the kind
// has to be there to run them.

@c(gate_size_Controller)
public func sizeOfController() -> Int32 { Int32(MemoryLayout<Controller>.size) }

@c(gate_size_Program)
public func sizeOfProgram() -> Int32 { Int32(MemoryLayout<Program>.size) }

@c(gate_size_Supervisor)
public func sizeOfSupervisor() -> Int32 { Int32(MemoryLayout<Supervisor>.size) }

/// Controller, supervisor, store with its buffer, and journal.
@c(gate_size_Pump)
public func sizeOfPump() -> Int32 { Int32(MemoryLayout<Pump<NoPort, NoPort, NoPort>>.size) }

/// Motor, memory and sink without any state.
struct NoPort: MotorPort, PumpMemory, EventSink {
  mutating func drive(_: StrokeOrder) -> Bool { false }
  func read(into _: inout MutableSpan<UInt8>, at _: Int) {}
  mutating func write(_: Span<UInt8>, at _: Int) {}
  mutating func record(_: PumpEvent, at _: PumpTime) {}
}
