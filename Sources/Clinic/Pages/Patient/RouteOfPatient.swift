import PatientModel
import Pharmacology
import PumpCore
import Quantities
import Therapy

/// What a patient's record asks of the model: the program in force beside the same drug by mouth.
struct RouteOfPatient: Sendable {
  /// A dose by mouth that is usual where the record has none.
  struct Standard {
    let drug: String
    let daily: DailyDose
    let everyHours: Int
    let why: String
  }

  /// The drugs of which the model has numbers for the way by mouth.
  static let standards = [
    Standard(
      drug: "baclofen",
      daily: DailyDose(mass: Mass(femtograms: 60 * 1_000_000_000_000)),
      everyHours: 8,
      why: "a standard of this page, 20 mg three times a day"
    ),
    Standard(
      drug: "morphine",
      daily: DailyDose(mass: Mass(femtograms: 60 * 1_000_000_000_000)),
      everyHours: 4,
      why: "a standard of this page, 10 mg every 4 h"
    ),
  ]

  /// The level where the record has none that the model knows.
  static let assumedTip = "T10"

  let question: RouteComparison.Question
  let drug: Fluid.Drug
  let tip: String
  let isTipAssumed: Bool
  let oral: DailyDose
  let oralEveryHours: Int
  /// Where the oral dose comes from.
  let oralSource: String

  /// Nothing where no program is known, or its fluid has no drug that is also given by mouth.
  init?(_ record: PatientRecord, weekday: Int) {
    guard let pump = record.pump, let text = record.program, let fluid = record.reservoir?.fluid,
      let day = ProgramDay(text.program, fluid, pump),
      let standard = Self.standards.first(where: { own in
        fluid.drugs.contains { $0.name == own.drug }
      }), let drug = fluid.drugs.first(where: { $0.name == standard.drug })
    else { return nil }
    let length = SpinalGeometry().length
    let named = record.catheter?.tip
    let known = named.flatMap { SpinalLevel.place(of: $0, length: length) }
    guard let place = known ?? SpinalLevel.place(of: Self.assumedTip, length: length) else {
      return nil
    }
    tip = known == nil ? Self.assumedTip : named ?? Self.assumedTip
    isTipAssumed = known == nil
    self.drug = drug
    let own = record.oralOpioids.last {
      $0.struckOut == nil && $0.value.drug.rawValue == standard.drug
        && $0.value.dose.mass.femtograms > 0
    }
    oral = own?.value.dose ?? standard.daily
    oralEveryHours = standard.everyHours
    oralSource =
      own.map {
        "the record's last, since \(($0.value.since?.start ?? $0.at).dayWords), "
          + "taken as one dose every \(standard.everyHours) h"
      } ?? standard.why
    let flow = Self.flow(day, weekday: weekday)
    question = RouteComparison.Question(
      drug: drug.name,
      tip: place,
      concentration: Double(drug.concentration.nanogramsPerMillilitre) / 1_000,
      base: flow.base,
      boluses: flow.boluses,
      oralDose: Double(oral.mass.femtograms) / 1e9 * Double(standard.everyHours) / 24,
      oralEvery: Double(standard.everyHours)
    )
  }

  /// The program's own flow, so that the last day is the given weekday; without what a patient asks for.
  private static func flow(
    _ day: ProgramDay,
    weekday: Int
  ) -> (base: [[Double]], boluses: [[Double]]) {
    func hourly(_ rate: FlowRate) -> Double { Double(rate.nanolitresPerDay) / 1e6 / 24 }
    let days = RouteComparison.days
    switch day.program.basal {
    case .stopped: return ([[0, 0]], [])
    case .minimum: return ([[0, hourly(day.model.minimumRate)]], [])
    case .constant(let rate): return ([[0, hourly(rate)]], [])
    case .scheduled:
      let schedule = day.program.schedule
      var base: [[Double]] = []
      for number in 0..<days {
        let pattern = schedule.pattern(ofDay: ((weekday - (days - 1) + number) % 7 + 7) % 7)
        for index in 0..<schedule.stepCount(of: pattern) {
          let step = schedule.step(index, of: pattern)
          base.append([Double(number) * 24 + Double(step.minute) / 60, hourly(step.rate)])
        }
      }
      return (base, [])
    case .periodic(let dose, let over, let every, let background):
      let hours = Double(every.milliseconds) / 3_600_000
      let count = Int(Double(days) * 24 / hours)
      let boluses = (0..<count).map { number in
        [
          Double(number) * hours, Double(dose.nanolitres) / 1e6,
          Double(over.milliseconds) / 3_600_000,
        ]
      }
      return ([[0, hourly(background)]], boluses)
    }
  }
}
