// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let mixtures = #"""
{
  "combinations": [
    {
      "drugs": ["morphine", "clonidine"], "value": "90 d",
      "source": "Hildebrand 2003 JPSM 25:464-471 (abstract), https://reagents.alfa-chemistry.com/article/stability-and-compatibility-of-morphine-clonidine-admixtures-in-an-implantable-infusion-system",
      "confidence": "high",
      "note": "94 % or more left at 37 °C in a SynchroMed"
    },
    {
      "drugs": ["morphine", "bupivacaine", "clonidine"], "value": "90 d",
      "source": "Classen 2004 JPSM 28:603-611 (abstract), https://id.scribd.com/document/407660312/Mike",
      "confidence": "high",
      "note": "over 96 % left at 37 °C"
    },
    {
      "drugs": ["hydromorphone", "clonidine"], "value": "35 d",
      "source": "Clonidine-hydromorphone in implanted pumps, JPSM 2004;28:599-602, https://cris.bgu.ac.il/en/publications/stability-of-clonidine-in-clonidine-hydromorphone-mixture-from-im",
      "confidence": "high",
      "note": "mean refill interval in patients (SD 13 d); the clonidine was stable"
    },
    {
      "drugs": ["fentanyl", "bupivacaine"], "value": "28 d",
      "source": "recalled, unverified",
      "confidence": "low",
      "note": "28 to 90 d as recalled"
    },
    {
      "drugs": ["morphine", "baclofen"], "value": "30 d",
      "source": "Sitaram 1995, https://research.monash.edu/en/publications/stability-and-compatibility-of-baclofen-and-morphine-admixtures-f",
      "confidence": "high",
      "note": "at 37 °C"
    },
    {
      "drugs": ["morphine", "ziconotide"], "value": "28 d",
      "source": "recalled, unverified",
      "confidence": "low",
      "note": "to 80 % with 20 mg/mL of morphine; 60 d with 10 mg/mL"
    },
    {
      "drugs": ["hydromorphone", "ziconotide"], "value": "40 d",
      "source": "recalled, unverified",
      "confidence": "low",
      "note": "to 80 % with 35 mg/mL of hydromorphone"
    },
    {
      "drugs": ["clonidine", "ziconotide"], "value": "28 d",
      "source": "recalled, unverified",
      "confidence": "low",
      "note": "97 % left with 2 mg/mL of clonidine"
    },
    {
      "drugs": ["bupivacaine", "ziconotide"], "value": "30 d",
      "source": "recalled, unverified",
      "confidence": "low",
      "note": "86 % left with 5 mg/mL of bupivacaine"
    },
    {
      "drugs": ["baclofen", "ziconotide"], "value": "30 d",
      "source": "recalled, unverified",
      "confidence": "low",
      "note": "to 80 % with 1.5 mg/mL of baclofen"
    }
  ],
  "discouraged": [
    {
      "drug": "ziconotide",
      "with": ["morphine", "hydromorphone", "fentanyl", "sufentanil"],
      "value": "the label advises against an intrathecal opioid beside it",
      "source": "https://www.renalandurologynews.com/drug/prialt/",
      "confidence": "high"
    }
  ],
  "compoundingTolerance": {
    "value": "15 %",
    "source": "Dupoiron et al. mixture assay (abstract), https://paperexplained.cn/articles/paper/detail/f85114dcd2fd1fe9911e61b7cdd991b79668e234",
    "confidence": "high",
    "note": "batches off by more are rejected: 8.33 % of 1729, mostly with ziconotide"
  }
}
"""#
}
