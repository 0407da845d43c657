import Formulary
public import PumpLink
import PumpLinkCrypto
import PumpScenario
import Quantities

/// What the bytes of an order say, in words and figures, beside what the pump has said is in force.
///
/// It is made of the bytes alone and of a receipt that the pump has signed; of nothing that anyone
/// else says about them (contract: authority, Keys).
public struct OrderStatement: Sendable {
  /// A field of the bytes.
  public struct Row: Equatable, Sendable {
    public let title: String
    /// Exact, with its unit.
    public let value: String
    /// What it comes to, such as the mass in a volume.
    public let note: String?
  }

  public struct Section: Equatable, Sendable {
    public let title: String
    public internal(set) var rows: [Row] = []
  }

  /// A figure of 24 h before and after.
  public struct Total: Equatable, Sendable {
    public let title: String
    /// What the pump has said; a dash where it has not, or has none.
    public let before: String
    public let after: String
    /// As in `+2300 %, 24 times as much`; empty where nothing is known before.
    public let change: String
    /// As in `three hundred micrograms in 24 hours`.
    public let words: String?
    public let isChanged: Bool
    /// The change asks for a second look (SR-044).
    public let isLarge: Bool
  }

  /// How much a finding weighs, the heaviest first.
  public enum Weight: String, Equatable, Sendable, CaseIterable, Comparable {
    /// The pump would refuse the order.
    case refused
    /// A person can be hurt by it, or what is needed to judge it is missing.
    case danger
    case caution
    case note

    public static func < (one: Self, other: Self) -> Bool {
      (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
    }
  }

  public struct Finding: Equatable, Sendable {
    public let weight: Weight
    public let text: String
    /// Where the limit comes from, if it is not in the order or the receipt.
    public let source: String?
  }

  /// A question whose answer shows that a person knows what the order gives.
  ///
  /// The answer does not stand beside the question: whoever means another dose types that one.
  public struct Confirmation: Equatable, Sendable {
    public let question: String
    public let figure: String
  }

  /// What is ordered in one line.
  public internal(set) var headline = ""
  /// Every field of the bytes.
  public internal(set) var sections: [Section] = []
  public internal(set) var totals: [Total] = []
  /// The heaviest first.
  public internal(set) var findings: [Finding] = []
  /// What would become of it by a way other than the bedside.
  public internal(set) var remote: [String] = []
  /// What the pump has said is in force; nothing where there is no receipt.
  public internal(set) var inForce: [Row]?
  /// The hash that receipts name the order by.
  public let hash: Bytes32
  /// What has to be typed before it is signed; nothing where no finding is that heavy.
  public internal(set) var confirmation: Confirmation?
  /// The total that matters most, the first drug's; nothing where the order is about no amount.
  public var lead: Total? { totals.first { $0.isMain && $0.isMass } ?? totals.first { $0.isMain } }

  package let order: Order
  package let receipt: Receipt?

  /// Reads the statement out of an order.
  ///
  /// - Parameters:
  ///   - order: as it was read from its bytes.
  ///   - receipt: the pump's last one, its signature found good.
  /// - Throws: ``SigningError/Kind/otherPump`` where the receipt is another pump's.
  public init(_ order: Order, beside receipt: VerifiedReceipt?) throws(SigningError) {
    try receipt?.check(order)
    guard let hash = order.hash(SwiftCrypto()) else {
      throw SigningError(.malformed, "given an order that cannot be written")
    }
    self.order = order
    self.receipt = receipt?.receipt
    self.hash = hash
    describe()
    inForce = self.receipt.map { StatementFields.inForce($0) }
    sections = StatementFields.sections(of: order, in: mixture)
    do {
      try addTotals()
      try addFindings()
    } catch {
      // Only figures that no therapy has do not fit; they are told, never left out in silence.
      find(.danger, "a figure of this order is too large to be worked out: \(error.message)")
    }
    addRemote()
    findings.sort { $0.weight < $1.weight }
    addConfirmation()
  }

  /// What is in the reservoir when the order takes effect; nothing where nobody has said it.
  package var mixture: DrugAmounts? {
    if case .refill(let content) = order.content { return content.mixture }
    return receipt?.inForce.mixture
  }

  /// The program that the order holds.
  package var program: ProgramContent? {
    switch order.content {
    case .program(let content): content
    case .refill(let content): content.program
    case .catheter, .commissioning, .envelope, .limits, .keys, .clinicianBolus, .safeRate,
      .suspend, .mri, .resume, .clearOverDelivery, .setClock:
      nil
    }
  }

  mutating func find(_ weight: Weight, _ text: String, source: String? = nil) {
    findings.append(Finding(weight: weight, text: text, source: source))
  }

  /// Whether a finding is so heavy that a figure must be typed.
  package var isHeavy: Bool { findings.contains { $0.weight <= .danger } }

  /// The figure that must be typed: the total of the first drug, else of the volume, else the kind
  /// of the order.
  private mutating func addConfirmation() {
    guard isHeavy else { return }
    guard let lead, lead.after != "–" else {
      let kind = order.content.kind.words
      confirmation = Confirmation(question: "Type what it is: \(kind)", figure: kind)
      return
    }
    confirmation = Confirmation(
      question: "Type how much it gives, with the unit: \(lead.title)",
      figure: lead.after.replacing("≈ ", with: "")
    )
  }

  /// Whether what was typed is what the order gives; `1.44 mg` and `1440 mcg` are one amount.
  public func isConfirmed(by typed: String?) -> Bool {
    guard let figure = confirmation?.figure else { return true }
    let typed = (typed ?? "").split(separator: " ").joined(separator: " ")
    if typed == figure { return true }
    if let wanted = try? Mass(text: figure) { return (try? Mass(text: typed)) == wanted }
    if let wanted = try? Volume(text: figure) { return (try? Volume(text: typed)) == wanted }
    return false
  }

  /// What to say where something else was typed.
  public func mismatch(_ typed: String?) -> String {
    guard let confirmation else { return "" }
    guard let typed, !typed.isEmpty else {
      return "read the findings, then answer: \(confirmation.question)"
    }
    return "you typed \(ScenarioError.quoted(typed)), but this order says \(confirmation.figure)"
  }
}

extension OrderStatement.Total {
  /// A total of the order itself, and no limit or rate.
  var isMain: Bool { words != nil }

  /// Whether it is an amount of a drug.
  var isMass: Bool { after.hasSuffix("g") }
}

extension OrderKind {
  /// The kind in words.
  public var words: String {
    switch self {
    case .program: "program"
    case .refill: "refill"
    case .catheter: "catheter revised"
    case .commissioning: "commissioning"
    case .envelope: "envelope for remote orders"
    case .limits: "limits"
    case .keys: "keys"
    case .clinicianBolus: "clinician bolus"
    case .safeRate: "safe rate"
    case .suspend: "suspend"
    case .mri: "MRI"
    case .resume: "resume therapy"
    case .clearOverDelivery: "clear over-delivery"
    case .setClock: "set the clock"
    }
  }
}
