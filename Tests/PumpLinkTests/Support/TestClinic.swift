import PumpCore
import PumpLinkCrypto
import Quantities

@testable import PumpLink

/// Somebody who holds a signing key.
struct Person: Sendable {
  let role: Role
  let seed: Bytes32
  let certificate: Certificate

  var key: Bytes32 { certificate.key }
}

/// A clinic with two roots, some people and one patient.
struct TestClinic: Sendable {
  static let crypto = SwiftCrypto()
  static let pump = Bytes16(repeating: 0xC1)
  static let pumpSeed = seed(1)
  static let root = seed(2)
  static let secondRoot = seed(3)
  static let patientSeed = seed(4)
  static let controllerKey = seed(5)
  static let identity = PumpIdentity(id: pump, seed: pumpSeed, crypto)

  static let prescriber = person(.prescriber, 10)
  static let colleague = person(.prescriber, 11)
  static let nurse = person(.nurse, 12)
  static let pharmacist = person(.pharmacist, 13)
  /// The clinic's server, if it had a signing key.
  static let server = person(.clinicServer, 14)

  static func seed(_ number: UInt8) -> Bytes32 { Bytes32(repeating: number) }

  static func person(
    _ role: Role,
    _ number: UInt8,
    root: Bytes32 = root,
    use: KeyUse = .signing,
    until: Int64 = 4_000_000_000_000
  ) -> Person {
    var certificate = Certificate()
    certificate.key = crypto.ed25519PublicKey(of: seed(number))
    certificate.use = use
    certificate.name = Bytes16(repeating: number)
    certificate.role = role
    certificate.notBefore = LocalTime(milliseconds: 1_000_000_000_000)
    certificate.notAfter = LocalTime(milliseconds: until)
    certificate.signature = certificate.signature(by: root, crypto) ?? KeySignature()
    return Person(role: role, seed: seed(number), certificate: certificate)
  }

  static func certificates(_ people: [Person]) -> CertificatePair {
    var pair = CertificatePair()
    for person in people { _ = pair.append(person.certificate) }
    return pair
  }

  static var keys: KeyContent {
    var keys = KeyContent()
    keys.root = crypto.ed25519PublicKey(of: root)
    keys.secondRoot = crypto.ed25519PublicKey(of: secondRoot)
    keys.patient = crypto.ed25519PublicKey(of: patientSeed)
    keys.patientSession = controllerKey
    keys.emergencyCard = seed(6)
    return keys
  }

  static func peer(_ role: Role, _ way: Way, at time: PumpTime) -> Peer {
    Peer(role: role, name: Bytes16(repeating: role.rawValue), way: way, began: time)
  }
}

/// RxNorm numbers.
enum Drug {
  static let baclofen: UInt32 = 1_292
  static let morphine: UInt32 = 7_052
}

extension DrugAmounts {
  static func of(_ drug: UInt32, _ amount: Int64) -> DrugAmounts {
    var amounts = DrugAmounts()
    _ = amounts.append(drug, amount)
    return amounts
  }

  static let baclofen = of(Drug.baclofen, 2_000_000)
}

extension ProgramContent {
  /// A rate all day, wide limits, a safe rate of 0.05 mL/d.
  static func constant(
    _ rate: Int64,
    dose: PatientDose? = nil,
    drug: UInt32 = Drug.baclofen
  ) -> ProgramContent {
    basal(.constant(FlowRate(nanolitresPerDay: rate)), dose: dose, drug: drug)
  }

  static func basal(
    _ basal: Basal,
    dose: PatientDose? = nil,
    drug: UInt32 = Drug.baclofen
  ) -> ProgramContent {
    var program = Program(
      basal: basal,
      limits: Limits(
        maxRate: FlowRate(nanolitresPerDay: 20_000_000),
        maxVolumePer24h: Volume(nanolitres: 9_000_000)
      ),
      safeRate: FlowRate(nanolitresPerDay: 50_000),
      restartGap: .day,
      lowReservoir: Volume(nanolitres: 2_000_000)
    )
    program.patientDose = dose
    return ProgramContent(program, doseLimits: .of(drug, 50_000_000_000_000))
  }

  static let doses = PatientDose(
    volume: Volume(nanolitres: 10_000),
    over: 10 * .minute,
    lockout: .hour,
    maxPer24h: 4
  )
}
