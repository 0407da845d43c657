import OrderText
import PumpCore
import PumpLink
import Quantities
import Therapy

/// A receipt in the words of the record; its signature was found good before.
enum ReceiptText {
  static func answer(_ verified: VerifiedReceipt) -> Therapy.OrderAnswer? {
    let receipt = verified.receipt
    guard receipt.subject == .order, let order = SignedOrder.id(of: receipt.hash),
      let bytes = receipt.array.flatMap(SignedOrder.base64)
    else { return nil }
    return Therapy.OrderAnswer(
      order: order,
      outcome: outcome(receipt.outcome),
      reason: receipt.outcome == .refused ? reason(receipt.refusal) : nil,
      pumpMilliseconds: receipt.time.milliseconds,
      inForce: SignedOrder.id(of: receipt.inForce.order),
      pendingUntilMilliseconds: receipt.outcome == .pending ? receipt.until.milliseconds : nil,
      receipt: bytes
    )
  }

  /// Of a receipt about a request; a request is applied or refused, and nothing else.
  static func requestAnswer(_ verified: VerifiedReceipt) -> RequestAnswer? {
    let receipt = verified.receipt
    guard receipt.subject == .request, let request = RequestID(Hex.text(receipt.hash.octets)),
      receipt.outcome == .applied || receipt.outcome == .refused,
      let bytes = receipt.array.flatMap(SignedOrder.base64)
    else { return nil }
    return RequestAnswer(
      request: request,
      isApplied: receipt.outcome == .applied,
      reason: receipt.outcome == .refused ? reason(receipt.refusal) : nil,
      pumpMilliseconds: receipt.time.milliseconds,
      receipt: bytes
    )
  }

  private static func outcome(_ outcome: Outcome) -> OrderOutcome {
    switch outcome {
    case .applied: .applied
    case .pending: .pending
    case .refused: .refused
    case .superseded: .superseded
    case .cancelled: .cancelled
    }
  }

  /// As in `envelope (step): given 270 uL, limit 231 uL`, in the contract's words.
  static func reason(_ refusal: Refusal) -> String {
    let bound: String? =
      switch refusal.reason {
      case .ceiling: CeilingBound(rawValue: refusal.detail).map { "\($0)" }
      case .envelope: EnvelopeBound(rawValue: refusal.detail).map { "\($0)" }
      case .program: RefusalCode(rawValue: refusal.detail).map { "\($0)" }
      case .bolus: BolusRefusal(rawValue: refusal.detail).map { "\($0)" }
      default: nil
      }
    var text = "\(refusal.reason)"
    if let bound { text += " (\(bound))" }
    if refusal.given != 0 || refusal.limit != 0 {
      text += ": given \(figure(refusal.given, refusal)), limit \(figure(refusal.limit, refusal))"
    }
    return text
  }

  /// A figure of a refusal in the unit of what was compared (contract: authority.md).
  private static func figure(_ value: Int64, _ refusal: Refusal) -> String {
    func span() -> String { TimeSpan(milliseconds: value).text }
    func volume() -> String { Volume(nanolitres: value).text }
    func rate() -> String { FlowRate(nanolitresPerDay: value).text }
    switch refusal.reason {
    case .notYet, .expired, .bolus: return "\(span()) of pump time"
    case .envelope:
      switch EnvelopeBound(rawValue: refusal.detail) {
      case .step, .week: return volume()
      case .betweenIncreases, .bedsideAge: return span()
      case .prime, .limits, .fault, nil: return "\(value)"
      }
    case .ceiling:
      switch CeilingBound(rawValue: refusal.detail) {
      case .flow, .safeRate: return rate()
      case .patientDose, .clinicianBolus, .prime, .volumePer24h: return volume()
      case .lockout, .validity, .suspension, .mri: return span()
      case .dosesPer24h: return "\(value) doses"
      case .envelope, nil: return "\(value)"
      }
    case .program:
      switch RefusalCode(rawValue: refusal.detail) {
      case .modelRange, .rateLimit: return rate()
      case .volumeLimit, .primeTooLarge: return volume()
      default: return "\(value)"
      }
    case .capacity: return volume()
    default: return "\(value)"
    }
  }
}
