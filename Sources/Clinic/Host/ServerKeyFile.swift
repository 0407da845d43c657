#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The file with the server's key: 32 bytes that only its owner may read.
public enum ServerKeyFile {
  /// Reads the key, or makes one where there is none.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - chance: for a new key.
  /// - Returns: the key.
  /// - Throws: where others may read it, it is something else, or it cannot be read or made.
  public static func open(_ path: String, _ chance: ClinicChance) throws(ServerKeyError)
    -> ServerKey
  {
    let made = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if made >= 0 {
      let bytes = chance.bytes(ServerKey.count)
      let count = unsafe bytes.withUnsafeBytes { unsafe write(made, $0.baseAddress, $0.count) }
      let isWhole = count == bytes.count && fsync(made) == 0
      close(made)
      guard isWhole, let key = ServerKey(bytes) else {
        unsafe unlink(path)
        throw ServerKeyError(description: "\(path): could not be written whole: is the disk full?")
      }
      return key
    }
    return try read(path)
  }

  private static func read(_ path: String) throws(ServerKeyError) -> ServerKey {
    let file = systemOpen(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0)
    guard file >= 0 else {
      throw ServerKeyError(
        description: "\(path): given no file that can be read or made, expected the server's key"
      )
    }
    defer { close(file) }
    var about = stat()
    guard unsafe fstat(file, &about) == 0, about.st_mode & 0o077 == 0 else {
      throw ServerKeyError(
        description: "\(path): given a file that others may read, expected mode 0600: "
          + "chmod 600 it, and think about who has read it"
      )
    }
    var bytes = [UInt8](repeating: 0, count: ServerKey.count + 1)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe systemRead(file, buffer.baseAddress, buffer.count)
    }
    guard let key = ServerKey(Array(bytes.prefix(max(0, count)))) else {
      throw ServerKeyError(
        description: "\(path): given \(max(0, count)) bytes or more, expected \(ServerKey.count)"
      )
    }
    return key
  }
}

// `open` and `read` are also names of the type's own, which would hide the system's.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags, mode)
}

private func systemRead(
  _ file: Int32,
  _ buffer: UnsafeMutableRawPointer?,
  _ count: Int
) -> Int { unsafe read(file, buffer, count) }

/// Why the server's key could not be had.
public struct ServerKeyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// One line: where, what was found, what to do.
  public let description: String
}
