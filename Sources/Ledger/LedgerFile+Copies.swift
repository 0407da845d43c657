import Foundation
import GRDB

extension LedgerFile {
  /// Copies the database as it is at one moment, while others go on writing it, and proves the copy.
  ///
  /// The copy is a ledger that any command reads, and that a server can be started on.
  ///
  /// - Throws: `file` where something is at the new path already; `damaged` where the ledger is not
  ///   whole: then there is no copy.
  public func backup(
    to copy: String,
    progress: LedgerProgress = { _, _ in }
  ) throws(LedgerError) -> Proof {
    try Self.build(copy) { part throws(LedgerError) -> Void in
      try self.read { db in
        let target = try DatabaseQueue(path: part)
        try target.writeWithoutTransaction { into in
          try withoutActuallyEscaping(progress) { progress in
            try db.backup(to: into, pagesPerStep: 2_000) { step in
              progress(Int64(step.completedPageCount), Int64(step.totalPageCount))
            }
          }
        }
        try target.close()
      }
    }
  }

  /// Makes a new database of an export or of a backup, with the very same events and hashes.
  ///
  /// - Throws: as `backup`. Of an export that is not whole nothing is restored.
  public func restore(
    to database: String,
    progress: LedgerProgress = { _, _ in }
  ) throws(LedgerError) -> Proof {
    if try isDatabase() { return try backup(to: database, progress: progress) }
    return try Self.build(database) { part throws(LedgerError) -> Void in
      let ledger = try SQLiteLedger(path: part)
      var check = ChainCheck()
      var waiting: [LedgerEvent] = []
      func store() throws {
        try ledger.pool.write { db in
          let insert = try EventTable.insertStatement(db)
          for event in waiting { try EventTable.insert(event, with: insert) }
        }
        waiting.removeAll(keepingCapacity: true)
      }
      try self.readExport(&check, progress) { event in
        waiting.append(event)
        if waiting.count == 1_000 { try store() }
      }
      do {
        try store()
      } catch {
        throw SQLiteLedger.meaning(of: error)
      }
      try ledger.close()
    }
  }

  /// Makes a file beside its place and puts it there once it is proved and durable.
  private static func build(
    _ path: String,
    _ make: (_ part: String) throws(LedgerError) -> Void
  ) throws(LedgerError) -> Proof {
    let files = FileManager.default
    guard !files.fileExists(atPath: path) else {
      throw .file(reason: "\(path) is there already: nothing is written over a ledger")
    }
    let part = path + ".part"
    let beside = ["-wal", "-shm", "-journal"].map { part + $0 }
    func removeBeside() {
      for file in beside { try? files.removeItem(atPath: file) }
    }
    try? files.removeItem(atPath: part)
    removeBeside()
    defer {
      try? files.removeItem(atPath: part)
      removeBeside()
    }
    try make(part)
    // Proved without what lies beside it, for it is moved without.
    removeBeside()
    let proof = try LedgerFile(path: part).verify()
    do {
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: part))
      try handle.synchronize()
      try handle.close()
      try files.moveItem(atPath: part, toPath: path)
    } catch {
      throw .file(reason: "cannot write \(path): \(error.localizedDescription)")
    }
    return proof
  }
}
