import PumpCore
import Quantities
let layout = StoreLayout.standard
let memory = BenchMemory(layout)
let clock = ContinuousClock()
for _ in 0..<5 {
  memory.clear()
  var pump = commission(memory, layout)
  let t = clock.measure { run(&pump, days: 365) }
  print(
    t,
    pump.motor.strokes,
    pump.sink.events,
    Double(t.components.attoseconds) / 1e9 / Double(pump.motor.strokes),
    "ns/stroke",
    pump.controller.delivered.nanolitres
  )
}
print(MemoryLayout<Controller>.size, MemoryLayout<Supervisor>.size, MemoryLayout<BenchPump>.size)
