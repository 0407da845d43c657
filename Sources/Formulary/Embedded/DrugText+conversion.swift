// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let conversion = #"""
{
  "conversions": [
    {
      "from": {"drug": "morphine", "route": "oral"},
      "to": {"drug": "morphine", "route": "intrathecal"},
      "ratios": [
        {
          "value": "300:1",
          "source": "IT to oral conversion case report citing Krames, PMID 15055516",
          "confidence": "medium",
          "note": "the ratio that Krames gave"
        },
        {
          "value": "100:1",
          "source": "Huntsman cohort, Neuromodulation 2021;24:1157-1166 (abstract), https://www.pubmed.ncbi.nlm.nih.gov/34375481/",
          "confidence": "high",
          "note": "275 cancer patients began at about it: enough in 42 %, raised in 54 %, lowered in 4 %, no slow breathing"
        },
        {
          "used": false, "value": "105.5:1",
          "source": "Huntsman cohort, Neuromodulation 2021;24:1157-1166 (abstract), https://www.pubmed.ncbi.nlm.nih.gov/34375481/",
          "confidence": "high",
          "note": "the median used in that cohort, quartiles 90 and 120; its round figure is taken"
        },
        {
          "used": false, "value": "10:1",
          "source": "J-STAGE article 23-0003, quoted without its address; unverified",
          "confidence": "low",
          "note": "the lowest of 10 to 125 in 8 patients; too few, and ten times the dose"
        }
      ]
    },
    {
      "from": {"drug": "morphine", "route": "iv"},
      "to": {"drug": "morphine", "route": "intrathecal"},
      "ratios": [
        {
          "value": "100:1",
          "source": "Survey of pain specialists, J Pain Res 2016;9:693-700 (abstract), https://pubmed.ncbi.nlm.nih.gov/27703394/",
          "confidence": "high",
          "note": "the commonest answer (IV to epidural to intrathecal 100:10:1); wide variation"
        },
        {
          "value": "200:1",
          "source": "this project's own choice, unverified: half of what the figure above gives, since the survey found a wide spread",
          "confidence": "low"
        }
      ]
    },
    {
      "from": {"drug": "hydromorphone", "route": "iv"},
      "to": {"drug": "hydromorphone", "route": "intrathecal"},
      "ratios": [
        {
          "value": "25:1",
          "source": "recalled, unverified (the intrathecal figure beside https://www.openanesthesia.org/keywords/aba_opioid_conversion_-_iv_and_it/)",
          "confidence": "low"
        },
        {
          "value": "50:1",
          "source": "this project's own choice, unverified: half of what the figure above gives, since the survey found a wide spread",
          "confidence": "low"
        }
      ]
    },
    {
      "from": {"drug": "fentanyl", "route": "iv"},
      "to": {"drug": "fentanyl", "route": "intrathecal"},
      "ratios": [
        {
          "value": "100:1",
          "source": "Survey of pain specialists, J Pain Res 2016;9:693-700 (abstract), https://pubmed.ncbi.nlm.nih.gov/27703394/",
          "confidence": "medium",
          "note": "the commonest answer; many use smaller ratios"
        },
        {
          "value": "200:1",
          "source": "this project's own choice, unverified: half of what the figure above gives, since the survey found a wide spread",
          "confidence": "low"
        }
      ]
    },
    {
      "from": {"drug": "morphine", "route": "intrathecal"},
      "to": {"drug": "hydromorphone", "route": "intrathecal"},
      "ratios": [
        {
          "value": "6:1",
          "source": "Aneskey, Intrathecal therapy for nonmalignant and malignant abdominal pain, https://aneskey.com/intrathecal-therapy-for-nonmalignant-and-malignant-abdominal-pain",
          "confidence": "medium"
        },
        {
          "value": "5:1",
          "source": "recalled, unverified",
          "confidence": "medium",
          "note": "also widely used"
        }
      ]
    },
    {
      "from": {"drug": "morphine", "route": "intrathecal"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:12",
          "source": "IT to oral conversion case report citing Krames, PMID 15055516",
          "confidence": "medium",
          "note": "from intrathecal back to oral; never to be turned round"
        }
      ]
    },
    {
      "from": {"drug": "codeine", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:0.15",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    },
    {
      "from": {"drug": "tramadol", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:0.2",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    },
    {
      "from": {"drug": "tapentadol", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:0.4",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    },
    {
      "from": {"drug": "hydrocodone", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:1",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    },
    {
      "from": {"drug": "oxycodone", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:1.5",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    },
    {
      "from": {"drug": "oxymorphone", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:3",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    },
    {
      "from": {"drug": "hydromorphone", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:5",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    },
    {
      "from": {"drug": "methadone", "route": "oral"},
      "to": {"drug": "morphine", "route": "oral"},
      "ratios": [
        {
          "value": "1:4.7",
          "source": "recalled, unverified (CDC 2022 factors to oral morphine)",
          "confidence": "medium"
        }
      ]
    }
  ],
  "crossTolerance": {
    "from": "50 %", "to": "75 %",
    "source": "recalled, unverified",
    "confidence": "medium",
    "note": "of the computed dose, where the opioid changes"
  },
  "uncertainty": {
    "value": "no ratio to an intrathecal dose is reliable: specialists differ widely and advise to stay low",
    "source": "Survey of pain specialists, J Pain Res 2016;9:693-700 (abstract), https://pubmed.ncbi.nlm.nih.gov/27703394/",
    "confidence": "high"
  }
}
"""#
}
