#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif
import PumpCore

/// A pump's memory in a file: each write goes to the file at once, in order.
///
/// A killed process loses nothing, as what was written is the kernel's. Of a power cut of the host
/// itself only what was synchronized is sure to be there: that is everything before a receipt goes
/// out, and otherwise what is older than a second. Writes that a dying host reorders leave a slot
/// that fails its check, as a torn write does.
public struct FileMemory: WorldMemory {
  private let storage: Storage

  private final class Storage {
    var bytes: [UInt8]
    let file: Int32
    var isDirty = false
    var tears = false
    let power: PowerLine

    init(_ bytes: [UInt8], _ file: Int32, _ power: PowerLine) {
      self.bytes = bytes
      self.file = file
      self.power = power
    }

    deinit { close(file) }
  }

  /// Opens the file; it has the size of a whole memory.
  init(path: String, size: Int, _ power: PowerLine) throws(HostError) {
    guard let bytes = try Posix.readFile(path), bytes.count == size else {
      throw HostError("\(path) is no memory of such a pump", isSystem: false)
    }
    let file = unsafe open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw HostError("cannot open \(path)") }
    storage = Storage(bytes, file, power)
  }

  public func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<min(target.count, storage.bytes.count - offset) {
      target[index] = storage.bytes[offset + index]
    }
  }

  public mutating func write(_ source: Span<UInt8>, at offset: Int) {
    guard storage.power.isOn else { return }
    var kept = source.count
    if storage.tears {
      kept = source.count / 16 * 8
      storage.power.isOn = false
    }
    for index in 0..<kept { storage.bytes[offset + index] = source[index] }
    let slice = storage.bytes[offset..<offset + kept]
    guard Posix.write(slice, to: storage.file, at: offset) else {
      // The pump reads back what it stores, but from the copy here; a disk that takes nothing must
      // not let it go on as if it had.
      fatalError("the pump's memory file takes no more")
    }
    storage.isDirty = true
  }

  /// Makes sure that what was written survives a power cut of the host.
  func synchronize() {
    guard storage.isDirty else { return }
    storage.isDirty = false
    guard fdatasync(storage.file) == 0 else {
      fatalError("the pump's memory file cannot be synchronized")
    }
  }

  public mutating func tearNextWrite() { storage.tears = true }

  public mutating func restorePower() {
    storage.tears = false
    storage.power.isOn = true
  }
}
