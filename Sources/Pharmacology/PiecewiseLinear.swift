/// A function by straight lines between nodes, constant beyond its ends.
public struct PiecewiseLinear: Equatable, Sendable {
  /// Strictly ascending; as many as ``y``, two at least.
  public let x: [Double]
  public let y: [Double]

  /// - Parameters:
  ///   - x: strictly ascending nodes, two at least, else it traps.
  ///   - y: a value for each.
  public init(x: [Double], y: [Double]) {
    precondition(x.count == y.count && x.count >= 2, "a value for each of two nodes or more")
    for index in 1..<x.count { precondition(x[index] > x[index - 1], "nodes ascend") }
    self.x = x
    self.y = y
  }

  /// The value at a place.
  public func value(at place: Double) -> Double {
    if place <= x[0] { return y[0] }
    var index = 1
    while index < x.count {
      if place <= x[index] {
        let share = (place - x[index - 1]) / (x[index] - x[index - 1])
        return y[index - 1] + share * (y[index] - y[index - 1])
      }
      index += 1
    }
    return y[y.count - 1]
  }

  /// The exact integral from one place to another one above it.
  public func integral(from start: Double, to end: Double) -> Double {
    var sum = 0.0
    var place = start
    for node in x where node > start && node < end {
      sum += (node - place) * value(at: (node + place) / 2)
      place = node
    }
    return sum + (end - place) * value(at: (end + place) / 2)
  }
}

/// A function of time by steps: each value holds from its time to the next.
public struct StepTable: Equatable, Sendable {
  /// A time, h, and the value from then on.
  public struct Step: Equatable, Sendable {
    public let time: Double
    public let value: Double

    public init(time: Double, value: Double) {
      self.time = time
      self.value = value
    }
  }

  /// At strictly ascending times; the first value holds before its time too.
  public let steps: [Step]

  /// - Parameter steps: one at least, at strictly ascending times, else it traps.
  public init(_ steps: [Step]) {
    precondition(!steps.isEmpty, "a step table has a step")
    for index in 1..<max(1, steps.count) {
      precondition(steps[index].time > steps[index - 1].time, "steps ascend")
    }
    self.steps = steps
  }

  /// One value for all times.
  public init(constant value: Double) {
    steps = [Step(time: 0, value: value)]
  }

  /// The value at a time.
  public func value(at time: Double) -> Double {
    // Half and half again: a schedule by strokes has tens of thousands of steps.
    var low = 0
    var high = steps.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if steps[middle].time <= time { low = middle } else { high = middle }
    }
    return steps[low].value
  }
}
