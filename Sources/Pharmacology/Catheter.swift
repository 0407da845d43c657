/// A stretch of time with one flow of the pump, mL/h.
public struct FlowSegment: Equatable, Sendable {
  /// Hours.
  public var start: Double
  public var end: Double
  public var flow: Double

  public init(start: Double, end: Double, flow: Double) {
    self.start = start
    self.end = end
    self.flow = flow
  }
}

/// A stretch of time with one flow and one concentration at the catheter's tip.
public struct TipSegment: Equatable, Sendable {
  /// Hours.
  public var start: Double
  public var end: Double
  /// mL/h.
  public var flow: Double
  /// ug/mL; 0 where nothing flows.
  public var concentration: Double

  public init(start: Double, end: Double, flow: Double, concentration: Double) {
    self.start = start
    self.end = end
    self.flow = flow
    self.concentration = concentration
  }

  /// What leaves the tip meanwhile, ug.
  public var mass: Double { flow * concentration * (end - start) }
}

/// The catheter: where its tip lies, and the fluid that stands in it.
public struct Catheter: Equatable, Sendable {
  /// Of the tip, cm from S2.
  public var tip: Double
  /// The spread of the source about the tip, cm.
  public var tipSpread: Double
  /// Between reservoir and tip, mL.
  public var deadVolume: Double
  /// Of the fluid that stands in it at the start, ug/mL; nothing for what the reservoir holds then.
  public var initialConcentration: Double?

  public init(
    tip: Double,
    tipSpread: Double = 0.5,
    deadVolume: Double,
    initialConcentration: Double? = nil
  ) {
    self.tip = tip
    self.tipSpread = tipSpread
    self.deadVolume = deadVolume
    self.initialConcentration = initialConcentration
  }

  /// What leaves the tip: plug flow, exactly (docs/model.md).
  ///
  /// What leaves at a cumulative volume V was loaded at V less the dead volume.
  ///
  /// - Parameters:
  ///   - flow: of the pump, without gaps, from time 0.
  ///   - reservoir: the concentration in the reservoir by time, ug/mL.
  /// - Returns: segments without gaps; neighbours differ.
  public func exit(of flow: [FlowSegment], from reservoir: StepTable) -> [TipSegment] {
    var fronts = Fronts(catheter: self, reservoir: reservoir)
    var segments: [TipSegment] = []
    func append(_ segment: TipSegment) {
      guard segment.end > segment.start else { return }
      if let last = segments.last, last.flow == segment.flow,
        last.concentration == segment.concentration
      {
        segments[segments.count - 1].end = segment.end
      } else {
        segments.append(segment)
      }
    }
    var pumped = 0.0
    for stretch in flow {
      guard stretch.flow > 0 else {
        append(TipSegment(start: stretch.start, end: stretch.end, flow: 0, concentration: 0))
        continue
      }
      fronts.load(stretch, pumped: pumped)
      var time = stretch.start
      let total = pumped + stretch.flow * (stretch.end - stretch.start)
      while let front = fronts.next, front.volume < total {
        let arrival = max(time, stretch.start + (front.volume - pumped) / stretch.flow)
        append(
          TipSegment(
            start: time,
            end: arrival,
            flow: stretch.flow,
            concentration: fronts.concentration
          )
        )
        fronts.pass()
        time = arrival
      }
      append(
        TipSegment(
          start: time,
          end: stretch.end,
          flow: stretch.flow,
          concentration: fronts.concentration
        )
      )
      pumped = total
    }
    return segments
  }
}

/// The boundaries between fluids on their way through the catheter.
private struct Fronts {
  struct Front {
    /// The cumulative volume at which it reaches the tip, mL.
    let volume: Double
    let concentration: Double
  }

  private let deadVolume: Double
  private let reservoir: StepTable
  /// The step of the reservoir that was loaded last.
  private var loaded = 0
  private var waiting: [Front] = []
  private var first = 0
  private(set) var concentration: Double

  init(catheter: Catheter, reservoir: StepTable) {
    self.deadVolume = catheter.deadVolume
    self.reservoir = reservoir
    let start = reservoir.value(at: 0)
    while loaded + 1 < reservoir.steps.count, reservoir.steps[loaded + 1].time <= 0 { loaded += 1 }
    concentration = start
    if let initial = catheter.initialConcentration, deadVolume > 0 {
      concentration = initial
      waiting.append(Front(volume: deadVolume, concentration: start))
    }
  }

  var next: Front? { first < waiting.count ? waiting[first] : nil }

  mutating func pass() {
    concentration = waiting[first].concentration
    first += 1
  }

  /// Takes up the refills until the end of a stretch; what is pumped after each is of that fluid.
  mutating func load(_ stretch: FlowSegment, pumped: Double) {
    while loaded + 1 < reservoir.steps.count, reservoir.steps[loaded + 1].time < stretch.end {
      loaded += 1
      let step = reservoir.steps[loaded]
      let into = max(0, step.time - stretch.start)
      waiting.append(
        Front(
          volume: pumped + stretch.flow * into + deadVolume,
          concentration: step.value
        )
      )
    }
  }
}
