import Quantities

extension Schedule {
  /// The rate that holds at a local time, and how long until the next step, ms.
  ///
  /// A step holds until the next; before the first step of a day the last one of the day before
  /// holds (contract: Program, `daily`).
  func rate(at local: LocalTime) -> (nanolitresPerDay: Int64, untilNext: Int64) {
    let ofDay = local.millisecondsOfDay
    let minute = Int(ofDay / 60_000)
    let weekday = local.weekday
    let pattern = self.pattern(ofDay: weekday)
    // Spans: a subscript of a stored array can copy the whole of it.
    let minutes = self.minutes.span
    let rates = self.rates.span
    let first = Int(starts[pattern])
    let end = Int(starts[pattern + 1])
    var inForce = -1
    for place in first..<end where Int(minutes[place]) <= minute { inForce = place }
    let next = inForce < 0 ? first : inForce + 1
    let untilNext: Int64
    if next < end {
      untilNext = Int64(minutes[next]) * 60_000 - ofDay
    } else {
      let tomorrow = Int(starts[self.pattern(ofDay: (weekday + 1) % 7)])
      untilNext = millisecondsPerDay + Int64(minutes[tomorrow]) * 60_000 - ofDay
    }
    if inForce < 0 {
      inForce = Int(starts[self.pattern(ofDay: (weekday + 6) % 7) + 1]) - 1
    }
    return (Int64(rates[inForce]), untilNext)
  }

  /// The highest rate of a step that some day uses, nL/d.
  var highestPlanned: Int64 {
    let rates = self.rates.span
    var highest: Int64 = 0
    for day in 0..<7 {
      let pattern = self.pattern(ofDay: day)
      for place in Int(starts[pattern])..<Int(starts[pattern + 1]) {
        highest = max(highest, Int64(rates[place]))
      }
    }
    return highest
  }

  /// The lowest rate other than none and the highest rate of any step, used or not, nL/d;
  /// `Int64.max` and 0 where there is none.
  var extremes: (lowest: Int64, highest: Int64) {
    let rates = self.rates.span
    var lowest = Int64.max
    var highest: Int64 = 0
    for place in 0..<Int(starts[patternCount]) where rates[place] > 0 {
      lowest = min(lowest, Int64(rates[place]))
      highest = max(highest, Int64(rates[place]))
    }
    return (lowest, highest)
  }

  /// The largest volume of any 24 h of the week, in nL·min/d: 1,440 of them are a nanolitre.
  ///
  /// The volume of a window changes linearly between the instants at which one of its ends passes
  /// a step, so the largest window begins or ends at a step.
  var largestDay: Int64 {
    var largest: Int64 = 0
    for day in 0..<7 {
      let pattern = self.pattern(ofDay: day)
      for place in Int(starts[pattern])..<Int(starts[pattern + 1]) {
        let minute = day * 1440 + Int(minutes[place])
        largest = max(largest, volume(ofDayFrom: minute))
        largest = max(largest, volume(ofDayFrom: (minute + 6 * 1440) % 10_080))
      }
    }
    return largest
  }

  /// The smallest volume of any 24 h of the week, in nL·min/d; see ``largestDay``.
  var leastDay: Int64 {
    var least = Int64.max
    for day in 0..<7 {
      let pattern = self.pattern(ofDay: day)
      for place in Int(starts[pattern])..<Int(starts[pattern + 1]) {
        let minute = day * 1440 + Int(minutes[place])
        least = min(least, volume(ofDayFrom: minute))
        least = min(least, volume(ofDayFrom: (minute + 6 * 1440) % 10_080))
      }
    }
    return least
  }

  /// The mean rate over the week, rounded down to the nL/d.
  var meanRate: Int64 {
    var sum: Int64 = 0
    for day in 0..<7 { sum += volume(of: day, upTo: 1440) }
    return sum / 10_080
  }

  /// The volume of the 24 h from a minute of the week, in nL·min/d.
  private func volume(ofDayFrom minute: Int) -> Int64 {
    let (day, rest) = minute.quotientAndRemainder(dividingBy: 1440)
    return volume(of: day, upTo: 1440) - volume(of: day, upTo: rest)
      + volume(of: (day + 1) % 7, upTo: rest)
  }

  /// The volume of a day of the week from its midnight up to a minute, in nL·min/d.
  private func volume(of day: Int, upTo minute: Int) -> Int64 {
    let minutes = self.minutes.span
    let rates = self.rates.span
    let pattern = self.pattern(ofDay: day)
    var volume: Int64 = 0
    var rate = Int64(rates[Int(starts[self.pattern(ofDay: (day + 6) % 7) + 1]) - 1])
    var from = 0
    for place in Int(starts[pattern])..<Int(starts[pattern + 1]) {
      guard Int(minutes[place]) < minute else { break }
      volume += rate * Int64(Int(minutes[place]) - from)
      rate = Int64(rates[place])
      from = Int(minutes[place])
    }
    return volume + rate * Int64(minute - from)
  }
}
