import Foundation

/// The files of the repository, as a person would see them: no build products, no version control.
struct Tree {
  struct File {
    /// From the root, with `/`.
    let path: String
    let text: String

    /// The folder below `Sources` or `Tests`.
    var module: String {
      let parts = path.split(separator: "/")
      return parts.count > 1 ? String(parts[1]) : ""
    }

    /// The text without what follows `//`.
    var code: String {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { line in line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line }
        .joined(separator: "\n")
    }
  }

  let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every file with text in it.
  let textFiles: [File]

  init() {
    var files: [File] = []
    let paths = FileManager.default.enumerator(atPath: root.path)
    while let path = paths?.nextObject() as? String {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      if name == ".git" || name.hasPrefix(".build") || path == "out" || name == "node_modules" {
        paths?.skipDescendants()
        continue
      }
      guard isText(name) else { continue }
      let url = root.appending(path: path)
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      files.append(File(path: path, text: text))
    }
    textFiles = files.sorted { $0.path < $1.path }
  }

  /// All Swift but what SwiftPM keeps for itself.
  var swiftFiles: [File] {
    textFiles.filter { $0.path.hasSuffix(".swift") }
  }

  /// The documents that people read.
  var pages: [File] {
    textFiles.filter { $0.path.hasSuffix(".md") }
  }

  func files(under folder: String, ending: String) -> [File] {
    textFiles.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(ending) }
  }

  func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }
}

private func isText(_ name: String) -> Bool {
  let endings = [
    "swift", "md", "json", "sh", "c", "h", "ld", "s", "js", "mjs", "py", "yml", "yaml", "svg",
    "html", "css", "txt", "csv",
  ]
  if ["Makefile", "run", "LICENSE", ".editorconfig", ".gitignore", ".swift-format"].contains(name) {
    return true
  }
  return endings.contains { name.hasSuffix(".\($0)") }
}
