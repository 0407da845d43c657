import ArgumentParser
import OrderText
import Signer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a passphrase comes from; never from an argument, which other users of a machine can read.
struct PassphraseOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the passphrase from the first line of a file.",
      discussion: "Without it you are asked at the terminal.",
      valueName: "file"
    )
  )
  var passphraseFile: String?

  /// The passphrase of a key.
  ///
  /// - Parameters:
  ///   - question: what is asked at the terminal.
  ///   - twice: whether a new one is asked for again.
  /// - Returns: UTF-8.
  /// - Throws: a failure where there is none.
  func passphrase(_ question: String, twice: Bool = false) throws -> [UInt8] {
    if let passphraseFile {
      if passphraseFile != "-" { try Files.checkPrivate(passphraseFile) }
      let bytes = try Files.read(passphraseFile)
      return Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
    }
    guard Streams.isInputTerminal else {
      throw Failure(.badInput, "no terminal to ask for a passphrase: give --passphrase-file")
    }
    let first = try Self.ask(question)
    guard twice else { return first }
    guard try Self.ask("The same again: ") == first else {
      throw Failure(.badInput, "the two passphrases are not the same")
    }
    return first
  }

  /// A line typed at the terminal without being shown.
  private static func ask(_ question: String) throws -> [UInt8] {
    var shown = termios()
    guard unsafe tcgetattr(0, &shown) == 0 else {
      throw Failure(.badInput, "the terminal cannot hide a passphrase")
    }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    guard unsafe tcsetattr(0, TCSAFLUSH, &hidden) == 0 else {
      throw Failure(.badInput, "the terminal cannot hide a passphrase")
    }
    defer {
      _ = unsafe tcsetattr(0, TCSAFLUSH, &shown)
      Streams.standardError("\n")
    }
    Streams.standardError(question)
    guard let line = readLine(strippingNewline: true) else {
      throw Failure(.badInput, "no passphrase was typed")
    }
    return Array(line.utf8)
  }
}

extension Failure {
  /// The signer's refusal as the end of a command.
  init(_ error: SigningError, _ name: String? = nil) {
    let status: ExitStatus =
      switch error.kind {
      case .malformed, .weakPassphrase: .badInput
      case .passphrase: .passphrase
      case .otherPump, .notGenuine, .expired, .role, .alreadySigned, .confirmation: .refused
      }
    self.init(status, (name.map { "\($0): " } ?? "") + error.description)
  }
}

/// Runs what the signer may refuse, and tells of which file.
func naming<Result>(_ path: String?, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch let error as SigningError { throw Failure(error, path) }
}
