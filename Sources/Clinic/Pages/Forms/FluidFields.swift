import Formulary
import Quantities
import Therapy

/// Up to three drugs with their concentrations, typed.
enum FluidFields {
  static let most = 3
  static let units = ["mg/mL", "ug/mL"]

  /// The first drug.
  static func fields(_ prefix: String, isRequired: Bool = true) -> [Field] {
    row(prefix, 0, isNeeded: isRequired)
  }

  /// The other drugs of a mixture, folded away while there are none.
  static func more(_ prefix: String, _ state: FormState) -> Markup {
    let rows = (1..<most).flatMap { row(prefix, $0, isNeeded: false) }
    return Piece.details(
      "More drugs of the mixture",
      isOpen: state.typed["\(prefix).drug1"].map { !$0.isEmpty } ?? false,
      rows.map { $0.markup(state) }.joined()
    )
  }

  private static func row(_ prefix: String, _ index: Int, isNeeded: Bool) -> [Field] {
    [

      Field(
        "\(prefix).drug\(index)",
        index == 0 ? "Drug" : "Drug \(index + 1)",
        isRequired: isNeeded
      ),
      Field(
        "\(prefix).concentration\(index)",
        index == 0 ? "Concentration" : "Concentration \(index + 1)",
        .quantity(units),
        isRequired: isNeeded
      ),
    ]
  }

  /// What was typed; nothing where no drug was.
  static func fluid(_ prefix: String, _ form: FormFields) throws(WebError) -> Fluid? {
    var drugs: [Fluid.Drug] = []
    for index in 0..<most {
      guard let name = form.text("\(prefix).drug\(index)") else { continue }
      let concentration: Concentration = try form.needed(
        "\(prefix).concentration\(index)",
        unit: "mg/mL"
      )
      drugs.append(Fluid.Drug(name: name, concentration: concentration))
    }
    return drugs.isEmpty ? nil : Fluid(drugs: drugs)
  }
}
