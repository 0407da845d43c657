#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Why a call of the operating system failed, in one line.
public struct HostError: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ what: String, isSystem: Bool = true) {
    description = isSystem ? "\(what): \(unsafe String(cString: strerror(errno)))" : what
  }
}

/// The calls of the operating system that a pump on sockets needs, and nothing above them.
enum Posix {
  /// ms of a clock that only goes forward.
  static func monotonic() -> Int64 { read(CLOCK_MONOTONIC) }

  /// ms since 1970 by the wall clock.
  static func wall() -> Int64 { read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Lets signals through to this thread, whatever mask it was started with.
  static func unblock(_ signals: [Int32]) {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  // MARK: Files

  static func readFile(_ path: String) throws(HostError) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw HostError("cannot read \(path)")
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe systemRead(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw HostError("cannot read \(path)") }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= 1 << 24 else { throw HostError("\(path) is too long", isSystem: false) }
    }
  }

  /// Puts a file in its place at once, for the owner alone: old bytes or new ones, never a blend.
  static func replaceFile(
    _ path: String,
    _ bytes: [UInt8],
    durable: Bool
  ) throws(HostError) {
    let temporary = path + ".new"
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw HostError("cannot write \(path)") }
    let isWritten = write(bytes[...], to: file, at: 0) && (!durable || fsync(file) == 0)
    close(file)
    guard isWritten, unsafe rename(temporary, path) == 0 else {
      throw HostError("cannot write \(path)")
    }
    guard durable else { return }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let directory = unsafe open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    if directory >= 0 {
      _ = fsync(directory)
      close(directory)
    }
  }

  /// Writes all bytes at an offset.
  static func write(_ bytes: ArraySlice<UInt8>, to file: Int32, at offset: Int) -> Bool {
    var rest = bytes
    var place = offset
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe pwrite(file, $0.baseAddress, $0.count, off_t(place))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
      place += count
    }
    return true
  }

  // MARK: Sockets

  /// `127.0.0.1:7300` as an address.
  static func address(_ text: String) throws(HostError) -> sockaddr_in {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    let host = parts.count == 2 ? (parts[0] == "localhost" ? "127.0.0.1" : String(parts[0])) : ""
    guard parts.count == 2, let port = UInt16(parts[1]),
      unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1
    else { throw HostError("\(text) is no address such as 127.0.0.1:7300", isSystem: false) }
    address.sin_port = port.bigEndian
    return address
  }

  static func listen(_ text: String) throws(HostError) -> Int32 {
    let address = try address(text)
    let socket = streamSocket()
    guard socket >= 0 else { throw HostError("cannot listen on \(text)") }
    var on: Int32 = 1
    _ = unsafe setsockopt(
      socket,
      SOL_SOCKET,
      SO_REUSEADDR,
      &on,
      socklen_t(MemoryLayout<Int32>.size)
    )
    let isBound = unsafe withAddress(address) { unsafe bind(socket, $0, $1) } == 0
    guard isBound, systemListen(socket) == 0 else {
      close(socket)
      throw HostError("cannot listen on \(text)")
    }
    makeNonBlocking(socket)
    return socket
  }

  /// Connects within so many ms.
  static func connect(_ text: String, within milliseconds: Int32) throws(HostError) -> Int32 {
    let address = try address(text)
    let socket = streamSocket()
    guard socket >= 0 else { throw HostError("cannot reach \(text)") }
    makeNonBlocking(socket)
    if unsafe withAddress(address, { unsafe systemConnect(socket, $0, $1) }) == 0 { return socket }
    if errno == EINPROGRESS {
      var polled = [pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)]
      wait(&polled, milliseconds)
      var failure: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      _ = unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size)
      if polled[0].revents != 0, failure == 0 { return socket }
      errno = failure == 0 ? ETIMEDOUT : failure
    }
    let error = HostError("cannot reach \(text)")
    close(socket)
    throw error
  }

  private static func streamSocket() -> Int32 {
    #if canImport(Glibc)
    let kind = Int32(SOCK_STREAM.rawValue)
    #else
    let kind = SOCK_STREAM
    #endif
    return socket(AF_INET, kind, 0)
  }

  private static func withAddress(
    _ address: sockaddr_in,
    _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  static func makeNonBlocking(_ file: Int32) {
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    var on: Int32 = 1
    _ = unsafe setsockopt(
      file,
      Int32(IPPROTO_TCP),
      TCP_NODELAY,
      &on,
      socklen_t(MemoryLayout<Int32>.size)
    )
  }

  /// Waits until something is ready, or for so long.
  static func wait(_ files: inout [pollfd], _ milliseconds: Int32) {
    _ = unsafe files.withUnsafeMutableBufferPointer {
      unsafe poll($0.baseAddress, nfds_t($0.count), milliseconds)
    }
  }

  /// What has come; nothing where nothing has, an empty array at the end.
  static func receive(_ file: Int32, max count: Int) -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: count)
    let got = unsafe chunk.withUnsafeMutableBytes { unsafe recv(file, $0.baseAddress, $0.count, 0) }
    if got < 0 { return errno == EAGAIN || errno == EINTR ? nil : [] }
    return Array(chunk[..<got])
  }

  /// How many bytes went out; nothing where the other side is gone.
  static func send(_ file: Int32, _ bytes: ArraySlice<UInt8>) -> Int? {
    let sent = unsafe bytes.withUnsafeBytes {
      unsafe systemSend(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if sent < 0 { return errno == EAGAIN || errno == EINTR ? 0 : nil }
    return sent
  }
}

private func systemRead(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(file, bytes, count)
}

private func systemListen(_ socket: Int32) -> Int32 { listen(socket, 64) }

private func systemConnect(
  _ socket: Int32,
  _ address: UnsafePointer<sockaddr>,
  _ size: socklen_t
) -> Int32 {
  unsafe connect(socket, address, size)
}

private func systemSend(
  _ file: Int32,
  _ bytes: UnsafeRawPointer?,
  _ count: Int,
  _ flags: Int32
) -> Int {
  unsafe send(file, bytes, count, flags)
}
