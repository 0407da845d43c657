// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let ziconotide = #"""
{
  "drug": "ziconotide",
  "class": "calciumChannelBlocker",
  "kind": "N-type calcium channel blocker",
  "indications": ["cancer", "nonCancer"],
  "unit": "ug",
  "labelled": {
    "value": true,
    "source": "Prialt PI (TerSera), https://prescriberpoint.com/therapies/prialt-b025d8e",
    "confidence": "high",
    "note": "SynchroMed II and III"
  },
  "youngest": {
    "value": 18,
    "source": "https://medlibrary.org/lib/rx/meds/prialt-4/",
    "confidence": "high",
    "note": "adults only"
  },
  "contraindications": [
    {
      "value": "psychosis, now or before; infection at the site; bleeding; blocked CSF flow",
      "source": "http://prialt.com/hcp/the-appropriate-prialt-patient",
      "confidence": "high"
    }
  ],
  "concentrations": {
    "available": [
      {
        "purpose": "reservoir", "values": ["25 ug/mL", "100 ug/mL"],
        "source": "Renal&Urology News Prialt, https://www.renalandurologynews.com/drug/prialt/",
        "confidence": "high",
        "note": "first fill 25 ug/mL; 100 ug/mL is diluted until the dose is found"
      }
    ],
    "ceiling": {
      "value": "100 ug/mL",
      "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
      "confidence": "medium"
    }
  },
  "doses": {
    "trial": [
      {
        "from": "1 ug", "to": "5 ug",
        "source": "recalled, unverified (attributed to PACC 2017, Deer et al., Neuromodulation 2017;20:96-132)",
        "confidence": "medium"
      }
    ],
    "start": [
      {
        "from": "0.5 ug/d", "to": "1.2 ug/d",
        "source": "Prialt HCP site, https://www.prialt.com/for-healthcare-professionals/importance-of-titration/",
        "confidence": "high"
      },
      {
        "value": "2.4 ug/d",
        "source": "Prialt PI, https://prescriberpoint.com/therapies/prialt-b025d8e",
        "confidence": "high",
        "note": "the label gives the upper end alone"
      }
    ],
    "maximum": {
      "value": "19.2 ug/d",
      "source": "https://www.drugs.com/dosage/ziconotide.html",
      "confidence": "high",
      "note": "reached by day 21 at the earliest; 21.6 ug/d in Europe is recalled, unverified"
    }
  },
  "titration": [
    {
      "indications": ["cancer", "nonCancer"],
      "increase": {
        "value": "2.4 ug/d",
        "source": "https://www.drugs.com/dosage/ziconotide.html",
        "confidence": "high"
      },
      "interval": {
        "value": "56 h",
        "source": "https://www.drugs.com/dosage/ziconotide.html",
        "confidence": "high",
        "note": "at most two to three steps a week: a week over three"
      }
    },
    {
      "indications": ["cancer", "nonCancer"],
      "standing": "advice",
      "increase": {
        "value": "0.5 ug/d",
        "source": "McDowell and Pope 2016 Neuromodulation 19:522-532 (abstract), https://metajournal.com/articles/447052",
        "confidence": "high"
      },
      "interval": {
        "value": "7 d",
        "source": "McDowell and Pope 2016 Neuromodulation 19:522-532 (abstract), https://metajournal.com/articles/447052",
        "confidence": "high"
      }
    }
  ],
  "stability": [
    {
      "condition": "firstFill", "value": "14 d",
      "source": "Prialt HCP site, https://www.prialt.com/for-healthcare-professionals/intrathecal-pump-use-drug-delivery/",
      "confidence": "high",
      "note": "first fill of a pump that has held none"
    },
    {
      "condition": "undiluted", "value": "84 d",
      "source": "Prialt HCP site, https://www.prialt.com/for-healthcare-professionals/intrathecal-pump-use-drug-delivery/",
      "confidence": "high"
    },
    {
      "condition": "diluted", "value": "40 d",
      "source": "Prialt HCP site, https://www.prialt.com/for-healthcare-professionals/intrathecal-pump-use-drug-delivery/",
      "confidence": "high"
    }
  ],
  "withdrawal": {
    "risk": "none", "value": "none; may be stopped at once",
    "source": "Prialt label text, https://docslib.org/doc/4111162/prialt-ziconotide-intrathecal-infusion",
    "confidence": "high"
  },
  "overdose": {
    "risk": "moderate",
    "value": "ataxia, nystagmus, stupor, confusion, myoclonus; breathing is spared, no antidote, most recover in 24 h",
    "source": "https://pill2trip.com/medicine/prialt (label overdose text)",
    "confidence": "high"
  },
  "safeRate": {
    "class": "stop", "value": "0 %",
    "reason": "it may be stopped at once; psychiatric and neurological harm comes from going on",
    "source": "Prialt label text, https://docslib.org/doc/4111162/prialt-ziconotide-intrathecal-infusion",
    "confidence": "medium"
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
