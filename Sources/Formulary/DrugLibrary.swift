import JSONText
public import PumpScenario
import Quantities

/// The drugs that the calculators know, with mixtures, conversions and the figures of this system.
///
/// What stands in it was checked when it was read: no field is unknown, each number has a unit of
/// its kind, a source and a confidence, and the facts of a file do not contradict each other.
public struct DrugLibrary: Equatable, Sendable {
  /// In alphabetical order.
  public let drugs: [Drug]
  public let mixtures: DrugMixtures
  public let conversions: ConvertRatios
  public let policy: DrugPolicy

  /// The formulary of this version of the program.
  public static let standard: DrugLibrary = {
    do { return try DrugLibrary(files: DrugText.files) } catch {
      // The files are part of the program and a test reads them: a fault is a bug.
      fatalError("the formulary is malformed: \(error)")
    }
  }()

  /// Reads and checks a set of files.
  ///
  /// - Parameter files: `mixtures`, `conversion`, `policy`, and one for each drug under its name.
  /// - Throws: the first fault, with the name of the file before its path.
  public init(files: [(name: String, text: String)]) throws(PlanError) {
    var roots: [String: ScenarioField] = [:]
    for file in files {
      guard roots[file.name] == nil else {
        throw PlanError(path: file.name, given: "this file twice", expected: "each file once")
      }
      roots[file.name] = try Self.root(file.name, file.text)
    }
    var drugs: [Drug] = []
    let rules = ["mixtures", "conversion", "policy"]
    for name in roots.keys.sorted() where !rules.contains(name) {
      drugs.append(
        try Self.named(name, roots) { root throws(PlanError) in
          try DrugReader.drug(root, file: name)
        }
      )
    }
    let names = drugs.map(\.name)
    self.drugs = drugs
    mixtures = try Self.named("mixtures", roots) { root throws(PlanError) in
      try DrugLibraryReader.mixtures(root, drugs: names)
    }
    conversions = try Self.named("conversion", roots) { root throws(PlanError) in
      try DrugLibraryReader.conversions(root, drugs: names)
    }
    policy = try Self.named("policy", roots, DrugLibraryReader.policy)
  }

  /// The drug with a name, to the letter; nothing where there is none.
  public func drug(_ name: String) -> Drug? {
    drugs.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  private static func root(_ name: String, _ text: String) throws(PlanError) -> ScenarioField {
    do {
      return ScenarioField(cursor: JSONCursor(root: try JSONValue(parsing: Array(text.utf8))))
    } catch {
      throw PlanError(
        path: "\(name).json \(error.path)",
        message: "line \(error.line), column \(error.column): \(error.message)"
      )
    }
  }

  /// What a file says; a fault is told with its name.
  private static func named<Value>(
    _ name: String,
    _ roots: [String: ScenarioField],
    _ read: (ScenarioField) throws(PlanError) -> Value
  ) throws(PlanError) -> Value {
    guard let root = roots[name] else {
      throw PlanError(path: "\(name).json", given: "nothing", expected: "a file")
    }
    do { return try read(root) } catch {
      throw PlanError(path: "\(name).json \(error.path)", message: error.message)
    }
  }
}

extension ScenarioField {
  /// A drug of the formulary, by its name.
  func drug(in library: DrugLibrary) throws(PlanError) -> Drug {
    let name = try drugName()
    guard let drug = library.drug(name) else {
      let names = library.drugs.map(\.name)
      let near = EditDistance.nearest(to: name, in: names).map { "\"\($0)\"?" }
      throw fault(
        given: PlanError.quoted(name),
        expected: near ?? "a drug of the formulary: " + names.joined(separator: ", ")
      )
    }
    return drug
  }
}
