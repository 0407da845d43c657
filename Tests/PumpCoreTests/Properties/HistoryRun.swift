import PumpCore
import PumpTesting
import Quantities

/// A motor that writes down every stroke and, between two instants, moves none.
struct RecordingMotor: MotorPort {
  var stall: (from: PumpTime, until: PumpTime)?
  var moved: [StrokeOrder] = []

  mutating func drive(_ stroke: StrokeOrder) -> Bool {
    if let stall, stroke.time > stall.from, stroke.time <= stall.until { return false }
    moved.append(stroke)
    return true
  }
}

/// Memory of a few records.
struct PlainMemory: PumpMemory {
  var bytes: [UInt8]

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    for index in 0..<min(target.count, bytes.count - offset) {
      target[index] = bytes[offset + index]
    }
  }

  mutating func write(_ source: Span<UInt8>, at offset: Int) {
    for index in 0..<source.count { bytes[offset + index] = source[index] }
  }
}

/// Keeps events with their instants.
struct RecordingSink: EventSink {
  var events: [(at: PumpTime, event: PumpEvent)] = []

  mutating func record(_ event: PumpEvent, at time: PumpTime) {
    events.append((time, event))
  }
}

/// Runs a history on the whole pump and looks at the laws that any history must keep.
///
/// What is true is taken from the motor's own record, never from the controller's counts.
struct HistoryRun {
  typealias TestPump = Pump<RecordingMotor, PlainMemory, RecordingSink>
  static let layout = StoreLayout(criticalRecords: 64, dailyRecords: 16, detailRecords: 64)

  let history: History
  var pump: TestPump
  /// The programs taken into force and from when.
  var programs: [(from: PumpTime, program: Program)]
  /// The patient doses accepted, with the program in force at each.
  var accepted: [(at: PumpTime, program: Program)] = []
  var requests = 0
  var clinicianRequests = 0
  /// The fill that the reservoir began with, and what had moved before.
  var fill: Volume
  var movedBefore: Volume = .zero
  /// Extra strokes that had fluid to move, by instant.
  var extra: [PumpTime] = []
  var failure: String?

  /// Nothing where the first program is refused.
  init?(_ history: History, skippingDoses: Bool = false) {
    self.history = history
    fill = history.fill
    programs = [(.commissioning, history.program)]
    guard
      let controller = Controller(
        model: history.model,
        catheter: Length(micrometres: 400_000),
        local: history.local,
        fill: history.fill,
        mixture: history.mixture,
        pathEmpty: false
      ),
      let pump = try? TestPump(
        commissioning: controller,
        program: history.program,
        layout: Self.layout,
        motor: RecordingMotor(stall: history.stall),
        memory: PlainMemory(bytes: Array(repeating: 0, count: Self.layout.size)),
        sink: RecordingSink()
      )
    else { return nil }
    self.pump = pump
    for (at, act) in history.acts {
      if skippingDoses, case .patientDose = act { continue }
      go(to: at)
      take(act)
      check()
    }
    go(to: history.end)
    check()
  }

  private mutating func go(to target: PumpTime) {
    // In steps, so that the laws are looked at in between too.
    while pump.controller.time + 2 * TimeSpan.hour < target {
      pump.advance(to: pump.controller.time + 2 * TimeSpan.hour)
      check()
    }
    pump.advance(to: target)
  }

  private mutating func take(_ act: History.Act) {
    switch act {
    case .patientDose:
      requests += 1
      let before = pump.sink.events.count
      pump.perform { $0.requestPatientDose() }
      if pump.sink.events[before...].contains(where: { $0.event == .patientDoseAccepted }) {
        accepted.append((pump.controller.time, programs[programs.count - 1].program))
      }
    case .clinicianBolus(let volume, let over):
      clinicianRequests += 1
      pump.perform { $0.giveClinicianBolus(volume, over: over) }
    case .cancelBolus: pump.perform { $0.cancelBolus() }
    case .program(let program):
      guard (try? pump.activate(program)) != nil else { return }
      programs.append((pump.controller.time, program))
    case .refill(let volume): refill(volume)
    case .suspend(let span): pump.perform { $0.suspend(for: span) }
    case .mri(let span): pump.perform { $0.enterMRI(for: span) }
    case .resume: pump.perform { $0.resumeTherapy() }
    case .safeRate: pump.perform { $0.enterSafeRate() }
    case .setClock(let local): pump.perform { $0.setClock(to: local) }
    case .extraStrokes(let count):
      let room = pump.controller.reservoirVolume.nanolitres
      let wet = min(Int64(count), room / history.model.strokeVolume.nanolitres)
      extra += Array(repeating: pump.controller.time, count: Int(wet))
      pump.extraStrokesSeen(count)
    case .powerLoss(let span): losePower(for: span)
    case .acknowledge(let alarm): pump.perform { $0.acknowledge(alarm) }
    case .clearOverDelivery: pump.perform { $0.clear(.overDelivery) }
    }
  }

  private mutating func refill(_ volume: Volume) {
    let aspirated = pump.controller.reservoirVolume
    guard
      (try? pump.refill(
        aspirated: aspirated,
        fill: volume,
        mixture: history.mixture,
        program: nil
      )) != nil
    else { return }
    fill = volume
    movedBefore = moved
  }

  private mutating func losePower(for span: TimeSpan) {
    pump.powerFails()
    let back = pump.controller.time + span
    guard
      let booted = TestPump(
        recovering: history.model,
        at: back,
        layout: Self.layout,
        motor: pump.motor,
        memory: pump.memory,
        sink: pump.sink
      )
    else {
      failure = failure ?? "a pump did not start again"
      return
    }
    pump = booted
    pump.advance(to: back)
  }

  /// What truly moved: the motor's strokes and the extra ones.
  private var moved: Volume {
    Volume(
      nanolitres: Int64(pump.motor.moved.count + extra.count)
        * history.model.strokeVolume.nanolitres
    )
  }

  // MARK: Laws looked at on the way

  private mutating func check() {
    let sample = pump.controller.sample
    if sample.delivered != moved { fail("delivered \(sample.delivered), moved \(moved)") }
    if sample.delivered - movedBefore + sample.reservoir != fill {
      fail("delivered + reservoir is not what was filled")
    }
    let behind = (sample.demand - sample.delivered).nanolitres
    let isUndisturbed =
      history.isQuiet && !pump.sink.events.contains { $0.event == .safeRateEntered(.limit) }
    if isUndisturbed, behind < 0 || behind >= history.model.strokeVolume.nanolitres {
      fail("demand − delivered is \(behind) nL")
    }
    if sample.reservoir < .zero { fail("the reservoir holds less than nothing") }
  }

  private mutating func fail(_ what: String) {
    failure = failure ?? "\(what) at \(pump.controller.time.milliseconds) ms"
  }
}
