// The default case as a program of its own: the same source on the host and as wasm.
import Pharmacology

/// Runs 7 days of baclofen by four boluses a day in the default adult.
///
/// - Parameters:
///   - cells: of the canal.
///   - values: takes the fluid at two places, the effect and the plasma at each hour, then the mass
///     balance's error.
///   - room: of `values`.
/// - Returns: how many values were written.
@_cdecl("model_run")
public func modelRun(_ cells: Int32, _ values: UnsafeMutablePointer<Double>, _ room: Int32) -> Int32
{
  var boluses: [PumpSchedule.Bolus] = []
  for index in 0..<28 {
    boluses.append(
      PumpSchedule.Bolus(time: 1 + 6 * Double(index), volume: 0.1, duration: 0.1)
    )
  }
  var input = ModelCase(
    drug: DrugDefaults.all[3].drug,
    catheter: Catheter(tip: 26, deadVolume: 0.2),
    flow: PumpSchedule(base: StepTable(constant: 0.002), boluses: boluses).flow(until: 168),
    reservoir: StepTable(constant: 1_000),
    end: 168,
    outputEvery: 1,
    places: [11, 26],
    windows: [SpinalWindow(from: 18, to: 30)]
  )
  input.cells = Int(cells)
  let result = ModelResult(of: input)
  var count = 0
  for index in 0..<result.times.count {
    let row = [
      result.fluid[0][index], result.fluid[1][index], result.windowEffect[0][index],
      result.plasma[index],
    ]
    for value in row where count < Int(room) {
      unsafe values[count] = value
      count += 1
    }
  }
  if count < Int(room) {
    unsafe values[count] = result.massBalance.relativeError
    count += 1
  }
  return Int32(count)
}
