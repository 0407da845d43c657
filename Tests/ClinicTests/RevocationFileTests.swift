import Foundation
import PumpLink
import PumpLinkCrypto
import Synchronization
import Testing

@testable import Clinic

/// The list of revoked keys as a file that is exchanged while the server runs.
struct RevocationFileTests {
  private final class Told: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private static let crypto = SwiftCrypto()
  private static let root = Bytes32(repeating: 1)

  private static func list(_ number: UInt64, keys: Int, by root: Bytes32 = root) throws -> Data {
    var list = Revocation()
    list.number = number
    for key in 0..<keys { _ = list.append(Bytes16(repeating: UInt8(key))) }
    list.signature = list.signature(by: root, crypto) ?? KeySignature()
    return Data(try #require(list.encoded).octets)
  }

  /// Puts it in its place at once, as `cisterna key revoke` does.
  private static func put(_ bytes: Data, at path: String) throws {
    try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private static func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "revoked-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder + "/revoked")
  }

  @Test
  func `a newer list is in force once its file is there, and nothing that is worse (SR-111)`()
    throws
  {
    try Self.inFolder { path in
      let told = Told()
      let key = Self.crypto.ed25519PublicKey(of: Self.root)
      let file = try RevocationFile(path, root: key) { told.add($0) }
      #expect(file.newest == nil)
      try Self.put(try Self.list(2, keys: 1), at: path)
      #expect(file.newest?.number == 2)
      try Self.put(try Self.list(3, keys: 2), at: path)
      #expect(file.newest?.count == 2)
      // What is worse than what holds: each is told once, and changes nothing.
      let worse = [
        try Self.list(1, keys: 0), try Self.list(9, keys: 0, by: Bytes32(repeating: 2)),
        Data("no list".utf8), Data(),
      ]
      for (place, bytes) in worse.enumerated() {
        try Self.put(bytes, at: path)
        for _ in 0..<3 { #expect(file.newest?.number == 3, "\(place)") }
        #expect(told.all.count == 3 + place, "\(told.all)")
      }
      try FileManager.default.removeItem(atPath: path)
      #expect(file.newest?.number == 3)
      #expect(told.all.last?.contains("is gone; list 3 stays in force") == true, "\(told.all)")
      try Self.put(try Self.list(4, keys: 0), at: path)
      #expect(file.newest?.number == 4)
    }
  }

  @Test
  func `a server does not start on a list that is not its root's (SR-111)`() throws {
    try Self.inFolder { path in
      let key = Self.crypto.ed25519PublicKey(of: Self.root)
      for bytes in [try Self.list(1, keys: 1, by: Bytes32(repeating: 2)), Data("no list".utf8)] {
        try Self.put(bytes, at: path)
        #expect(throws: RevocationFileError.self) { try RevocationFile(path, root: key) { _ in } }
      }
      try Self.put(try Self.list(1, keys: 1), at: path)
      #expect(try RevocationFile(path, root: key) { _ in }.newest?.count == 1)
    }
  }
}
