/// What a comparison found that a person must know.
///
/// Refusals have the pump's or the calculators' own codes, so that one request is refused with one
/// code on every path.
public struct CompareFinding: Equatable, Sendable {
  public let code: String
  /// One line, with the figures.
  public let message: String
  /// Where the limit comes from.
  public let source: String
  /// What the program plans, and what is allowed, where the finding is about these two.
  public let planned: String?
  public let limit: String?

  init(
    _ code: String,
    _ message: String,
    source: String = Self.fromPrograms,
    planned: String? = nil,
    limit: String? = nil
  ) {
    self.code = code
    self.message = message
    self.source = source
    self.planned = planned
    self.limit = limit
  }

  init(_ finding: Finding) {
    self.init(finding.code.rawValue, finding.message, source: finding.source)
  }

  /// The source of what follows from the two programs alone.
  static let fromPrograms = "the two programs"
  /// The source of what the controller itself says.
  static let fromPump = "the pump's check before activation (docs/pump.md)"
}
