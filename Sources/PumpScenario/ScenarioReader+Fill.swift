import PumpCore
package import Quantities

/// Reads fills of the reservoir.
package enum FillReader {
  package static func fill(
    _ field: ScenarioField,
    capacity: Volume
  ) throws(ScenarioError) -> FillText {
    let object = try field.object(["volume", "drugs"])
    let volumeField = try object.required("volume", QuantityKind.volume.expectation)
    let volume: Volume = try volumeField.quantity(in: ScenarioRange.volume)
    guard volume <= capacity else {
      throw volumeField.fault(
        given: "\"\(volume.text)\"",
        expected: "at most the capacity of the reservoir, \(capacity.text)"
      )
    }
    var drugs: [FillText.Drug] = []
    for field in try object.required("drugs", "an array of drugs").array() {
      let drug = try drug(field)
      guard !drugs.contains(where: { $0.name.utf8.elementsEqual(drug.name.utf8) }) else {
        throw ScenarioError(
          path: "\(field.path).drug",
          given: "\(ScenarioError.quoted(drug.name)) again",
          expected: "each drug once"
        )
      }
      guard drugs.count < Capacity.drugs else {
        throw field.fault(given: "one drug more", expected: "at most \(Capacity.drugs) drugs")
      }
      drugs.append(drug)
    }
    return FillText(volume: volume, drugs: drugs, path: field.path)
  }

  private static func drug(_ field: ScenarioField) throws(ScenarioError) -> FillText.Drug {
    let object = try field.object(["drug", "concentration"])
    return FillText.Drug(
      name: try name(try object.required("drug", "the name of a drug")),
      concentration: try object.quantity("concentration", in: ScenarioRange.someConcentration),
      path: field.path
    )
  }

  /// The name of a drug: one line of 1 to 64 characters, no space at its ends.
  package static func name(_ field: ScenarioField) throws(ScenarioError) -> String {
    let expected = "the name of a drug, 1 to 64 characters"
    let name = try field.string(expected)
    let isPrintable = name.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
      default: true
      }
    }
    guard (1...64).contains(name.unicodeScalars.count), isPrintable, name.first != " ",
      name.last != " "
    else { throw field.fault(given: ScenarioError.quoted(name), expected: expected) }
    return name
  }
}
