import Foundation
import PumpTesting

/// What a power cut leaves of files, from the log of `Tests/LostWrites/lost-writes.c`.
///
/// The state at the last sync is durable. Of the changes since then a disk may have any: here all
/// are lost, or the newest, or any sectors of any of them.
struct PowerCut {
  enum Loss: CaseIterable { case all, newest, anySectors }

  /// What was not synced when the power went, and how much of it is lost.
  struct Outcome {
    var pending = 0
    var lost = 0
    /// Changes of the database file itself among the pending: a checkpoint was under way.
    var pendingOfDatabase = 0
    var syncs = 0
  }

  private struct Change {
    let isCut: Bool
    let file: Int
    let offset: Int
    let sizeBefore: Int
    let before: [UInt8]
    let after: [UInt8]
  }

  private var names: [Int: String] = [:]
  /// Not synced, in the order in which they were made.
  private var pending: [Change] = []
  /// Made since the folder was last synced.
  private var made: Set<Int> = []
  private var syncs = 0

  /// Reads a log; a last record that the kill cut short is of a change that was not made.
  init(log: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: log)))
    var at = 0
    func number(_ index: Int) -> Int {
      (0..<8).reduce(0) { $0 | Int(bytes[at + index * 8 + $1]) << ($1 * 8) }
    }
    while at + 64 <= bytes.count {
      let (kind, file, beforeCount, afterCount) = (number(0), number(1), number(4), number(5))
      let (offset, size) = (number(2), number(3))
      let start = at + 64
      guard start + beforeCount + afterCount <= bytes.count else { break }
      let before = Array(bytes[start..<start + beforeCount])
      let after = Array(bytes[start + beforeCount..<start + beforeCount + afterCount])
      take(
        kind,
        Change(
          isCut: kind == 4,
          file: file,
          offset: offset,
          sizeBefore: size,
          before: before,
          after: after
        )
      )
      at = start + beforeCount + afterCount
    }
  }

  private mutating func take(_ kind: Int, _ change: Change) {
    switch kind {
    case 1: names[change.file] = String(decoding: change.after, as: UTF8.self)
    case 2: made.insert(change.file)
    case 3, 4: pending.append(change)
    case 5:
      syncs += 1
      pending.removeAll { $0.file == change.file }
    case 6: made = []
    default:
      pending.removeAll { $0.file == change.file }
      made.remove(change.file)
      names[change.file] = nil
    }
  }

  /// Makes the files what they are when the power comes back.
  func apply(_ loss: Loss, _ generator: inout Seeded) throws -> Outcome {
    var outcome = Outcome(pending: pending.count, syncs: syncs)
    let firstLost = loss == .newest ? generator.pick(0...pending.count) : 0
    for (file, name) in names {
      let url = URL(fileURLWithPath: name)
      guard let now = try? Data(contentsOf: url) else { continue }
      if made.contains(file), loss != .anySectors || generator.once(in: 2) {
        try FileManager.default.removeItem(at: url)
        outcome.lost += 1
        continue
      }
      let mine = pending.enumerated().filter { $0.element.file == file }
      if name.hasSuffix(".sqlite") { outcome.pendingOfDatabase += mine.count }
      if mine.isEmpty { continue }
      var content = [UInt8](now)
      for (_, change) in mine.reversed() { Self.undo(change, &content) }
      for (index, change) in mine {
        switch loss {
        case .all: outcome.lost += 1
        case .newest:
          if index < firstLost { Self.redo(change, &content) } else { outcome.lost += 1 }
        case .anySectors:
          if !Self.redoSectors(of: change, &content, &generator) { outcome.lost += 1 }
        }
      }
      try Data(content).write(to: url)
    }
    return outcome
  }

  private static func resize(_ content: inout [UInt8], _ size: Int) {
    if size < content.count {
      content.removeLast(content.count - size)
    } else {
      content += [UInt8](repeating: 0, count: size - content.count)
    }
  }

  private static func put(_ bytes: ArraySlice<UInt8>, _ content: inout [UInt8], at offset: Int) {
    if content.count < offset + bytes.count { resize(&content, offset + bytes.count) }
    content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }

  private static func undo(_ change: Change, _ content: inout [UInt8]) {
    resize(&content, change.sizeBefore)
    put(change.before[...], &content, at: change.offset)
    resize(&content, change.sizeBefore)
  }

  private static func redo(_ change: Change, _ content: inout [UInt8]) {
    if change.isCut {
      resize(&content, change.offset)
    } else {
      put(change.after[...], &content, at: change.offset)
    }
  }

  /// Each sector of 512 bytes got to the disk or did not; whether all of them did.
  private static func redoSectors(
    of change: Change,
    _ content: inout [UInt8],
    _ generator: inout Seeded
  ) -> Bool {
    if change.isCut {
      let isKept = generator.once(in: 2)
      if isKept { redo(change, &content) }
      return isKept
    }
    var isWhole = true
    var start = 0
    while start < change.after.count {
      let end = min(change.after.count, start + 512 - (change.offset + start) % 512)
      if generator.once(in: 2) {
        put(change.after[start..<end], &content, at: change.offset + start)
      } else {
        isWhole = false
      }
      start = end
    }
    return isWhole
  }
}
