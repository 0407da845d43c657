import PumpCore
import Quantities

/// A motor that moves each stroke.
struct BenchMotor: MotorPort {
  var strokes = 0

  mutating func drive(_ stroke: StrokeOrder) -> Bool {
    strokes += 1
    return true
  }
}

/// Memory in one block, allocated once.
final class BenchMemory: PumpMemory {
  private let bytes: UnsafeMutableRawBufferPointer

  init(_ layout: StoreLayout) {
    bytes = .allocate(byteCount: layout.size, alignment: 16)
    clear()
  }

  deinit { bytes.deallocate() }

  func clear() {
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
  }

  func read(into target: inout MutableSpan<UInt8>, at offset: Int) {
    let count = min(target.count, bytes.count - offset)
    target.withUnsafeMutableBytes { target in
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
    }
  }

  func write(_ source: Span<UInt8>, at offset: Int) {
    source.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(rebasing: bytes[offset..<offset + source.count])
        .copyMemory(from: source)
    }
  }
}

/// Counts events.
struct BenchSink: EventSink {
  var events = 0

  mutating func record(_ event: PumpEvent, at time: PumpTime) {
    events += 1
  }
}

typealias BenchPump = Pump<BenchMotor, BenchMemory, BenchSink>

/// 250 nL strokes, 40 mL, 0.006 to 24 mL/d, 0.14 mL tubing, 80 cm of 2.2 µL/cm.
let benchModel = PumpModel(
  strokeVolume: Volume(nanolitres: 250),
  capacity: Volume(nanolitres: 40_000_000),
  minimumRate: FlowRate(nanolitresPerDay: 6_000),
  maximumRate: FlowRate(nanolitresPerDay: 24_000_000),
  tubing: Volume(nanolitres: 140_000),
  catheterVolume: LinearVolume(picolitresPerCentimetre: 2_200_000)
)

/// 24 steps a day around 0.3 mL/d, patient doses of 10 µL over 10 min, baclofen 2,000 µg/mL.
func benchProgram() -> Program {
  var limits = Limits(
    maxRate: FlowRate(nanolitresPerDay: 6_000_000),
    maxVolumePer24h: Volume(nanolitres: 1_000_000)
  )
  limits[DrugID(0)] = Mass(femtograms: 2_000_000_000_000)
  var program = Program(
    basal: .scheduled,
    limits: limits,
    safeRate: FlowRate(nanolitresPerDay: 48_000),
    restartGap: 24 * TimeSpan.hour,
    lowReservoir: Volume(nanolitres: 2_000_000)
  )
  do {
    try program.schedule.beginPattern()
    for hour in 0..<24 {
      let rate = FlowRate(nanolitresPerDay: hour % 2 == 0 ? 280_000 : 320_000)
      try program.schedule.addStep(minute: hour * 60, rate: rate)
    }
  } catch { fatalError("\(error)") }
  program.patientDose = PatientDose(
    volume: Volume(nanolitres: 10_000),
    over: 10 * TimeSpan.minute,
    lockout: 2 * TimeSpan.hour,
    maxPer24h: 6
  )
  return program
}

func benchMixture() -> Mixture {
  var mixture = Mixture()
  mixture[DrugID(0)] = Concentration(nanogramsPerMillilitre: 2_000_000)
  return mixture
}

func commission(_ memory: BenchMemory, _ layout: StoreLayout) -> BenchPump {
  guard
    let controller = Controller(
      model: benchModel,
      catheter: Length(micrometres: 800_000),
      local: LocalTime(milliseconds: 1_767_600_000_000),
      fill: Volume(nanolitres: 40_000_000),
      mixture: benchMixture(),
      pathEmpty: false
    ),
    let pump = try? BenchPump(
      commissioning: controller,
      program: benchProgram(),
      layout: layout,
      motor: BenchMotor(),
      memory: memory,
      sink: BenchSink()
    )
  else { fatalError("the pump of the benchmark is well formed") }
  return pump
}

/// Four patient doses a day and a refill each 90 days.
func run(_ pump: inout BenchPump, days: Int) {
  for day in 0..<days {
    for hour in [3, 9, 15, 21] {
      pump.advance(to: PumpTime(milliseconds: Int64(day * 24 + hour) * 3_600_000))
      pump.perform { $0.requestPatientDose() }
    }
    if day % 90 == 89 {
      try? pump.refill(
        aspirated: pump.controller.reservoirVolume,
        fill: Volume(nanolitres: 40_000_000),
        mixture: benchMixture(),
        program: nil
      )
    }
  }
  pump.advance(to: PumpTime(milliseconds: Int64(days) * 86_400_000))
}
