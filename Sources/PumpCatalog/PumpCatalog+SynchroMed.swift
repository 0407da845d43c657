// Each constant keeps its source and how far it can be trusted; `unverified` ones were recalled
// without a source at hand (DESIGN, section 8).

extension PumpCatalog {
  static let synchroMedIII = CatalogModel(
    manufacturer: "Medtronic",
    name: "SynchroMed III",
    numbers: "8667-20, 8667-40",
    kind: "programmable, battery, peristaltic",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir",
        .choices(["20", "40"], "mL"),
        source: "https://www.medtronic.com/en-us/products/product.8667-20.html (20); 40 "
          + "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "minimumRate",
        "lowest rate of a program",
        .number("0.048", "mL/d"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "maximumRate",
        "highest rate",
        .number("24", "mL/d"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "life",
        "life",
        .words("up to ~7 y; unchanged class behaviour"),
        source: "recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "mriField",
        "MRI, full body",
        .choices(["1.5", "3"], "T"),
        source: "https://news.medtronic.com/"
          + "Medtronic-receives-FDA-approval-for-SynchroMed-TM-III-intrathecal-drug-"
          + "delivery-system-for-chronic-pain,-cancer-pain,-and-severe-spasticity",
        confidence: .high
      ),
      CatalogConstant(
        "approved",
        "approved",
        .words("FDA 2023-10-10"),
        source: "https://news.medtronic.com/"
          + "Medtronic-receives-FDA-approval-for-SynchroMed-TM-III-intrathecal-drug-"
          + "delivery-system-for-chronic-pain,-cancer-pain,-and-severe-spasticity",
        confidence: .high
      ),
      CatalogConstant(
        "changes",
        "new against SynchroMed II",
        .words(
          "refill-only workflow; firmware updatable after implant; cybersecurity "
            + "hardening"
        ),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
    ]
  )

  static let synchroMedEL = CatalogModel(
    manufacturer: "Medtronic",
    name: "SynchroMed EL",
    numbers: "8626, 8627",
    kind: "programmable predecessor",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir",
        .choices(["10", "18"], "mL"),
        source: "https://safetyalertregistry.com/alerts/2149",
        confidence: .high
      ),
      CatalogConstant(
        "minimumRate",
        "lowest rate of a program",
        .number("0.048", "mL/d"),
        source: "SynchroMed EL manual p.4, https://www.manualslib.de/manual/628807/"
          + "Medtronic-Synchromed-El-Serie.html?page=13",
        confidence: .high
      ),
      CatalogConstant(
        "pauseOfTherapy",
        "in a pause of therapy",
        .words("saline at minimum rate, never stop"),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
    ]
  )

  static let isoMed = CatalogModel(
    manufacturer: "Medtronic",
    name: "IsoMed",
    numbers: "8472",
    kind: "constant flow",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir (60 mL existed)",
        .choices(["20", "35"], "mL"),
        source: "https://pdfslide.us/documents/"
          + "synchromed-isomed-isomed-implantable-infusion-systems-information-for-"
          + "prescribers.html",
        confidence: .high
      ),
      CatalogConstant(
        "flow",
        "flow, fixed by model",
        .choices(["0.3", "0.5", "1", "1.5", "2", "2.5"], "mL/d"),
        source: "https://pdfslide.us/documents/"
          + "synchromed-isomed-isomed-implantable-infusion-systems-information-for-"
          + "prescribers.html; decoding recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "status",
        "status",
        .words("discontinued"),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
    ]
  )
}
