import PumpCore
import Signer

/// Opens the key file of a person or a root.
enum KeyOpening {
  /// - Throws: a failure where it is readable by others, malformed, or the passphrase is wrong.
  static func open(_ path: String, _ options: PassphraseOptions) throws -> SecretKeys {
    try Files.checkPrivate(path)
    return try naming(path) {
      let file = try KeyFile(bytes: try Files.read(path))
      return try file.open(try options.passphrase("Passphrase of \(file.keys.name): "))
    }
  }
}
