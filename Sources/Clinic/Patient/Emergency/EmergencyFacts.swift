import Quantities
import Therapy

/// What a record tells in an emergency, and on whose word.
enum EmergencyFacts {
  /// What is in the reservoir; nothing where that is not known, as after the reservoir was opened.
  static func drug(_ record: PatientRecord, _ language: MyLanguage) -> String? {
    record.isReservoirUnknown ? nil : lastDrug(record, language)
  }

  /// What was last known to be in the reservoir.
  static func lastDrug(_ record: PatientRecord, _ language: MyLanguage) -> String? {
    record.reservoir.map { reservoir in
      AmountWords.fluid(reservoir.fluid) { MyDrugs.name($0, language) }
    }
  }

  /// What the program gives on average in 24 h; nothing where that is not known, as after the reservoir was
  /// opened.
  static func dose(_ record: PatientRecord, most: Bool = false, _ language: MyLanguage) -> String? {
    record.isReservoirUnknown ? nil : lastDose(record, most: most, language)
  }

  /// What the program gave with what was last known to be in the reservoir.
  static func lastDose(
    _ record: PatientRecord,
    most: Bool = false,
    _ language: MyLanguage
  ) -> String? {
    guard let figures = record.programFigures, let fluid = record.reservoir?.fluid else {
      return nil
    }
    return figures.doses.compactMap { dose in
      fluid.drugs.first { $0.name == dose.drug }.map {
        "\(MyDrugs.name($0.name, language)) "
          + AmountWords.mass((most ? dose.most : dose.mean).mass, of: $0)
      }
    }.joined(separator: ", ")
  }
}
