import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities

@testable import OrderText
@testable import Signer

/// A clinic, two prescribers, a nurse, and a pump that delivers baclofen 2 mg/mL.
enum SignerSample {
  static let crypto = SwiftCrypto()
  static let root = SecretKeys(.root, chance: [UInt8](repeating: 7, count: 64))
  static let rootKey = crypto.ed25519PublicKey(of: root.signing)
  static let pumpSeed = Bytes32(repeating: 1)
  static let pump = KnownPump(
    id: Bytes16(repeating: 0xC1),
    key: crypto.ed25519PublicKey(of: pumpSeed)
  )
  static let now = LocalTime(milliseconds: 1_767_600_000_000)
  static let passphrase = "a long and quiet passphrase"

  struct Person {
    let secrets: SecretKeys
    let certificates: CertificateFile
    let signing: SigningPerson
    let file: KeyFile
  }

  static func person(_ name: String, _ role: Role, seed: UInt8) throws -> Person {
    let secrets = SecretKeys(.person, chance: [UInt8](repeating: seed, count: 64))
    let file = try KeyFile(
      sealing: secrets,
      name: name,
      under: Array(passphrase.utf8),
      chance: [UInt8](repeating: seed, count: 28),
      cost: KeyCost(log: 4)
    )
    let certificates = try CertificateFile(
      file.keys,
      role,
      from: LocalTime(milliseconds: now.milliseconds - 1_000),
      until: LocalTime(milliseconds: now.milliseconds + 1_000),
      by: root
    )
    guard let certificate = certificates.signing else { throw SigningError(.role, "none") }
    let person = try SigningPerson(file.keys, certificate, root: rootKey, at: now)
    return Person(secrets: secrets, certificates: certificates, signing: person, file: file)
  }

  static func ada() throws -> Person { try person("Ada Byron", .prescriber, seed: 10) }
  static func bo() throws -> Person { try person("Bo Diaz", .prescriber, seed: 11) }
  static func nurse() throws -> Person { try person("Nia Ojo", .nurse, seed: 12) }

  static func amounts(_ drug: UInt32, _ amount: Int64) -> DrugAmounts {
    var amounts = DrugAmounts()
    _ = amounts.append(drug, amount)
    return amounts
  }

  static let baclofen = amounts(1_292, 2_000_000)

  /// A receipt in force: 60 ug of baclofen a day, 0.03 mL/d of 2 mg/mL.
  static func receipt(
    seed: Bytes32 = pumpSeed,
    pump: Bytes16 = pump.id,
    change: (inout Receipt) -> Void = { _ in }
  ) throws -> [UInt8] {
    var receipt = Receipt()
    receipt.pump = pump
    receipt.sequence = 2
    receipt.outcome = .applied
    receipt.time = PumpTime(milliseconds: 3 * 86_400_000)
    receipt.local = now
    receipt.hash = Bytes32(repeating: 0xAB)
    receipt.inForce.order = Bytes32(repeating: 0xAB)
    receipt.inForce.sequence = 2
    receipt.inForce.plannedVolume = Volume(nanolitres: 30_000)
    receipt.inForce.meanRate = FlowRate(nanolitresPerDay: 30_000)
    receipt.inForce.highestRate = FlowRate(nanolitresPerDay: 30_000)
    receipt.inForce.safeRate = FlowRate(nanolitresPerDay: 15_000)
    receipt.inForce.mixture = baclofen
    receipt.inForce.plannedDose = amounts(1_292, 60_000_000_000)
    change(&receipt)
    guard let signature = receipt.signature(by: seed, crypto) else {
      throw SigningError(.malformed, "no receipt")
    }
    receipt.signature = signature
    guard let bytes = receipt.array else { throw SigningError(.malformed, "no receipt") }
    return bytes
  }

  static func verified(
    change: (inout Receipt) -> Void = { _ in }
  ) throws -> VerifiedReceipt {
    try VerifiedReceipt(bytes: try receipt(change: change), of: pump)
  }

  /// A program of a constant rate, as a prescriber writes it.
  static func program(_ rate: String, limits: String = "\"maxRate\": \"2 mL/d\"") -> String {
    """
    {"do": "program", "validFor": "2 h", "program": {"basal": {"mode": "constant", "rate": "\(rate)"},
     "limits": {\(limits), "maxVolumePer24h": "1 mL", "maxDosePer24h": {"baclofen": "2000 ug"}},
     "safeRate": "30 ug/d", "restartGap": "24 h", "lowReservoir": "2 mL"}}
    """
  }

  static func draft(_ json: String, receipt: VerifiedReceipt? = nil) throws -> Order {
    try OrderDraft(bytes: Array(json.utf8), receipt: try receipt ?? verified()).order
  }

  static func statement(_ json: String) throws -> OrderStatement {
    try OrderStatement(try draft(json), beside: try verified())
  }
}
