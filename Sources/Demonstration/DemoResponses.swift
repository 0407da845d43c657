/// `Examples/clinic/response.json`, so that the program finds it wherever it stands; a test compares.
///
/// Written by scripts/embed-patients.sh.
enum DemoResponses {
  static let json = #"""
    {
     "note": "INVENTED FOR TEACHING. No figure in this file comes from a patient, a trial or a paper; only the directions are meant: too little drug brings symptoms back, far too little withdrawal, too much drowsiness and weakness. Nothing may be concluded from it about anyone.",
     "means": {
      "reportAfter": "the first report of the demonstration's patients comes so long after its beginning, then one in each quarter of a day: scores with the first of each day, signs as soon as they come; simulated clock",
      "examineEvery": "on each such day an examiner takes the modified Ashworth score too",
      "effect": "the concentration at the effect site of the patient model (docs/model.md) with the drug's default numbers, the mean from 18 to 30 cm above S2, fed with what reached the tip, in percent of that of the usual dose; how fast it comes and goes is the model's. Most of the model's numbers are assumed; those of hydromorphone are placeholders",
      "curve": "what a score is more (+) or less (-) than the patient's last one from the papers, by the effect; straight lines between the points, level outside of them",
      "change": "in tenths: of a point of NRS and of Penn's frequency, of a step of modified Ashworth (0, 1, 1+, 2, 3, 4)",
      "scatter": "by so many tenths a score may be off on any one day, evenly spread, for no reason",
      "tooLittle": "signs told when the effect falls below so many percent of the usual one; told again only when it gets worse",
      "tooMuch": "likewise above",
      "usual": "the dose at the tip at which a patient has their last score from the papers: their first program in patients.json"
     },
     "reportAfter": "12 h",
     "examineEvery": 7,
     "drugs": [
      {
       "drug": "baclofen",
       "curves": [
        {
         "scale": "modifiedAshworth",
         "scatter": 2,
         "points": [
          {"percent": 0, "change": 30},
          {"percent": 50, "change": 14},
          {"percent": 80, "change": 4},
          {"percent": 100, "change": 0},
          {"percent": 130, "change": -10},
          {"percent": 200, "change": -20}
         ]
        },
        {
         "scale": "penn",
         "scatter": 3,
         "points": [
          {"percent": 0, "change": 30},
          {"percent": 50, "change": 15},
          {"percent": 80, "change": 5},
          {"percent": 100, "change": 0},
          {"percent": 130, "change": -8},
          {"percent": 200, "change": -18}
         ]
        }
       ],
       "tooLittle": [
        {"percent": 70, "what": "itching without a rash, more spasms at night", "severity": "mild"},
        {"percent": 45, "what": "withdrawal: restless, sweating, spasms all day", "severity": "moderate"},
        {"percent": 20, "what": "withdrawal: fever, confusion, rigid all over", "severity": "severe"}
       ],
       "tooMuch": [
        {"percent": 135, "what": "legs weak when standing up", "severity": "mild"},
        {"percent": 170, "what": "drowsy, weak, no longer transfers alone", "severity": "moderate"},
        {"percent": 230, "what": "hard to wake, breathing shallow", "severity": "severe"}
       ]
      },
      {
       "drug": "morphine",
       "curves": [
        {
         "scale": "nrs",
         "scatter": 4,
         "points": [
          {"percent": 0, "change": 50},
          {"percent": 50, "change": 25},
          {"percent": 80, "change": 8},
          {"percent": 100, "change": 0},
          {"percent": 130, "change": -12},
          {"percent": 200, "change": -25}
         ]
        }
       ],
       "tooLittle": [
        {"percent": 65, "what": "yawning, gooseflesh, runny nose", "severity": "mild"},
        {"percent": 40, "what": "withdrawal: cramps, sweating, no sleep", "severity": "moderate"},
        {"percent": 15, "what": "withdrawal: vomiting, shaking, pain everywhere", "severity": "severe"}
       ],
       "tooMuch": [
        {"percent": 140, "what": "itching, constipation", "severity": "mild"},
        {"percent": 180, "what": "drowsy by day, slow to answer", "severity": "moderate"},
        {"percent": 240, "what": "hard to wake, breathing slow", "severity": "severe"}
       ]
      },
      {
       "drug": "hydromorphone",
       "curves": [
        {
         "scale": "nrs",
         "scatter": 4,
         "points": [
          {"percent": 0, "change": 50},
          {"percent": 50, "change": 25},
          {"percent": 80, "change": 8},
          {"percent": 100, "change": 0},
          {"percent": 130, "change": -12},
          {"percent": 200, "change": -25}
         ]
        }
       ],
       "tooLittle": [
        {"percent": 65, "what": "yawning, gooseflesh, runny nose", "severity": "mild"},
        {"percent": 40, "what": "withdrawal: cramps, sweating, no sleep", "severity": "moderate"},
        {"percent": 15, "what": "withdrawal: vomiting, shaking, pain everywhere", "severity": "severe"}
       ],
       "tooMuch": [
        {"percent": 140, "what": "itching, nausea", "severity": "mild"},
        {"percent": 180, "what": "drowsy by day, slow to answer", "severity": "moderate"},
        {"percent": 240, "what": "hard to wake, breathing slow", "severity": "severe"}
       ]
      },
      {
       "drug": "ziconotide",
       "curves": [
        {
         "scale": "nrs",
         "scatter": 4,
         "points": [
          {"percent": 0, "change": 20},
          {"percent": 50, "change": 10},
          {"percent": 100, "change": 0},
          {"percent": 150, "change": -10},
          {"percent": 250, "change": -20}
         ]
        }
       ],
       "tooLittle": [],
       "tooMuch": [
        {"percent": 150, "what": "dizzy, words do not come", "severity": "mild"},
        {"percent": 220, "what": "confused, gait unsteady", "severity": "moderate"},
        {"percent": 320, "what": "sees what is not there", "severity": "severe"}
       ]
      }
     ],
     "patients": [
      {"patient": "bauer-lena", "drug": "baclofen", "usual": "300 ug/d"},
      {"patient": "okafor-daniel", "drug": "morphine", "usual": "2 mg/d"},
      {"patient": "lind-karin", "drug": "ziconotide", "usual": "4.8 ug/d"},
      {"patient": "haddad-omar", "drug": "baclofen", "usual": "412 ug/d"},
      {"patient": "sato-emi", "drug": "hydromorphone", "usual": "0.6 mg/d"},
      {"patient": "novak-petr", "drug": "baclofen", "usual": "250 ug/d"},
      {"patient": "moreau-claire", "drug": "morphine", "usual": "1.4 mg/d"},
      {"patient": "reyes-marisol", "drug": "baclofen", "usual": "274 ug/d"}
     ]
    }

    """#
}
