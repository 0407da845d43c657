import ArgumentParser

/// The way in and the way out: what is printed where, and the exit status.
enum CommandLineTool {
  /// Parses the arguments, runs the command and exits.
  static func run() -> Never {
    do {
      var command = try Cisterna.parseAsRoot()
      try command.run()
      Streams.exit(.success)
    } catch let failure as Failure {
      Streams.standardError(failure.message)
      Streams.exit(failure.status)
    } catch {
      explain(error)
    }
  }

  /// Help and version on standard output; what was wrong with the arguments on standard error.
  private static func explain(_ error: any Error) -> Never {
    let message = Cisterna.fullMessage(for: error)
    let line = message.hasSuffix("\n") ? message : message + "\n"
    if Cisterna.exitCode(for: error).isSuccess {
      Streams.writeOrExit(line)
      Streams.exit(.success)
    }
    Streams.standardError(line)
    Streams.exit(.badInput)
  }
}

/// How a command ends (contract: `cisterna pump run`).
enum ExitStatus: Int32 {
  case success = 0
  /// A run of the model that lost or made drug.
  case massNotConserved = 1
  /// Bad arguments, a bad scenario, a file that cannot be read or written.
  case badInput = 2
  /// The first program was refused; an order, a signature or a certificate does not hold.
  case refused = 3
  /// The passphrase of a key is wrong.
  case passphrase = 4
  /// A ledger, an export or an anchor does not prove whole.
  case damaged = 5
  /// A pump holds an order until its delay is over.
  case pending = 10
  /// A pump has refused.
  case refusedByPump = 11
  /// No answer: what became of it is not known.
  case unknown = 12
}

/// An end other than success: one line for standard error, and the status.
struct Failure: Error, CustomStringConvertible {
  let status: ExitStatus
  /// Ends with a line break.
  let message: String

  /// - Parameters:
  ///   - status: not success.
  ///   - line: what went wrong, without a line break.
  init(_ status: ExitStatus, _ line: String) {
    self.status = status
    self.message = line + "\n"
  }

  /// The line without its break.
  var description: String { String(message.dropLast()) }
}
