import PumpCore
import PumpScenario
import Quantities
import Therapy

/// A program with the fluid it runs on, as a page tells it: steps of a day, and rows of figures.
struct ProgramDay {
  let program: Program
  let fluid: Fluid
  let model: PumpModel

  /// Nothing where the program does not go with the fluid.
  init?(_ text: ProgramJSON, _ fluid: Fluid, _ pump: PumpInPlace) {
    do { program = try text.resolved(with: fluid) } catch { return nil }
    self.fluid = fluid
    let named = ProgramEntry(text).typed["of"]
    mainDrug = fluid.drugs.first { $0.name == named } ?? fluid.drugs.first
    model = PumpConstants(of: pump).model
  }

  /// The drug that the basal is written in, else the first of the mixture; it is what is drawn.
  let mainDrug: Fluid.Drug?

  /// As in `ug/d of baclofen`.
  var unit: String {
    guard let drug = mainDrug else { return "mL/d" }
    return "\(AmountWords.isMilligram(drug) ? "mg/d" : "ug/d") of \(drug.name)"
  }

  /// A rate in the unit of the picture.
  private func drawn(_ rate: FlowRate) -> Double {
    guard let drug = mainDrug else { return Double(rate.nanolitresPerDay) / 1e6 }
    let femtograms =
      Double(rate.nanolitresPerDay) * Double(drug.concentration.nanogramsPerMillilitre)
    return femtograms / (AmountWords.isMilligram(drug) ? 1e12 : 1e9)
  }

  /// The steps of a day; of a week's, those of the weekday.
  func steps(weekday: Int = 0) -> [ProgramPicture.Step] {
    switch program.basal {
    case .stopped: [.init(minute: 0, rate: 0)]
    case .minimum: [.init(minute: 0, rate: drawn(model.minimumRate))]
    case .constant(let rate): [.init(minute: 0, rate: drawn(rate))]
    case .scheduled:
      (0..<program.schedule.stepCount(of: program.schedule.pattern(ofDay: weekday))).map { index in
        let step = program.schedule.step(
          index,
          of: program.schedule.pattern(ofDay: weekday)
        )
        return .init(minute: step.minute, rate: drawn(step.rate))
      }
    case .periodic(_, _, _, let background): [.init(minute: 0, rate: drawn(background))]
    }
  }

  /// The highest rate that the program's own limits allow, as it is drawn.
  var limit: Double { drawn(program.limits.maxRate) }

  func picture(before: ProgramDay? = nil, weekday: Int = 0) -> String {
    ProgramPicture(
      steps: steps(weekday: weekday),
      before: before?.steps(weekday: weekday) ?? [],
      unit: unit,
      limit: limit
    ).svg()
  }

  // MARK: Rows

  /// What a rate gives of each drug in a day.
  func dose(of rate: FlowRate) -> String {
    fluid.drugs.map { drug in
      let mass = Volume(nanolitres: rate.nanolitresPerDay) * drug.concentration
      return "\(AmountWords.dose(DailyDose(mass: mass), of: drug)) \(drug.name)"
    }.joined(separator: ", ")
  }

  /// What a volume holds of each drug.
  func mass(in volume: Volume) -> String {
    fluid.drugs.map { "\(AmountWords.mass(volume * $0.concentration, of: $0)) \($0.name)" }
      .joined(separator: ", ")
  }

  private func rate(_ rate: FlowRate) -> Markup {
    "\(figure: rate.mlPerDay) \(soft: dose(of: rate))"
  }

  private func volume(_ volume: Volume) -> Markup {
    "\(figure: volume.ml) \(soft: mass(in: volume))"
  }

  var rows: [(String, Markup)] {
    var rows = basalRows
    if let dose = program.patientDose {
      rows.append(("Patient dose", volume(dose.volume)))
      rows.append(
        (
          "Patient dose, rules",
          "over \(dose.over.text), lockout \(dose.lockout.text), at most \(dose.maxPer24h) in 24 h"
        )
      )
    } else {
      rows.append(("Patient dose", "none"))
    }
    if let bridge = program.bridge {
      rows.append(("Bridge", "\(volume(bridge.volume)) at \(bridge.rate.mlPerDay)"))
    }
    if let prime = program.prime {
      rows.append(("Prime", "\(volume(prime.volume)) over \(prime.over.text)"))
    }
    return rows + limitRows
  }

  private var basalRows: [(String, Markup)] {
    switch program.basal {
    case .stopped: return [("Basal", "stopped: nothing is delivered")]
    case .minimum: return [("Basal", "the least rate of the pump: \(rate(model.minimumRate))")]
    case .constant(let value): return [("Basal, all day", rate(value))]
    case .scheduled:
      let isWeekly = program.schedule.patternCount > 1
      return (0..<program.schedule.patternCount).flatMap { pattern in
        (0..<program.schedule.stepCount(of: pattern)).map { index in
          let step = program.schedule.step(index, of: pattern)
          let name = isWeekly ? "Pattern \(pattern + 1), from" : "Basal from"
          return ("\(name) \(Self.clock(step.minute))", rate(step.rate))
        }
      }
    case .periodic(let dose, let over, let every, let background):
      return [
        ("Bolus every \(every.text)", "\(volume(dose)) over \(over.text)"),
        ("On top of", rate(background)),
      ]
    }
  }

  private var limitRows: [(String, Markup)] {
    [
      ("Limit of the rate", rate(program.limits.maxRate)),
      ("Limit in 24 h", volume(program.limits.maxVolumePer24h)),
      ("Safe rate", rate(program.safeRate)),
      ("Safe rate after a gap of", "\(program.restartGap.text)"),
      ("Low mark", "\(figure: program.lowReservoir.ml)"),
    ]
  }

  static func clock(_ minute: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }
}
