import Pharmacology

/// Every row of the table, in its order.
///
/// Nothing here is tuned: what the defaults give is what is shown.
enum Observations {
  static func all() -> [Observation] {
    baclofenLevels() + baclofenBolus() + morphine() + cephalad() + ziconotide() + tracer()
      + effect()
      + [oralMorphine()] + animals()
  }

  private static func baclofenLevels() -> [Observation] {
    let infusion = Trial("baclofen", tip: 23, hours: 240, every: 1, places: [9.25])
    let at400 = infusion.infusion(400).run()
    let at600 = infusion.infusion(600).run()
    let oral = infusion.oral(20_000, every: 8).run()
    return [
      Observation(
        id: "V1",
        words: "Baclofen at steady infusion, lumbar to cisternal fluid (tip T11–12)",
        source: "Lioresal label; Kroin",
        published: "4:1 (1.8–8.7)",
        interval: 1.8...8.7,
        unit: "ratio",
        role: .fitted,
        model: at400.lastDay(at400.fluid[0]) / at400.lastDay(at400.cisterna)
      ),
      Observation(
        id: "V2",
        words: "Baclofen, lumbar fluid for each ug/d",
        source: "Lioresal CH label: 50–1200 ug/d, 130–1240 ng/mL",
        published: "1.0–2.6",
        interval: 1...2.6,
        unit: "ng/mL per ug/d",
        role: .fitted,
        model: at400.lastDay(at400.fluid[0]) * 1_000 / 400
      ),
      Observation(
        id: "V3",
        words: "Baclofen in plasma at 600 ug/d",
        source: "Label",
        published: "0–5",
        interval: 0...5,
        unit: "ng/mL",
        role: .input,
        model: at600.lastDay(at600.plasma) * 1_000
      ),
      Observation(
        id: "V4",
        words: "Baclofen in plasma, oral 60 mg/d over intrathecal 400 ug/d",
        source: "Label: about 100 times",
        published: "~100",
        interval: 80...125,
        unit: "ratio",
        role: .input,
        model: oral.lastDay(oral.plasma) / at400.lastDay(at400.plasma)
      ),
      Observation(
        id: "V4b",
        words: "Baclofen by mouth, fluid to plasma",
        source: "MIMS",
        published: "0.12",
        interval: 0.1...0.14,
        unit: "ratio",
        role: .input,
        model: oral.lastDay(oral.fluid[0]) / oral.lastDay(oral.plasma)
      ),
    ]
  }

  private static func baclofenBolus() -> [Observation] {
    let bolus = Trial("baclofen", tip: 14, hours: 72, every: 0.1, places: [11]).bolus(100).run()
    return [
      Observation(
        id: "V5",
        words: "Baclofen, lumbar bolus: half-life in fluid, 2–6 h",
        source: "Label 1.51 h; Sallerin-Caute 1991 0.9–5 h",
        published: "1.51",
        interval: 0.9...5,
        unit: "h",
        role: .fitted,
        model: bolus.halfLife(bolus.fluid[0], from: 2, to: 6)
      ),
      Observation(
        id: "V6",
        words: "Baclofen, clearance from lumbar fluid, dose over AUC",
        source: "Label 30 mL/h; Sallerin-Caute 1991",
        published: "30 (13–80)",
        interval: 13...80,
        unit: "mL/h",
        role: .fitted,
        model: 100 / bolus.fluidIntegral[0]
      ),
    ]
  }

  private static func morphine() -> [Observation] {
    let bolus = Trial("morphine", tip: 13, hours: 72, every: 0.1, places: [13]).bolus(500).run()
    func row(
      _ id: String,
      _ words: String,
      _ published: String,
      _ interval: ClosedRange<Double>,
      _ unit: String,
      _ role: Observation.Role,
      _ model: Double?
    ) -> Observation {
      Observation(
        id: id,
        words: words,
        source: "Nordberg 1984",
        published: published,
        interval: interval,
        unit: unit,
        role: role,
        model: model
      )
    }
    return [
      row(
        "V7",
        "Morphine 0.5 mg: lumbar fluid at 1 h",
        "10447 ± 1538 (SEM)",
        8_909...11_985,
        "ng/mL",
        .fitted,
        bolus.value(bolus.fluid[0], at: 1).map { $0 * 1_000 }
      ),
      row(
        "V8",
        "Morphine: half-life in fluid, 4–12 h",
        "175–196 min",
        2.92...3.27,
        "h",
        .fitted,
        bolus.halfLife(bolus.fluid[0], from: 4, to: 12)
      ),
      row(
        "V9",
        "Morphine: clearance from lumbar fluid, dose over AUC",
        "2.8–3.4 uL/kg/min",
        11.8...14.3,
        "mL/h",
        .fitted,
        500 / bolus.fluidIntegral[0]
      ),
      row(
        "V10",
        "Morphine 0.5 mg: peak in plasma",
        "< 1",
        0...1,
        "ng/mL",
        .input,
        bolus.peak(of: bolus.plasma).value * 1_000
      ),
    ]
  }

  private static func cephalad() -> [Observation] {
    func run(_ drug: String) -> ModelResult {
      Trial(drug, tip: 7.5, hours: 4, every: 1.0 / 60, places: [14.5]).bolus(100).run()
    }
    let (morphine, fentanyl) = (run("morphine"), run("fentanyl"))
    func ratio(at minute: Double) -> Double? {
      guard let one = morphine.value(morphine.fluid[0], at: minute / 60),
        let other = fentanyl.value(fentanyl.fluid[0], at: minute / 60)
      else { return nil }
      return one / other
    }
    func row(
      _ id: String,
      _ words: String,
      _ published: String,
      _ interval: ClosedRange<Double>,
      _ unit: String,
      _ model: Double?
    ) -> Observation {
      Observation(
        id: id,
        words: words,
        source: "Eisenach 2003",
        published: published,
        interval: interval,
        unit: unit,
        role: .fitted,
        model: model
      )
    }
    return [
      row(
        "V11",
        "Morphine: time of the peak 7 cm cephalad",
        "57 ± 12",
        45...69,
        "min",
        morphine.peak(of: morphine.fluid[0]).time * 60
      ),
      row(
        "V12",
        "Fentanyl: time of the peak 7 cm cephalad",
        "41 ± 13",
        28...54,
        "min",
        fentanyl.peak(of: fentanyl.fluid[0]).time * 60
      ),
      row(
        "V13",
        "Morphine to fentanyl 7 cm cephalad at 36 min, of equal doses",
        "2:1",
        2...9,
        "ratio",
        ratio(at: 36)
      ),
      row(
        "V14",
        "Morphine to fentanyl 7 cm cephalad at 103 min, of equal doses",
        "4:1",
        4...9,
        "ratio",
        ratio(at: 103)
      ),
    ]
  }

  private static func ziconotide() -> [Observation] {
    let run = Trial("ziconotide", tip: 14, hours: 72, every: 0.1, places: [11])
      .bolus(10, volume: 1, over: 1).run()
    func row(
      _ id: String,
      _ words: String,
      _ published: String,
      _ interval: ClosedRange<Double>,
      _ unit: String,
      _ model: Double?
    ) -> Observation {
      Observation(
        id: id,
        words: words,
        source: "Prialt label",
        published: published,
        interval: interval,
        unit: unit,
        role: .fitted,
        model: model
      )
    }
    return [
      row(
        "V15",
        "Ziconotide over 1 h: half-life in fluid, 4–16 h",
        "4.6 ± 0.9",
        3.7...5.5,
        "h",
        run.halfLife(run.fluid[0], from: 4, to: 16)
      ),
      row(
        "V16",
        "Ziconotide: AUC for each ug",
        "~61–84",
        61...84,
        "ng·h/mL/ug",
        run.fluidIntegral[0] * 1_000 / 10
      ),
      row(
        "V17",
        "Ziconotide: greatest level for each ug",
        "~13–16",
        13...16.5,
        "ng/mL/ug",
        run.peak(of: run.fluid[0]).value * 1_000 / 10
      ),
    ]
  }

  private static func tracer() -> [Observation] {
    let run = Trial("tracer", tip: 11, hours: 72, every: 0.5, places: [11]).bolus(500).run()
    return [
      Observation(
        id: "V18",
        words: "Lumbar tracer (as gadobutrol): time of the peak in plasma",
        source: "Eide 2021",
        published: "~10",
        interval: 8...12,
        unit: "h",
        role: .free,
        model: run.peak(of: run.plasma).time
      ),
      Observation(
        id: "V19",
        words: "Lumbar tracer: time of the peak in the cisterna",
        source: "Dyke 2020; Eide 2021",
        published: "1–10",
        interval: 1...10,
        unit: "h",
        role: .free,
        model: run.peak(of: run.cisterna).time
      ),
    ]
  }
}
