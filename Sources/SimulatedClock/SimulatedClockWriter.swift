#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import Synchronization

/// The one writer of a simulated clock; a second one on the same file is refused.
public final class SimulatedClockWriter: Sendable {
  public let path: String
  private let lock: Int32
  private let anchor: Mutex<ClockAnchor>

  /// Takes a clock over, or makes one.
  ///
  /// - Parameters:
  ///   - path: of the file; beside it stands `path.lock`.
  ///   - wall: now.
  ///   - start: the simulated time of a new clock; one that is there goes on from where it is.
  ///   - speed: of a new clock.
  /// - Throws: where another process writes it, or the file cannot be written or is something else.
  public init(
    path: String,
    wall: Int64,
    start: Int64,
    speed: Int64 = 1
  ) throws(ClockFileError) {
    self.path = path
    lock = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0 else {
      throw ClockFileError(description: "\(path).lock: cannot be made: is the folder there?")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw ClockFileError(
        description: "\(path): another process sets this clock: end it, or take another path"
      )
    }
    let isThere = unsafe access(path, F_OK) == 0
    do {
      let first =
        isThere
        ? try SimulatedClockFile(path: path).anchor()
        : ClockAnchor(wall: wall, simulated: start, speed: speed)
      anchor = Mutex(first)
      try Self.write(first, to: path)
    } catch {
      close(lock)
      throw error
    }
  }

  deinit { close(lock) }

  /// The simulated time.
  public func now(wall: Int64) -> Int64 { anchor.withLock { $0.simulated(at: wall) } }

  /// What every reader sees.
  public var current: ClockAnchor { anchor.withLock { $0 } }

  /// Lets time go at another speed from now on.
  ///
  /// - Throws: where it cannot be written; then time goes on as before, for everyone.
  public func set(speed: Int64, at wall: Int64) throws(ClockFileError) {
    try change { $0.changed(to: speed, chosen: speed, at: wall) }
  }

  /// Lets time go no faster than the wall's until ``resume(at:)``.
  public func hold(at wall: Int64) throws(ClockFileError) { try change { $0.held(at: wall) } }

  /// Lets time go as it was chosen.
  public func resume(at wall: Int64) throws(ClockFileError) { try change { $0.resumed(at: wall) } }

  /// Puts time forward at once, and lets it go on from there as it went; it is never put back.
  ///
  /// - Parameters:
  ///   - instant: simulated ms since 1970 UTC.
  ///   - wall: now.
  /// - Throws: where it cannot be written; then time goes on as before, for everyone.
  public func step(to instant: Int64, at wall: Int64) throws(ClockFileError) {
    try change { $0.stepped(to: instant, at: wall) }
  }

  private func change(_ change: (ClockAnchor) -> ClockAnchor) throws(ClockFileError) {
    let result = anchor.withLock { anchor -> Result<Void, ClockFileError> in
      let next = change(anchor)
      guard next != anchor else { return .success(()) }
      do throws(ClockFileError) {
        try Self.write(next, to: path)
        anchor = next
        return .success(())
      } catch { return .failure(error) }
    }
    try result.get()
  }

  /// A new file in place of the old one: a reader has the one or the other, also after a power cut.
  private static func write(_ anchor: ClockAnchor, to path: String) throws(ClockFileError) {
    let fresh = path + ".new"
    let file = unsafe open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw ClockFileError(description: "\(fresh): cannot be written: is the folder there?")
    }
    let bytes = ClockBytes.bytes(of: anchor)
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe pwrite(file, buffer.baseAddress, buffer.count, 0)
    }
    let isWhole = count == bytes.count && fsync(file) == 0
    close(file)
    guard isWhole, unsafe rename(fresh, path) == 0 else {
      unsafe unlink(fresh)
      throw ClockFileError(description: "\(path): could not be written whole: is the disk full?")
    }
  }
}
