import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities

@testable import VirtualPump

/// Somebody with a signing key and a session key, both certified.
struct Somebody: Sendable {
  let role: Role
  let seed: Bytes32
  let session: Bytes32
  let certificate: Certificate
  let sessionCertificate: Certificate
}

/// A clinic with its root, some people and a server; keys made in code.
enum Clinic {
  static let crypto = SwiftCrypto()
  static let root = Bytes32(repeating: 2)
  static let secrets = PumpSecrets(
    id: Bytes16(repeating: 0xC1),
    signingSeed: Bytes32(repeating: 1),
    sessionKey: Bytes32(repeating: 0x51),
    pairing: Bytes32(repeating: 0x91)
  )
  static let card = Bytes32(repeating: 6)
  static let patientSeed = Bytes32(repeating: 4)
  static let patientSession = Bytes32(repeating: 5)
  static let prescriber = somebody(.prescriber, 10)
  static let colleague = somebody(.prescriber, 11)
  static let nurse = somebody(.nurse, 12)
  static let server = somebody(.clinicServer, 14)
  static let local = LocalTime(milliseconds: 1_767_600_000_000)

  static func somebody(_ role: Role, _ number: UInt8, root: Bytes32 = root) -> Somebody {
    let seed = Bytes32(repeating: number)
    let session = Bytes32(repeating: number + 100)
    return Somebody(
      role: role,
      seed: seed,
      session: session,
      certificate: certificate(crypto.ed25519PublicKey(of: seed), .signing, role, number, root),
      sessionCertificate: certificate(
        crypto.x25519PublicKey(of: session),
        .session,
        role,
        number,
        root
      )
    )
  }

  private static func certificate(
    _ key: Bytes32,
    _ use: KeyUse,
    _ role: Role,
    _ name: UInt8,
    _ root: Bytes32
  ) -> Certificate {
    var certificate = Certificate()
    certificate.key = key
    certificate.use = use
    certificate.name = Bytes16(repeating: name)
    certificate.role = role
    certificate.notBefore = LocalTime(milliseconds: 1_000_000_000_000)
    certificate.notAfter = LocalTime(milliseconds: 4_000_000_000_000)
    certificate.signature = certificate.signature(by: root, crypto) ?? KeySignature()
    return certificate
  }

  static var keys: KeyContent {
    var keys = KeyContent()
    keys.root = crypto.ed25519PublicKey(of: root)
    keys.patient = crypto.ed25519PublicKey(of: patientSeed)
    keys.patientSession = crypto.x25519PublicKey(of: patientSession)
    keys.emergencyCard = card
    return keys
  }
}

extension CertificatePair {
  static func of(_ certificates: Certificate...) -> CertificatePair {
    var pair = CertificatePair()
    for certificate in certificates { _ = pair.append(certificate) }
    return pair
  }
}

extension OrderContent {
  static var commission: OrderContent {
    var content = CommissioningContent()
    content.keys = Clinic.keys
    content.local = Clinic.local
    return .commissioning(content)
  }

  /// A constant rate in nL/d of baclofen, with patient doses of 10 µL.
  static func rate(_ rate: Int64) -> OrderContent { .program(.constant(rate)) }

  static var fill: OrderContent {
    var mixture = DrugAmounts()
    _ = mixture.append(1_292, 2_000_000)
    return .refill(
      RefillContent(
        aspirated: .zero,
        fill: Volume(nanolitres: 20_000_000),
        mixture: mixture,
        program: .constant(500_000)
      )
    )
  }
}

extension ProgramContent {
  static func constant(_ rate: Int64) -> ProgramContent {
    var program = Program(
      basal: .constant(FlowRate(nanolitresPerDay: rate)),
      limits: Limits(
        maxRate: FlowRate(nanolitresPerDay: 20_000_000),
        maxVolumePer24h: Volume(nanolitres: 9_000_000)
      ),
      safeRate: FlowRate(nanolitresPerDay: 50_000),
      restartGap: .day,
      lowReservoir: Volume(nanolitres: 2_000_000)
    )
    program.patientDose = PatientDose(
      volume: Volume(nanolitres: 10_000),
      over: 10 * .minute,
      lockout: .hour,
      maxPer24h: 4
    )
    var limits = DrugAmounts()
    _ = limits.append(1_292, 50_000_000_000_000)
    return ProgramContent(program, doseLimits: limits)
  }
}
