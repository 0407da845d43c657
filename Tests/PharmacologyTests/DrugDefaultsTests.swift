import Pharmacology
import Testing

/// How each number of the default sets is known.
struct DrugDefaultsTests {
  /// What a source gives as it stands; a sum of volumes does not give its parts.
  static let published: [String: Set<DrugParameter>] = [
    "morphine": [.cl], "baclofen": [.vc, .cl, .f], "ziconotide": [.cl],
  ]

  @Test func `only what its source gives counts as published`() throws {
    for defaults in DrugDefaults.all {
      let name = defaults.drug.name
      let found = DrugParameter.allCases.filter { defaults.evidence(for: $0) == .published }
      #expect(Set(found) == Self.published[name] ?? [], "\(name)")
      #expect(found.isEmpty == defaults.source.isEmpty, "\(name)")
    }
  }

  @Test func `a published number is that of its source`() throws {
    func drug(_ name: String) throws -> Drug { try #require(DrugDefaults.named(name)).drug }
    // mL/min and L of the source, as mL/h and mL, to the digits that stand in the set.
    #expect((try drug("morphine").clearance - 1_584 * 60).magnitude <= 500)
    #expect(try drug("ziconotide").clearance == 270 * 60)
    let baclofen = try drug("baclofen")
    #expect(baclofen.bioavailability == 0.74)
    #expect((baclofen.centralVolume - 28_800 * 0.74).magnitude <= 50)
    #expect((baclofen.clearance - 180 * 60 * 0.74).magnitude <= 50)
  }

  @Test(arguments: ["morphine", "ziconotide"])
  func `a sum of volumes is told as a sum`(name: String) throws {
    let defaults = try #require(DrugDefaults.named(name))
    #expect(defaults.source.contains("sum only"))
    #expect(defaults.evidence(for: .vc) == .assumed && defaults.evidence(for: .vp) == .assumed)
  }

  @Test func `a placeholder has nothing published and nothing fitted`() {
    for defaults in DrugDefaults.all where defaults.isPlaceholder {
      for parameter in DrugParameter.allCases {
        #expect(defaults.evidence(for: parameter) == .placeholder)
      }
    }
  }
}
