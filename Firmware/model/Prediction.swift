// The patient model as the clinic's pages run it: numbers in, numbers out, as wasm and on the host.
import Pharmacology

/// Runs one case that stands as numbers.
///
/// Input: cells; the drug's index in `DrugDefaults.all`; the virtual patient's index from 0, or -1 for the
/// typical one; the population's seed; the tip, cm; the dead volume, mL; the concentration that stands in
/// the catheter at the start, ug/mL, or -1 for the reservoir's; the end, h; the time between outputs, h;
/// the window of the effect, from and to, cm; the counts of flow segments, reservoir steps, oral doses and
/// places. Then these: start and end, h, and flow, mL/h; time, h, and concentration, ug/mL; time, h, and
/// dose, ug; place, cm.
///
/// Output: for each time of output the mean at the effect site of the window, ug/mL, the effect, 0 to 1,
/// plasma, ug/mL, and the fluid at each place, ug/mL. At the very end the balance's relative error.
///
/// - Parameters:
///   - input: the numbers.
///   - count: how many.
///   - output: takes the answer.
///   - room: of the answer.
/// - Returns: how many numbers were written; below 0 minus the number of the first input that is not
///   what it must be, counted from 1; 0 where there is no room.
@_cdecl("prediction_run")
public func predictionRun(
  _ input: UnsafePointer<Double>,
  _ count: Int32,
  _ output: UnsafeMutablePointer<Double>,
  _ room: Int32
) -> Int32 {
  var numbers: [Double] = []
  for index in 0..<max(0, Int(count)) { numbers.append(unsafe input[index]) }
  var reader = CaseNumbers(values: numbers)
  guard let read = reader.read() else { return -Int32(reader.fault) }
  let result = ModelResult(of: read)
  let columns = 3 + read.places.count
  guard result.times.count * columns + 1 <= Int(room) else { return 0 }
  var next = 0
  func write(_ value: Double) {
    unsafe output[next] = value
    next += 1
  }
  for index in result.times.indices {
    write(result.windowConcentration[0][index])
    write(result.windowEffect[0][index])
    write(result.plasma[index])
    for place in read.places.indices { write(result.fluid[place][index]) }
  }
  write(result.massBalance.relativeError)
  return Int32(next)
}

/// Reads a case from numbers, each checked, since a trap would end the page's model.
private struct CaseNumbers {
  let values: [Double]
  var next = 0
  /// The number of the first input that is wrong, from 1.
  var fault = 0

  init(values: [Double]) {
    self.values = values
  }

  private mutating func take(_ range: ClosedRange<Double>) -> Double {
    let value = next < values.count ? values[next] : .nan
    next += 1
    if !range.contains(value), fault == 0 { fault = next }
    return fault == 0 ? value : range.lowerBound
  }

  /// A whole number; what is between two is wrong.
  private mutating func whole(_ range: ClosedRange<Double>) -> Int {
    let value = take(range)
    if value != value.rounded(.down), fault == 0 { fault = next }
    return Int(value)
  }

  mutating func read() -> ModelCase? {
    let cells = whole(1...1_920)
    let drug = whole(0...Double(DrugDefaults.all.count - 1))
    let patient = whole(-1...1_000_000)
    let seed = whole(0...4_294_967_295)
    let typical = SpinalGeometry()
    let catheter = Catheter(
      tip: take(0...typical.length),
      deadVolume: take(0...10),
      initialConcentration: Self.given(take(-1...1e9))
    )
    let end = take(0.001...8_760)
    let every = take(0.001...8_760)
    let window = SpinalWindow(from: take(0...typical.length), to: take(0...typical.length))
    if window.to <= window.from, fault == 0 { fault = next }
    let counts = (whole(0...100_000), whole(1...1_000), whole(0...10_000), whole(0...1_000))
    guard fault == 0 else { return nil }
    let flow = segments(counts.0, until: end)
    let reservoir = steps(counts.1)
    var oral: [ModelCase.OralDose] = []
    for _ in 0..<counts.2 {
      oral.append(ModelCase.OralDose(time: take(0...end), dose: take(0...1e9)))
    }
    var places: [Double] = []
    for _ in 0..<counts.3 { places.append(take(0...typical.length)) }
    if next != values.count, fault == 0 { fault = next + 1 }
    guard fault == 0 else { return nil }
    let person = patient >= 0 ? VirtualPatient(patient, seed: UInt64(seed)) : nil
    let defaults = DrugDefaults.all[drug].drug
    var input = ModelCase(
      geometry: person?.geometry(from: typical) ?? typical,
      drug: person?.drug(from: defaults) ?? defaults,
      catheter: catheter,
      flow: flow,
      reservoir: StepTable(reservoir),
      end: end,
      outputEvery: every,
      places: places,
      windows: [window]
    )
    input.oral = oral
    input.cells = cells
    return input
  }

  private static func given(_ concentration: Double) -> Double? {
    concentration < 0 ? nil : concentration
  }

  /// Without gaps from 0 on.
  private mutating func segments(_ count: Int, until end: Double) -> [FlowSegment] {
    var segments: [FlowSegment] = []
    var time = 0.0
    for _ in 0..<count where fault == 0 {
      let start = take(time...time)
      let stop = take(start...max(start, end))
      segments.append(FlowSegment(start: start, end: stop, flow: take(0...10_000)))
      time = stop
    }
    return segments
  }

  /// At ascending times.
  private mutating func steps(_ count: Int) -> [StepTable.Step] {
    var steps: [StepTable.Step] = []
    for _ in 0..<count where fault == 0 {
      let least = (steps.last?.time).map { $0.nextUp } ?? 0
      steps.append(StepTable.Step(time: take(least...8_760), value: take(0...1e9)))
    }
    return steps.isEmpty ? [StepTable.Step(time: 0, value: 0)] : steps
  }
}
