// Each constant keeps its source and how far it can be trusted; `unverified` ones were recalled
// without a source at hand (DESIGN, section 8).

extension PumpCatalog {
  static let prometra = CatalogModel(
    manufacturer: "Flowonix",
    name: "Prometra, Prometra II",
    numbers: "11827, 13827, 16827",
    kind: "programmable, pressure-driven, valve-gated accumulator",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir (40 mL: 16827)",
        .choices(["20", "40"], "mL"),
        source: "https://dokumen.tips/documents/"
          + "general-prometra-20-ml-ref-11827-prometra-ii-20-ml-ref-13827-and-"
          + "prometra.html (PL-21604-02, Jan 2020)",
        confidence: .high
      ),
      CatalogConstant(
        "minimumRate",
        "lowest rate",
        .number("0", "mL/d"),
        source: "recalled, unverified",
        confidence: .high
      ),
      CatalogConstant(
        "maximumRate",
        "highest rate",
        .number("28.8", "mL/d"),
        source: "recalled, unverified",
        confidence: .high
      ),
      CatalogConstant(
        "zeroRate",
        "no flow can be programmed",
        .words("yes"),
        source: "https://studyres.com/doc/1878739/prometra-pump-mri-conditions",
        confidence: .high
      ),
      CatalogConstant(
        "volumePerCm",
        "catheter; supplied 110 cm, implanted 110 cm − trimmed",
        .number("0.0026", "mL/cm"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=33",
        confidence: .high
      ),
      CatalogConstant(
        "refillAt",
        "refill due at a predicted volume of",
        .number("3", "mL"),
        source: "https://manualshive.com/ru/manual/flowonix/"
          + "prometra-patient-therapy-controller/2308327?page=5",
        confidence: .high,
        note: "Every allotted bolus is assumed to be taken; recomputed at each bolus."
      ),
      CatalogConstant(
        "accuracy6Months",
        "delivered of programmed, 6 months",
        .number("96.8", "%"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=22; "
          + "http://www.pubmed.gov/23057877/",
        confidence: .high
      ),
      CatalogConstant(
        "accuracyLongTerm",
        "delivered of programmed, long term",
        .number("97.9", "%"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=22; "
          + "http://www.pubmed.gov/23057877/",
        confidence: .high
      ),
      CatalogConstant(
        "accuracyAccepted",
        "delivered of programmed, accepted",
        .range("85", "115", "%"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=22; "
          + "http://www.pubmed.gov/23057877/",
        confidence: .high
      ),
      CatalogConstant(
        "life",
        "life at 0.25 mL/d",
        .number("10", "a"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "ageMinimum",
        "youngest patient",
        .number("22", "a"),
        source: "https://flowonix.com/healthcare-provider/"
          + "brief-statement-for-us-health-care-professionals",
        confidence: .high
      ),
      CatalogConstant(
        "implantDepth",
        "deepest implant",
        .number("2.5", "cm"),
        source: "https://flowonix.com/healthcare-provider/"
          + "brief-statement-for-us-health-care-professionals",
        confidence: .high
      ),
      CatalogConstant(
        "modes",
        "modes",
        .words(
          "constant flow; intermittent (multi-phase); multiple rates; demand bolus; "
            + "PTC bolus"
        ),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "patientDoseParameters",
        "settings of a patient dose",
        .words("dose per bolus, bolus duration, allotted boluses per 24h, lockout duration"),
        source: "https://manualshive.com/ru/manual/flowonix/"
          + "prometra-patient-therapy-controller/2308327?page=5",
        confidence: .high
      ),
      CatalogConstant(
        "mriField",
        "MRI, conditional",
        .number("1.5", "T"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=8",
        confidence: .high
      ),
      CatalogConstant(
        "mriGradient",
        "MRI, highest spatial gradient",
        .number("20", "T/m"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=8",
        confidence: .high
      ),
      CatalogConstant(
        "mriMustEmpty",
        "before MRI",
        .words("reservoir must be emptied; valves may open and dump contents"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=8",
        confidence: .high
      ),
      CatalogConstant(
        "mriProgramZero",
        "during MRI",
        .words("0.0 mg/d before and during scan (Prometra)"),
        source: "https://studyres.com/doc/1878739/prometra-pump-mri-conditions",
        confidence: .high
      ),
      CatalogConstant(
        "mriValve",
        "flow-activated valve",
        .words(
          "Prometra II only: closes on high flow; emergent scan without emptying "
            + "carries residual risk"
        ),
        source: "https://dokumen.tips/documents/"
          + "general-prometra-20-ml-ref-11827-prometra-ii-20-ml-ref-13827-and-"
          + "prometra.html (PL-21604-02, Jan 2020)",
        confidence: .medium
      ),
      CatalogConstant(
        "mriAfter",
        "after MRI",
        .words("interrogate, refill, clear FAV if triggered"),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
      CatalogConstant(
        "alarms",
        "alarms",
        .words(
          "critical: non-recoverable error / pump stopped / empty; non-critical: low "
            + "reservoir / low battery"
        ),
        source: "recalled, unverified",
        confidence: .low
      ),
      CatalogConstant(
        "syringe",
        "smallest syringe at the access port",
        .number("10", "mL"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=19",
        confidence: .high
      ),
      CatalogConstant(
        "pauseOfTherapy",
        "in a long pause of therapy",
        .words("empty drug and fill with PF saline if therapy stopped long"),
        source: "https://manualshive.com/ru/manual/flowonix/13827/2308328?page=19",
        confidence: .medium
      ),
      CatalogConstant(
        "labelledDrugs",
        "labelled drugs",
        .words("Infumorph; 0.9% PF saline; baclofen 500-2000 mcg/mL"),
        source: "https://flowonix.com/healthcare-provider/"
          + "brief-statement-for-us-health-care-professionals",
        confidence: .high
      ),
    ]
  )
}
