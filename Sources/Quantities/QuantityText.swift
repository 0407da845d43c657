#if !hasFeature(Embedded)
/// A quantity with a text form: a number and a UCUM unit, as in `"0.15 mL/d"` (contract: Quantities).
///
/// Reading is exact, with no floating point, and takes nothing but what is meant (SR-120): a leading
/// zero is forced; `+`, exponents, commas and a number without a unit are refused; case matters;
/// any number of spaces, or none, may stand between number and unit. `µ` (both code points) and `u`
/// are the same and `mcg` is `ug`. Printing gives trailing zeros never, and reads back to the same
/// value always.
public protocol QuantityText: Equatable, Sendable, CustomStringConvertible {
  /// What is measured, and so which units fit.
  static var kind: QuantityKind { get }
  /// The units that a text of it is printed in.
  static var printing: QuantityPrinting { get }
  /// The value as a count of the unit in which it is stored.
  var storedUnits: Int64 { get }
  /// The value of a count of the unit in which it is stored.
  init(storedUnits: Int64)
}

extension QuantityText {
  /// Reads a text such as `"0.15 mL/d"`.
  ///
  /// - Parameters:
  ///   - text: number and unit.
  ///   - allowingNegative: whether a minus sign makes sense here.
  /// - Throws: what was given and what was expected, where the text is not an exact value.
  public init(text: String, allowingNegative: Bool = false) throws(QuantityError) {
    let parser = QuantityParser(text: text, kind: Self.kind, allowingNegative: allowingNegative)
    self.init(storedUnits: try parser.value())
  }

  /// Number and unit in the most readable unit; reads back to the same value exactly.
  public var text: String { Self.printing.text(of: storedUnits) }

  /// The same as ``text``.
  public var description: String { text }
}

/// What a quantity measures.
public enum QuantityKind: Equatable, Sendable, CaseIterable {
  case volume, mass, concentration, flowRate, dailyDose, timeSpan, length, linearVolume

  /// The kind in words, with its article.
  public var name: String {
    switch self {
    case .volume: "a volume"
    case .mass: "a mass"
    case .concentration: "a concentration"
    case .flowRate: "a flow rate"
    case .dailyDose: "a dose per time"
    case .timeSpan: "a length of time"
    case .length: "a length"
    case .linearVolume: "a volume per length"
    }
  }

  /// A text that reads as this kind.
  public var example: String {
    switch self {
    case .volume: "20 mL"
    case .mass: "50 ug"
    case .concentration: "2000 ug/mL"
    case .flowRate: "0.15 mL/d"
    case .dailyDose: "300 ug/d"
    case .timeSpan: "30 min"
    case .length: "80 cm"
    case .linearVolume: "2.2 uL/cm"
    }
  }

  /// The unit in which the value is stored: the finest step that a text can have.
  public var storedUnit: String {
    switch self {
    case .volume: "nL"
    case .mass: "fg"
    case .concentration: "ng/mL"
    case .flowRate: "nL/d"
    case .dailyDose: "fg/d"
    case .timeSpan: "ms"
    case .length: "um"
    case .linearVolume: "pL/cm"
    }
  }

  /// What a text of this kind looks like, as in `a volume such as "20 mL"`.
  public var expectation: String { "\(name) such as \"\(example)\"" }
}

extension Volume: QuantityText {
  public static let kind = QuantityKind.volume
  public static let printing = QuantityPrinting.decimal([
    ("mL", 1_000_000), ("uL", 1_000), ("nL", 1),
  ])
  public var storedUnits: Int64 { nanolitres }
  public init(storedUnits: Int64) { self.init(nanolitres: storedUnits) }
}

extension Mass: QuantityText {
  public static let kind = QuantityKind.mass
  public static let printing = QuantityPrinting.decimal([
    ("g", 1_000_000_000_000_000), ("mg", 1_000_000_000_000), ("ug", 1_000_000_000),
    ("ng", 1_000_000), ("pg", 1_000), ("fg", 1),
  ])
  public var storedUnits: Int64 { femtograms }
  public init(storedUnits: Int64) { self.init(femtograms: storedUnits) }
}

extension Concentration: QuantityText {
  public static let kind = QuantityKind.concentration
  public static let printing = QuantityPrinting.decimal([
    ("mg/mL", 1_000_000), ("ug/mL", 1_000), ("ng/mL", 1),
  ])
  public var storedUnits: Int64 { nanogramsPerMillilitre }
  public init(storedUnits: Int64) { self.init(nanogramsPerMillilitre: storedUnits) }
}

extension FlowRate: QuantityText {
  public static let kind = QuantityKind.flowRate
  /// One unit only, so that two rates side by side compare at a glance.
  public static let printing = QuantityPrinting.decimal([("mL/d", 1_000_000)])
  public var storedUnits: Int64 { nanolitresPerDay }
  public init(storedUnits: Int64) { self.init(nanolitresPerDay: storedUnits) }
}

extension DailyDose: QuantityText {
  public static let kind = QuantityKind.dailyDose
  public static let printing = QuantityPrinting.decimal([
    ("g/d", 1_000_000_000_000_000), ("mg/d", 1_000_000_000_000), ("ug/d", 1_000_000_000),
    ("ng/d", 1_000_000), ("pg/d", 1_000), ("fg/d", 1),
  ])
  public var storedUnits: Int64 { mass.femtograms }
  public init(storedUnits: Int64) { self.init(mass: Mass(femtograms: storedUnits)) }
}

extension TimeSpan: QuantityText {
  public static let kind = QuantityKind.timeSpan
  public static let printing = QuantityPrinting.whole([
    ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1),
  ])
  public var storedUnits: Int64 { milliseconds }
  public init(storedUnits: Int64) { self.init(milliseconds: storedUnits) }
}

extension Length: QuantityText {
  public static let kind = QuantityKind.length
  public static let printing = QuantityPrinting.decimal([
    ("cm", 10_000), ("mm", 1_000), ("um", 1),
  ])
  public var storedUnits: Int64 { micrometres }
  public init(storedUnits: Int64) { self.init(micrometres: storedUnits) }
}

extension LinearVolume: QuantityText {
  public static let kind = QuantityKind.linearVolume
  public static let printing = QuantityPrinting.decimal([
    ("uL/cm", 1_000_000), ("nL/cm", 1_000),
  ])
  public var storedUnits: Int64 { picolitresPerCentimetre }
  public init(storedUnits: Int64) { self.init(picolitresPerCentimetre: storedUnits) }
}
#endif
