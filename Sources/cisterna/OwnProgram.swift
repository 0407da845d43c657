import Foundation

/// This program as a file, to start further processes of it.
enum OwnProgram {
  /// Its path; what it was called by is no path where a shell found it by its name.
  static var path: String {
    Bundle.main.executablePath
      ?? URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL.path
  }
}
