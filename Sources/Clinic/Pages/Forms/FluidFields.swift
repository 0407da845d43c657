import Formulary
import Quantities
import Therapy

/// Up to three drugs with their concentrations, typed.
enum FluidFields {
  static let most = 3
  static let units = ["mg/mL", "ug/mL"]

  static func fields(_ prefix: String, _ fluid: Fluid? = nil, isRequired: Bool = true) -> [Field] {
    (0..<most).flatMap { index -> [Field] in
      let drug = fluid.flatMap { $0.drugs.count > index ? $0.drugs[index] : nil }
      let isNeeded = isRequired && index == 0
      return [
        Field(
          "\(prefix).drug\(index)",
          index == 0 ? "Drug" : "Drug \(index + 1)",
          value: drug?.name ?? "",
          isRequired: isNeeded
        ),
        Field(
          "\(prefix).concentration\(index)",
          index == 0 ? "Concentration" : "Concentration \(index + 1)",
          .quantity(units),
          value: drug?.concentration.text ?? "",
          isRequired: isNeeded
        ),
      ]
    }
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
