import JSONText
package import PumpCore
package import PumpScenario
import Quantities

/// A program as people write it: the JSON text of a scenario's `program` (contract: pump.md, Program).
///
/// It is kept as a text, so that a page shows what was written, doses as doses.
public struct ProgramJSON: Codable, Equatable, Sendable {
  public let text: String

  public init(_ text: String) {
    self.text = text
  }

  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(text)
  }

  /// The program with a fluid, as the pump would run it.
  ///
  /// - Parameter fluid: what is in the reservoir.
  /// - Returns: volumes and rates in whole nanolitres.
  /// - Throws: the first fault, with its path; `$` is the program.
  package func resolved(with fluid: Fluid) throws(ScenarioError) -> Program {
    var drugs = DrugList()
    var mixture = Mixture()
    for drug in fluid.drugs {
      guard drugs.add(drug.name), let id = drugs.id(of: drug.name) else {
        throw ScenarioError(
          path: "$",
          given: "\(fluid.drugs.count) drugs",
          expected: "at most \(Capacity.drugs)"
        )
      }
      mixture[id] = drug.concentration
    }
    return try parsed().resolve(mixture: mixture, drugs: drugs).program
  }

  /// Well formed, with its doses still as doses.
  package func parsed() throws(ScenarioError) -> ProgramText {
    let root: JSONValue
    do {
      root = try JSONValue(parsing: Array(text.utf8))
    } catch {
      throw ScenarioError(path: error.path, message: "malformed JSON: \(error.message)")
    }
    return try ProgramReader.program(ScenarioField(cursor: JSONCursor(root: root)))
  }
}
