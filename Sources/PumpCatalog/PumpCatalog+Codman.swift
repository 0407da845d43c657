// Each constant keeps its source and how far it can be trusted; `unverified` ones were recalled
// without a source at hand (DESIGN, section 8).

extension PumpCatalog {
  static let codman3000 = CatalogModel(
    manufacturer: "Codman",
    name: "3000 (later Intera 3000)",
    numbers: "",
    kind: "constant flow, propellant bellows, no battery",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir",
        .choices(["16", "30", "50"], "mL"),
        source: "recalled, unverified",
        confidence: .high,
        note: "about one ounce typical: https://www.jnjmedtech.com/en-US/codman-pumps/"
          + "patient-support"
      ),
      CatalogConstant(
        "flow",
        "flow, fixed by model",
        .range("0.3", "4", "mL/d"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "principle",
        "principle",
        .words("body heat vaporises propellant, pressure through filter + restrictor"),
        source: "https://www.jnjmedtech.com/en-US/codman-pumps/patient-support",
        confidence: .high
      ),
      CatalogConstant(
        "doseChange",
        "dose change",
        .words("only by changing concentration at refill"),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
      CatalogConstant(
        "dependence",
        "flow depends on",
        .words(
          "flow rises with body temperature (~10-13%/C) and falls with ambient "
            + "pressure rise; altitude increases flow; viscosity inverse"
        ),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "life",
        "life",
        .words("no battery; lifetime warranty"),
        source: "https://www.jnjmedtech.com/en-US/codman-pumps/patient-support",
        confidence: .high
      ),
      CatalogConstant(
        "mri",
        "MRI",
        .words("MR conditional, no stall; no emptying"),
        source: "recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "alarms",
        "alarms",
        .words("none; bolus port needs special needle"),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
    ]
  )

  static let archimedes = CatalogModel(
    manufacturer: "Codman",
    name: "Archimedes",
    numbers: "AS series",
    kind: "constant flow",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir",
        .choices(["20", "35", "40", "60"], "mL"),
        source: "recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "flow",
        "flow, fixed by model",
        .choices(["0.5", "0.6", "0.8", "1", "1.3", "1.5", "2", "3"], "mL/d"),
        source: "recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "runningTime",
        "running time",
        .words("reservoir mL / daily mL"),
        source: "https://manualslib.mx/manual/513899/Codman-As-10.html?page=22",
        confidence: .high
      ),
      CatalogConstant(
        "primeExtra",
        "extra solution to prime the refill set",
        .number("3", "mL"),
        source: "https://manualslib.mx/manual/513899/Codman-As-10.html?page=22",
        confidence: .high
      ),
      CatalogConstant(
        "diluent",
        "diluent",
        .words("0.9% saline only"),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
    ]
  )

  static let medStream = CatalogModel(
    manufacturer: "Codman",
    name: "MedStream",
    numbers: "",
    kind: "programmable, gas-driven with ceramic actuator valve",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir",
        .choices(["20", "40"], "mL"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "minimumRate",
        "lowest rate",
        .number("0.1", "mL/d"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "maximumRate",
        "highest rate",
        .number("4", "mL/d"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "implantDepth",
        "deepest implant",
        .number("2.5", "cm"),
        source: "https://manualslib.es/manual/744850/Codman-Medstream.html?page=4",
        confidence: .high
      ),
      CatalogConstant(
        "morphinePH",
        "highest pH of morphine; it can precipitate above 10 mg/mL",
        .number("6.5", "[pH]"),
        source: "https://manualslib.es/manual/744850/Codman-Medstream.html?page=4",
        confidence: .high
      ),
      CatalogConstant(
        "restrictor",
        "restrictor",
        .words("flow-restrictor chip can block from precipitate"),
        source: "https://manualslib.es/manual/744850/Codman-Medstream.html?page=4",
        confidence: .medium
      ),
      CatalogConstant(
        "modes",
        "modes",
        .words("continuous; variable; bridge bolus"),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
      CatalogConstant(
        "mriField",
        "MRI, conditional",
        .number("3", "T"),
        source: "recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "status",
        "status",
        .words("withdrawn from market"),
        source: "recalled, unverified",
        confidence: .low
      ),
    ]
  )

  static let siromedes = CatalogModel(
    manufacturer: "Tricumed",
    name: "Siromedes",
    numbers: "BA, PD variants",
    kind: "gas-driven constant flow; some with bolus/patient button",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir",
        .choices(["20", "40", "60"], "mL"),
        source: "recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "flow",
        "flow, fixed by model",
        .range("0.25", "3", "mL/d"),
        source: "recalled, unverified",
        confidence: .low
      ),
    ]
  )
}
