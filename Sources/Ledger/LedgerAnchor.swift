import Foundation

/// What stands for a whole ledger at the end of a day: kept outside of the database, on paper too.
///
/// Whoever can write the database can compute every hash anew, or drop the newest events; not so
/// that an anchor kept elsewhere still fits.
public struct LedgerAnchor: Hashable, Sendable, CustomStringConvertible {
  /// As `2026-11-21`.
  public let day: String
  /// The position of the last event.
  public let position: Int64
  /// How many streams there were.
  public let streams: Int64
  /// The hash over the heads of all streams (`docs/ledger.md`).
  public let root: LedgerHash

  /// One line: day, position, streams, and the root in groups of eight digits that a person can
  /// compare with a printed sheet.
  public var description: String {
    let digits = Array(root.description)
    let groups = stride(from: 0, to: 64, by: 8).map { String(digits[$0..<$0 + 8]) }
    return "\(day) position \(position) streams \(streams) root \(groups.joined(separator: "-"))"
  }

  init(day: String, position: Int64, streams: Int64, root: LedgerHash) {
    self.day = day
    self.position = position
    self.streams = streams
    self.root = root
  }

  /// Reads the line that `description` writes, and no other.
  public init?(line: String) {
    let words = line.split(separator: Character(" ")).map(String.init)
    guard words.count == 7, Self.isDay(words[0]), let position = Int64(words[2]),
      let streams = Int64(words[4]),
      let root = LedgerHash(hexadecimal: words[6].filter { $0 != "-" })
    else { return nil }
    self.init(day: words[0], position: position, streams: streams, root: root)
    guard description == line else { return nil }
  }

  /// Whether a text has the form of a day; the calendar is not consulted.
  public static func isDay(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])/) != nil
  }
}

/// The file of anchors: a line for each, lines with `#` are remarks.
public struct AnchorFile: Sendable {
  public let path: String

  public init(path: String) {
    self.path = path
  }

  /// All anchors in the order of the file; none where there is no file.
  ///
  /// - Throws: `LedgerError.file` where a line is no anchor, or they are out of order.
  public func read() throws(LedgerError) -> [LedgerAnchor] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .file(reason: "cannot read \(path)")
    }
    var anchors: [LedgerAnchor] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      guard let anchor = LedgerAnchor(line: String(line)) else {
        throw .file(reason: "\(path), line \(number + 1): not an anchor")
      }
      if let last = anchors.last, last.position > anchor.position || last.day > anchor.day {
        throw .file(reason: "\(path), line \(number + 1): older than the line before")
      }
      anchors.append(anchor)
    }
    return anchors
  }

  /// Puts an anchor at the end, durably.
  public func append(_ anchor: LedgerAnchor) throws(LedgerError) {
    let isNew = !FileManager.default.fileExists(atPath: path)
    let heading = """
      # Anchors of a Cisterna ledger: print them, keep them where the database is not.
      # day, last position, streams, SHA-256 over the heads of all streams

      """
    do {
      if isNew {
        guard FileManager.default.createFile(atPath: path, contents: Data(heading.utf8)) else {
          throw LedgerError.file(reason: "cannot write \(path)")
        }
      }
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("\(anchor)\n".utf8))
      try handle.synchronize()
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .file(reason: "cannot write \(path): \(error.localizedDescription)")
    }
  }
}
