#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import Synchronization

/// Why the file of the simulated clock could not be used.
public struct ClockFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One line: where, what was found, what to do.
  public let description: String
}

/// The file that tells every process of a demonstration what time it is.
///
/// A reader opens it for each reading, so it always sees a whole file: the writer puts a new one in
/// place of the old one and never changes one that is there.
public final class SimulatedClockFile: Sendable {
  public let path: String
  /// The latest time that this reader has told.
  private let told = Atomic<Int64>(.min)

  public init(path: String) { self.path = path }

  /// The latest time that was told here; the smallest number before any was.
  public var last: Int64 { told.load(ordering: .relaxed) }

  /// What the file says.
  public func anchor() throws(ClockFileError) -> ClockAnchor {
    guard let bytes = Self.read(path) else {
      throw ClockFileError(
        description: "\(path): given no file that can be read, expected the simulated clock: "
          + "start the clinic first"
      )
    }
    guard let anchor = ClockBytes.anchor(of: bytes) else {
      throw ClockFileError(
        description: "\(path): given \(bytes.count) bytes that are no simulated clock, expected "
          + "\(ClockBytes.count) that are: take another path, or remove the file"
      )
    }
    return anchor
  }

  /// The simulated time; never before one that this reader told earlier, whatever the wall does.
  public func now(wall: Int64) throws(ClockFileError) -> Int64 {
    let now = try anchor().simulated(at: wall)
    return told.max(now, ordering: .relaxed).newValue
  }

  /// Simulated milliseconds a millisecond of the wall.
  public func speed() throws(ClockFileError) -> Int64 { try anchor().speed }

  private static func read(_ path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // A byte more than there should be, so that too long a file is told.
    var bytes = [UInt8](repeating: 0, count: ClockBytes.count + 1)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(file, buffer.baseAddress, buffer.count, 0)
    }
    return count < 0 ? nil : Array(bytes.prefix(count))
  }
}
