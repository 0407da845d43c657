/// What a pump and the care without it have cost by the end of each month.
struct CostPicture {
  /// Sums in the currency, from month 0 on.
  let pump: [Double]
  let conventional: [Double]
  let currency: String
  /// The month at whose end the sums first meet; nothing where they do not.
  let meeting: Int?

  private static let size = (width: 640.0, height: 262.0)
  private static let left = 78.0
  private static let bottom = 204.0

  func svg(title: String) -> String {
    let last = max(1, pump.count - 1)
    let scale = ChartScale(highest: max(1, (pump + conventional).max() ?? 1))
    func x(_ month: Int) -> Double {
      Self.left + (Self.size.width - 16 - Self.left) * Double(month) / Double(last)
    }
    func y(_ sum: Double) -> Double { Self.bottom - (Self.bottom - 14) * sum / scale.top }
    var svg = SVGText(width: Int(Self.size.width), height: Int(Self.size.height), title: title)
    for mark in scale.marks {
      svg.line((Self.left, y(mark)), (Self.size.width - 16, y(mark)), "axis")
      svg.words(ChartScale.text(mark), at: (Self.left - 6, y(mark) + 4), .end, "soft")
    }
    for month in stride(from: 0, through: last, by: Self.step(last)) {
      svg.line((x(month), Self.bottom), (x(month), Self.bottom + 4), "axis")
      svg.words("\(month)", at: (x(month), Self.bottom + 18), .middle, "soft")
    }
    svg.words(currency, at: (2, Self.bottom + 36), .start, "soft")
    svg.words("end of month", at: (Self.size.width - 16, Self.bottom + 36), .end, "soft")
    svg.path(conventional.enumerated().map { (x($0.offset), y($0.element)) }, "before")
    svg.path(pump.enumerated().map { (x($0.offset), y($0.element)) }, "now")
    if let meeting, pump.indices.contains(meeting) {
      svg.line((x(meeting), 14), (x(meeting), Self.bottom), "limit")
      svg.circle(
        (x(meeting), y(pump[meeting])),
        radius: 5,
        "dot",
        title: "month \(meeting): the sums meet"
      )
      let isRight = x(meeting) > Self.size.width - 120
      svg.words(
        "month \(meeting)",
        at: (x(meeting) + (isRight ? -6 : 6), 26),
        isRight ? .end : .start,
        "soft"
      )
    }
    // The two lines by their looks, below the picture.
    let line = Self.bottom + 52
    svg.line((Self.left, line), (Self.left + 28, line), "now")
    svg.words("with the pump", at: (Self.left + 34, line + 4), .start, "soft")
    svg.line((Self.left + 190, line), (Self.left + 218, line), "before")
    svg.words("without it", at: (Self.left + 224, line + 4), .start, "soft")
    return svg.finished()
  }

  /// Months between two names on the axis: whole years where there are many.
  private static func step(_ months: Int) -> Int {
    switch months {
    case ...12: 1
    case ...36: 6
    case ...120: 12
    case ...240: 24
    default: 60
    }
  }
}
