import Pharmacology

extension Observations {
  static func effect() -> [Observation] {
    let bolus = Trial("baclofen", tip: 18, hours: 24, every: 0.1, places: [11]).bolus(75).run()
    let infusion = Trial("baclofen", tip: 23, hours: 240, every: 1, places: [11])
      .infusion(400).run()
    let felt = zip(bolus.times, bolus.windowEffect[0]).filter { $0.1 > 0.3 }.map(\.0)
    let greatest = infusion.windowEffect[0].max() ?? 0
    let nearly = zip(infusion.times, infusion.windowEffect[0]).first { $0.1 >= 0.9 * greatest }?.0
    let duration: Double? =
      if let first = felt.first, let last = felt.last { last - first } else { nil }
    func row(
      _ id: String,
      _ words: String,
      _ published: String,
      _ interval: ClosedRange<Double>,
      _ model: Double?
    ) -> Observation {
      Observation(
        id: id,
        words: words,
        source: "Label",
        published: published,
        interval: interval,
        unit: "h",
        role: .fitted,
        model: model
      )
    }
    return [
      row(
        "V20",
        "Baclofen 75 ug bolus: time of the greatest effect",
        "~4",
        3...5,
        bolus.peak(of: bolus.windowEffect[0]).time
      ),
      row("V21", "Baclofen 75 ug bolus: onset (effect > 0.3)", "0.5–1", 0.5...1, felt.first),
      row("V22", "Baclofen 75 ug bolus: duration (effect > 0.3)", "4–8", 4...8, duration),
      row(
        "V23",
        "Baclofen infusion: time to 90 % of the greatest effect",
        "24–48",
        24...48,
        nearly
      ),
    ]
  }

  static func oralMorphine() -> Observation {
    let run = Trial("morphine", tip: 26, hours: 24, every: 0.05, places: [11])
      .oral(25_000, every: 24).run()
    return Observation(
      id: "V24",
      words: "Oral morphine 20–30 mg (25): greatest level in plasma",
      source: "Sawe 1981",
      published: "38–112",
      interval: 38...112,
      unit: "ng/mL",
      role: .input,
      model: run.peak(of: run.plasma).value * 1_000
    )
  }

  static func animals() -> [Observation] {
    let cord = Trial("morphine", tip: 26, hours: 240, every: 24, places: [26, 31, 36])
    /// Tissue at the tip over tissue 5 and 10 cm above, their geometric mean.
    func fold(_ trial: Trial) -> Double {
      let run = trial.infusion(1_000).run()
      let at = run.tissue.map { $0[$0.count - 1] }
      return ((at[0] / at[1]) * (at[0] / at[2])).squareRoot()
    }
    /// Fluid 5 cm above the tip as a share of that at the tip, after 8 h of the same dose.
    func share(flow: Double) -> Double {
      let trial = Trial("baclofen", tip: 26, hours: 8, every: 1, places: [26, 31])
      let run = trial.pig().infusion(400, flow: flow).run()
      return run.fluid[1][8] / run.fluid[0][8]
    }
    let slow = share(flow: 0.02)
    return [
      Observation(
        id: "V25",
        words: "PIG, morphine: fall in the cord 5 and 10 cm from the tip (geometric mean)",
        source: "Flack 2011",
        published: "5–10",
        interval: 5...10,
        unit: "fold",
        role: .fitted,
        model: fold(cord.pig())
      ),
      Observation(
        id: "V26",
        words: "PIG, baclofen 20 uL/h: fluid 5 cm from the tip after 8 h, of that at the tip",
        source: "Bernards 2006",
        published: "≪ 1",
        interval: 0...0.35,
        unit: "ratio",
        role: .free,
        model: slow
      ),
      Observation(
        id: "V27",
        words: "PIG, the same dose at 1000 against 20 uL/h: how much further it spreads",
        source: "Bernards 2006",
        published: "more limited at 20 uL/h",
        interval: 1.02...5,
        unit: "ratio",
        role: .free,
        model: share(flow: 1) / slow
      ),
      Observation(
        id: "V28",
        words: "HUMAN defaults, morphine: the same fall, expected to differ from the pig",
        source: "Flack 2011 (pig)",
        published: "5–10",
        interval: 5...10,
        unit: "fold",
        role: .free,
        model: fold(cord)
      ),
    ]
  }
}
