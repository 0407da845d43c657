import ArgumentParser
import Ledger

/// `cisterna ledger`.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Prove, anchor, copy and print a clinic's ledger.",
    discussion: """
      The ledger is the record of what was done: events in streams, never changed, each tied to the \
      one before it by a hash (docs/ledger.md).

      Prove that it is whole, and that it is the one of the printed anchors:

        cisterna ledger verify clinic.sqlite --anchors anchors.txt

      Each day, add an anchor to a file that is kept where the database is not:

        cisterna ledger anchor clinic.sqlite --anchors anchors.txt

      Exit status of all: 0, 2 where an argument or a file is bad (one line says what), 5 where the \
      ledger is damaged (one line names the first bad event).
      """,
    subcommands: [
      LedgerVerifyCommand.self, LedgerAnchorCommand.self, LedgerBackupCommand.self,
      LedgerExportCommand.self, LedgerRestoreCommand.self,
    ]
  )
}

/// `cisterna ledger verify`.
struct LedgerVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove a ledger or an export whole, or name the first bad event.",
    discussion: """
      Every event's hash, every stream's chain, positions and versions without gaps, the database's \
      own pages and indices, and the anchors if they are given. Without anchors two things cannot \
      be seen: events cut off the end, and hashes that were all computed anew.

        cisterna ledger verify clinic.sqlite --anchors anchors.txt

      A server may go on writing meanwhile. Exit status: 0 whole, 2 a bad argument or file, \
      5 damaged.
      """
  )

  @Argument(help: ArgumentHelp("The database, or an export.", valueName: "ledger"))
  var ledger: String

  @Option(help: ArgumentHelp("The file of anchors.", valueName: "file"))
  var anchors: String?

  func run() throws {
    let proof = try LedgerRunning.run("verify") { progress in
      try LedgerFile(path: ledger).verify(
        anchors: try LedgerRunning.anchors(anchors, mustExist: true),
        progress: progress
      )
    }
    let with =
      anchors == nil
      ? "no anchors were given: what was cut off the end would not show"
      : "\(proof.anchors) anchors fit"
    try LedgerRunning.say("whole: \(LedgerRunning.words(proof)); \(with)")
  }
}

/// `cisterna ledger anchor`.
struct LedgerAnchorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anchor",
    abstract: "Add the day's anchor to a file, and print it.",
    discussion: """
      Proves the ledger and the anchors before, then adds a line. Keep the file on another machine, \
      and print it: it is what shows that nobody rewrote or shortened the ledger since.

        cisterna ledger anchor clinic.sqlite --anchors anchors.txt

      Exit status: 0, 2 a bad argument or file, 5 the ledger is damaged or is not the one anchored \
      before (nothing is added then).
      """
  )

  @Argument(help: ArgumentHelp("The database.", valueName: "ledger"))
  var ledger: String

  @Option(help: ArgumentHelp("The file of anchors; made where there is none.", valueName: "file"))
  var anchors: String

  @Option(
    help: ArgumentHelp("The day, as 2026-11-21; today in UTC without it.", valueName: "day")
  )
  var day: String?

  func run() throws {
    let day = try LedgerRunning.day(day)
    let anchor = try LedgerRunning.run("anchor") { progress in
      let before = try LedgerRunning.anchors(anchors, mustExist: false)
      if let last = before.last, last.day > day {
        throw Failure(.badInput, "\(anchors) has an anchor of \(last.day), which is after \(day)")
      }
      let anchor = try LedgerFile(path: ledger).anchor(
        on: day,
        after: before,
        progress: progress
      )
      try LedgerRunning.add(anchor, to: anchors)
      return anchor
    }
    try LedgerRunning.say("\(anchor)")
  }
}

/// `cisterna ledger backup`.
struct LedgerBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy a ledger as it is at one moment, and prove the copy.",
    discussion: """
      A server may go on writing meanwhile. The copy is a database that every command reads.

        cisterna ledger backup clinic.sqlite monday.sqlite

      Exit status: 0, 2 a bad argument or file (nothing is written over a file that is there), \
      5 the ledger is damaged: then there is no copy.
      """
  )

  @Argument(help: ArgumentHelp("The database.", valueName: "ledger"))
  var ledger: String

  @Argument(help: ArgumentHelp("The new file.", valueName: "copy"))
  var copy: String

  func run() throws {
    let proof = try LedgerRunning.run("backup") { progress in
      try LedgerFile(path: ledger).backup(to: copy, progress: progress)
    }
    try LedgerRunning.say("copied and proved: \(LedgerRunning.words(proof))")
  }
}

/// `cisterna ledger export`.
struct LedgerExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print a ledger as JSON lines, proving it on the way.",
    discussion: """
      One line for each event, between a first line and a last one that counts them: verify and \
      restore read it.

        cisterna ledger export clinic.sqlite --output clinic.jsonl

      Exit status: 0, 2 a bad argument or file, 5 the ledger is damaged: then the export ends \
      before the first bad event, without its last line, and no file is written.
      """
  )

  @Argument(help: ArgumentHelp("The database.", valueName: "ledger"))
  var ledger: String

  @Option(
    name: [.long, .short],
    help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file")
  )
  var output: String?

  func run() throws {
    let proof = try LedgerRunning.run("export") { progress in
      try Files.writeInParts(to: output ?? "-") { sink in
        try LedgerFile(path: ledger).export(progress: progress, to: sink)
      }
    }
    if let output { try LedgerRunning.say("\(output): \(LedgerRunning.words(proof))") }
  }
}

/// `cisterna ledger restore`.
struct LedgerRestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a new database of an export or a backup, and prove it.",
    discussion: """
      The events keep their positions and hashes, so the anchors still fit.

        cisterna ledger restore clinic.jsonl new.sqlite

      Exit status: 0, 2 a bad argument or file (nothing is written over a file that is there), \
      5 what is to be restored is damaged: then there is no database.
      """
  )

  @Argument(help: ArgumentHelp("The export or the backup.", valueName: "from"))
  var source: String

  @Argument(help: ArgumentHelp("The new database.", valueName: "ledger"))
  var ledger: String

  func run() throws {
    let proof = try LedgerRunning.run("restore") { progress in
      try LedgerFile(path: source).restore(to: ledger, progress: progress)
    }
    try LedgerRunning.say("restored and proved: \(LedgerRunning.words(proof))")
  }
}
