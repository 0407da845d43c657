public import SimulatedClock

/// What time it is around a pump: the host's, times a speed, or a demonstration's one clock.
public enum HostTime: Sendable {
  /// Simulated seconds a second of the host; 0 stands still.
  case host(speed: Int64)
  /// The clock that all processes of a demonstration share.
  case shared(SimulatedClockFile)

  /// Ms since 1970 UTC.
  func now() throws(HostError) -> Int64 {
    switch self {
    case .host: return Posix.wall()
    case .shared(let clock): return try Self.read(clock)
    }
  }

  /// Ms from any fixed instant, for what passes between two turns; the host's clock may be set.
  func elapsed() throws(HostError) -> Int64 {
    switch self {
    case .host: return Posix.monotonic()
    case .shared(let clock): return try Self.read(clock)
    }
  }

  /// Ms of the pump's counter for each ms of ``now()``.
  var counterSpeed: Int64 {
    switch self {
    case .host(let speed): speed
    case .shared: 1
    }
  }

  /// As the pump's folder names it: times of one kind say nothing about the other.
  var name: String {
    switch self {
    case .host: "host"
    case .shared: "shared"
    }
  }

  /// How time goes, for the log.
  var words: String {
    switch self {
    case .host(0): "not at all (speed 0)"
    case .host(let speed): "at \(speed) s a second"
    case .shared(let clock): "by the clock in \(clock.path)"
    }
  }

  private static func read(_ clock: SimulatedClockFile) throws(HostError) -> Int64 {
    do throws(ClockFileError) { return try clock.now(wall: Posix.wall()) } catch {
      throw HostError(error.description, isSystem: false)
    }
  }
}
