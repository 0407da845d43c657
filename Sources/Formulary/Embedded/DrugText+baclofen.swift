// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let baclofen = #"""
{
  "drug": "baclofen",
  "class": "gabaAgonist",
  "kind": "GABA-B agonist",
  "indications": ["spasticity"],
  "unit": "ug",
  "labelled": {
    "value": true,
    "source": "Gablofen indications, http://www.rxlist.com/gablofen-drug/indications-dosage.htm",
    "confidence": "high"
  },
  "youngest": {
    "value": 4,
    "source": "Gablofen indications, http://www.rxlist.com/gablofen-drug/indications-dosage.htm",
    "confidence": "high"
  },
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["500 ug/mL", "1000 ug/mL", "2000 ug/mL"],
        "source": "MPR Gablofen, http://butalbitalapap.org/index-3327.html",
        "confidence": "high",
        "note": "Lioresal: 500 and 2000"
      },
      {
        "purpose": "screening", "values": ["50 ug/mL"],
        "source": "https://www.drugs.com/dosage/baclofen.html",
        "confidence": "high",
        "note": "never for the reservoir"
      }
    ],
    "ceiling": {
      "value": "4 mg/mL",
      "source": "recalled, unverified",
      "confidence": "low",
      "note": "solubility; 2 mg/mL is the strongest sold, 3 mg/mL has been studied"
    }
  },
  "doses": {
    "usual": [
      {
        "origin": "spinal", "from": "300 ug/d", "to": "800 ug/d",
        "source": "MPR Gablofen, http://butalbitalapap.org/index-3327.html",
        "confidence": "high"
      },
      {
        "origin": "cerebral", "from": "90 ug/d", "to": "703 ug/d",
        "source": "MPR Gablofen, http://butalbitalapap.org/index-3327.html",
        "confidence": "high"
      },
      {
        "below": 12, "from": "24 ug/d", "to": "1199 ug/d",
        "source": "MPR Gablofen, http://butalbitalapap.org/index-3327.html",
        "confidence": "high"
      },
      {
        "origin": "spinal", "from": "12 ug/d", "to": "2003 ug/d",
        "source": "recalled, unverified (label)",
        "confidence": "medium",
        "note": "extremes"
      },
      {
        "origin": "cerebral", "from": "22 ug/d", "to": "1400 ug/d",
        "source": "recalled, unverified (label)",
        "confidence": "medium",
        "note": "extremes"
      }
    ],
    "caution": {
      "value": "1000 ug/d",
      "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
      "confidence": "medium",
      "note": "limited experience above it; no hard maximum"
    }
  },
  "titration": [
    {
      "indications": ["spasticity"],
      "origin": "spinal",
      "settings": ["clinic"],
      "increase": {
        "from": "10 %", "to": "30 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      },
      "decrease": {
        "from": "10 %", "to": "20 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high",
        "note": "given for adverse effects; taken for every step down"
      },
      "interval": {
        "value": "24 h",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      }
    },
    {
      "indications": ["spasticity"],
      "origin": "cerebral",
      "settings": ["clinic"],
      "increase": {
        "from": "5 %", "to": "15 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      },
      "decrease": {
        "from": "10 %", "to": "20 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high",
        "note": "given for adverse effects; taken for every step down"
      },
      "interval": {
        "value": "24 h",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      }
    },
    {
      "indications": ["spasticity"],
      "below": 18,
      "settings": ["clinic", "refill"],
      "increase": {
        "from": "5 %", "to": "15 %",
        "source": "recalled, unverified (label)",
        "confidence": "high"
      }
    },
    {
      "indications": ["spasticity"],
      "origin": "spinal",
      "settings": ["refill"],
      "increase": {
        "from": "10 %", "to": "40 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      },
      "decrease": {
        "from": "10 %", "to": "20 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high",
        "note": "given for adverse effects; taken for every step down"
      },
      "interval": {
        "value": "24 h",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      }
    },
    {
      "indications": ["spasticity"],
      "origin": "cerebral",
      "settings": ["refill"],
      "increase": {
        "from": "5 %", "to": "20 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      },
      "decrease": {
        "from": "10 %", "to": "20 %",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high",
        "note": "given for adverse effects; taken for every step down"
      },
      "interval": {
        "value": "24 h",
        "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
        "confidence": "high"
      }
    }
  ],
  "screening": {
    "steps": [
      {
        "dose": {
          "value": "50 ug",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        },
        "volume": {
          "value": "1 mL",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        }
      },
      {
        "dose": {
          "value": "75 ug",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        },
        "volume": {
          "value": "1.5 mL",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        },
        "wait": {
          "value": "24 h",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        }
      },
      {
        "dose": {
          "value": "100 ug",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        },
        "volume": {
          "value": "2 mL",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        },
        "wait": {
          "value": "24 h",
          "source": "https://www.drugs.com/dosage/baclofen.html",
          "confidence": "high"
        }
      }
    ],
    "injection": {
      "value": "1 min",
      "source": "http://ninemeds.com/lioresal/ (label excerpt)",
      "confidence": "high",
      "note": "at least; barbotage"
    },
    "observe": {
      "from": "4 h", "to": "8 h",
      "source": "https://www.drugs.com/dosage/baclofen.html",
      "confidence": "high"
    },
    "smallest": {
      "value": "25 ug",
      "source": "http://healthdrugpdf.com/a/ahca.myflorida.com1.html (Florida Medicaid criteria quoting the label)",
      "confidence": "high",
      "note": "optional first dose in very small patients"
    },
    "positive": {
      "value": "a clear fall of muscle tone, or of frequency or severity of spasms",
      "source": "http://healthdrugpdf.com/a/ahca.myflorida.com1.html (Florida Medicaid criteria quoting the label)",
      "confidence": "high"
    },
    "nonResponder": {
      "value": "no response to 100 ug: not a candidate for a pump",
      "source": "https://www.drugs.com/dosage/baclofen.html",
      "confidence": "high"
    },
    "startFactor": {
      "value": 2,
      "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
      "confidence": "high",
      "note": "times the screening dose that worked, over 24 h"
    },
    "prolonged": {
      "value": "8 h",
      "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
      "confidence": "high"
    },
    "startFactorProlonged": {
      "value": 1,
      "source": "https://minclinic.eu/drugs/drugs_eng/Drugs_reference/lioresal-baclofen-343335.htm",
      "confidence": "high",
      "note": "where the effect lasted longer than that"
    }
  },
  "stability": [
    {
      "condition": "any", "value": "180 d",
      "source": "Baclofen in-vivo stability study (abstract), https://tokyo-2-qrcode.vukou.com/38043050",
      "confidence": "high",
      "note": "2 mg/mL unchanged (-0.8 %) at 247 d on average, up to 367 d"
    }
  ],
  "withdrawal": {
    "risk": "high",
    "value": "fever, confusion, rebound spasticity, rigidity; rarely muscle breakdown, organ failure, death",
    "source": "openFDA label set e05080ef-53d9-4060-aaa4-86a6935467de, https://api.fda.gov/drug/label.json?search=set_id:%22e05080ef-53d9-4060-aaa4-86a6935467de%22",
    "confidence": "high",
    "note": "boxed warning; severe form within 24 to 72 h"
  },
  "overdose": {
    "risk": "high",
    "value": "drowsiness, slow breathing, seizures, limpness that climbs, coma; empty the reservoir, support breathing",
    "source": "https://pill2trip.com/medicine/gabalon-0-005 (label overdose text)",
    "confidence": "high",
    "note": "25 ug as a bolus has caused symptoms in an adult"
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
