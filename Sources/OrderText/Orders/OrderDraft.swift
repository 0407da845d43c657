import JSONText
public import PumpCore
public import PumpLink
public import PumpScenario
import Quantities

/// What a draft need not say, since whoever writes it has it in a file.
public struct DraftKnown: Sendable {
  /// The pump's id, as taken down at the bedside.
  public var pump: Bytes16?
  /// The clinic's root, for an order that names the roots.
  public var root: Bytes32?
  /// What the clock on the wall shows, for an order that sets the pump's.
  public var local: LocalTime?

  public init(pump: Bytes16? = nil, root: Bytes32? = nil, local: LocalTime? = nil) {
    self.pump = pump
    self.root = root
    self.local = local
  }
}

/// An order as it is written down: JSON with the fields of a scenario, and what names the pump.
///
/// Doses become volumes with the mixture that the pump's receipt tells, or that the file names; where
/// both tell one they must agree (H-59).
public struct OrderDraft: Sendable {
  /// Without signatures.
  public let order: Order
  /// Doses that were rounded to flow rates.
  public let roundings: [RateRounding]

  static let fields = [
    "do", "pump", "sequence", "previous", "from", "validFor", "mixture", "program", "aspirated",
    "fill", "pathVolume", "path", "keys", "envelope", "local", "limits", "volume", "over", "for",
  ]

  /// Reads a draft.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 JSON.
  ///   - receipt: the pump's last one: tells pump, sequence, hash in force, pump time and mixture.
  ///   - known: stands where the draft says nothing.
  /// - Throws: the first fault, with its path.
  public init(
    bytes: [UInt8],
    receipt: VerifiedReceipt?,
    known: DraftKnown = DraftKnown()
  ) throws(ScenarioError) {
    let root: JSONValue
    do { root = try JSONValue(parsing: bytes) } catch {
      throw ScenarioError(
        path: error.path,
        message: "line \(error.line), column \(error.column): \(error.message)"
      )
    }
    let field = ScenarioField(cursor: JSONCursor(root: root))
    let object = try field.object(Self.fields)
    let kinds = DraftKind.allCases.map { ($0.rawValue, $0) }
    let kind = try object.required("do", "what is ordered, such as \"program\"").word(kinds)
    try Self.check(object, kind)
    let drugs = try DraftDrugs(object, receipt?.receipt.inForce)
    var content = DraftContent(object: object, drugs: drugs, known: known)
    var order = Order()
    order.content = try content.content(kind)
    try Self.address(&order, object, receipt?.receipt, known)
    guard order.signedBytes != nil else {
      throw ScenarioError(
        path: "$",
        given: "a figure out of the range of an order",
        expected: "figures within the layout of docs/protocol.md"
      )
    }
    self.order = order
    roundings = content.roundings
  }

  /// Refuses fields that the kind does not have.
  private static func check(_ object: ScenarioObject, _ kind: DraftKind) throws(ScenarioError) {
    let common = ["do", "pump", "sequence", "previous", "from", "validFor"]
    for (name, field) in object.all where !(common + kind.fields).contains(name) {
      throw field.fault(
        given: "a field that \"\(kind.rawValue)\" does not have",
        expected: kind.fields.isEmpty ? "no other field" : kind.fields.joined(separator: ", ")
      )
    }
  }

  /// Pump, sequence, previous hash and validity: given, or taken from the receipt.
  private static func address(
    _ order: inout Order,
    _ object: ScenarioObject,
    _ receipt: Receipt?,
    _ known: DraftKnown
  ) throws(ScenarioError) {
    let isFirst = order.content.kind == .commissioning && receipt == nil
    let orReceipt = ", or a receipt that tells it"
    let pumpField = object.optional("pump")
    if let pumpField {
      guard let pump = Hex.bytes16(try pumpField.string("a pump id")) else {
        throw pumpField.fault(
          given: pumpField.cursor.value.kindName,
          expected: "32 digits from 0 to f"
        )
      }
      order.pump = pump
      if let receipt, receipt.pump != pump {
        throw pumpField.fault(
          given: "pump \(Hex.text(pump))",
          expected: "the pump of the receipt, \(Hex.text(receipt.pump))"
        )
      }
    } else if let pump = receipt?.pump ?? known.pump {
      order.pump = pump
    } else {
      _ = try object.required("pump", "the id of the pump, or --pump with its file")
    }
    if let field = object.optional("sequence") {
      order.sequence = UInt64(try field.integer(in: 1...Int.max))
    } else if let receipt, receipt.inForce.sequence < .max {
      order.sequence = receipt.inForce.sequence + 1
    } else if isFirst {
      order.sequence = 1
    } else {
      _ = try object.required("sequence", "a number greater than the pump's last" + orReceipt)
    }
    if let field = object.optional("previous") {
      guard let hash = Hex.bytes32(try field.string("a hash")) else {
        throw field.fault(given: field.cursor.value.kindName, expected: "64 digits from 0 to f")
      }
      order.previous = hash
    } else if let receipt {
      order.previous = receipt.inForce.order
    } else if isFirst {
      order.previous = Bytes32()
    } else {
      _ = try object.required("previous", "the hash of the order in force" + orReceipt)
    }
    var begin = receipt?.time ?? .commissioning
    if let field = object.optional("from") {
      let span: TimeSpan = try field.quantity(in: ScenarioRange.time)
      begin = .commissioning + span
    }
    var span: TimeSpan = order.content.kind == .clinicianBolus ? 10 * .minute : .day
    if let field = object.optional("validFor") {
      span = try field.quantity(in: ScenarioRange.someTime)
    }
    order.notBefore = begin
    order.notAfter = begin + span
  }
}

/// What can be ordered, by the word that stands for it.
enum DraftKind: String, CaseIterable {
  case program, refill, catheter, commissioning, envelope, limits, keys, clinicianBolus, safeRate
  case suspend, mri, resume, clearOverDelivery, setClock

  /// The fields besides those of every order.
  var fields: [String] {
    switch self {
    case .program: ["program", "mixture"]
    case .refill: ["aspirated", "fill", "program"]
    case .catheter: ["pathVolume", "path"]
    case .commissioning: ["keys", "envelope", "local"]
    case .envelope: ["envelope"]
    case .limits: ["limits", "mixture"]
    case .keys: ["keys"]
    case .clinicianBolus: ["volume", "over", "mixture"]
    case .suspend, .mri: ["for"]
    case .setClock: ["local"]
    case .safeRate, .resume, .clearOverDelivery: []
    }
  }
}
