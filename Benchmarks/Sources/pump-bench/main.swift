import AllocationCount
import PumpCore
import Quantities

// A year of one pump, the same polled each second, a plain second-by-second loop, and a day of many
// pumps: supervisor, store and journal on, through the one path that there is.

/// The smallest of some times of a body, in milliseconds: what else the machine did only adds.
func smallest(of runs: Int, _ body: () -> Void) -> Double {
  let clock = ContinuousClock()
  var smallest = Double.infinity
  for _ in 0..<runs {
    let time = clock.measure(body)
    let milliseconds =
      Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) / 1e15
    smallest = min(smallest, milliseconds)
  }
  return smallest
}

func rounded(_ value: Double, _ places: Int = 1) -> String {
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  return "\((value * scale).rounded() / scale)"
}

let layout = StoreLayout.standard
let memory = BenchMemory(layout)
var strokes = 0
var allocations: UInt64 = 0

let year = smallest(of: 5) {
  memory.clear()
  var pump = commission(memory, layout)
  let before = allocation_count()
  run(&pump, days: 365)
  allocations = allocation_count() - before
  strokes = pump.motor.strokes
}

/// The same pump, asked each second: what closed form between events saves.
let polledDays = 30
let polled =
  smallest(of: 2) {
    memory.clear()
    var pump = commission(memory, layout)
    for second in 0..<polledDays * 86_400 {
      if second % 21_600 == 10_800 {
        pump.perform { $0.requestPatientDose() }
      }
      pump.advance(to: PumpTime(milliseconds: Int64(second + 1) * 1_000))
    }
  } * 365 / Double(polledDays)

var tickedStrokes: Int64 = 0
let ticked = smallest(of: 2) {
  var loop = TickLoop()
  for second in 0..<365 * 86_400 {
    if second % 21_600 == 10_800 { loop.requestDose() }
    if second % (90 * 86_400) == 90 * 86_400 - 1 { loop.refill() }
    loop.tick()
  }
  tickedStrokes = loop.strokes
}

let pumps = CommandLine.arguments.contains("--quick") ? 1_000 : 100_000
let small = StoreLayout(criticalRecords: 64, dailyRecords: 16, detailRecords: 128)
let smallMemory = BenchMemory(small)
let fleet = smallest(of: 1) {
  for _ in 0..<pumps {
    smallMemory.clear()
    var pump = commission(smallMemory, small)
    run(&pump, days: 1)
  }
}

print(
  """
  A pump-year: 0.3 mL/d in 24 daily steps, 250 nL strokes, 4 patient doses of 10 uL a day, on one
  core; supervisor, store and journal on; smallest of 5 runs.

    this pump                \(rounded(year)) ms, \(strokes) strokes, \
  \(rounded(year * 1e6 / Double(strokes), 0)) ns a stroke
    the same, asked each 1 s \(rounded(polled)) ms (\(polledDays) days measured), \
  \(rounded(polled / year)) times as long
    plain 1-s tick loop      \(rounded(ticked)) ms, \(tickedStrokes) strokes, \
  \(rounded(ticked / year)) times as long (no supervisor, store, journal or fluid path)
    allocations while advancing: \(allocations)

  \(pumps) pumps for a day, one after another: \(rounded(fleet / 1e3, 2)) s, \
  \(rounded(fleet * 1e3 / Double(pumps))) us a pump-day, commissioning included.

  Controller state \(MemoryLayout<Controller>.size) bytes, supervisor \
  \(MemoryLayout<Supervisor>.size) bytes.
  """
)

print("")
print(PlanBench(count: CommandLine.arguments.contains("--quick") ? 100_000 : 2_000_000).report)
print("")
print(LinkBench(count: CommandLine.arguments.contains("--quick") ? 200 : 2_000).report)
