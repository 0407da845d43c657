#if os(Linux)
import Foundation
import PumpTesting
import Testing

@testable import Ledger

/// The power goes while a process appends: what it wrote and did not sync is lost, all or in part.
///
/// A library under the process notes each write and each sync (`Tests/LostWrites`); the process is
/// killed, and the files are made what a disk could hold then.
struct PowerCutTests {
  /// The library that notes, built once for all tests, beside the appender.
  static let library = Result { try Self.build() }

  private static func build() throws -> String {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("LostWrites/lost-writes.c")
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("lost-writes.so").path
    for compiler in ["cc", "clang"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [compiler, "-shared", "-fPIC", "-O2", "-o", path, source.path]
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus == 0 { return path }
    }
    throw CocoaError(.executableNotLoadable)
  }

  private static func environment(
    _ scratch: Scratch,
    _ log: String,
    _ more: [String: String] = [:]
  ) throws -> [String: String] {
    [
      "LD_PRELOAD": try Self.library.get(),
      // With its end, so that the log in the folder beside is not watched.
      "CUT_FOLDER": scratch.file("disk/"),
      "CUT_LOG": log,
    ].merging(more) { $1 }
  }

  private static func life(_ scratch: Scratch) throws -> AppenderLife {
    let disk = scratch.file("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    return AppenderLife(path: disk + "/ledger.sqlite")
  }

  /// One life, its end, and what the disk is left with.
  ///
  /// With `atPage` the end comes in the middle of a checkpoint, after so many of its pages.
  private static func cut(
    _ life: inout AppenderLife,
    _ scratch: Scratch,
    round: Int,
    heard least: Int = 1,
    _ loss: PowerCut.Loss,
    _ generator: inout Seeded,
    atPage: Int? = nil,
    _ more: [String: String] = [:]
  ) throws -> PowerCut.Outcome {
    let log = scratch.file("log-\(round)")
    var environment = try environment(scratch, log, more)
    if let atPage { environment["CUT_AT"] = "\(atPage)" }
    let delay = atPage == nil ? Duration.milliseconds(generator.pick(0...40)) : nil
    try life.killOnce(round: round, heard: least, after: delay, environment: environment)
    let outcome = try PowerCut(log: log).apply(loss, &generator)
    // The index of the write-ahead log is memory; it goes with the power.
    try? FileManager.default.removeItem(atPath: life.path + "-shm")
    try FileManager.default.removeItem(atPath: log)
    return outcome
  }

  @Test
  func `whatever was acknowledged before the power went is there, once (SR-113, H-71, H-68)`()
    async throws
  {
    try await onOwnThread { try Self.cutPower() }
  }

  private static func cutPower() throws {
    let start = ContinuousClock.now
    var generator = Seeded(seed: 20_261_122)
    var cuts = 0, acknowledged = 0, unanswered = 0
    var all = PowerCut.Outcome()
    var checkpoints = 0
    for number in 0..<20 {
      let scratch = try Scratch()
      var life = try life(scratch)
      for round in 0..<10 {
        let loss = PowerCut.Loss.allCases[(number + round) % PowerCut.Loss.allCases.count]
        // The first life makes the file, with writes that are no checkpoint's.
        let atPage = round > 0 && round % 2 == 0 ? generator.pick(1...120) : nil
        let outcome = try cut(&life, scratch, round: round, loss, &generator, atPage: atPage)
        cuts += 1
        all.pending += outcome.pending
        all.lost += outcome.lost
        all.syncs += outcome.syncs
        if outcome.pendingOfDatabase > 0 { checkpoints += 1 }
        let fault = try life.fault()
        #expect(fault == nil, "cut \(cuts), loss \(loss)")
      }
      acknowledged += life.acknowledged.reduce(0, +)
      unanswered += life.unanswered
    }
    print(
      """
      power cuts: \(cuts), \(checkpoints) of them in a checkpoint; \(all.syncs) syncs, \
      \(all.pending) writes not synced, \(all.lost) lost whole or in part; \(acknowledged) appends \
      acknowledged, \(unanswered) stored unheard, 0 lost, 0 double; 3/n = \(3 / Double(cuts)); \
      \(ContinuousClock.now - start)
      """
    )
    #expect(cuts >= 200)
    #expect(all.lost > cuts)
    #expect(checkpoints >= 40)
    #expect(acknowledged > cuts)
  }

  @Test
  func `a disk that lies about its syncs is found out by the same check (SR-113)`() async throws {
    try await onOwnThread { try Self.lie() }
  }

  private static func lie() throws {
    var generator = Seeded(seed: 20_261_123)
    var found: [String] = []
    for _ in 0..<10 {
      let scratch = try Scratch()
      var life = try life(scratch)
      // Honest until the ledger is there and some appends are in it.
      let lie = ["CUT_DEAF_AFTER": "12"]
      // Later there are more acknowledgments than that many syncs can stand for.
      _ = try cut(&life, scratch, round: 0, heard: 150, .all, &generator, lie)
      if let fault = try life.fault() { found.append(fault) }
    }
    print("a disk that lies: found \(found.count) times of 10, such as: \(found.first ?? "")")
    #expect(found.count == 10)
  }

  /// How a disk refuses: after so many bytes, with an error number of Linux.
  enum Refusal: String, CaseIterable, Sendable {
    case noSpace = "28"
    case fileTooLarge = "27"
    case readOnlyDisk = "30"
    case broken = "5"
    case syncFails = "sync"
    case openedReadOnly = "open"
  }

  @Test(arguments: Refusal.allCases)
  func `a disk that refuses is told, loses nothing, and reads go on (SR-113, H-68)`(
    refusal: Refusal
  ) async throws {
    try await onOwnThread { try Self.refuse(refusal) }
  }

  private static func refuse(_ refusal: Refusal) throws {
    let scratch = try Scratch()
    var life = try life(scratch)
    var generator = Seeded(seed: 20_261_124)
    _ = try cut(&life, scratch, round: 0, .all, &generator)
    #expect(try life.fault() == nil)
    let before = life.acknowledged.reduce(0, +)
    let how =
      switch refusal {
      case .syncFails: ["CUT_SYNC_FAILS_AT": "40"]
      case .openedReadOnly: ["CUT_READ_ONLY": "1"]
      default: ["CUT_ROOM": "1000000", "CUT_ERROR": refusal.rawValue]
      }
    let log = scratch.file("log")
    let said = try life.runUntilRefused(environment: try environment(scratch, log, how))
    print("refusal \(refusal): \(said)")
    let wanted =
      switch refusal {
      case .noSpace, .openedReadOnly: "refused: not stored: "
      default: "refused: it is unknown whether this was stored: "
      }
    #expect(said.contains { $0.hasPrefix(wanted) }, "\(said)")
    // After a failed write or sync nothing may be written: the next sync may say what is not so.
    let again =
      switch refusal {
      case .noSpace: "again: refused: not stored: database or disk is full"
      case .openedReadOnly: "again: refused: not stored: attempt to write a readonly database"
      // One sync failed and no more: all is written and synced anew, and then it goes on.
      case .syncFails: "again: stored"
      default: "again: refused: not stored: the ledger stopped writing: disk I/O error"
      }
    #expect(said.contains(again), "\(said)")
    // The process read on, and saw all that had been acknowledged.
    let read = said.compactMap { $0.hasPrefix("read: ") ? Int($0.dropFirst(6)) : nil }.first
    #expect((read ?? -1) >= life.acknowledged.reduce(0, +), "\(said)")
    if refusal != .openedReadOnly { #expect(life.acknowledged.reduce(0, +) > before) }
    // Even if the power goes then: what was acknowledged is there, and the ledger goes on.
    _ = try PowerCut(log: log).apply(.all, &generator)
    try? FileManager.default.removeItem(atPath: life.path + "-shm")
    #expect(try life.fault() == nil)
    _ = try cut(&life, scratch, round: 1, .newest, &generator)
    #expect(try life.fault() == nil)
  }
}
#endif
