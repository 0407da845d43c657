// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let morphine = #"""
{
  "drug": "morphine",
  "class": "opioid",
  "kind": "mu agonist, hydrophilic",
  "indications": ["cancer", "nonCancer"],
  "unit": "mg",
  "labelled": {
    "value": true,
    "source": "MPR/eMPR Infumorph monograph, http://www.empr.com/infumorph/drug/3820/",
    "confidence": "high",
    "note": "Infumorph, Mitigo: preservative-free, continuous microinfusion device"
  },
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["10 mg/mL", "25 mg/mL"],
        "source": "MPR/eMPR Infumorph monograph, http://www.empr.com/infumorph/drug/3820/",
        "confidence": "high",
        "note": "Mitigo has the same strengths"
      }
    ],
    "ceiling": {
      "value": "20 mg/mL",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium"
    }
  },
  "doses": {
    "trial": [
      {
        "from": "0.1 mg", "to": "0.5 mg",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "start": [
      {
        "populations": ["naive"], "from": "0.2 mg/d", "to": "1 mg/d",
        "source": "MPR/eMPR Infumorph monograph, http://www.empr.com/infumorph/drug/3820/",
        "confidence": "high"
      },
      {
        "populations": ["tolerant"], "from": "1 mg/d", "to": "10 mg/d",
        "source": "MPR/eMPR Infumorph monograph, http://www.empr.com/infumorph/drug/3820/",
        "confidence": "high"
      },
      {
        "populations": ["naive"], "from": "0.1 mg/d", "to": "0.5 mg/d",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      },
      {
        "populations": ["tolerant"], "settings": ["nonCancer"], "from": "0.1 mg/d",
        "to": "0.5 mg/d",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "caution": {
      "value": "20 mg/d",
      "source": "MPR/eMPR Infumorph monograph, http://www.empr.com/infumorph/drug/3820/",
      "confidence": "high",
      "note": "the label asks for caution above it"
    },
    "maximum": {
      "value": "15 mg/d",
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
      "condition": "any", "value": "90 d",
      "source": "recalled, unverified",
      "confidence": "medium",
      "note": "longest refill interval used in practice"
    }
  ],
  "withdrawal": {
    "risk": "moderate",
    "value": "opioid withdrawal, not usually fatal; what kills is the overdose, also after a gap",
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
      "value": "0.6 mg/d at 1.2 mg/mL is the lowest reported; no dose or concentration is free of it",
      "source": "CTG at ultralow-dose morphine (abstract), https://discovery.researcher.life/article/symptomatic-intrathecal-catheter-tip-granuloma-formation-with-ultralowdose-and-lowconcentration-morphine-infusion-a-case-report-and-review-of-literature/154bd462f2f23713bef6fd505420291e",
      "confidence": "high"
    },
    {
      "value": "3 % of 208 imaged patients",
      "source": "Deer 2004 Pain Physician surveillance study (abstract), https://paperexplained.cn/articles/paper/detail/34c7429503a6422e7759e667644a3fc3f91fba17",
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
