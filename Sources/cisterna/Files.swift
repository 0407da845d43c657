#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whole files in and out; each failure is one line that names the file.
enum Files {
  /// Longer inputs are not read to their end: no scenario is that long.
  static let bytesMax = 64 << 20

  /// The bytes of a file, or of standard input for `-`.
  static func read(_ path: String) throws -> [UInt8] {
    let isInput = path == "-"
    let name = isInput ? "standard input" : path
    let descriptor = isInput ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot read \(name)") }
    defer { if !isInput { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        Self.retrying { unsafe systemRead(descriptor, buffer.baseAddress, buffer.count) }
      }
      guard count >= 0 else { throw failure("cannot read \(name)") }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= bytesMax else {
        throw Failure(.badInput, "cannot read \(name): longer than 64 MiB")
      }
    }
  }

  /// Puts a file in its place at once: another reader sees the old bytes or the new ones.
  ///
  /// What is there and is not a plain file, such as a pipe, is written to directly.
  ///
  /// - Parameters:
  ///   - bytes: all of the file.
  ///   - path: `-` for standard output.
  ///   - mode: of a new file, less what the user's mask takes away.
  /// - Throws: a failure that names the file.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o666) throws {
    try writeInParts(to: path, mode: mode) { sink in try sink(bytes) }
  }

  /// As `write`, for what is too long to hold: the body hands its bytes to the sink, part by part.
  static func writeInParts<Value>(
    to path: String,
    mode: mode_t = 0o666,
    _ body: (_ sink: ([UInt8]) throws -> Void) throws -> Value
  ) throws -> Value {
    if path == "-" { return try body { try writeAll($0, to: 1, named: "standard output") } }
    if let kind = kind(of: path), kind != S_IFREG {
      let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure("cannot write \(path)") }
      defer { close(descriptor) }
      return try body { try writeAll($0, to: descriptor, named: path) }
    }
    let temporary = "\(path).\(getpid()).tmp"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    let descriptor = unsafe open(temporary, flags, mode)
    guard descriptor >= 0 else { throw failure("cannot write \(path)") }
    let value: Value
    do {
      defer { close(descriptor) }
      value = try body { try writeAll($0, to: descriptor, named: path) }
      guard fsync(descriptor) == 0 else { throw failure("cannot write \(path)") }
    } catch {
      _ = unsafe unlink(temporary)
      throw error
    }
    guard unsafe rename(temporary, path) == 0 else {
      let failure = failure("cannot write \(path)")
      _ = unsafe unlink(temporary)
      throw failure
    }
    return value
  }

  /// Puts a new file in its place; what is there already is never replaced.
  ///
  /// - Parameters:
  ///   - bytes: all of the file.
  ///   - path: of nothing yet.
  ///   - mode: of the file, less what the user's mask takes away.
  /// - Throws: a failure that names the file, also where it is there.
  static func writeNew(_ bytes: [UInt8], to path: String, mode: mode_t = 0o666) throws {
    guard kind(of: path) == nil else {
      throw Failure(.badInput, "cannot write \(path): it is there already")
    }
    try write(bytes, to: path, mode: mode)
  }

  static func exists(_ path: String) -> Bool { kind(of: path) != nil }

  /// Makes a folder for the owner alone, if it is not there.
  static func makeFolder(_ path: String) { _ = unsafe mkdir(path, 0o700) }

  static func remove(_ path: String) { _ = unsafe unlink(path) }

  /// Throws where others than the owner may read a file.
  static func checkPrivate(_ path: String) throws {
    var information = stat()
    guard unsafe stat(path, &information) == 0 else { return }
    guard information.st_mode & 0o077 == 0 else {
      throw Failure(.badInput, "\(path) can be read by others: chmod 600 \(path)")
    }
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, named name: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        Self.retrying { unsafe systemWrite(descriptor, buffer.baseAddress, buffer.count) }
      }
      guard count > 0 else { throw failure("cannot write \(name)") }
      rest = rest.dropFirst(count)
    }
  }

  /// Whether a path is a plain file, a directory or something else; nothing where it is not there.
  private static func kind(of path: String) -> mode_t? {
    var information = stat()
    guard unsafe stat(path, &information) == 0 else { return nil }
    return information.st_mode & S_IFMT
  }

  /// Calls again what a signal interrupted.
  private static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result < 0, errno == EINTR { continue }
      return result
    }
  }

  private static func failure(_ line: String) -> Failure {
    let reason = unsafe String(cString: strerror(errno))
    return Failure(.badInput, "\(line): \(reason)")
  }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(file, bytes, count)
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(file, bytes, count)
}
