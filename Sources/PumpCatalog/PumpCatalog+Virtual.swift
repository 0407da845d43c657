// This project's own pump: each constant is what the program does, so its source is the program.

extension PumpCatalog {
  static let virtual = CatalogModel(
    manufacturer: "Cisterna",
    name: "Cisterna virtual pump",
    numbers: "no hardware",
    kind: "simulated; programmable, strokes of 0.25 µL",
    constants: [
      constant("capacity", "reservoir", .choices(["40"], "mL")),
      constant("minimumRate", "lowest rate of a program", .number("0.006", "mL/d")),
      constant("maximumRate", "highest rate", .number("24", "mL/d")),
      constant("tubing", "internal tubing", .number("0.14", "mL")),
      constant("volumePerCm", "catheter", .number("0.0022", "mL/cm")),
    ]
  )

  private static func constant(
    _ name: String,
    _ title: String,
    _ value: CatalogValue
  ) -> CatalogConstant {
    CatalogConstant(
      name,
      title,
      value,
      source: "docs/virtual-pump.md; PumpModel.virtual in Sources/VirtualPump/VirtualPump.swift",
      confidence: .high
    )
  }
}
