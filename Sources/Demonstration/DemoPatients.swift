/// `Examples/clinic/patients.json`, so that the program finds it wherever it stands; a test compares.
///
/// Written by scripts/embed-patients.sh.
enum DemoPatients {
  static let json = #"""
    {
     "note": "Invented people. Each regimen is a published case or a label's, with its source.",
     "startAt": "2026-01-05T08:00:00",
     "patients": [
      {
       "id": "bauer-lena",
       "given": "Lena",
       "family": "Bauer",
       "born": "1974-06-02",
       "sex": "female",
       "recordNumber": "C-1001",
       "language": "en",
       "indication": "spasticity",
       "case": "Baclofen by time of day, 300 ug a day: more in the early morning and at night.",
       "source": "http://butalbitalapap.org/index-3327.html (MPR, Gablofen): typical maintenance, spinal origin 300 to 800 ug/d, cerebral 90 to 703 ug/d; the times of day are ours (Examples/baclofen-daily.md)",
       "pump": {
        "linked": true,
        "serial": "CV-0001",
        "implanted": "2023-03-14"
       },
       "catheter": {
        "pathVolume": "0.316 mL",
        "length": "80 cm",
        "tip": "T10"
       },
       "reservoir": "8.4 mL",
       "fill": {
        "volume": "20 mL",
        "daysAgo": 78,
        "drugs": [
         {
          "drug": "baclofen",
          "concentration": "2000 ug/mL"
         }
        ],
        "lot": "BCL-24117",
        "expiry": "2027-02"
       },
       "program": {
        "basal": {
         "mode": "daily",
         "steps": [
          {
           "at": "00:00",
           "rate": "240 ug/d"
          },
          {
           "at": "05:00",
           "rate": "480 ug/d"
          },
          {
           "at": "09:00",
           "rate": "240 ug/d"
          },
          {
           "at": "21:00",
           "rate": "400 ug/d"
          }
         ]
        },
        "limits": {
         "maxRate": "0.5 mL/d",
         "maxVolumePer24h": "0.3 mL",
         "maxDosePer24h": {
          "baclofen": "400 ug"
         }
        },
        "safeRate": "100 ug/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "modifiedAshworth",
         "daysAgo": 160,
         "value": "2",
         "site": "kneeFlexors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 110,
         "value": "2",
         "site": "kneeFlexors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 78,
         "value": "1+",
         "site": "kneeFlexors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 30,
         "value": "1+",
         "site": "kneeFlexors"
        },
        {
         "scale": "penn",
         "daysAgo": 160,
         "value": "3"
        },
        {
         "scale": "penn",
         "daysAgo": 110,
         "value": "2"
        },
        {
         "scale": "penn",
         "daysAgo": 78,
         "value": "1"
        },
        {
         "scale": "penn",
         "daysAgo": 30,
         "value": "1"
        }
       ],
       "oral": [],
       "diagnosis": "spasticity, multiple sclerosis",
       "origin": "spinal"
      },
      {
       "id": "okafor-daniel",
       "given": "Daniel",
       "family": "Okafor",
       "born": "1961-11-20",
       "sex": "male",
       "recordNumber": "C-1002",
       "language": "en",
       "indication": "cancer",
       "case": "Morphine with bupivacaine, and doses that the patient asks for: 2 and 6 mg a day, 6 doses at most.",
       "source": "Morphine 1 to 10 mg/d to start in opioid-tolerant patients: http://www.empr.com/infumorph/drug/3820/; patient doses as in NCT02886286 (Examples/morphine-bupivacaine-patient-doses.md). The mixture is off-label",
       "pump": {
        "linked": true,
        "serial": "CV-0002",
        "implanted": "2025-07-01"
       },
       "catheter": {
        "pathVolume": "0.316 mL",
        "length": "80 cm",
        "tip": "T8"
       },
       "reservoir": "13.2 mL",
       "fill": {
        "volume": "20 mL",
        "daysAgo": 17,
        "drugs": [
         {
          "drug": "morphine",
          "concentration": "5 mg/mL"
         },
         {
          "drug": "bupivacaine",
          "concentration": "15 mg/mL"
         }
        ],
        "lot": "RX-88120",
        "expiry": "2026-03"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": {
          "dose": "2 mg/d",
          "of": "morphine"
         }
        },
        "limits": {
         "maxRate": "24 mL/d",
         "maxVolumePer24h": "0.6 mL",
         "maxDosePer24h": {
          "morphine": "3 mg",
          "bupivacaine": "9 mg"
         }
        },
        "safeRate": "0.1 mL/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL",
        "patientDose": {
         "volume": "0.03 mL",
         "over": "2 min",
         "lockout": "3 h",
         "maxPer24h": 6
        }
       },
       "scores": [
        {
         "scale": "nrs",
         "daysAgo": 60,
         "value": "8"
        },
        {
         "scale": "nrs",
         "daysAgo": 45,
         "value": "7"
        },
        {
         "scale": "nrs",
         "daysAgo": 30,
         "value": "5"
        },
        {
         "scale": "nrs",
         "daysAgo": 17,
         "value": "4"
        },
        {
         "scale": "nrs",
         "daysAgo": 5,
         "value": "4"
        }
       ],
       "oral": [
        {
         "drug": "morphine",
         "dose": "120 mg",
         "daysAgo": 60
        },
        {
         "drug": "morphine",
         "dose": "60 mg",
         "daysAgo": 30
        },
        {
         "drug": "morphine",
         "dose": "20 mg",
         "daysAgo": 5
        }
       ],
       "diagnosis": "cancer pain",
       "origin": null
      },
      {
       "id": "lind-karin",
       "given": "Karin",
       "family": "Lind",
       "born": "1958-01-30",
       "sex": "female",
       "recordNumber": "C-1003",
       "language": "en",
       "indication": "nonCancer",
       "case": "Ziconotide, slow start of the label: 4.8 ug a day after the first step.",
       "source": "Prialt PI, https://prescriberpoint.com/therapies/prialt-b025d8e and https://www.drugs.com/dosage/ziconotide.html: start at most 2.4 ug/d, steps at most 2.4 ug/d",
       "pump": {
        "linked": true,
        "serial": "CV-0003",
        "implanted": "2025-12-18"
       },
       "catheter": {
        "pathVolume": "0.294 mL",
        "length": "70 cm",
        "tip": "T9"
       },
       "reservoir": "12.9 mL",
       "fill": {
        "volume": "18 mL",
        "daysAgo": 16,
        "drugs": [
         {
          "drug": "ziconotide",
          "concentration": "25 ug/mL"
         }
        ],
        "lot": "ZIC-5520",
        "expiry": "2026-09"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "4.8 ug/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "1 mL",
         "maxDosePer24h": {
          "ziconotide": "19.2 ug"
         }
        },
        "safeRate": "0 mL/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "nrs",
         "daysAgo": 40,
         "value": "8"
        },
        {
         "scale": "nrs",
         "daysAgo": 18,
         "value": "8"
        },
        {
         "scale": "nrs",
         "daysAgo": 10,
         "value": "7"
        },
        {
         "scale": "nrs",
         "daysAgo": 3,
         "value": "6"
        }
       ],
       "oral": [
        {
         "drug": "oxycodone",
         "dose": "40 mg",
         "daysAgo": 40
        },
        {
         "drug": "oxycodone",
         "dose": "30 mg",
         "daysAgo": 3
        }
       ],
       "diagnosis": "neuropathic pain",
       "origin": null
      },
      {
       "id": "haddad-omar",
       "given": "Omar",
       "family": "Haddad",
       "born": "1983-09-09",
       "sex": "male",
       "recordNumber": "C-1004",
       "language": "en",
       "indication": "spasticity",
       "case": "Baclofen 412 ug a day, constant.",
       "source": "http://butalbitalapap.org/index-3327.html (MPR, Gablofen): typical maintenance, spinal origin 300 to 800 ug/d, cerebral 90 to 703 ug/d",
       "pump": {
        "linked": true,
        "serial": "CV-0004",
        "implanted": "2022-05-05"
       },
       "catheter": {
        "pathVolume": "0.338 mL",
        "length": "90 cm",
        "tip": "T6"
       },
       "reservoir": "21.5 mL",
       "fill": {
        "volume": "38 mL",
        "daysAgo": 80,
        "drugs": [
         {
          "drug": "baclofen",
          "concentration": "2000 ug/mL"
         }
        ],
        "lot": "BCL-24309",
        "expiry": "2027-04"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "412 ug/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "0.5 mL",
         "maxDosePer24h": {
          "baclofen": "700 ug"
         }
        },
        "safeRate": "150 ug/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "modifiedAshworth",
         "daysAgo": 200,
         "value": "3",
         "site": "hipAdductors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 120,
         "value": "2",
         "site": "hipAdductors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 80,
         "value": "2",
         "site": "hipAdductors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 20,
         "value": "2",
         "site": "hipAdductors"
        },
        {
         "scale": "penn",
         "daysAgo": 120,
         "value": "2"
        },
        {
         "scale": "penn",
         "daysAgo": 80,
         "value": "2"
        },
        {
         "scale": "penn",
         "daysAgo": 20,
         "value": "3"
        }
       ],
       "oral": [],
       "diagnosis": "spasticity, spinal cord injury",
       "origin": "spinal"
      },
      {
       "id": "sato-emi",
       "given": "Emi",
       "family": "Sato",
       "born": "1969-04-17",
       "sex": "female",
       "recordNumber": "C-1005",
       "language": "en",
       "indication": "nonCancer",
       "case": "Hydromorphone 0.6 mg a day at 1.2 mg/mL: the lowest dose at which a granuloma was reported, so examined at each visit.",
       "source": "Granuloma at 0.6 mg/d of 1.2 mg/mL hydromorphone: https://www.ncbi.nlm.nih.gov/pubmed/27505059 (pathway, section 9)",
       "pump": {
        "linked": true,
        "serial": "CV-0005",
        "implanted": "2024-10-10"
       },
       "catheter": {
        "pathVolume": "0.316 mL",
        "length": "80 cm",
        "tip": "T10"
       },
       "reservoir": "5.1 mL",
       "fill": {
        "volume": "20 mL",
        "daysAgo": 30,
        "drugs": [
         {
          "drug": "hydromorphone",
          "concentration": "1.2 mg/mL"
         }
        ],
        "lot": "HM-7741",
        "expiry": "2026-02"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "0.6 mg/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "0.8 mL",
         "maxDosePer24h": {
          "hydromorphone": "1 mg"
         }
        },
        "safeRate": "0.1 mL/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "nrs",
         "daysAgo": 200,
         "value": "8"
        },
        {
         "scale": "nrs",
         "daysAgo": 100,
         "value": "5"
        },
        {
         "scale": "nrs",
         "daysAgo": 60,
         "value": "4"
        },
        {
         "scale": "nrs",
         "daysAgo": 30,
         "value": "4"
        }
       ],
       "oral": [
        {
         "drug": "oxycodone",
         "dose": "60 mg",
         "daysAgo": 200
        },
        {
         "drug": "oxycodone",
         "dose": "0 mg",
         "daysAgo": 60
        }
       ],
       "diagnosis": "persistent postsurgical pain",
       "origin": null
      },
      {
       "id": "novak-petr",
       "given": "Petr",
       "family": "Novak",
       "born": "1990-12-12",
       "sex": "male",
       "recordNumber": "C-1006",
       "language": "en",
       "indication": "spasticity",
       "case": "Baclofen of cerebral origin, 250 ug a day, constant.",
       "source": "http://butalbitalapap.org/index-3327.html (MPR, Gablofen): typical maintenance, spinal origin 300 to 800 ug/d, cerebral 90 to 703 ug/d",
       "pump": {
        "linked": true,
        "serial": "CV-0006",
        "implanted": "2024-02-20"
       },
       "catheter": {
        "pathVolume": null,
        "length": null,
        "tip": "C7"
       },
       "reservoir": "6.6 mL",
       "fill": {
        "volume": "20 mL",
        "daysAgo": 54,
        "drugs": [
         {
          "drug": "baclofen",
          "concentration": "1000 ug/mL"
         }
        ],
        "lot": "BCL-24001",
        "expiry": "2026-12"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "250 ug/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "0.5 mL",
         "maxDosePer24h": {
          "baclofen": "400 ug"
         }
        },
        "safeRate": "100 ug/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "modifiedAshworth",
         "daysAgo": 180,
         "value": "3",
         "site": "elbowFlexors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 54,
         "value": "2",
         "site": "elbowFlexors"
        }
       ],
       "oral": [],
       "diagnosis": "spasticity, brain injury",
       "origin": "cerebral"
      },
      {
       "id": "moreau-claire",
       "given": "Claire",
       "family": "Moreau",
       "born": "1955-08-08",
       "sex": "female",
       "recordNumber": "C-1007",
       "language": "en",
       "indication": "nonCancer",
       "case": "Morphine alone, 1.4 mg a day: the mean dose at the start of a three-year series of low-dose therapy.",
       "source": "Hamza 2012: 1.4 to 1.48 mg/d over 36 months, https://augusta.elsevierpure.com/en/publications/prospective-study-of-3-year-follow-up-of-low-dose-intrathecal-opi",
       "pump": {
        "linked": true,
        "serial": "CV-0007",
        "implanted": "2023-11-02"
       },
       "catheter": {
        "pathVolume": "0.305 mL",
        "length": "75 cm",
        "tip": "T10"
       },
       "reservoir": "16.8 mL",
       "fill": {
        "volume": "20 mL",
        "daysAgo": 22,
        "drugs": [
         {
          "drug": "morphine",
          "concentration": "10 mg/mL"
         }
        ],
        "lot": "MOR-3310",
        "expiry": "2026-11"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "1.4 mg/d"
        },
        "limits": {
         "maxRate": "0.5 mL/d",
         "maxVolumePer24h": "0.3 mL",
         "maxDosePer24h": {
          "morphine": "2.5 mg"
         }
        },
        "safeRate": "0.05 mL/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "nrs",
         "daysAgo": 300,
         "value": "9"
        },
        {
         "scale": "nrs",
         "daysAgo": 200,
         "value": "7"
        },
        {
         "scale": "nrs",
         "daysAgo": 120,
         "value": "5"
        },
        {
         "scale": "nrs",
         "daysAgo": 60,
         "value": "4"
        },
        {
         "scale": "nrs",
         "daysAgo": 22,
         "value": "4"
        }
       ],
       "oral": [
        {
         "drug": "oxycodone",
         "dose": "80 mg",
         "daysAgo": 300
        },
        {
         "drug": "oxycodone",
         "dose": "20 mg",
         "daysAgo": 120
        },
        {
         "drug": "oxycodone",
         "dose": "0 mg",
         "daysAgo": 22
        }
       ],
       "diagnosis": "failed back surgery",
       "origin": null
      },
      {
       "id": "reyes-marisol",
       "given": "Marisol",
       "family": "Reyes",
       "born": "2009-03-03",
       "sex": "female",
       "recordNumber": "C-1008",
       "language": "es",
       "indication": "spasticity",
       "case": "Baclofen in adolescence, 274 ug a day.",
       "source": "Mean dose under 12 years 274 ug/d: recalled, unverified (label); range 24 to 1199 ug/d: http://butalbitalapap.org/index-3327.html (MPR, Gablofen)",
       "pump": {
        "linked": true,
        "serial": "CV-0008",
        "implanted": "2021-06-15"
       },
       "catheter": {
        "pathVolume": "0.272 mL",
        "length": "60 cm",
        "tip": "T6"
       },
       "reservoir": "14.0 mL",
       "fill": {
        "volume": "19 mL",
        "daysAgo": 18,
        "drugs": [
         {
          "drug": "baclofen",
          "concentration": "1000 ug/mL"
         }
        ],
        "lot": "BCL-24277",
        "expiry": "2027-03"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "274 ug/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "0.5 mL",
         "maxDosePer24h": {
          "baclofen": "420 ug"
         }
        },
        "safeRate": "100 ug/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "modifiedAshworth",
         "daysAgo": 300,
         "value": "3",
         "site": "ankleFlexors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 150,
         "value": "2",
         "site": "ankleFlexors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 18,
         "value": "1+",
         "site": "ankleFlexors"
        }
       ],
       "oral": [],
       "diagnosis": "spasticity, cerebral palsy",
       "origin": "cerebral"
      },
      {
       "id": "weber-franz",
       "given": "Franz",
       "family": "Weber",
       "born": "1949-02-11",
       "sex": "male",
       "recordNumber": "C-1009",
       "language": "en",
       "indication": "nonCancer",
       "case": "Morphine at a fixed rate of a gas-driven pump.",
       "source": "Codman 3000 as in the catalogue of pumps (fixed flow; recalled, unverified); morphine 1 to 10 mg/d: http://www.empr.com/infumorph/drug/3820/",
       "pump": {
        "linked": false,
        "model": "3000 (later Intera 3000)",
        "capacity": "30 mL",
        "serial": "30-44121",
        "implanted": "2019-09-09"
       },
       "catheter": {
        "pathVolume": null,
        "length": null,
        "tip": "L1"
       },
       "fill": {
        "volume": "30 mL",
        "daysAgo": 44,
        "drugs": [
         {
          "drug": "morphine",
          "concentration": "4 mg/mL"
         }
        ],
        "lot": "MOR-2988",
        "expiry": "2026-05"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "0.5 mL/d"
        },
        "limits": {
         "maxRate": "0.6 mL/d",
         "maxVolumePer24h": "0.7 mL",
         "maxDosePer24h": {
          "morphine": "3 mg"
         }
        },
        "safeRate": "0.5 mL/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "nrs",
         "daysAgo": 400,
         "value": "8"
        },
        {
         "scale": "nrs",
         "daysAgo": 200,
         "value": "5"
        },
        {
         "scale": "nrs",
         "daysAgo": 44,
         "value": "5"
        }
       ],
       "oral": [
        {
         "drug": "oxycodone",
         "dose": "20 mg",
         "daysAgo": 200
        }
       ],
       "diagnosis": "failed back surgery",
       "origin": null
      },
      {
       "id": "jensen-ida",
       "given": "Ida",
       "family": "Jensen",
       "born": "1978-07-21",
       "sex": "female",
       "recordNumber": "C-1010",
       "language": "en",
       "indication": "spasticity",
       "case": "Baclofen 600 ug a day on a SynchroMed II, from another hospital; the length of the catheter is not known.",
       "source": "http://butalbitalapap.org/index-3327.html (MPR, Gablofen): typical maintenance, spinal origin 300 to 800 ug/d, cerebral 90 to 703 ug/d; catheter unknown as it is for many who move (pathway, section 4)",
       "pump": {
        "linked": false,
        "model": "SynchroMed II",
        "capacity": "40 mL",
        "serial": "NGP-204411",
        "implanted": "2020-01-28"
       },
       "catheter": {
        "pathVolume": null,
        "length": null,
        "tip": null
       },
       "fill": {
        "volume": "40 mL",
        "daysAgo": 96,
        "drugs": [
         {
          "drug": "baclofen",
          "concentration": "2000 ug/mL"
         }
        ],
        "lot": "BCL-23990",
        "expiry": "2026-08"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "600 ug/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "0.6 mL",
         "maxDosePer24h": {
          "baclofen": "900 ug"
         }
        },
        "safeRate": "200 ug/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "modifiedAshworth",
         "daysAgo": 96,
         "value": "2",
         "site": "hipAdductors"
        },
        {
         "scale": "modifiedAshworth",
         "daysAgo": 20,
         "value": "2",
         "site": "hipAdductors"
        },
        {
         "scale": "penn",
         "daysAgo": 96,
         "value": "1"
        },
        {
         "scale": "penn",
         "daysAgo": 20,
         "value": "2"
        }
       ],
       "oral": [],
       "diagnosis": "spasticity, multiple sclerosis",
       "origin": "spinal"
      },
      {
       "id": "oneill-sean",
       "given": "Sean",
       "family": "O'Neill",
       "born": "1966-10-05",
       "sex": "male",
       "recordNumber": "C-1011",
       "language": "en",
       "indication": "nonCancer",
       "case": "Ziconotide 6.9 ug a day: the mean at the end of the slow-titration trial.",
       "source": "https://www.drugs.com/dosage/ziconotide.html: mean 6.9 ug/d at the end of the slow trial",
       "pump": {
        "linked": false,
        "model": "SynchroMed II",
        "capacity": "20 mL",
        "serial": "NGP-118020",
        "implanted": "2023-04-12"
       },
       "catheter": {
        "pathVolume": "0.316 mL",
        "length": "80 cm",
        "tip": "C5"
       },
       "fill": {
        "volume": "20 mL",
        "daysAgo": 33,
        "drugs": [
         {
          "drug": "ziconotide",
          "concentration": "25 ug/mL"
         }
        ],
        "lot": "ZIC-5411",
        "expiry": "2026-06"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "6.9 ug/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "1 mL",
         "maxDosePer24h": {
          "ziconotide": "19.2 ug"
         }
        },
        "safeRate": "0 mL/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "nrs",
         "daysAgo": 200,
         "value": "8"
        },
        {
         "scale": "nrs",
         "daysAgo": 120,
         "value": "6"
        },
        {
         "scale": "nrs",
         "daysAgo": 33,
         "value": "5"
        }
       ],
       "oral": [],
       "diagnosis": "complex regional pain syndrome",
       "origin": null
      },
      {
       "id": "tran-minh",
       "given": "Minh",
       "family": "Tran",
       "born": "1971-05-19",
       "sex": "male",
       "recordNumber": "C-1012",
       "language": "en",
       "indication": "cancer",
       "case": "Morphine 2 mg a day in strokes of a valve pump; doses of 2 mg/d as in the registry's early months.",
       "source": "Prometra as in the catalogue of pumps; morphine 1 to 10 mg/d: http://www.empr.com/infumorph/drug/3820/",
       "pump": {
        "linked": false,
        "model": "Prometra, Prometra II",
        "capacity": "20 mL",
        "serial": "PR-90017",
        "implanted": "2025-09-30"
       },
       "catheter": {
        "pathVolume": "0.294 mL",
        "length": "70 cm",
        "tip": "T11"
       },
       "fill": {
        "volume": "18 mL",
        "daysAgo": 20,
        "drugs": [
         {
          "drug": "morphine",
          "concentration": "10 mg/mL"
         }
        ],
        "lot": "MOR-3419",
        "expiry": "2026-10"
       },
       "program": {
        "basal": {
         "mode": "constant",
         "rate": "2 mg/d"
        },
        "limits": {
         "maxRate": "1 mL/d",
         "maxVolumePer24h": "0.5 mL",
         "maxDosePer24h": {
          "morphine": "3.5 mg"
         }
        },
        "safeRate": "0.1 mL/d",
        "restartGap": "24 h",
        "lowReservoir": "4 mL"
       },
       "scores": [
        {
         "scale": "nrs",
         "daysAgo": 90,
         "value": "8"
        },
        {
         "scale": "nrs",
         "daysAgo": 50,
         "value": "5"
        },
        {
         "scale": "nrs",
         "daysAgo": 20,
         "value": "3"
        }
       ],
       "oral": [
        {
         "drug": "morphine",
         "dose": "200 mg",
         "daysAgo": 90
        },
        {
         "drug": "morphine",
         "dose": "40 mg",
         "daysAgo": 20
        }
       ],
       "diagnosis": "cancer pain",
       "origin": null
      }
     ]
    }

    """#
}
