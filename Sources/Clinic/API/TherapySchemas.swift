import Formulary
import PumpCore
import Therapy

/// The fields of what is recorded of patients, as the API takes them; the names are those of the ledger.
enum TherapySchemas {
  static let instant = Schema.integer(
    0...253_402_300_799_999,
    "ms since 1970-01-01T00:00Z, therapy time"
  )
  static let day = Schema.text(most: 10, "a day, as in 2026-01-05")
  static let name = Schema.text(most: 100)
  static let words = Schema.text(most: 2_000)
  static let program = Schema.text(most: 16_384, "the JSON of a scenario's program")
  static let confirmed = SchemaField("confirmed", .flag, isRequired: false)

  static func quantity(_ example: String) -> Schema {
    .text(most: 40, "a quantity with its unit, as in \(example)")
  }

  static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Schema
  where Word.RawValue == String { .choice(Word.allCases.map(\.rawValue)) }

  static let identity = Schema.object([
    SchemaField("givenName", name), SchemaField("familyName", name), SchemaField("born", day),
    SchemaField("recordNumber", name),
    SchemaField("sex", words(Sex.self), isRequired: false),
    SchemaField("language", .text(most: 20, "BCP 47, as in de-CH")),
  ])
  static let contact: [SchemaField] = ["phone", "email", "address", "companion"].map {
    SchemaField($0, .text(most: 300), isRequired: false)
  }
  static let pump = Schema.object([
    SchemaField("model", name), SchemaField("isCatalogued", .flag),
    SchemaField("capacity", quantity("20 mL")), SchemaField("serial", name),
    SchemaField("implantedOn", day, isRequired: false),
    SchemaField("replaceBy", day, isRequired: false),
  ])
  static let catheter: [SchemaField] = [
    SchemaField("implantedLength", quantity("89 cm"), isRequired: false),
    SchemaField("trimmedLength", quantity("12 cm"), isRequired: false),
    SchemaField("volumePerLength", quantity("0.0022 mL/cm"), isRequired: false),
    SchemaField("volume", quantity("0.2 mL"), isRequired: false),
    SchemaField("tip", .text(most: 10, "as in T10"), isRequired: false),
  ]
  static let fluid = Schema.object([
    SchemaField(
      "drugs",
      .list(
        of: .object([
          SchemaField("name", name), SchemaField("concentration", quantity("2 mg/mL")),
        ]),
        most: 8
      )
    )
  ])
  static let fill: [SchemaField] = [
    SchemaField("volume", quantity("18 mL")), SchemaField("fluid", fluid),
    SchemaField("filledAt", instant), SchemaField("lots", .list(of: name, most: 20)),
    SchemaField("standing", words(Standing.self)),
  ]
  static let programRecorded: [SchemaField] = [
    SchemaField("program", program), SchemaField("programmedAt", instant),
    SchemaField("reason", words),
  ]
  static let adoption: [SchemaField] = [
    SchemaField("identity", identity),
    SchemaField("indication", words(DrugIndication.self)),
    SchemaField("origin", words(SpasticityOrigin.self), isRequired: false),
    SchemaField("pump", pump),
    SchemaField("contact", .object(contact), isRequired: false),
    SchemaField("catheter", .object(catheter), isRequired: false),
    SchemaField("fill", .object(fill), isRequired: false),
    SchemaField("program", .object(programRecorded), isRequired: false),
    confirmed,
  ]
  static let score = Schema.object([
    SchemaField("scale", words(ScoreScale.self)),
    SchemaField(
      "value",
      .free("a grade of modifiedAshworth; of other scales a whole number"),
      isRequired: false
    ),
    SchemaField("muscle", words(MuscleGroup.self), isRequired: false),
    SchemaField("frequency", .integer(0...4), isRequired: false),
    SchemaField("severity", .integer(1...3), isRequired: false),
    SchemaField("item9", .integer(0...3), isRequired: false),
    SchemaField("tenths", .integer(0...1_000), isRequired: false),
    SchemaField("thousandths", .integer(-1_100...1_000), isRequired: false),
    SchemaField("valueSet", name, isRequired: false),
    SchemaField("goal", .integer(1...100), isRequired: false),
    SchemaField("days", .integer(1...366), isRequired: false),
  ])
  static let label: [SchemaField] = [
    SchemaField("fluid", fluid), SchemaField("volume", quantity("18 mL")),
    SchemaField("lot", name), SchemaField("expiresOn", day),
    SchemaField("entry", words(EntryWay.self)),
  ]
}
