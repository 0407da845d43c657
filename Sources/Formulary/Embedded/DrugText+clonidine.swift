// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let clonidine = #"""
{
  "drug": "clonidine",
  "class": "alpha2Agonist",
  "kind": "alpha-2 agonist",
  "indications": ["cancer", "nonCancer"],
  "unit": "ug",
  "labelled": {
    "value": false,
    "source": "AHA News 2018-11-15 on FDA Safety Communication, https://www.aha.org/news/headline/2018-11-15-fda-alerts-providers-medication-pump-danger",
    "confidence": "high",
    "note": "the epidural product is labelled for cancer pain, not for intrathecal use"
  },
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["100 ug/mL", "500 ug/mL"],
        "source": "recalled, unverified",
        "confidence": "high"
      }
    ],
    "ceiling": {
      "value": "1000 ug/mL",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium"
    }
  },
  "doses": {
    "trial": [
      {
        "from": "5 ug", "to": "20 ug",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "start": [
      {
        "from": "20 ug/d", "to": "100 ug/d",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "usual": [
      {
        "from": "250 ug/d", "to": "2000 ug/d",
        "source": "Aneskey, Intrathecal therapy for nonmalignant and malignant abdominal pain, https://aneskey.com/intrathecal-therapy-for-nonmalignant-and-malignant-abdominal-pain",
        "confidence": "low",
        "note": "one center; its upper end is above the maximum as recalled"
      }
    ],
    "maximum": {
      "value": "600 ug/d",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium"
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
      "decrease": {
        "value": "30 %",
        "source": "this project's own choice, unverified: no step down was found; the step up is taken",
        "confidence": "low"
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
      "decrease": {
        "value": "50 %",
        "source": "this project's own choice, unverified: no step down was found; the step up is taken",
        "confidence": "low"
      },
      "interval": {
        "value": "24 h",
        "source": "this project's own choice, unverified: no interval was found; a day shows the effect",
        "confidence": "low"
      }
    }
  ],
  "withdrawal": {
    "risk": "high", "value": "rebound hypertension and fast heart, can be severe",
    "source": "Aneskey ch.32 Intrathecal medication withdrawal, https://test.aneskey.com/intrathecal-medication-withdrawal",
    "confidence": "high"
  },
  "overdose": {
    "risk": "moderate", "value": "low blood pressure, slow heart, sedation",
    "source": "recalled, unverified",
    "confidence": "medium"
  },
  "safeRate": {
    "class": "continue", "value": "50 %",
    "reason": "a sudden loss can be fatal; half of it softens the withdrawal",
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
    "value": "4 mL",
    "source": "Neurosurgery 2004;55:390-393, https://pubmed.ncbi.nlm.nih.gov/15271246",
    "confidence": "high",
    "note": "24 % of 88 patients had withdrawal symptoms before the 2 mL alarm, at 2.1 to 3.8 mL; none at 4 mL"
  }
}
"""#
}
