// Each constant keeps its source and how far it can be trusted; `unverified` ones were recalled
// without a source at hand (DESIGN, section 8).

extension PumpCatalog {
  static let synchroMedII = CatalogModel(
    manufacturer: "Medtronic",
    name: "SynchroMed II",
    numbers: "8637-20, 8637-40",
    kind: "programmable, battery, peristaltic rotor",
    constants: [
      CatalogConstant(
        "capacity",
        "reservoir",
        .choices(["20", "40"], "mL"),
        source: "https://safetyalertregistry.com/alerts/2149",
        confidence: .high
      ),
      CatalogConstant(
        "minimumRate",
        "lowest rate of a program",
        .number("0.048", "mL/d"),
        source: "https://www.prialt.com/for-healthcare-professionals/importance-of-titration/",
        confidence: .high
      ),
      CatalogConstant(
        "maximumRate",
        "highest rate",
        .number("24", "mL/d"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "keepOpenRate",
        "minimum-rate mode and state after a reset",
        .number("0.006", "mL/d"),
        source: "recalled, unverified",
        confidence: .medium,
        note: "'minimum rate' mode and post-reset safe state; Medtronic confirms a very "
          + "low reset rate exists: http://www.medtronic.com/patients/severe-spasticity/"
          + "full-prescribing-information/product-advisories/index.htm"
      ),
      CatalogConstant(
        "tubing",
        "internal tubing",
        .number("0.14", "mL"),
        source: "recalled, unverified",
        confidence: .low,
        note: "By the software after 2016; 0.199 mL before. The 2016 correction changed "
          + "the priming volume: http://mail.spinics.net/lists/fda/msg13148.html"
      ),
      CatalogConstant(
        "volumePerCm",
        "catheter (8709, 8731, Ascenda 8780, 8781)",
        .number("0.0022", "mL/cm"),
        source: "recalled, unverified",
        confidence: .medium,
        note: "8780 total 114 cm, 8781 140 cm before trimming (recalled, unverified)"
      ),
      CatalogConstant(
        "lowReservoir",
        "low-reservoir alarm as delivered",
        .number("2", "mL"),
        source: "Neurosurgery 2004;55:390-393, https://pubmed.ncbi.nlm.nih.gov/15271246",
        confidence: .high,
        note: "24% of 88 pts had withdrawal symptoms 1-7 d before, at 2.1-3.8 mL; none "
          + "after alarm set to 4 mL -> make it configurable per drug"
      ),
      CatalogConstant(
        "residual",
        "left behind when emptied",
        .number("1.4", "mL"),
        source: "recalled, unverified",
        confidence: .low,
        note: "2.4 mL quoted for SynchroMed-era pumps: "
          + "https://discovery.researcher.life/article/"
          + "other-long-term-stability-of-clonidine-in-clonidine-hydromorphone-mixture-"
          + "in-implanted-intrathecal-infusion-pumps/7accdaae35cb3defa5dfcbf394084c5e"
      ),
      CatalogConstant(
        "accuracySpecified",
        "accuracy, ± of the programmed rate",
        .number("14.5", "%"),
        source: "recalled, unverified",
        confidence: .high
      ),
      CatalogConstant(
        "accuracyClinical6Months",
        "measured error, clinical, 6 months",
        .number("1", "%"),
        source: "Wesemann 2014 Reg Anesth Pain Med 39:341-346, "
          + "https://pmc.ncbi.nlm.nih.gov/articles/PMC4218763",
        confidence: .high
      ),
      CatalogConstant(
        "accuracyClinicalRefill",
        "measured error, clinical, each refill",
        .number("2.5", "%"),
        source: "Wesemann 2014 Reg Anesth Pain Med 39:341-346, "
          + "https://pmc.ncbi.nlm.nih.gov/articles/PMC4218763",
        confidence: .high
      ),
      CatalogConstant(
        "accuracyLaboratory",
        "measured error, laboratory, each refill",
        .number("-2.4", "%"),
        source: "Wesemann 2014 Reg Anesth Pain Med 39:341-346, "
          + "https://pmc.ncbi.nlm.nih.gov/articles/PMC4218763",
        confidence: .high
      ),
      CatalogConstant(
        "life",
        "typical life",
        .range("5", "7", "a"),
        source: "https://www.medtronic.com/uk-en/patients/treatments-therapies/"
          + "drug-pump-chronic-pain/living-with/drug-pumps-replacement.html",
        confidence: .high
      ),
      CatalogConstant(
        "lifeMaximum",
        "stops by itself at",
        .number("7", "a"),
        source: "https://www.medtronic.com/uk-en/patients/treatments-therapies/"
          + "drug-pump-chronic-pain/living-with/drug-pumps-replacement.html",
        confidence: .high
      ),
      CatalogConstant(
        "replacementToEnd",
        "from the replacement mark to the end of service",
        .number("90", "d"),
        source: "https://www.medtronic.com/uk-en/patients/treatments-therapies/"
          + "drug-pump-chronic-pain/living-with/drug-pumps-replacement.html",
        confidence: .high
      ),
      CatalogConstant(
        "replacementPlanned",
        "replacement planned before the stop",
        .number("6", "mo"),
        source: "https://www.medtronic.com/uk-en/patients/treatments-therapies/"
          + "drug-pump-chronic-pain/living-with/drug-pumps-replacement.html",
        confidence: .high
      ),
      CatalogConstant(
        "steps",
        "steps of a day in flex mode",
        .number("13", "/d"),
        source: "http://www.medtronic.com/uk-en/patients/treatments-therapies/"
          + "drug-pump-severe-spasticity/synchromed-ii-pump.html",
        confidence: .high
      ),
      CatalogConstant(
        "modes",
        "modes",
        .words(
          "simple continuous; flex (variable 24 h, day-of-week groups); single "
            + "bolus; periodic bolus (older 'bolus delay'); bridge bolus; priming bolus; "
            + "minimum rate; stopped pump"
        ),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
      CatalogConstant(
        "flexHazard",
        "reported programming error",
        .words("bolus meant once each morning programmed as 60 ug every hour -> overdose"),
        source: "ISMP, https://www.ismp.org/resources/"
          + "baclofen-programming-error-synchromed-ii-pump-facility-not-made-aware-"
          + "companys-software",
        confidence: .high,
        note: "show 24 h total + side-by-side old/new before commit (A810 Finish screen "
          + "does this: https://manualmachine.com/medtronic/a810/"
          + "26721158-programming-guide)"
      ),
      CatalogConstant(
        "alarmTones",
        "alarm tones",
        .words("critical: two-tone, 3 s; non-critical: single-tone, 1 s"),
        source: "http://www.medtronic.com/patients/severe-spasticity/"
          + "full-prescribing-information/product-advisories/index.htm",
        confidence: .high
      ),
      CatalogConstant(
        "alarmsCritical",
        "critical alarms",
        .words(
          "motor stall; empty reservoir; end of service; stopped pump > 48 h; "
            + "critical memory error/reset (safe state)"
        ),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "alarmsOther",
        "non-critical alarms",
        .words("low reservoir; ERI; non-critical memory error"),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "alarmRepeat",
        "alarms repeat",
        .words(
          "critical every 10 min default (10 min-2 h programmable); non-critical "
            + "every 1 h (1-24 h)"
        ),
        source: "recalled, unverified",
        confidence: .medium
      ),
      CatalogConstant(
        "telemetry",
        "telemetry",
        .words(
          "inductive near-field 175 kHz head; later 8880T2/8880 communicator "
            + "Bluetooth to tablet, tablet-to-communicator 3 m"
        ),
        source: "recalled, unverified; 3 m: http://www.medtronic.com/us-en/"
          + "healthcare-professionals/products/neurological/drug-infusion-systems/"
          + "synchromed-ii.html",
        confidence: .medium
      ),
      CatalogConstant(
        "patientDoseParameters",
        "settings of a patient dose",
        .words(
          "dose per activation; dose duration; lockout interval; max activations per "
            + "24 h (or per window)"
        ),
        source: "recalled, unverified (structure confirmed by Prometra PTC glossary "
          + "https://manualshive.com/ru/manual/flowonix/"
          + "prometra-patient-therapy-controller/2308327?page=5)",
        confidence: .medium
      ),
      CatalogConstant(
        "patientDoseUse",
        "patient doses observed, baclofen",
        .number("3.62", "/d"),
        source: "https://cmsc.confex.com/cmsc/2015/webprogram/Paper3720.html",
        confidence: .high
      ),
      CatalogConstant(
        "mriField",
        "MRI, conditional",
        .choices(["1.5", "3"], "T"),
        source: "3T: http://www.medtronic.com/uk-en/patients/treatments-therapies/"
          + "drug-pump-severe-spasticity/synchromed-ii-pump.html",
        confidence: .medium,
        note: "CONFLICT: 2008 Medtronic correction page says do not exceed 1.5 T; later "
          + "pages say 1.5/3 T. Use the MRI guideline for the exact model/revision."
      ),
      CatalogConstant(
        "mriBehavior",
        "during MRI",
        .words("rotor stalls; infusion suspended during scan; normally resumes"),
        source: "http://professional.medtronic.com/devices/synchromed-II-for-spasticity/"
          + "mri-guidelines/index.htm (Aug 2008 correction)",
        confidence: .high
      ),
      CatalogConstant(
        "mriRecovery",
        "recovery after MRI may take",
        .range("2", "24", "h"),
        source: "http://professional.medtronic.com/devices/synchromed-II-for-spasticity/"
          + "mri-guidelines/index.htm (Aug 2008 correction)",
        confidence: .high
      ),
      CatalogConstant(
        "mriDoNotStop",
        "before MRI",
        .words("do not program stopped-pump before MRI (delays stall detection)"),
        source: "http://professional.medtronic.com/devices/synchromed-II-for-spasticity/"
          + "mri-guidelines/index.htm (Aug 2008 correction)",
        confidence: .high
      ),
      CatalogConstant(
        "mriTelemetry",
        "MRI and alarms",
        .words(
          "if EMI puts pump in telemetry mode while alarming it does not resume "
            + "until interrogated (programmer or myPTM)"
        ),
        source: "https://tga.gov.au/safety/product-recalls/"
          + "synchromed-ii-infusion-pump-caution-after-mri",
        confidence: .high
      ),
      CatalogConstant(
        "pauseOfTherapy",
        "in a pause of therapy",
        .words("do not stop pump during non-therapy: saline at 0.048 mL/d"),
        source: "SynchroMed EL manual p.4, https://www.manualslib.de/manual/628807/"
          + "Medtronic-Synchromed-El-Serie.html?page=13 (EL model)",
        confidence: .high
      ),
      CatalogConstant(
        "priming",
        "at priming",
        .words(
          "priming bolus: mixing gives early drug delivery and later dilution; do it "
            + "under supervision"
        ),
        source: "https://manualmachine.com/medtronic/863720/26722439-reference-guide and "
          + "TGA RC-2013-RN-00677-1 https://apps.tga.gov.au/Prod/sara/"
          + "arn-detail.aspx?k=RC-2013-RN-00677-1",
        confidence: .high
      ),
      CatalogConstant(
        "accessPort",
        "catheter access port",
        .words(
          "never inject drug through the CAP to advance it; CAP kit contraindicated "
            + "for refill"
        ),
        source: "Model 8540 CAP kit IFU 2018, https://manualmachine.com/medtronic/8540/"
          + "26722006-instructions-for-use",
        confidence: .high
      ),
      CatalogConstant(
        "implantDepth",
        "deepest implant",
        .number("2.5", "cm"),
        source: "https://manualslib.es/manual/744850/Codman-Medstream.html?page=4 "
          + "(Codman); same in https://flowonix.com/healthcare-provider/"
          + "brief-statement-for-us-health-care-professionals",
        confidence: .medium
      ),
      CatalogConstant(
        "labelledDrugs",
        "labelled drugs",
        .words(
          "Infumorph; Prialt; Lioresal/Gablofen (pump labelling); "
            + "floxuridine/methotrexate (vascular)"
        ),
        source: "no source given in the reference; unverified",
        confidence: .low
      ),
    ]
  )
}
