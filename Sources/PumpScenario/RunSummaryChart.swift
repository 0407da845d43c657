import PumpCore
import Quantities

extension RunSummary {
  /// Rate and reservoir over time as lines of Braille dots, for a terminal.
  func chart() -> [String] {
    let samples = story.run.samples
    guard samples.count > 2, story.end.milliseconds > 0 else { return [] }
    let columns = width - 14
    let rate = DotChart(
      values: samples.map { ($0.time.milliseconds, $0.rate.nanolitresPerDay) },
      end: story.end.milliseconds,
      columns: columns,
      rows: 4
    )
    let reservoir = DotChart(
      values: samples.map { ($0.time.milliseconds, $0.reservoir.nanolitres) },
      end: story.end.milliseconds,
      columns: columns,
      rows: 4
    )
    var lines = ["RATE, mL/d (basal, at the samples)"]
    lines += chartLines(rate)
    lines += ["RESERVOIR, mL"] + chartLines(reservoir)
    let end = Figures.clock(story.end)
    lines.append(padded("0", to: 11, atEnd: true) + padded(end, to: columns + 1, atEnd: true))
    return lines
  }

  private func chartLines(_ chart: DotChart) -> [String] {
    chart.lines().enumerated().map { index, dots in
      let isEdge = index == 0 || index == chart.rows - 1
      let value = index == 0 ? chart.top : 0
      let label = isEdge ? Figures.decimal(value, per: 1_000_000, places: 3) : ""
      return padded(label, to: 10, atEnd: true) + " │" + dots
    }
  }
}

/// A line of dots, two across and four down in each character.
struct DotChart {
  let values: [(milliseconds: Int64, value: Int64)]
  let end: Int64
  let columns: Int
  let rows: Int
  /// The value of the upper edge; the lower one is 0.
  let top: Int64

  init(values: [(milliseconds: Int64, value: Int64)], end: Int64, columns: Int, rows: Int) {
    self.values = values
    self.end = end
    self.columns = columns
    self.rows = rows
    self.top = max(1, values.map(\.value).max() ?? 1)
  }

  /// The rows from the top down.
  func lines() -> [String] {
    let wide = columns * 2
    let high = rows * 4
    var dots = [UInt8](repeating: 0, count: columns * rows)
    var index = 0
    var previous: Int?
    for x in 0..<wide {
      let until = end * Int64(x + 1) / Int64(wide)
      var least = Int64.max
      var most = Int64.min
      while index < values.count, values[index].milliseconds <= until {
        least = min(least, values[index].value)
        most = max(most, values[index].value)
        index += 1
      }
      // No sample in this column: the one before still holds.
      if least > most, index > 0 {
        least = values[index - 1].value
        most = least
      }
      var low = height(least, of: high)
      var up = height(most, of: high)
      if let previous {
        low = min(low, max(previous, low - high))
        up = max(up, previous)
      }
      for y in low...max(low, up) { Self.set(x, high - 1 - y, in: &dots, columns) }
      previous = index > 0 ? height(values[index - 1].value, of: high) : nil
    }
    return (0..<rows).map { row in
      var line = ""
      for column in 0..<columns {
        let scalar = Unicode.Scalar(0x2800 + UInt32(dots[row * columns + column]))
        line.unicodeScalars.append(scalar ?? " ")
      }
      return line
    }
  }

  private func height(_ value: Int64, of high: Int) -> Int {
    Int((Double(max(0, value)) / Double(top) * Double(high - 1)).rounded())
  }

  /// Sets the dot of a column and a row of dots, counted from the upper left.
  private static func set(_ x: Int, _ y: Int, in dots: inout [UInt8], _ columns: Int) {
    // The bits of a Braille pattern, down the left column and then down the right one.
    let bits: [UInt8] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]
    dots[y / 4 * columns + x / 2] |= bits[x % 2 * 4 + y % 4]
  }
}
