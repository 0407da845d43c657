package import Quantities

/// Values laid out along a line, with ticks at round ones.
package struct PictureAxis: Sendable {
  package struct Tick: Sendable {
    package var value: Double
    package var label: String
  }

  /// The values at both ends.
  package let lower: Double
  package let upper: Double
  /// Where they lie, in units of the picture.
  package let start: Double
  package let end: Double
  package let ticks: [Tick]
  package let unit: String

  /// The place of a value; those outside of the axis lie at its end.
  package func place(of value: Double) -> Double {
    guard upper > lower else { return start }
    let part = min(max((value - lower) / (upper - lower), 0), 1)
    return start + part * (end - start)
  }

  /// An axis from 0 upward, a little above the greatest value, with two to five ticks.
  ///
  /// - Parameters:
  ///   - greatest: to be shown, in printed units.
  ///   - height: of the panel; 0 lies at its foot.
  /// - Returns: the axis.
  package static func upward(to greatest: Double, height: Double) -> PictureAxis {
    let reach = greatest > 0 ? greatest * 1.08 : 1
    let step = roundStep(for: reach / 4)
    var ticks: [Tick] = []
    var index = 0
    while Double(index) * step <= reach {
      let value = Double(index) * step
      ticks.append(Tick(value: value, label: label(of: index, step: step)))
      index += 1
    }
    return PictureAxis(lower: 0, upper: reach, start: height, end: 0, ticks: ticks, unit: "")
  }

  /// The least of 1, 2, 2.5, 5 × 10^n that is not less than a value.
  private static func roundStep(for value: Double) -> Double {
    var power = 1.0
    while power > value { power /= 10 }
    while power * 10 <= value { power *= 10 }
    for factor in [1, 2, 2.5, 5, 10] where factor * power >= value * 0.999 { return factor * power }
    return 10 * power
  }

  /// The number of a tick with as many decimals as its step needs.
  private static func label(of index: Int, step: Double) -> String {
    var places = 0
    var scaled = step
    while places < 9, abs(scaled - scaled.rounded()) > 1e-6 * max(scaled, 1e-6) {
      scaled *= 10
      places += 1
    }
    let units = Int64((Double(index) * scaled).rounded())
    var power: Int64 = 1
    for _ in 0..<places { power *= 10 }
    return Figures.decimal(units, per: power, places: places)
  }

  /// Pump time in minutes, hours or days, as long as the run.
  package static func overTime(until last: PumpTime, from start: Double, to end: Double)
    -> PictureAxis
  {
    let length = Double(max(last.milliseconds, 1))
    let minute = 60_000.0
    let hour = 60 * minute
    let day = 24 * hour
    let unit: (name: String, size: Double) =
      length <= 3 * hour ? ("min", minute) : length <= 3.5 * day ? ("h", hour) : ("d", day)
    let steps: [Double] =
      switch unit.name {
      case "min": [1, 2, 5, 10, 20, 30]
      case "h": [1, 2, 3, 6, 12, 24]
      default: [1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 1_825]
      }
    let step = steps.first { length / ($0 * unit.size) <= 10.5 } ?? length / unit.size / 8
    var ticks: [Tick] = []
    var value = 0.0
    while value * unit.size <= length * 1.0001 {
      ticks.append(Tick(value: value * unit.size, label: Figures.grouped(Int64(value))))
      value += step
    }
    return PictureAxis(
      lower: 0,
      upper: length,
      start: start,
      end: end,
      ticks: ticks,
      unit: unit.name
    )
  }
}
