public import PumpScenario

/// A unit in which a result is given (contract: plan.md, the table).
public enum PlanUnit: String, Sendable, CaseIterable {
  case millilitre = "mL"
  case millilitrePerDay = "mL/d"
  case microgram = "ug"
  case milligram = "mg"
  case microgramPerDay = "ug/d"
  case milligramPerDay = "mg/d"
  case microgramPerMillilitre = "ug/mL"
  case milligramPerMillilitre = "mg/mL"
  case minute = "min"
  case hour = "h"
  case day = "d"

  /// How many stored units it is: nL, nL/d, fg, fg/d, ng/mL or ms.
  public var storedUnits: Int64 {
    switch self {
    case .millilitre, .millilitrePerDay: 1_000_000
    case .microgram, .microgramPerDay: 1_000_000_000
    case .milligram, .milligramPerDay: 1_000_000_000_000
    case .microgramPerMillilitre: 1_000
    case .milligramPerMillilitre: 1_000_000
    case .minute: 60_000
    case .hour: 3_600_000
    case .day: 86_400_000
    }
  }

  /// Whether a count of stored units can take endless decimals in it.
  var isTime: Bool {
    switch self {
    case .minute, .hour, .day: true
    default: false
    }
  }
}

/// A quantity among the results: a whole number of stored units, and the unit it is given in.
public struct PlanQuantity: Equatable, Sendable {
  public let storedUnits: Int64
  public let unit: PlanUnit

  /// A quantity that is stored already.
  public init(_ storedUnits: Int64, in unit: PlanUnit) {
    self.storedUnits = storedUnits
    self.unit = unit
  }

  /// The one rounding of a calculation: half to even, to the stored unit.
  ///
  /// - Parameters:
  ///   - exact: in stored units.
  ///   - unit: to be given in.
  /// - Throws: where it does not fit.
  public init(rounding exact: Rational, in unit: PlanUnit) throws(PlanError) {
    self.init(try exact.stored(), in: unit)
  }

  /// The number of the unit.
  public var value: Rational { Rational(storedUnits, over: unit.storedUnits) }

  /// Number and unit, as in `0.15 mL/d`; where it is rounded further it begins with `≈ `.
  public var text: String {
    "\(value.text(exactDecimals: unit.isTime ? 2 : 6, digits: unit.isTime ? 4 : 6)) \(unit.rawValue)"
  }
}

/// A value among the results.
public indirect enum PlanValue: Equatable, Sendable {
  case quantity(PlanQuantity)
  /// A plain number or a ratio: not rounded, but printed as the nearest double.
  case number(Rational)
  /// 14.5 means 14.5 %.
  case percent(Rational)
  case text(String)
  case flag(Bool)
  /// There is no such value, for the reason given: nothing flows, say.
  case none(String)
  case list([PlanValue])
  case object([PlanMember])

  /// A quantity, rounded half to even to the stored unit.
  ///
  /// - Parameters:
  ///   - exact: in stored units.
  ///   - unit: to be given in.
  /// - Returns: the value.
  /// - Throws: where it does not fit.
  public static func rounded(_ exact: Rational, in unit: PlanUnit) throws(PlanError) -> PlanValue {
    .quantity(try PlanQuantity(rounding: exact, in: unit))
  }
}

/// A value with its name.
public struct PlanMember: Equatable, Sendable {
  /// As in the contract: the name of a JSON member.
  public let name: String
  public let value: PlanValue

  public init(_ name: String, _ value: PlanValue) {
    self.name = name
    self.value = value
  }
}
