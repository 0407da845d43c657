// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let sufentanil = #"""
{
  "drug": "sufentanil",
  "class": "opioid",
  "kind": "mu agonist, very lipophilic",
  "indications": ["cancer", "nonCancer"],
  "unit": "ug",
  "labelled": {"value": false, "source": "recalled, unverified", "confidence": "medium"},
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["50 ug/mL"],
        "source": "recalled, unverified",
        "confidence": "high"
      }
    ],
    "ceiling": {
      "value": "5 mg/mL",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium",
      "note": "far above the commercial strength, which is the real limit"
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
        "from": "10 ug/d", "to": "20 ug/d",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "usual": [
      {
        "from": "10 ug/d", "to": "100 ug/d",
        "source": "Aneskey, Intrathecal therapy for nonmalignant and malignant abdominal pain, https://aneskey.com/intrathecal-therapy-for-nonmalignant-and-malignant-abdominal-pain",
        "confidence": "medium"
      }
    ],
    "maximum": {
      "value": "500 ug/d",
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
    "risk": "moderate", "value": "opioid withdrawal",
    "source": "no source given in the reference; unverified",
    "confidence": "medium"
  },
  "overdose": {
    "risk": "high",
    "value": "sedation, slow breathing, small pupils; naloxone, and empty the reservoir to stop the flow",
    "source": "Medtronic emergency procedure card, https://expydoc.com/doc/4906881/emergency-procedure-card",
    "confidence": "medium"
  },
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
