/// A day of a program as a picture: the rate by time of day, and the one in force behind it.
struct ProgramPicture {
  /// A rate from a minute of the day on.
  struct Step: Equatable {
    let minute: Int
    /// In the unit that the picture names.
    let rate: Double
  }

  /// What is proposed, or what is in force where nothing is.
  let steps: [Step]
  /// What is in force, where something else is proposed.
  let before: [Step]
  /// As in `ug/d of baclofen`.
  let unit: String
  /// The highest rate that the program's own limits allow, where it is not far above all rates.
  let limit: Double?

  private static let width = 640
  private static let height = 234
  private static let left = 56.0
  private static let bottom = 186.0
  private static let top = 16.0

  /// The picture; with the words for a screen reader.
  func svg() -> String {
    let highest = (steps + before).map(\.rate).max() ?? 0
    let shown = limit.map { $0 <= highest * 2 ? max($0, highest) : highest } ?? highest
    let scale = ChartScale(highest: shown)
    var svg = SVGText(width: Self.width, height: Self.height, title: words)
    for mark in scale.marks {
      let y = height(mark, scale)
      svg.line((Self.left, y), (Double(Self.width) - 8, y), "axis")
      svg.words(ChartScale.text(mark), at: (Self.left - 6, y + 4), .end, "soft")
    }
    for hour in stride(from: 0, through: 24, by: 3) {
      let x = place(hour * 60)
      svg.line((x, Self.bottom), (x, Self.bottom + 4), "axis")
      svg.words(hour < 10 ? "0\(hour)" : "\(hour)", at: (x, Self.bottom + 18), .middle, "soft")
    }
    svg.words(unit, at: (Self.left, Self.bottom + 40), .start, "soft")
    svg.words("hour of the day", at: (Double(Self.width) - 8, Self.bottom + 40), .end, "soft")
    let now = points(steps, scale)
    svg.path(
      now + [(place(1_440), Self.bottom), (place(0), Self.bottom)],
      "fill",
      closed: true
    )
    svg.path(points(before, scale), "before")
    svg.path(now, "now")
    if let limit, limit <= scale.top {
      svg.line((Self.left, height(limit, scale)), (place(1_440), height(limit, scale)), "limit")
      svg.words("limit", at: (place(1_440), height(limit, scale) - 4), .end, "soft")
    }
    return svg.finished()
  }

  private var words: String {
    func told(_ steps: [Step]) -> String {
      steps.map { step in
        let (hour, minute) = (step.minute / 60, step.minute % 60)
        let clock = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
        return "from \(clock) \(ChartScale.text(step.rate))"
      }.joined(separator: ", ")
    }
    let main = "Rate in \(unit) by time of day: \(told(steps))."
    return before.isEmpty ? main : "\(main) In force now: \(told(before))."
  }

  private func points(_ steps: [Step], _ scale: ChartScale) -> [(Double, Double)] {
    guard let first = steps.first, let last = steps.last else { return [] }
    // A day that begins between two steps goes on with the last one of the day before.
    var rate = first.minute == 0 ? first.rate : last.rate
    var points = [(place(0), height(rate, scale))]
    for step in steps {
      points.append((place(step.minute), height(rate, scale)))
      rate = step.rate
      points.append((place(step.minute), height(rate, scale)))
    }
    points.append((place(1_440), height(rate, scale)))
    return points
  }

  private func place(_ minute: Int) -> Double {
    Self.left + (Double(Self.width) - 8 - Self.left) * Double(minute) / 1_440
  }

  private func height(_ rate: Double, _ scale: ChartScale) -> Double {
    Self.bottom - (Self.bottom - Self.top) * rate / scale.top
  }
}
