import Foundation
import Ledger

/// The calls of the ledger, and what their failures look like on the command line.
enum LedgerRunning {
  /// Runs a long work; how far it is shows on standard error where that is a terminal.
  static func run<Value>(
    _ name: String,
    _ work: (@escaping LedgerProgress) throws -> Value
  ) throws -> Value {
    let progress = ProgressLine(name)
    defer { progress.end() }
    do {
      return try work { done, all in progress.reached(done, of: all) }
    } catch let error as LedgerError {
      switch error {
      case .damaged(let damage): throw Failure(.damaged, "damaged: \(damage)")
      default: throw Failure(.badInput, "\(error)")
      }
    }
  }

  /// The anchors of a file; none where none is named.
  static func anchors(_ path: String?, mustExist: Bool) throws -> [LedgerAnchor] {
    guard let path else { return [] }
    if mustExist, !FileManager.default.fileExists(atPath: path) {
      throw Failure(.badInput, "cannot read \(path): no such file")
    }
    return try AnchorFile(path: path).read()
  }

  static func add(_ anchor: LedgerAnchor, to path: String) throws {
    try AnchorFile(path: path).append(anchor)
  }

  /// A day as it was given, or today's in UTC.
  static func day(_ text: String?) throws -> String {
    guard let text else {
      return String(Date().ISO8601Format().prefix(10))
    }
    guard LedgerAnchor.isDay(text) else {
      throw Failure(.badInput, "\(text) is not a day as 2026-11-21")
    }
    return text
  }

  static func words(_ proof: LedgerFile.Proof) -> String {
    "\(proof.events) events in \(proof.streams) streams"
  }

  static func say(_ line: String) throws {
    try Streams.standardOutput(Array((line + "\n").utf8))
  }
}

/// A line on standard error that is wiped at the end.
private final class ProgressLine {
  private let name: String
  private let isShown = Streams.isErrorTerminal
  private let start = ContinuousClock.now
  private var percent: Int64 = -1

  init(_ name: String) {
    self.name = name
  }

  /// Nothing is shown of work that takes less than a second.
  func reached(_ done: Int64, of all: Int64) {
    guard isShown, all > 0 else { return }
    let now = min(100, done * 100 / all)
    guard now != percent, ContinuousClock.now - start > .seconds(1) else { return }
    percent = now
    Streams.standardError("\r\(name): \(now) %\u{1B}[K")
  }

  func end() {
    if percent >= 0 { Streams.standardError("\r\u{1B}[K") }
  }
}
