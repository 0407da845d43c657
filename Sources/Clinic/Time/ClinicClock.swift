import OrderText

/// The clinic's clocks, as parameters: nothing in it reads another one.
public struct ClinicClock: Sendable {
  /// Therapy time, ms since 1970 UTC: the demonstration's simulated clock, or the wall.
  public let therapy: @Sendable () -> Int64
  /// Security time, ms since 1970 UTC: always the wall, for sessions, one-time codes and delays.
  public let security: @Sendable () -> Int64
  /// Ms from any fixed instant, never set: for waits and for how long an answer took.
  public let elapsed: @Sendable () -> Int64
  /// Waits so many ms; throws where its task is cancelled.
  public let sleep: @Sendable (Int64) async throws -> Void

  public init(
    therapy: @escaping @Sendable () -> Int64,
    security: @escaping @Sendable () -> Int64,
    elapsed: @escaping @Sendable () -> Int64,
    sleep: @escaping @Sendable (Int64) async throws -> Void
  ) {
    self.therapy = therapy
    self.security = security
    self.elapsed = elapsed
    self.sleep = sleep
  }
}

/// Where bytes that nobody can guess come from.
public struct ClinicChance: Sendable {
  private let draw: @Sendable (Int) -> [UInt8]

  /// - Parameter draw: gives as many bytes as it is asked for, from the system's generator.
  public init(_ draw: @escaping @Sendable (Int) -> [UInt8]) { self.draw = draw }

  /// So many fresh bytes.
  public func bytes(_ count: Int) -> [UInt8] {
    let bytes = draw(count)
    precondition(bytes.count == count, "chance that gives out fewer bytes must not be gone on with")
    return bytes
  }

  /// A fresh token of 256 bits, as text for addresses and cookies.
  public func token() -> String { Hex.text(bytes(32)) }

  /// A fresh id for an event that no client asked for, with a word for what it is.
  public func eventID(_ word: String) -> String { "\(word)-\(Hex.text(bytes(16)))" }
}
