import Quantities

/// A script of faults that may grow while the pump runs.
struct FollowedScript {
  private let path: String
  /// Bytes that were taken.
  private var taken: Int
  private var lines: Int

  /// Begins after the lines that are there: those were read at the start.
  ///
  /// - Throws: where the file cannot be read.
  init(_ path: String) throws(HostError) {
    self.path = path
    let bytes = try Posix.readFile(path) ?? []
    taken = bytes.count
    lines = bytes.count { $0 == UInt8(ascii: "\n") }
  }

  /// The faults of the whole lines that were added since; `now` is what `"now"` means.
  ///
  /// - Throws: the first line that is none, with its number; the others that came with it are left out too.
  mutating func added(at now: PumpTime) throws(FaultScriptError) -> [ScriptedFault] {
    // A file that is gone for a moment is being replaced by an editor.
    guard let read = try? Posix.readFile(path), read.count > taken,
      let last = read.lastIndex(of: UInt8(ascii: "\n")), last >= taken
    else { return [] }
    let fresh = Array(read[taken...last])
    let before = lines
    taken = last + 1
    lines += fresh.count { $0 == UInt8(ascii: "\n") }
    return try ScriptedFault.script(fresh, now: now, after: before)
  }
}
