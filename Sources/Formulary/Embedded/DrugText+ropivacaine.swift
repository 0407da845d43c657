// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let ropivacaine = #"""
{
  "drug": "ropivacaine",
  "class": "localAnesthetic",
  "kind": "amide local anesthetic",
  "indications": ["cancer", "nonCancer"],
  "unit": "mg",
  "labelled": {"value": false, "source": "recalled, unverified", "confidence": "medium"},
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["2 mg/mL", "5 mg/mL", "7.5 mg/mL", "10 mg/mL"],
        "source": "recalled, unverified",
        "confidence": "high"
      }
    ]
  },
  "doses": {
    "usual": [
      {
        "from": "1 mg/d", "to": "20 mg/d",
        "source": "recalled, unverified",
        "confidence": "low",
        "note": "not in the tables of starting and maximum doses as recalled"
      }
    ]
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
    "risk": "none", "value": "none expected",
    "source": "no source given in the reference; unverified",
    "confidence": "low"
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
