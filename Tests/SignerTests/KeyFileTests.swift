import PumpCore
import PumpLink
import PumpLinkCrypto
import Testing

@testable import OrderText
@testable import Signer

/// The secrets of a person, as they lie on a disk.
struct KeyFileTests {
  static let passphrase = Array("a long and quiet passphrase".utf8)
  /// Quick, so that every byte can be tried; what is measured does not depend on it.
  static let quick = KeyCost(log: 4)

  static func file(_ kind: KeyKind = .person, seed: UInt8 = 1) throws -> KeyFile {
    try KeyFile(
      sealing: SecretKeys(kind, chance: [UInt8](repeating: seed, count: 64)),
      name: "Ada Byron",
      under: passphrase,
      chance: Array(0..<28),
      cost: quick
    )
  }

  @Test(arguments: KeyKind.allCases)
  func `a key file opens with its passphrase and with no other (SR-111)`(kind: KeyKind) throws {
    let file = try KeyFile(bytes: try Self.file(kind).bytes, accepted: 1...20)
    let secrets = try file.open(Self.passphrase)
    #expect(secrets == SecretKeys(kind, chance: [UInt8](repeating: 1, count: 64)))
    for wrong in ["", "a long and quiet passphras", "A long and quiet passphrase"] {
      #expect { try file.open(Array(wrong.utf8)) } throws: {
        ($0 as? SigningError)?.kind == .passphrase
      }
    }
  }

  @Test
  func `a key file with any byte changed is refused (SR-111)`() throws {
    let bytes = try Self.file().bytes
    var cases = 0
    for place in bytes.indices {
      for change: UInt8 in [0x01, 0x02, 0x20, 0x80] {
        var changed = bytes
        changed[place] ^= change
        cases += 1
        let secrets = try? KeyFile(bytes: changed, accepted: 1...6).open(Self.passphrase)
        #expect(secrets == nil, "byte \(place)")
      }
    }
    print("key file: \(cases) mutations, 0 opened")
  }

  @Test
  func `no secret stands in a key file in clear`() throws {
    let secrets = SecretKeys(.person, chance: (0..<64).map { $0 &* 37 &+ 11 })
    let file = try KeyFile(
      sealing: secrets,
      name: "Ada Byron",
      under: Self.passphrase,
      chance: [UInt8](repeating: 9, count: 28),
      cost: Self.quick
    )
    let text = String(decoding: file.bytes, as: UTF8.self)
    for key in [secrets.signing, try #require(secrets.session)] {
      for place in 0..<29 {
        #expect(!text.contains(Hex.text((place..<place + 4).map { key[$0] })))
      }
    }
    #expect(!text.contains("quiet"))
  }

  @Test
  func `a file that makes the passphrase cheap to search, or asks for endless memory, is refused`()
    throws
  {
    #expect(KeyCost.standard.log == 17)
    for log in [1, 13, 21, 63] {
      let file = try Self.file().bytes
      let text = String(decoding: file, as: UTF8.self)
        .replacing("\"scryptLog\":4", with: "\"scryptLog\":\(log)")
      #expect(throws: SigningError.self) { try KeyFile(bytes: Array(text.utf8)) }
    }
  }

  @Test
  func `a short passphrase is refused`() {
    #expect {
      try KeyFile(
        sealing: SecretKeys(.person, chance: [UInt8](repeating: 1, count: 64)),
        name: "Ada Byron",
        under: Array("eleven char".utf8),
        chance: [UInt8](repeating: 0, count: 28),
        cost: Self.quick
      )
    } throws: {
      ($0 as? SigningError)?.kind == .weakPassphrase
    }
  }

  @Test
  func `a certificate holds under its root, in its time, and with no byte changed (SR-111)`() throws
  {
    let root = SecretKeys(.root, chance: [UInt8](repeating: 7, count: 64))
    let person = try Self.file().keys
    let (begin, end) = (LocalTime(milliseconds: 1_000), LocalTime(milliseconds: 2_000))
    let file = try CertificateFile(person, .prescriber, from: begin, until: end, by: root)
    let rootKey = SwiftCrypto().ed25519PublicKey(of: root.signing)
    let certificate = try #require(try CertificateFile(bytes: file.bytes).signing)
    try certificate.check(root: rootKey, at: begin)
    try certificate.check(root: rootKey, at: end)
    for milliseconds: Int64 in [999, 2_001] {
      #expect {
        try certificate.check(root: rootKey, at: LocalTime(milliseconds: milliseconds))
      } throws: { ($0 as? SigningError)?.kind == .expired }
    }
    var held = 0
    for place in 0..<162 {
      for bit in 0..<8 {
        var bytes = try #require(certificate.array)
        bytes[place] ^= 1 << bit
        guard let changed = Certificate(bytes: bytes) else { continue }
        if (try? changed.check(root: rootKey, at: begin)) != nil { held += 1 }
      }
    }
    print("certificate: \(162 * 8) bit flips, \(held) held")
    #expect(held == 0)
  }

  @Test
  func `a person's key certifies nobody, and one name is one person however many keys (SR-106)`()
    throws
  {
    let person = SecretKeys(.person, chance: [UInt8](repeating: 3, count: 64))
    #expect(throws: SigningError.self) {
      try CertificateFile(
        try Self.file().keys,
        .nurse,
        from: LocalTime(milliseconds: 0),
        until: LocalTime(milliseconds: 1),
        by: person
      )
    }
    let again = try PublicKeys(
      .person,
      name: " Ada  BYRON".trimmingPrefix(" ").description,
      of: person
    )
    let first = try Self.file().keys
    #expect(again.person == first.person)
    #expect(again.id != first.id)
  }
}
