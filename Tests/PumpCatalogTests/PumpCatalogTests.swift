import JSONText
import PumpCatalog
import Quantities
import Testing

@Suite struct PumpCatalogTests {
  /// Units that are no quantity of the pump: percent, years, months, tesla, counts.
  private static let otherUnits: Set = ["%", "a", "mo", "T", "T/m", "[pH]", "/d"]

  private static var constants: [CatalogConstant] { PumpCatalog.models.flatMap(\.constants) }

  @Test func `every constant has a title, a source and a confidence`() {
    #expect(PumpCatalog.models.count == 10)
    for constant in Self.constants {
      #expect(!constant.title.isEmpty)
      #expect(!constant.source.isEmpty, "\(constant.title)")
      #expect(!constant.value.text.isEmpty, "\(constant.title)")
    }
  }

  @Test func `every number has a unit, and those of the pump read as quantities`() {
    for constant in Self.constants {
      guard let unit = constant.value.unit else { continue }
      #expect(!constant.value.numbers.isEmpty)
      for number in constant.value.numbers {
        #expect(Double(number) != nil, "\(constant.title): \(number)")
        if Self.otherUnits.contains(unit) { continue }
        #expect(Self.reads("\(number) \(unit)"), "\(constant.title): \(number) \(unit)")
      }
    }
  }

  private static func reads(_ text: String) -> Bool {
    (try? Volume(text: text)) != nil || (try? FlowRate(text: text)) != nil
      || (try? LinearVolume(text: text)) != nil || (try? TimeSpan(text: text)) != nil
      || (try? Length(text: text)) != nil
  }

  @Test func `names are not used twice in a model`() {
    for model in PumpCatalog.models {
      let names = model.constants.map(\.name)
      #expect(Set(names).count == names.count, "\(model.title)")
    }
  }

  @Test func `a recalled number is not verified, a sourced one is`() throws {
    let model = try #require(PumpCatalog.models(matching: "SynchroMed II").first)
    let most = try #require(model.constant("maximumRate"))
    #expect(most.value == .number("24", "mL/d"))
    #expect(!most.isVerified)
    let least = try #require(model.constant("minimumRate"))
    #expect(least.value.text == "0.048 mL/d")
    #expect(least.isVerified)
    #expect(least.confidence == .high)
  }

  @Test func `a source that is verified is an address or a document`() {
    for constant in Self.constants where constant.isVerified {
      let isDocument = constant.source.contains("://") || constant.source.hasPrefix("docs/")
      #expect(isDocument, "\(constant.title): \(constant.source)")
    }
  }

  @Test(arguments: [
    ("SynchroMed II", 1), ("synchromed", 3), ("MEDTRONIC", 4), ("8637-40", 1), ("codman", 3),
    ("Medtronic SynchroMed II (8637-20 / 8637-40)", 1), ("nothing of the kind", 0),
  ])
  func `a model is found by name, maker or number`(text: String, count: Int) {
    #expect(PumpCatalog.models(matching: text).count == count)
  }

  @Test func `the JSON reads back with every constant`() throws {
    let value = try JSONValue(parsing: PumpCatalog.json(PumpCatalog.models))
    guard case .object(let members) = value, case .array(let models)? = members.first?.value
    else {
      Issue.record("no list of models")
      return
    }
    #expect(models.count == PumpCatalog.models.count)
  }
}
