#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
public import PumpCore
public import PumpLink
public import Quantities
import Synchronization

/// A virtual pump in memory: what ``PumpHost`` is with files and sockets, for many of them in one process.
///
/// It is brought to now whenever somebody speaks to it, and no oftener: its core jumps over time.
public final class HeldPump: Sendable {
  public typealias Held = VirtualPump<SimulatedMemory>

  private struct State {
    var pump: Held
    /// Where what the pump says on a connection goes.
    var outlets: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
  }

  private let state: Mutex<State>
  private let now: @Sendable () -> PumpTime

  /// Makes a blank pump: no clinic, no drug, no program.
  ///
  /// Nothing where the memory holds no pump.
  ///
  /// - Parameters:
  ///   - secrets: of the pump.
  ///   - local: what the clock on the wall shows when it is made.
  ///   - entropy: gives 32 fresh random bytes.
  ///   - now: pump time.
  public init?(
    _ secrets: PumpSecrets,
    local: LocalTime,
    entropy: @escaping @Sendable () -> Bytes32,
    now: @escaping @Sendable () -> PumpTime
  ) {
    let world = PumpWorld(secrets: secrets, entropy: entropy)
    let made = Held(
      recovering: SimulatedMemory(blank: world, local: local),
      at: .commissioning,
      linkTime: Self.linkTime,
      world
    )
    guard let made else { return nil }
    self.now = now
    state = Mutex(State(pump: made))
  }

  private static var linkTime: PumpTime { PumpTime(milliseconds: Posix.monotonic()) }

  /// Looks at the pump as it is now, or lets something happen to it.
  public func with<Value: Sendable>(_ body: (inout Held) -> Value) -> Value {
    state.withLock { state in
      state.pump.advance(to: now())
      return body(&state.pump)
    }
  }

  /// The motor moves and nothing counts it: for trying whoever compares.
  public func driveUncounted(_ strokes: Int64) {
    state.withLock { $0.pump.pump.motor.driven += strokes }
  }

  /// Knocks at a port; nothing where the pump does not answer.
  public func open(_ way: Way) -> HeldPort? {
    let (bytes, outlet) = AsyncStream.makeStream(of: [UInt8].self)
    let number = state.withLock { state -> Int? in
      state.pump.advance(to: now())
      let number = state.pump.open(way, at: Self.linkTime)
      if let number { state.outlets[number] = outlet }
      return number
    }
    return number.map { HeldPort(pump: self, number: $0, bytes: bytes) }
  }

  /// Repeats what was not acknowledged and works on what had to wait.
  public func tick() {
    state.withLock { state in
      guard !state.outlets.isEmpty else { return }
      state.pump.advance(to: now())
      state.pump.tick(at: Self.linkTime)
      Self.flush(&state)
    }
  }

  fileprivate func put(_ bytes: [UInt8], on number: Int) {
    state.withLock { state in
      state.pump.advance(to: now())
      state.pump.receive(bytes, on: number, at: Self.linkTime)
      Self.flush(&state)
    }
  }

  fileprivate func close(_ number: Int) {
    state.withLock { state in
      state.pump.close(number)
      state.outlets.removeValue(forKey: number)?.finish()
    }
  }

  private static func flush(_ state: inout State) {
    for (number, outlet) in state.outlets {
      let output = state.pump.takeOutput(of: number)
      if !output.isEmpty { outlet.yield(output) }
      if !state.pump.isOpen(number) {
        outlet.finish()
        state.outlets[number] = nil
      }
    }
  }

  /// Opens a session at a port, as ``LinkClient`` does over a socket.
  ///
  /// - Parameter target: whom to call, and as whom; the address is not looked at.
  /// - Returns: the session.
  /// - Throws: why there is none.
  public func call(_ target: LinkTarget) throws(LinkFailure) -> LinkClient {
    let number = state.withLock { state in
      state.pump.advance(to: now())
      return state.pump.open(target.way, at: Self.linkTime)
    }
    guard let number else { throw .unreachable("the pump does not answer strangers now") }
    return try LinkClient(target, over: HeldWire(pump: self, number: number))
  }

  fileprivate func takeOutput(of number: Int) -> [UInt8]? {
    state.withLock { state in
      state.pump.tick(at: Self.linkTime)
      let output = state.pump.takeOutput(of: number)
      if !output.isEmpty { return output }
      return state.pump.isOpen(number) ? nil : []
    }
  }
}

/// A connection to a held pump.
public struct HeldPort: Sendable {
  private let pump: HeldPump
  private let number: Int
  /// What the pump sends; ends with the connection.
  public let bytes: AsyncStream<[UInt8]>

  fileprivate init(pump: HeldPump, number: Int, bytes: AsyncStream<[UInt8]>) {
    (self.pump, self.number, self.bytes) = (pump, number, bytes)
  }

  public func put(_ bytes: [UInt8]) { pump.put(bytes, on: number) }
  public func close() { pump.close(number) }
}

/// Bytes between a caller and a held pump.
private struct HeldWire: LinkWire {
  let pump: HeldPump
  let number: Int

  func put(_ bytes: ArraySlice<UInt8>) -> Int? {
    pump.put(Array(bytes), on: number)
    return bytes.count
  }

  func take() -> [UInt8]? {
    if let output = pump.takeOutput(of: number) { return output }
    usleep(2_000)
    return nil
  }

  func close() { pump.close(number) }
}
