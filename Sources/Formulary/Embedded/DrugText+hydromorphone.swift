// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let hydromorphone = #"""
{
  "drug": "hydromorphone",
  "class": "opioid",
  "kind": "mu agonist, hydrophilic",
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
        "purpose": "reservoir", "values": ["1 mg/mL", "2 mg/mL", "4 mg/mL", "10 mg/mL"],
        "source": "recalled, unverified",
        "confidence": "medium",
        "note": "10 mg/mL preservative-free; pump strengths are compounded"
      }
    ],
    "ceiling": {
      "value": "15 mg/mL",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium"
    }
  },
  "doses": {
    "trial": [
      {
        "from": "0.025 mg", "to": "0.1 mg",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "start": [
      {
        "from": "0.01 mg/d", "to": "0.15 mg/d",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "usual": [
      {
        "from": "0.5 mg/d", "to": "25 mg/d",
        "source": "Aneskey, Intrathecal therapy for nonmalignant and malignant abdominal pain, https://aneskey.com/intrathecal-therapy-for-nonmalignant-and-malignant-abdominal-pain",
        "confidence": "medium",
        "note": "one center; its upper end is above the maximum as recalled"
      }
    ],
    "maximum": {
      "value": "10 mg/d",
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
  "stability": [
    {
      "condition": "any", "value": "112 d",
      "source": "recalled, unverified (Hildebrand 2001: SynchroMed, 37 °C, over 95 % left)",
      "confidence": "low"
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
  "granuloma": [
    {
      "value": "8.7 % of 69 patients, followed for 33.5 months on average",
      "source": "Neuromodulation 2016;19:760-769 (abstract), https://www.ncbi.nlm.nih.gov/pubmed/27505059",
      "confidence": "high"
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
