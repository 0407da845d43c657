public import Quantities

/// Why a schedule of steps is malformed.
public enum ScheduleError: Error, Equatable, Sendable {
  case tooManyPatterns(max: Int)
  case tooManySteps(max: Int)
  case notAscending(minute: Int, previous: Int)
  case minuteOutsideDay(Int)
  case firstStepNotAtMidnight(minute: Int)
  case noSteps
  case noSuchPattern(Int)
}

/// Rates by local time of day, for every day of the week (contract: `daily` and `weekly`).
///
/// It is built pattern by pattern, each step by step in ascending order; a day then names its
/// pattern. A daily schedule is one pattern for all days, whose last step holds over midnight until
/// the first one of the next day.
public struct Schedule: Sendable {
  var minutes = InlineArray<336, UInt16>(repeating: 0)
  var rates = InlineArray<336, UInt32>(repeating: 0)
  /// Where each pattern begins among the steps; one more entry ends the last.
  var starts = InlineArray<8, UInt16>(repeating: 0)
  var patternOfDay = InlineArray<7, UInt8>(repeating: 0)
  public private(set) var patternCount = 0

  public init() {}

  /// Begins the next pattern.
  public mutating func beginPattern() throws(ScheduleError) {
    guard patternCount < Capacity.patterns else {
      throw .tooManyPatterns(max: Capacity.patterns)
    }
    if patternCount > 0, stepCount(of: patternCount - 1) == 0 { throw .noSteps }
    patternCount += 1
    starts[patternCount] = starts[patternCount - 1]
  }

  /// Adds a step to the pattern begun last.
  ///
  /// - Parameters:
  ///   - minute: of the local day, 0 to 1439, later than the step before.
  ///   - rate: from then on; within ``Bounds/rateMax``.
  /// - Throws: why the step does not follow the one before.
  public mutating func addStep(minute: Int, rate: FlowRate) throws(ScheduleError) {
    precondition(patternCount > 0, "a step belongs to a pattern")
    guard minute >= 0, minute < 1440 else { throw .minuteOutsideDay(minute) }
    let count = stepCount(of: patternCount - 1)
    guard count < Capacity.stepsOfPattern else { throw .tooManySteps(max: Capacity.stepsOfPattern) }
    let place = Int(starts[patternCount])
    if count > 0 {
      let previous = Int(minutes[place - 1])
      guard minute > previous else { throw .notAscending(minute: minute, previous: previous) }
    }
    minutes[place] = UInt16(minute)
    rates[place] = UInt32(rate.nanolitresPerDay)
    starts[patternCount] = UInt16(place + 1)
  }

  /// Gives a day of the week its pattern; 0 is Monday.
  public mutating func setPattern(_ pattern: Int, ofDay day: Int) throws(ScheduleError) {
    guard pattern >= 0, pattern < patternCount else { throw .noSuchPattern(pattern) }
    patternOfDay[day] = UInt8(pattern)
  }

  /// Writes the number of patterns into bytes, or reads it from them.
  mutating func codeCount(_ cursor: inout FieldCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&patternCount, below: Capacity.patterns + 1, &bytes)
  }

  /// How many steps a pattern has.
  public func stepCount(of pattern: Int) -> Int {
    Int(starts[pattern + 1]) - Int(starts[pattern])
  }

  /// A step of a pattern: the minute of the day at which it begins and its rate.
  public func step(_ index: Int, of pattern: Int) -> (minute: Int, rate: FlowRate) {
    let place = Int(starts[pattern]) + index
    return (Int(minutes[place]), FlowRate(nanolitresPerDay: Int64(rates[place])))
  }

  /// The pattern of a day of the week; 0 is Monday.
  public func pattern(ofDay day: Int) -> Int {
    Int(patternOfDay[day])
  }
}
