import Foundation
import Testing

@testable import Demonstration

struct DemoFolderTests {
  @Test
  func `a folder of somebody else is refused, and nothing in it is removed`() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-folder-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let keys = path + "/keys"
    try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
    let mine = keys + "/mine.key"
    #expect(FileManager.default.createFile(atPath: mine, contents: Data("mine".utf8)))
    #expect(throws: DemoError.self) { try DemoFolder(path: path).begin() }
    #expect(FileManager.default.fileExists(atPath: mine))
  }

  @Test
  func `a founding that broke off is begun anew`() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "cisterna-folder-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = DemoFolder(path: path)
    try folder.begin()
    try folder.write([1], to: folder.key("ada", "key"))
    try folder.begin()
    #expect(!FileManager.default.fileExists(atPath: folder.key("ada", "key")))
  }
}
