#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Standard input, output and error.
enum Streams {
  static func exit(_ status: ExitStatus) -> Never {
    _exit(status.rawValue)
  }

  static func standardError(_ text: String) {
    // Nowhere is left to tell of a failure.
    try? Files.writeAll(Array(text.utf8), to: 2, named: "standard error")
  }

  static func standardOutput(_ bytes: [UInt8]) throws {
    try Files.writeAll(bytes, to: 1, named: "standard output")
  }

  /// Prints a text; a failure to do so ends the program.
  static func writeOrExit(_ text: String) {
    do {
      try standardOutput(Array(text.utf8))
    } catch {
      exit(.badInput)
    }
  }

  static func sleep(seconds: Int) { _ = systemSleep(UInt32(seconds)) }

  static var isInputTerminal: Bool { isatty(0) == 1 }
  static var isOutputTerminal: Bool { isatty(1) == 1 }
  static var isErrorTerminal: Bool { isatty(2) == 1 }

  /// The width of the terminal as the shell or the terminal itself tells it.
  static var columns: Int? {
    if let text = unsafe getenv("COLUMNS"), let columns = Int(unsafe String(cString: text)) {
      return columns > 0 ? min(columns, 200) : nil
    }
    var size = winsize()
    let isKnown = unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? min(Int(size.ws_col), 200) : nil
  }
}

private func systemSleep(_ seconds: UInt32) -> UInt32 { sleep(seconds) }
