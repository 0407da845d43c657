/// The bytes of one line as the relay fetches and brings them: a value without waits.
///
/// Both ways are counted from the beginning of a connection. Whoever repeats a request says how far
/// they are, so a repeat does nothing twice; whoever lost a part of it is told so, and the
/// connection ends. Frames and session above it find whatever else happens to bytes.
struct LinePipe: Sendable {
  /// Bytes that wait to be fetched; more than a pump's line ever has.
  static let waitingMax = 256 * 1024

  /// Grows with every connection, also over restarts.
  private(set) var connection: Int64 = 0
  /// Whether the clinic wants the connection; if not the relay closes what it has.
  private(set) var isWanted = false
  /// Whether a relay has taken the connection up.
  private(set) var isTaken = false
  /// Of the first byte of `down`.
  private(set) var downBase: Int64 = 0
  private(set) var down: [UInt8] = []
  private(set) var upCount: Int64 = 0

  /// Begins a connection.
  ///
  /// - Parameter now: security time, which is greater than all connections before a restart.
  mutating func open(at now: Int64) {
    connection = max(connection + 1, now)
    isWanted = true
    isTaken = false
    (downBase, down, upCount) = (0, [], 0)
  }

  /// Ends the connection.
  mutating func end() {
    isWanted = false
    down = []
  }

  /// Takes bytes for the pump; false where they do not fit, and the connection is over.
  mutating func put(_ bytes: some Collection<UInt8>) -> Bool {
    guard isWanted, down.count + bytes.count <= Self.waitingMax else {
      end()
      return false
    }
    down += bytes
    return true
  }

  enum Fetched: Equatable, Sendable {
    /// From the offset that was asked for.
    case bytes(connection: Int64, offset: Int64, [UInt8])
    /// Nothing now; worth waiting for.
    case nothing
    /// No connection is wanted: whoever has one closes it.
    case close
    /// An older request, overtaken by one that was further on.
    case overtaken
    /// The connection cannot go on: a part of it is lost.
    case lost
  }

  /// Fetches bytes for the pump.
  ///
  /// - Parameters:
  ///   - given: the connection that the relay has with the pump; 0 for none.
  ///   - offset: how many of its bytes the relay has; they are forgotten here.
  /// - Returns: what the relay is to do.
  mutating func fetch(connection given: Int64, offset: Int64) -> Fetched {
    guard isWanted else { return given == 0 ? .nothing : .close }
    guard given == connection else {
      // The relay has another connection or none: it begins this one, if nobody has yet.
      guard downBase == 0 else {
        end()
        return .lost
      }
      return down.isEmpty ? .nothing : .bytes(connection: connection, offset: 0, down)
    }
    let reached = downBase + Int64(down.count)
    guard offset >= downBase else { return .overtaken }
    guard offset <= reached else {
      end()
      return .lost
    }
    isTaken = true
    down.removeFirst(Int(offset - downBase))
    downBase = offset
    return down.isEmpty ? .nothing : .bytes(connection: connection, offset: offset, down)
  }

  enum Brought: Equatable, Sendable {
    /// New bytes, maybe none of them.
    case taken([UInt8])
    /// Of a connection that is over or not this one.
    case otherConnection
    /// Bytes before these are missing.
    case gap
  }

  /// Takes bytes of the pump; those that came before are passed over.
  mutating func bring(_ bytes: [UInt8], connection given: Int64, offset: Int64) -> Brought {
    guard isWanted, given == connection else { return .otherConnection }
    guard offset >= 0, offset <= upCount else { return .gap }
    isTaken = true
    let known = min(upCount - offset, Int64(bytes.count))
    upCount += Int64(bytes.count) - known
    return .taken(Array(bytes.dropFirst(Int(known))))
  }
}
