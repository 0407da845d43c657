/// What a pump is told to do, as in a case file: a base rate or a daily pattern, and boluses.
public struct PumpSchedule: Equatable, Sendable {
  /// A volume over a time on top of the base, mL and h.
  public struct Bolus: Equatable, Sendable {
    public let time: Double
    public let volume: Double
    public let duration: Double

    public init(time: Double, volume: Double, duration: Double) {
      self.time = time
      self.volume = volume
      self.duration = duration
    }
  }

  /// mL/h by time.
  public var base: StepTable
  /// mL/h by hour of the day, which replaces the base where it is given.
  public var daily: StepTable?
  public var boluses: [Bolus]

  public init(base: StepTable, daily: StepTable? = nil, boluses: [Bolus] = []) {
    self.base = base
    self.daily = daily
    self.boluses = boluses
  }

  /// The flow from 0 to an end, without gaps; cut wherever it changes.
  public func flow(until end: Double) -> [FlowSegment] {
    let rates = daily.map { days(of: $0, until: end) } ?? base.steps
    var cuts = rates.map { $0.time }
    for bolus in boluses { cuts += [bolus.time, bolus.time + bolus.duration] }
    cuts = cuts.filter { $0 > 0 && $0 < end }.sorted()
    let pending = boluses.sorted { $0.time < $1.time }
    var next = 0
    var running: [Bolus] = []
    var segments: [FlowSegment] = []
    var start = 0.0
    let table = StepTable(rates)
    for cut in cuts + [end] where cut > start {
      while next < pending.count, pending[next].time <= start {
        running.append(pending[next])
        next += 1
      }
      running.removeAll { $0.time + $0.duration <= start }
      var flow = table.value(at: start)
      for bolus in running { flow += bolus.volume / bolus.duration }
      if let last = segments.last, last.flow == flow {
        segments[segments.count - 1].end = cut
      } else {
        segments.append(FlowSegment(start: start, end: cut, flow: flow))
      }
      start = cut
    }
    return segments
  }

  private func days(of pattern: StepTable, until end: Double) -> [StepTable.Step] {
    var steps: [StepTable.Step] = []
    if pattern.steps[0].time > 0, let last = pattern.steps.last {
      // Before its first step the day goes on as the day before ended.
      steps.append(StepTable.Step(time: 0, value: last.value))
    }
    var day = 0.0
    while day < end {
      for step in pattern.steps {
        let time = day + step.time
        // Two hours that differ by less than the day's own grain are one: the later value holds.
        while let last = steps.last, last.time >= time { steps.removeLast() }
        steps.append(StepTable.Step(time: time, value: step.value))
      }
      day += 24
    }
    return steps
  }
}
