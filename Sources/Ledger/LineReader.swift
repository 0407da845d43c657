import Foundation

/// The lines of a file, without holding the whole of it.
struct LineReader {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isEnd = false

  init(path: String) throws(LedgerError) {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .file(reason: "cannot read \(path)")
    }
    self.handle = handle
  }

  /// A line without its break, and nothing at the end.
  ///
  /// A last line without a break is not a line.
  mutating func next() throws -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      if isEnd { return nil }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      let more = try handle.read(upToCount: 1 << 20) ?? Data()
      isEnd = more.isEmpty
      buffer += more
    }
  }

  /// Whether there is something after the last whole line.
  var hasRest: Bool { start < buffer.count }
}
