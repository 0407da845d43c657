/// What a calculator gives: named values in order, findings, and the working (contract: plan.md).
public struct PlanResult: Equatable, Sendable {
  public private(set) var values: [PlanMember] = []
  /// Findings that do not block.
  public private(set) var warnings: [Finding] = []
  /// Findings that block; the numbers stand beside them all the same.
  public private(set) var refused: [Finding] = []
  /// Lines of arithmetic as a person would write them down.
  public private(set) var working: [String] = []

  public init() {}

  /// Adds a value; its name is new.
  public mutating func set(_ name: String, _ value: PlanValue) {
    values.append(PlanMember(name, value))
  }

  /// Adds a quantity, rounded half to even to its stored unit.
  ///
  /// - Parameters:
  ///   - name: is new.
  ///   - exact: in stored units.
  ///   - unit: to be given in.
  /// - Throws: where the quantity cannot hold it.
  public mutating func set(_ name: String, _ exact: Rational, in unit: PlanUnit) throws(PlanError) {
    set(name, try .rounded(exact, in: unit))
  }

  /// Adds a warning, once.
  public mutating func warn(_ finding: Finding) {
    if !warnings.contains(finding) { warnings.append(finding) }
  }

  /// Adds a warning.
  public mutating func warn(_ code: FindingCode, _ message: String, source: String) {
    warn(Finding(code, message, source: source))
  }

  /// Adds a finding that blocks, once.
  public mutating func refuse(_ finding: Finding) {
    if !refused.contains(finding) { refused.append(finding) }
  }

  /// Adds a finding that blocks.
  public mutating func refuse(_ code: FindingCode, _ message: String, source: String) {
    refuse(Finding(code, message, source: source))
  }

  /// Adds a line of working.
  public mutating func work(_ line: String) {
    // A rounded result reads `a ÷ b ≈ c`.
    working.append(line.replacing("= ≈ ", with: "≈ "))
  }

  /// The value with a name.
  public subscript(name: String) -> PlanValue? {
    values.first { $0.name == name }?.value
  }
}
