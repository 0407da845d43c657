// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let fentanyl = #"""
{
  "drug": "fentanyl",
  "class": "opioid",
  "kind": "mu agonist, lipophilic",
  "indications": ["cancer", "nonCancer"],
  "unit": "ug",
  "labelled": {
    "value": false,
    "source": "AHA News 2018-11-15 on FDA Safety Communication, https://www.aha.org/news/headline/2018-11-15-fda-alerts-providers-medication-pump-danger",
    "confidence": "high"
  },
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["50 ug/mL"],
        "source": "GlobalRPh, http://www.globalrph.com/pain.htm",
        "confidence": "high"
      }
    ],
    "ceiling": {
      "value": "10 mg/mL",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium",
      "note": "far above the commercial strength"
    }
  },
  "doses": {
    "trial": [
      {
        "from": "15 ug", "to": "75 ug",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "start": [
      {
        "from": "25 ug/d", "to": "75 ug/d",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "maximum": {
      "value": "1000 ug/d",
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
    "risk": "moderate", "value": "opioid withdrawal; short half-life, so it comes sooner",
    "source": "no source given in the reference; unverified",
    "confidence": "medium"
  },
  "overdose": {
    "risk": "high",
    "value": "sedation, slow breathing, small pupils; naloxone, and empty the reservoir to stop the flow",
    "source": "Medtronic emergency procedure card, https://expydoc.com/doc/4906881/emergency-procedure-card",
    "confidence": "medium"
  },
  "granuloma": [
    {
      "value": "fewest granuloma reports of the opioids",
      "source": "no source given in the reference; unverified",
      "confidence": "low"
    }
  ],
  "safeRate": {
    "class": "stop", "value": "0 %",
    "reason": "an opioid given in excess stops the breathing; its withdrawal is seldom fatal",
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
