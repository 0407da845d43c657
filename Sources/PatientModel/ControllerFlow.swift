package import Pharmacology
package import PumpCore
package import Quantities

/// What the real controller makes of a program, as the model needs it: the flow at the catheter's tip.
package struct ControllerFlow: Sendable {
  /// Of the pump, without gaps, by hours.
  package var segments: [FlowSegment]
  /// Why delivery was halted at the end, and since when.
  package var halts: [Halt]

  /// Nothing is delivered from an hour on.
  package struct Halt: Equatable, Sendable {
    package let reason: HaltReason
    /// h.
    package let since: Double

    /// In words, as `the reservoir is empty from day 20 (456.25 h): nothing is delivered after it`.
    package var words: String {
      let cause =
        switch reason {
        case .empty: "the reservoir is empty"
        case .stopped: "the program stops the pump"
        case .stalled: "the motor is stalled"
        case .overDelivery: "more was delivered than ordered"
        case .suspended: "delivery is suspended"
        case .mri: "the pump is in a scanner"
        case .endOfService: "the pump is at the end of its service"
        }
      let hour = CaseNumber.text((since * 100).rounded() / 100)
      return "\(cause) from day \(Int(since / 24) + 1) (\(hour) h): nothing is delivered after it"
    }
  }

  /// How long a stroke takes, ms: what a stroke moves flows evenly over it.
  package static let strokeMilliseconds: Int64 = 1_000

  /// Runs a controller with a program in force from time 0.
  ///
  /// - Parameters:
  ///   - controller: commissioned, without a program.
  ///   - program: to be activated.
  ///   - end: of the run.
  ///   - byStrokes: whether each stroke of the motor stands alone; else the flow is the rate of the
  ///     demand, which strokes follow within one stroke's volume.
  /// - Throws: that the program is refused.
  package init(
    _ controller: Controller,
    program: Program,
    until end: PumpTime,
    byStrokes: Bool
  ) throws(ProgramRefusal) {
    var controller = controller
    try controller.activate(program)
    var recorder = Recorder(program: program)
    var strokes: [PumpTime] = []
    while true {
      switch controller.run(until: end) {
      case .drive(let order):
        if byStrokes { strokes.append(order.time) }
        controller.complete(confirmed: true)
      case .events:
        while let event = controller.takeEvent() { recorder.take(event) }
        controller.committed()
        recorder.note(controller)
      case .verifyProgram: controller.programVerified(.intact)
      case .reached:
        recorder.end(at: end)
        segments =
          byStrokes
          ? Self.segments(
            of: strokes,
            volume: controller.model.strokeVolume,
            until: end
          ) : recorder.segments
        halts = recorder.halts
        return
      }
    }
  }

  /// Each stroke as a short flow; where the next one comes sooner, they meet.
  private static func segments(
    of strokes: [PumpTime],
    volume: Volume,
    until end: PumpTime
  ) -> [FlowSegment] {
    let millilitres = Double(volume.nanolitres) / 1e6
    var segments: [FlowSegment] = []
    var time: Int64 = 0
    for (index, stroke) in strokes.enumerated() {
      let start = max(time, stroke.milliseconds)
      // One at the very end flows after it.
      guard start < end.milliseconds else { break }
      let limit = index + 1 < strokes.count ? strokes[index + 1] : end
      let stop = min(
        start + strokeMilliseconds,
        max(limit.milliseconds, start + 1),
        end.milliseconds
      )
      if start > time {
        segments.append(FlowSegment(start: hours(time), end: hours(start), flow: 0))
      }
      let span = Double(stop - start) / 3_600_000
      segments.append(
        FlowSegment(start: hours(start), end: hours(stop), flow: millilitres / span)
      )
      time = stop
    }
    if time < end.milliseconds {
      segments.append(FlowSegment(start: hours(time), end: hours(end.milliseconds), flow: 0))
    }
    return segments
  }

  private static func hours(_ milliseconds: Int64) -> Double {
    Double(milliseconds) / 3_600_000
  }

  /// Follows the rate of the demand from event to event.
  private struct Recorder {
    let program: Program
    var segments: [FlowSegment] = []
    /// Those that hold.
    var halts: [Halt] = []
    private var since: Int64 = 0
    private var flow = 0.0
    private var bolus = 0.0

    init(program: Program) {
      self.program = program
    }

    mutating func take(_ event: PumpEvent) {
      switch event {
      case .bolusStarted(let kind, let volume):
        let over =
          switch kind {
          case .prime: program.prime?.over
          case .periodic: periodicOver
          case .patient: program.patientDose?.over
          case .clinician: TimeSpan?.none
          }
        guard let over else { return }
        bolus = Self.hourly(Double(volume.nanolitres) / 1e6, over: over)
      case .bolusEnded, .bolusAbandoned: bolus = 0
      default: break
      }
    }

    private var periodicOver: TimeSpan? {
      guard case .periodic(_, let over, _, _) = program.basal else { return nil }
      return over
    }

    private static func hourly(_ millilitres: Double, over span: TimeSpan) -> Double {
      millilitres / (Double(span.milliseconds) / 3_600_000)
    }

    /// Takes up the flow that holds from the controller's instant on.
    mutating func note(_ controller: borrowing Controller) {
      let sample = controller.sample
      for reason in HaltReason.allCases {
        let place = halts.firstIndex { $0.reason == reason }
        if let place, !controller.isHalted(reason) { halts.remove(at: place) }
        if place == nil, controller.isHalted(reason) {
          let hour = Double(sample.time.milliseconds) / 3_600_000
          halts.append(Halt(reason: reason, since: hour))
        }
      }
      let rate = Double(sample.rate.nanolitresPerDay) / 1e6 / 24
      let now = rate + (sample.state == .halted ? 0 : bolus)
      guard now != flow else { return }
      close(at: sample.time)
      flow = now
    }

    mutating func end(at time: PumpTime) { close(at: time) }

    private mutating func close(at time: PumpTime) {
      guard time.milliseconds > since else { return }
      segments.append(
        FlowSegment(
          start: Double(since) / 3_600_000,
          end: Double(time.milliseconds) / 3_600_000,
          flow: flow
        )
      )
      since = time.milliseconds
    }
  }
}
