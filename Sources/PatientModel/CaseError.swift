import JSONText
public import PumpScenario

extension ScenarioError {
  /// The same fault, at a path of the file in which it stands alone.
  ///
  /// - Parameters:
  ///   - name: of the file.
  ///   - member: under which it stood, as in `program`.
  /// - Returns: the fault as the file's reader sees it.
  public func inFile(_ name: String, insteadOf member: String) -> ScenarioError {
    let prefix = "$.\(member)"
    guard path.hasPrefix(prefix) else { return ScenarioError(path: path, message: message) }
    return ScenarioError(path: "\(name): $\(path.dropFirst(prefix.count))", message: message)
  }
}

/// How much a case may hold.
enum CaseLimits {
  /// No quantity of a case is greater, in its unit.
  static let amount = 1e9
  /// Of a pump or of the fluid, mL/h.
  static let flow = 10_000.0
  /// Of a cross-section, cm².
  static let area = 1e-3...1e3
  /// So often the smallest cell may be filled anew in a run.
  static let fillings = 1e7
  /// Ten years, h.
  static let hours = 87_600.0
  static let outputs = 200_000.0
  static let places = 240
  static let events = 100_000
  /// Cells of the canal, a multiple of 120.
  static let cells = 120...9_600
}
