import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import VirtualPump

struct NotMade: Error {
  let what: String

  init(_ what: String) { self.what = what }
}

/// The people of a clinic whose keys a test makes in code, and their orders.
enum Ward {
  static let crypto = SwiftCrypto()
  static let root = Bytes32(repeating: 2)
  static let prescriber = (seed: Bytes32(repeating: 10), session: Bytes32(repeating: 110))
  static let nurse = Bytes32(repeating: 12)
  static let server = Bytes32(repeating: 114)

  static func certificate(_ key: Bytes32, _ use: KeyUse, _ role: Role, _ name: UInt8) -> Certificate
  {
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

  static var prescriberSigns: Certificate {
    certificate(crypto.ed25519PublicKey(of: prescriber.seed), .signing, .prescriber, 10)
  }

  static var nurseSigns: Certificate {
    certificate(crypto.ed25519PublicKey(of: nurse), .signing, .nurse, 12)
  }

  static var prescriberCalls: Certificate {
    certificate(crypto.x25519PublicKey(of: prescriber.session), .session, .prescriber, 10)
  }

  static var serverCalls: Certificate {
    certificate(crypto.x25519PublicKey(of: server), .session, .clinicServer, 14)
  }

  static func pair(_ certificates: Certificate...) -> CertificatePair {
    var pair = CertificatePair()
    for certificate in certificates { _ = pair.append(certificate) }
    return pair
  }

  static var commissioning: OrderContent {
    var content = CommissioningContent()
    content.keys.root = crypto.ed25519PublicKey(of: root)
    content.keys.patient = crypto.ed25519PublicKey(of: Bytes32(repeating: 4))
    content.keys.emergencyCard = Bytes32(repeating: 6)
    content.local = LocalTime(milliseconds: 1_767_600_000_000)
    return .commissioning(content)
  }

  /// 20 mL of baclofen 2 mg/mL at 0.5 mL a day.
  static var fill: OrderContent {
    let program = Program(
      basal: .constant(FlowRate(nanolitresPerDay: 500_000)),
      limits: Limits(
        maxRate: FlowRate(nanolitresPerDay: 20_000_000),
        maxVolumePer24h: Volume(nanolitres: 9_000_000)
      ),
      safeRate: FlowRate(nanolitresPerDay: 50_000),
      restartGap: .day,
      lowReservoir: Volume(nanolitres: 2_000_000)
    )
    var (mixture, limits) = (DrugAmounts(), DrugAmounts())
    _ = mixture.append(1_292, 2_000_000)
    _ = limits.append(1_292, 50_000_000_000_000)
    return .refill(
      RefillContent(
        aspirated: .zero,
        fill: Volume(nanolitres: 20_000_000),
        mixture: mixture,
        program: ProgramContent(program, doseLimits: limits)
      )
    )
  }

  static func order(
    _ content: OrderContent,
    for pump: Bytes16,
    after inForce: InForce,
    at now: PumpTime,
    isTwice: Bool = false
  ) throws -> [UInt8] {
    var order = Order()
    order.pump = pump
    order.sequence = inForce.sequence + 1
    order.previous = inForce.order
    order.notBefore = now
    order.notAfter = now + 6 * .day
    order.content = content
    for seed in isTwice ? [prescriber.seed, nurse] : [prescriber.seed] {
      guard let signature = order.signature(by: seed, crypto), order.append(signature) else {
        throw NotMade("signature")
      }
    }
    guard let bytes = order.encoded else { throw NotMade("order") }
    return bytes.array
  }
}
