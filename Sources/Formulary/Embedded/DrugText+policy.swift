// Written by scripts/embed-formulary.sh; edit the files of Sources/Formulary/Data instead.
// swift-format-ignore-file

extension DrugText {
  static let policy = #"""
{
  "remoteStep": {
    "value": "10 %",
    "source": "Cisterna's contract on authority, envelope (a default of this system)",
    "confidence": "medium",
    "note": "a clinic may narrow it, never widen it past 20 %"
  },
  "remoteWeek": {
    "value": "20 %",
    "source": "Cisterna's contract on authority, envelope (a default of this system)",
    "confidence": "medium",
    "note": "in any 7 days, against the program last set in person; at most 30 %"
  },
  "betweenRemoteIncreases": {
    "value": "24 h",
    "source": "Cisterna's contract on authority, envelope (a default of this system)",
    "confidence": "medium",
    "note": "at least 12 h"
  },
  "remoteDelay": {
    "value": "1 h",
    "source": "Cisterna's contract on authority, envelope (a default of this system)",
    "confidence": "medium",
    "note": "in which the patient can cancel an increase; at least 15 min"
  },
  "bedsideSession": {
    "value": "120 d",
    "source": "Cisterna's contract on authority, envelope (a default of this system)",
    "confidence": "medium",
    "note": "how old the last one may be; at most 180 d"
  },
  "limitHeadroom": {
    "value": "20 %",
    "source": "this project's own choice, unverified: room for what the envelope may add between two visits",
    "confidence": "low"
  },
  "daysLeft": {
    "value": "7 d",
    "source": "requirement SR-031, a proposal that a clinician must confirm; unverified",
    "confidence": "low"
  },
  "lowReservoirRange": {
    "from": "1 mL", "to": "8 mL",
    "source": "requirement SR-031, a proposal that a clinician must confirm; unverified",
    "confidence": "low"
  },
  "secondConfirmation": {
    "value": "20 %",
    "source": "requirement SR-044, a proposal that a clinician must confirm; unverified",
    "confidence": "low"
  },
  "usualRate": {
    "from": "0.09 mL/d", "to": "0.9 mL/d",
    "source": "this project's own choice, unverified: around the preferred 0.25 to 0.5 mL/d (seekhealthz, starting dose)",
    "confidence": "low",
    "note": "one factor of ten wide, so that a tenfold slip always leaves it"
  },
  "usualPatientDose": {
    "from": "2.5 %", "to": "25 %",
    "source": "this project's own choice, unverified: around the recalled 5 to 20 % of the daily basal",
    "confidence": "low",
    "note": "one factor of ten wide, so that a tenfold slip always leaves it"
  },
  "usualLockout": {
    "from": "30 min", "to": "24 h",
    "source": "this project's own choice, unverified",
    "confidence": "low",
    "note": "an hour entered as a minute is below it"
  },
  "doseManyTimes": {
    "value": "100 %",
    "source": "this project's own choice, unverified: a dose that doubles or halves",
    "confidence": "low"
  }
}
"""#
}
