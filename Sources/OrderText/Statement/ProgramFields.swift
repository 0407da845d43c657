import PumpCore
import PumpLink
import Quantities

/// The fields of a program as lines, each volume and rate with the drug in it.
struct ProgramFields {
  typealias Row = OrderStatement.Row
  typealias Section = OrderStatement.Section

  /// In the reservoir; nothing where it is not known.
  let mixture: DrugAmounts?
  private static let days = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  private func row(_ title: String, _ value: String, _ note: String? = nil) -> Row {
    Row(title: title, value: value, note: note)
  }

  func sections(_ content: ProgramContent) -> [Section] {
    let program = content.program
    var sections = [Section(title: "Basal", rows: basal(program))]
    if let dose = program.patientDose {
      sections.append(
        Section(
          title: "Patient dose",
          rows: [
            row("Volume", AmountText.volume(dose.volume), mass(in: dose.volume)),
            row("Given over", dose.over.text),
            row("Lockout", dose.lockout.text), row("At most in 24 h", "\(dose.maxPer24h)"),
          ]
        )
      )
    }
    if let prime = program.prime {
      sections.append(
        Section(
          title: "Prime, once, before anything else",
          rows: [
            row("Volume", AmountText.volume(prime.volume)), row("Given over", prime.over.text),
          ]
        )
      )
    }
    if let bridge = program.bridge {
      sections.append(
        Section(
          title: "Bridge, until the path holds the new mixture",
          rows: [row("Rate", bridge.rate.text), row("Volume", AmountText.volume(bridge.volume))]
        )
      )
    }
    let absent = [
      ("a patient dose", program.patientDose == nil), ("a prime", program.prime == nil),
      ("a bridge", program.bridge == nil),
    ].filter(\.1).map(\.0)
    if !absent.isEmpty {
      sections[0].rows.append(row("Without", absent.joined(separator: ", ")))
    }
    return sections + [
      standing(LimitsContent(program.standing, doseLimits: content.doseLimits))
    ]
  }

  /// Limits and what holds whatever is planned.
  func standing(_ content: LimitsContent) -> Section {
    let standing = content.standing
    var rows = [
      row("Highest rate", standing.limits.maxRate.text, dose(of: standing.limits.maxRate)),
      row(
        "Volume in any 24 h",
        AmountText.volume(standing.limits.maxVolumePer24h),
        mass(in: standing.limits.maxVolumePer24h)
      ),
    ]
    for place in 0..<content.doseLimits.count {
      let (drug, amount) = content.doseLimits[place]
      rows.append(
        row("\(StatementFields.drugTitle(drug)) in any 24 h", AmountText.mass(amount, of: drug))
      )
    }
    if content.doseLimits.count == 0 { rows.append(row("Dose limits", "none")) }
    rows += [
      row("Safe rate", standing.safeRate.text, dose(of: standing.safeRate)),
      row("Safe rate after a gap of", standing.restartGap.text),
      row("Low-reservoir mark", AmountText.volume(standing.lowReservoir)),
    ]
    return Section(title: "Limits and safe rate", rows: rows)
  }

  // MARK: Basal

  private func basal(_ program: Program) -> [Row] {
    switch program.basal {
    case .stopped: return [row("Basal", "stopped: nothing is delivered")]
    case .minimum: return [row("Basal", "the least rate of the pump's model")]
    case .constant(let rate): return [row("All day", rate.text, dose(of: rate))]
    case .scheduled: return schedule(program.schedule)
    case .periodic(let volume, let over, let every, let background):
      return [
        row("A bolus of", AmountText.volume(volume), mass(in: volume)),
        row("Given over", over.text),
        row("Every", every.text), row("On top of", background.text, dose(of: background)),
      ]
    }
  }

  private func schedule(_ schedule: Schedule) -> [Row] {
    var rows: [Row] = []
    let isWeekly = schedule.patternCount > 1
    for pattern in 0..<schedule.patternCount {
      let name = isWeekly ? "Pattern \(pattern + 1), from" : "Every day from"
      for index in 0..<schedule.stepCount(of: pattern) {
        let step = schedule.step(index, of: pattern)
        rows.append(row("\(name) \(Self.clock(step.minute))", step.rate.text, dose(of: step.rate)))
      }
    }
    if isWeekly {
      for (day, name) in Self.days.enumerated() {
        rows.append(row(name, "pattern \(schedule.pattern(ofDay: day) + 1)"))
      }
    }
    return rows
  }

  static func clock(_ minute: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  // MARK: Drug in it

  /// What a volume holds of each drug.
  func mass(in volume: Volume) -> String? {
    amounts(in: volume.nanolitres, ending: "")
  }

  /// What a rate gives of each drug in a day.
  func dose(of rate: FlowRate) -> String? {
    amounts(in: rate.nanolitresPerDay, ending: "/d")
  }

  private func amounts(in nanolitres: Int64, ending: String) -> String? {
    guard let mixture, mixture.count > 0 else { return nil }
    return (0..<mixture.count).map { place in
      let (drug, amount) = mixture[place]
      let (mass, overflow) = nanolitres.multipliedReportingOverflow(by: amount)
      let text = overflow ? "too much to be true" : AmountText.mass(mass, of: drug) + ending
      return "\(text) \(DrugNumber.name(of: drug))"
    }.joined(separator: ", ")
  }
}
