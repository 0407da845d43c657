import JSONText
package import Pharmacology

/// The same drug by mouth beside the pump: exposure, swings, and the oral dose of the same effect.
package struct OralComparison: Sendable {
  let pump: Side
  let oral: Side
  /// Of each oral dose, ug, and the time between them, h.
  let dose: Double
  let every: Double
  /// By how much the oral dose is greater than the pump's for the same mean effect concentration at
  /// the end; nothing where one of them reaches none.
  let doseRatio: Double?
  package let complaint: String?

  private static let samplesPerDose = 16.0

  /// One way of giving the drug, over the last stretch of the run.
  struct Side: Sendable {
    /// ug a day.
    let dailyDose: Double
    /// h ug/mL over the whole run.
    let fluidIntegral: [Double]
    let plasmaIntegral: Double
    /// Peak to trough over the last stretch, in the fluid at the place nearest the tip and in plasma.
    let fluidSwing: Double?
    let plasmaSwing: Double?
    /// The mean at the effect site of the first window over the last stretch, ug/mL.
    let effectConcentration: Double
    let effect: Double
    let massBalance: MassBalance
  }

  /// Runs both.
  ///
  /// - Parameters:
  ///   - input: what the pump gives; its own oral doses and what stands in the fluid at its start count
  ///     to neither side.
  ///   - dose: by mouth each time, ug.
  ///   - every: the time between doses, h.
  package init(_ input: ModelCase, dose: Double, every: Double) {
    self.dose = dose
    self.every = every
    var byPump = input
    byPump.oral = []
    byPump.initialFluid = nil
    // Whatever the case shows: often enough to see each dose rise and fall.
    byPump.outputEvery = max(
      min(input.outputEvery, every / Self.samplesPerDose),
      input.end / CaseLimits.outputs
    )
    var byMouth = byPump
    byMouth.flow = []
    var time = 0.0
    var count = 0
    while time < input.end {
      byMouth.oral.append(ModelCase.OralDose(time: time, dose: dose))
      count += 1
      time = Double(count) * every
    }
    let days = input.end / 24
    // Whole times between doses, a day at least.
    let stretch = min(input.end, max(1, (24 / every).rounded(.up)) * every)
    pump = Self.side(ModelResult(of: byPump), byPump, days: days, stretch: stretch)
    oral = Self.side(ModelResult(of: byMouth), byMouth, days: days, stretch: stretch)
    if pump.effectConcentration > 0, oral.effectConcentration > 0, pump.dailyDose > 0 {
      // The model is linear: a dose times a number gives concentrations times it.
      let perPump = pump.effectConcentration / pump.dailyDose
      let perOral = oral.effectConcentration / (dose * 24 / every)
      doseRatio = perPump / perOral
    } else {
      doseRatio = nil
    }
    complaint = pump.massBalance.complaint ?? oral.massBalance.complaint
  }

  private static func side(
    _ result: ModelResult,
    _ input: ModelCase,
    days: Double,
    stretch: Double
  ) -> Side {
    let start = input.end - stretch
    func last(_ series: [Double]) -> [Double] {
      zip(series, result.times).filter { $0.1 >= start - 1e-9 }.map(\.0)
    }
    func swing(_ series: [Double]) -> Double? {
      let part = last(series)
      guard let most = part.max(), let least = part.min(), least > 0 else { return nil }
      return most / least
    }
    let nearest = input.places.indices.min {
      (input.places[$0] - input.catheter.tip).magnitude
        < (input.places[$1] - input.catheter.tip).magnitude
    }
    let mean = mean(result.windowConcentration.first ?? [], result.times, from: start)
    return Side(
      dailyDose: (result.massBalance.infused + result.massBalance.oral) / days,
      fluidIntegral: result.fluidIntegral,
      plasmaIntegral: result.plasmaIntegral,
      fluidSwing: nearest.flatMap { swing(result.fluid[$0]) },
      plasmaSwing: swing(result.plasma),
      effectConcentration: mean,
      effect: input.drug.effect(at: mean),
      massBalance: result.massBalance
    )
  }

  /// The mean over time from an hour on, by straight lines between the samples.
  private static func mean(_ series: [Double], _ times: [Double], from start: Double) -> Double {
    var sum = 0.0
    var span = 0.0
    for index in series.indices.dropFirst() where times[index - 1] >= start - 1e-9 {
      let width = times[index] - times[index - 1]
      sum += (series[index] + series[index - 1]) / 2 * width
      span += width
    }
    return span > 0 ? sum / span : series.last ?? 0
  }

  /// One JSON object: `intrathecal`, `oral` and what is between them.
  package func json() -> [UInt8] {
    var writer = JSONWriter()
    func number(_ name: String, _ value: Double?) {
      writer.key(name)
      if let value, value.isFinite { writer.double(value) } else { writer.null() }
    }
    func write(_ name: String, _ side: Side) {
      writer.key(name)
      writer.beginObject()
      number("dailyDose_ug", side.dailyDose)
      writer.key("csfAUC_h_ug_per_mL")
      writer.beginArray()
      for value in side.fluidIntegral { writer.double(value) }
      writer.endArray()
      number("plasmaAUC_h_ug_per_mL", side.plasmaIntegral)
      number("csfPeakToTrough", side.fluidSwing)
      number("plasmaPeakToTrough", side.plasmaSwing)
      number("effectConc_ug_per_mL", side.effectConcentration)
      number("effect", side.effect)
      writer.key("massBalance")
      side.massBalance.write(to: &writer)
      writer.endObject()
      writer.newline()
    }
    writer.beginObject()
    write("intrathecal", pump)
    write("oral", oral)
    number("oralDose_ug", dose)
    number("oralEvery_h", every)
    number("oralToIntrathecalDoseForEqualEffectConc", doseRatio)
    let exposure = oral.plasmaIntegral / pump.plasmaIntegral
    number("oralToIntrathecalPlasmaAUC", exposure)
    writer.endObject()
    writer.newline()
    return writer.bytes
  }
}
