public import PumpLink
import Synchronization

/// The lines there are, by pump and way.
public final class LineBook: Sendable {
  private let lines = Mutex<[String: PumpLine]>([:])

  public init() {}

  /// Adds a line, in place of one of the same pump and way.
  public func add(_ line: PumpLine) {
    let old = lines.withLock { lines in
      let key = Self.key(line.pump.name, line.way)
      defer { lines[key] = line }
      return lines[key]
    }
    if let old, old !== line { Task { await old.close() } }
  }

  /// The line of a pump; nothing where the clinic does not know the pump.
  public subscript(pump: String, way: LinkWay) -> PumpLine? {
    lines.withLock { $0[Self.key(pump, way)] }
  }

  /// All lines.
  public var all: [PumpLine] { lines.withLock { Array($0.values) } }

  /// Ends all waits: the server ends.
  public func close() {
    for line in all { Task { await line.close() } }
  }

  private static func key(_ pump: String, _ way: LinkWay) -> String {
    "\(pump)/\(way == .near ? "near" : "remote")"
  }
}
