import Dispatch
import Foundation

/// A snapshot in a file beside the database: `clinic.sqlite-snapshot-NAME`.
///
/// Not in the database: a snapshot may be a hundred megabytes, and appends would wait until it had
/// gone through the write-ahead log.
///
///     offset  0         8         16    20    52     60
///             CSTSNAPF  position  form  seal  count  bytes
struct SnapshotFile {
  private static let tag = Array("CSTSNAPF".utf8)
  private static let headCount = 60
  private static let pieceCount = 1 << 20

  let path: String
  let name: String

  init(beside database: String, name: String) {
    path = "\(database)-snapshot-\(name)"
    self.name = name
  }

  /// Puts the file in its place at once, durably; on a thread that nothing else waits for.
  func write(_ snapshot: LedgerSnapshot, after head: LedgerHash) async throws(LedgerError) {
    let reason = await Self.aside { () -> String? in
      do {
        try replace(snapshot, seal: snapshot.seal(after: head))
        return nil
      } catch {
        return "cannot write \(path): \(error.localizedDescription)"
      }
    }
    if let reason { throw .notStored(reason: reason) }
  }

  private func replace(_ snapshot: LedgerSnapshot, seal: LedgerHash) throws {
    var layout = CanonicalBytes(tag: "CSTSNAPF", capacity: Self.headCount)
    layout.integer(snapshot.position)
    layout.integer(snapshot.form)
    layout.hash(seal)
    layout.integer(UInt64(snapshot.bytes.count))
    // Two that save at once each have a file of their own; the last one stays.
    let part = "\(path).\(UUID().uuidString).part"
    do {
      guard FileManager.default.createFile(atPath: part, contents: nil) else {
        throw CocoaError(.fileWriteUnknown)
      }
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: part))
      defer { try? handle.close() }
      try handle.write(contentsOf: layout.bytes)
      // Piece by piece, each synced: an append's own sync waits for one of them, not for all.
      var rest = snapshot.bytes[...]
      repeat {
        try handle.write(contentsOf: rest.prefix(Self.pieceCount))
        try handle.synchronize()
        rest = rest.dropFirst(Self.pieceCount)
      } while !rest.isEmpty
      guard unsafe rename(part, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      try? FileManager.default.removeItem(atPath: part)
      throw error
    }
  }

  /// What the file holds, and its seal, still to be compared; nothing where it is not whole.
  func read() async -> (LedgerSnapshot, LedgerHash)? {
    await Self.aside { load() }
  }

  private func load() -> (LedgerSnapshot, LedgerHash)? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    guard let head = try? handle.read(upToCount: Self.headCount), head.count == Self.headCount,
      head.starts(with: Self.tag), let seal = LedgerHash(bytes: head[20..<52]),
      let rest = try? handle.readToEnd() ?? Data(), rest.count == Self.number(head[52..<60])
    else { return nil }
    let snapshot = LedgerSnapshot(
      name: name,
      position: Self.number(head[8..<16]),
      form: Int32(truncatingIfNeeded: Self.number(head[16..<20])),
      bytes: Array(rest)
    )
    return (snapshot, seal)
  }

  private static func number(_ bytes: Data) -> Int64 {
    bytes.reduce(0) { $0 << 8 | Int64($1) }
  }

  /// Runs what waits for the disk outside of the threads that tasks share.
  private static func aside<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { answer in
      DispatchQueue.global(qos: .utility).async { answer.resume(returning: work()) }
    }
  }
}
