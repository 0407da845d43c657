// The program's own solver on the case of `make bench-model` (docs/model.md, "Speed").
//
// model-bench CELLS DAYS OFFSET [REPEATS]
//
// Baclofen, four boluses a day: the k-th at 1 + 6 k h + OFFSET * (7 k mod 11), output each hour. Prints CPU seconds of the
// best run, steps, factored steps, the error of the mass balance, and the fluid at 26 cm each hour.

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Pharmacology

let words = CommandLine.arguments
guard words.count >= 4, let cells = Int(words[1]), let days = Int(words[2]),
  let offset = Double(words[3]), let drug = DrugDefaults.named("baclofen")?.drug
else {
  print("model-bench CELLS DAYS OFFSET [REPEATS]")
  exit(2)
}
let repeats = words.count > 4 ? Int(words[4]) ?? 1 : 1
let end = 24.0 * Double(days)
let boluses = (0..<(4 * days)).map {
  PumpSchedule.Bolus(
    time: 1 + 6 * Double($0) + offset * Double($0 * 7 % 11),
    volume: 0.1,
    duration: 0.1
  )
}
var input = ModelCase(
  drug: drug,
  catheter: Catheter(tip: 26, deadVolume: 0.2),
  flow: PumpSchedule(base: StepTable(constant: 0.002), boluses: boluses).flow(until: end),
  reservoir: StepTable(constant: 1_000),
  end: end,
  outputEvery: 1,
  places: [26],
  windows: [SpinalWindow(from: 18, to: 30)]
)
input.cells = cells

var best = Double.infinity
var result = ModelResult(of: input)
for _ in 0..<repeats {
  let start = clock()
  result = ModelResult(of: input)
  best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC))
}
print("seconds \(best)")
print("steps \(result.steps)")
print("factored \(result.factorizations)")
print("mass \(result.massBalance.relativeError)")
for value in result.fluid[0].dropFirst() { print(value) }
