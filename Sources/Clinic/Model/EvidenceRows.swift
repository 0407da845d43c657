// Written by `make evidence`, with docs/evidence.md.
// swift-format-ignore-file

extension EvidenceRow {
  static let all: [EvidenceRow] = [
    EvidenceRow(id: #"V1"#, words: #"Baclofen at steady infusion, lumbar to cisternal fluid (tip T11–12)"#, source: #"Lioresal label; Kroin"#, published: #"4:1 (1.8–8.7)"#, interval: #"1.8–8.7"#, unit: #"ratio"#, model: #"3.934"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V2"#, words: #"Baclofen, lumbar fluid for each ug/d"#, source: #"Lioresal CH label: 50–1200 ug/d, 130–1240 ng/mL"#, published: #"1.0–2.6"#, interval: #"1–2.6"#, unit: #"ng/mL per ug/d"#, model: #"1.121"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V3"#, words: #"Baclofen in plasma at 600 ug/d"#, source: #"Label"#, published: #"0–5"#, interval: #"0–5"#, unit: #"ng/mL"#, model: #"3.125"#, isInside: true, standing: #"from published inputs"#),
    EvidenceRow(id: #"V4"#, words: #"Baclofen in plasma, oral 60 mg/d over intrathecal 400 ug/d"#, source: #"Label: about 100 times"#, published: #"~100"#, interval: #"80–125"#, unit: #"ratio"#, model: #"104.7"#, isInside: true, standing: #"from published inputs"#),
    EvidenceRow(id: #"V4b"#, words: #"Baclofen by mouth, fluid to plasma"#, source: #"MIMS"#, published: #"0.12"#, interval: #"0.1–0.14"#, unit: #"ratio"#, model: #"0.1166"#, isInside: true, standing: #"from published inputs"#),
    EvidenceRow(id: #"V5"#, words: #"Baclofen, lumbar bolus: half-life in fluid, 2–6 h"#, source: #"Label 1.51 h; Sallerin-Caute 1991 0.9–5 h"#, published: #"1.51"#, interval: #"0.9–5"#, unit: #"h"#, model: #"1.965"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V6"#, words: #"Baclofen, clearance from lumbar fluid, dose over AUC"#, source: #"Label 30 mL/h; Sallerin-Caute 1991"#, published: #"30 (13–80)"#, interval: #"13–80"#, unit: #"mL/h"#, model: #"17.29"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V7"#, words: #"Morphine 0.5 mg: lumbar fluid at 1 h"#, source: #"Nordberg 1984"#, published: #"10447 ± 1538 (SEM)"#, interval: #"8909–11985"#, unit: #"ng/mL"#, model: #"8579"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V8"#, words: #"Morphine: half-life in fluid, 4–12 h"#, source: #"Nordberg 1984"#, published: #"175–196 min"#, interval: #"2.92–3.27"#, unit: #"h"#, model: #"3.545"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V9"#, words: #"Morphine: clearance from lumbar fluid, dose over AUC"#, source: #"Nordberg 1984"#, published: #"2.8–3.4 uL/kg/min"#, interval: #"11.8–14.3"#, unit: #"mL/h"#, model: #"9.476"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V10"#, words: #"Morphine 0.5 mg: peak in plasma"#, source: #"Nordberg 1984"#, published: #"< 1"#, interval: #"0–1"#, unit: #"ng/mL"#, model: #"0.3566"#, isInside: true, standing: #"from published inputs"#),
    EvidenceRow(id: #"V11"#, words: #"Morphine: time of the peak 7 cm cephalad"#, source: #"Eisenach 2003"#, published: #"57 ± 12"#, interval: #"45–69"#, unit: #"min"#, model: #"34"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V12"#, words: #"Fentanyl: time of the peak 7 cm cephalad"#, source: #"Eisenach 2003"#, published: #"41 ± 13"#, interval: #"28–54"#, unit: #"min"#, model: #"21"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V13"#, words: #"Morphine to fentanyl 7 cm cephalad at 36 min, of equal doses"#, source: #"Eisenach 2003"#, published: #"2:1"#, interval: #"2–9"#, unit: #"ratio"#, model: #"2.004"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V14"#, words: #"Morphine to fentanyl 7 cm cephalad at 103 min, of equal doses"#, source: #"Eisenach 2003"#, published: #"4:1"#, interval: #"4–9"#, unit: #"ratio"#, model: #"4.753"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V15"#, words: #"Ziconotide over 1 h: half-life in fluid, 4–16 h"#, source: #"Prialt label"#, published: #"4.6 ± 0.9"#, interval: #"3.7–5.5"#, unit: #"h"#, model: #"3.418"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V16"#, words: #"Ziconotide: AUC for each ug"#, source: #"Prialt label"#, published: #"~61–84"#, interval: #"61–84"#, unit: #"ng·h/mL/ug"#, model: #"93.07"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V17"#, words: #"Ziconotide: greatest level for each ug"#, source: #"Prialt label"#, published: #"~13–16"#, interval: #"13–16.5"#, unit: #"ng/mL/ug"#, model: #"23.98"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V18"#, words: #"Lumbar tracer (as gadobutrol): time of the peak in plasma"#, source: #"Eide 2021"#, published: #"~10"#, interval: #"8–12"#, unit: #"h"#, model: #"6"#, isInside: false, standing: #"not fitted"#),
    EvidenceRow(id: #"V19"#, words: #"Lumbar tracer: time of the peak in the cisterna"#, source: #"Dyke 2020; Eide 2021"#, published: #"1–10"#, interval: #"1–10"#, unit: #"h"#, model: #"5.5"#, isInside: true, standing: #"not fitted"#),
    EvidenceRow(id: #"V20"#, words: #"Baclofen 75 ug bolus: time of the greatest effect"#, source: #"Label"#, published: #"~4"#, interval: #"3–5"#, unit: #"h"#, model: #"2.5"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V21"#, words: #"Baclofen 75 ug bolus: onset (effect > 0.3)"#, source: #"Label"#, published: #"0.5–1"#, interval: #"0.5–1"#, unit: #"h"#, model: #"0.7"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V22"#, words: #"Baclofen 75 ug bolus: duration (effect > 0.3)"#, source: #"Label"#, published: #"4–8"#, interval: #"4–8"#, unit: #"h"#, model: #"6.4"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V23"#, words: #"Baclofen infusion: time to 90 % of the greatest effect"#, source: #"Label"#, published: #"24–48"#, interval: #"24–48"#, unit: #"h"#, model: #"7"#, isInside: false, standing: #"fitted"#),
    EvidenceRow(id: #"V24"#, words: #"Oral morphine 20–30 mg (25): greatest level in plasma"#, source: #"Sawe 1981"#, published: #"38–112"#, interval: #"38–112"#, unit: #"ng/mL"#, model: #"21.35"#, isInside: false, standing: #"from published inputs"#),
    EvidenceRow(id: #"V25"#, words: #"PIG, morphine: fall in the cord 5 and 10 cm from the tip (geometric mean)"#, source: #"Flack 2011"#, published: #"5–10"#, interval: #"5–10"#, unit: #"fold"#, model: #"9.395"#, isInside: true, standing: #"fitted"#),
    EvidenceRow(id: #"V26"#, words: #"PIG, baclofen 20 uL/h: fluid 5 cm from the tip after 8 h, of that at the tip"#, source: #"Bernards 2006"#, published: #"≪ 1"#, interval: #"0–0.35"#, unit: #"ratio"#, model: #"0.1572"#, isInside: true, standing: #"not fitted"#),
    EvidenceRow(id: #"V27"#, words: #"PIG, the same dose at 1000 against 20 uL/h: how much further it spreads"#, source: #"Bernards 2006"#, published: #"more limited at 20 uL/h"#, interval: #"1.02–5"#, unit: #"ratio"#, model: #"1.635"#, isInside: true, standing: #"not fitted"#),
    EvidenceRow(id: #"V28"#, words: #"HUMAN defaults, morphine: the same fall, expected to differ from the pig"#, source: #"Flack 2011 (pig)"#, published: #"5–10"#, interval: #"5–10"#, unit: #"fold"#, model: #"1.494"#, isInside: false, standing: #"not fitted"#),
  ]
}
