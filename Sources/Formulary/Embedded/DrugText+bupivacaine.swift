// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let bupivacaine = #"""
{
  "drug": "bupivacaine",
  "class": "localAnesthetic",
  "kind": "amide local anesthetic",
  "indications": ["cancer", "nonCancer"],
  "unit": "mg",
  "labelled": {
    "value": false,
    "source": "AHA News 2018-11-15 on FDA Safety Communication, https://www.aha.org/news/headline/2018-11-15-fda-alerts-providers-medication-pump-danger",
    "confidence": "high"
  },
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["2.5 mg/mL", "5 mg/mL", "7.5 mg/mL"],
        "source": "recalled, unverified",
        "confidence": "high",
        "note": "30 to 40 mg/mL is compounded from powder"
      }
    ],
    "ceiling": {
      "value": "30 mg/mL",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium"
    }
  },
  "doses": {
    "trial": [
      {
        "from": "0.5 mg", "to": "2.5 mg",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "patientDose": [
      {
        "from": "0.4 mg", "to": "1.5 mg",
        "source": "Trial NCT02886286, https://trials.co/clinical-trials-details/-/NCT02886286",
        "confidence": "high",
        "note": "over 2 min, 2 to 10 a day"
      }
    ],
    "start": [
      {
        "from": "0.01 mg/d", "to": "4 mg/d",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "usual": [
      {
        "from": "6 mg/d", "to": "20 mg/d",
        "source": "Aneskey, Intrathecal therapy for nonmalignant and malignant abdominal pain, https://aneskey.com/intrathecal-therapy-for-nonmalignant-and-malignant-abdominal-pain",
        "confidence": "medium"
      }
    ],
    "caution": {
      "value": "15 mg/d",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium",
      "note": "the table as recalled gives 15 to 20 as the maximum"
    },
    "maximum": {
      "value": "20 mg/d",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium",
      "note": "may be exceeded at the end of life"
    }
  },
  "titration": [
    {
      "indications": ["nonCancer"],
      "increase": {
        "value": "30 %",
        "source": "PACC 2007 quoted, https://www.pharmacologicalsciences.us/pain-management-2/pump-refills-and-reprogramming.html",
        "confidence": "medium"
      },
      "interval": {
        "value": "24 h",
        "source": "this project's own choice, unverified: no interval was found; a day shows the effect",
        "confidence": "low"
      }
    },
    {
      "indications": ["cancer"],
      "increase": {
        "value": "50 %",
        "source": "PACC 2007 quoted, https://www.pharmacologicalsciences.us/pain-management-2/pump-refills-and-reprogramming.html",
        "confidence": "medium"
      },
      "interval": {
        "value": "24 h",
        "source": "this project's own choice, unverified: no interval was found; a day shows the effect",
        "confidence": "low"
      }
    }
  ],
  "withdrawal": {
    "risk": "none", "value": "no withdrawal syndrome",
    "source": "Aneskey ch.32 Intrathecal medication withdrawal, https://test.aneskey.com/intrathecal-medication-withdrawal",
    "confidence": "high"
  },
  "overdose": {
    "risk": "moderate",
    "value": "numbness, weakness, low blood pressure; support blood pressure and airway",
    "source": "recalled, unverified",
    "confidence": "medium"
  },
  "safeRate": {
    "class": "stop", "value": "0 %", "reason": "its withdrawal is harmless, its excess is not",
    "source": "this project's own choice, unverified",
    "confidence": "low"
  },
  "restartGap": {
    "value": "48 h",
    "source": "requirement SR-024, a proposal that a clinician must confirm; unverified",
    "confidence": "low",
    "note": "tolerance is lost in days: the dose from before a gap may be an overdose after it"
  },
  "lowReservoir": {
    "value": "2 mL",
    "source": "Neurosurgery 2004;55:390-393, https://pubmed.ncbi.nlm.nih.gov/15271246",
    "confidence": "high",
    "note": "as delivered; higher where its loss is dangerous"
  }
}
"""#
}
