import Foundation

/// The published test vectors, which are not part of this repository.
///
/// They are looked for in a folder `shared/vectors` beside the repository. `docs/protocol.md`
/// says where each file comes from.
enum Vectors {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/vectors")

  static func has(_ name: String) -> Bool {
    let isThere = FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    if !isThere { print("skipped: the vectors \(name) are not in \(folder.path)") }
    return isThere
  }

  static func read<Content: Decodable>(_ name: String, as: Content.Type) throws -> Content {
    try JSONDecoder().decode(Content.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}

/// A file of C2SP Wycheproof.
struct Wycheproof<Group: Decodable>: Decodable {
  static var ed25519: String { "wycheproof-ed25519_test.json" }
  static var x25519: String { "wycheproof-x25519_test.json" }
  static var chacha: String { "wycheproof-chacha20_poly1305_test.json" }
  static var hkdf: String { "wycheproof-hkdf_sha256_test.json" }

  let numberOfTests: Int
  let testGroups: [Group]
}

struct Ed25519Group: Decodable {
  struct Key: Decodable { let pk: String }
  struct Case: Decodable {
    let tcId: Int
    let msg: String
    let sig: String
    let result: String
  }
  let publicKey: Key
  let tests: [Case]
}

struct X25519Group: Decodable {
  struct Case: Decodable {
    let tcId: Int
    let flags: [String]
    let `public`: String
    let `private`: String
    let shared: String
  }
  let tests: [Case]
}

struct ChaChaGroup: Decodable {
  struct Case: Decodable {
    let tcId: Int
    let key: String
    let iv: String
    let aad: String
    let msg: String
    let ct: String
    let tag: String
    let result: String
  }
  let ivSize: Int
  let tests: [Case]
}

struct HKDFGroup: Decodable {
  struct Case: Decodable {
    let tcId: Int
    let ikm: String
    let salt: String
    let info: String
    let size: Int
    let okm: String
    let result: String
  }
  let tests: [Case]
}

/// The file of Noise handshakes.
struct NoiseVectors: Decodable {
  static let name = "noise-25519-chachapoly-sha256.json"

  struct Message: Decodable {
    let payload: String
    let ciphertext: String
  }
  struct Case: Decodable {
    let protocol_name: String
    let init_prologue: String
    let resp_prologue: String
    let init_psks: [String]?
    let resp_psks: [String]?
    let init_static: String?
    let resp_static: String?
    let init_ephemeral: String
    let resp_ephemeral: String?
    let init_remote_static: String?
    let resp_remote_static: String?
    let handshake_hash: String
    let messages: [Message]
  }
  let vectors: [Case]
}
