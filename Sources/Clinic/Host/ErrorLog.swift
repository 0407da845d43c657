import Foundation
import Logging

/// Errors of the web server, one a line on standard error, without what they came with: it names no request.
struct ErrorLog: LogHandler {
  var logLevel = Logger.Level.error
  var metadata: Logger.Metadata = [:]

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let line = "clinic: \(event.level): \(event.message)\n"
    FileHandle.standardError.write(Data(line.utf8))
  }
}
