import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let day: Int64 = 86_400_000

/// The largest planned 24 h (contract: Program, `volumeLimit`), H-04, H-05.
struct DayPlanTests {
  /// A schedule as it is drawn and the rate of each minute of its week, nL/d.
  private struct Week {
    var program = Program.test(.scheduled)
    var minutes: [Int64] = []

    init(_ random: inout Seeded, weekly: Bool) throws(ScheduleError) {
      let patterns = weekly ? random.pick(1...7) : 1
      var rates: [[Int64]] = []
      for _ in 0..<patterns {
        try program.schedule.beginPattern()
        var begins: Set<Int> = weekly ? [0] : []
        for _ in 0..<random.pick(1...12) { begins.insert(random.pick(0...1439)) }
        let steps = begins.sorted().map {
          (minute: $0, rate: Int64(random.pick([0, random.pick(6_000...2_000_000)])))
        }
        for step in steps {
          try program.schedule.addStep(minute: step.minute, rate: .nLPerDay(step.rate))
        }
        rates.append(
          (0..<1440).map { minute in
            (steps.last { $0.minute <= minute } ?? steps[steps.count - 1]).rate
          }
        )
      }
      for weekday in 0..<7 {
        let pattern = random.pick(0...patterns - 1)
        try program.schedule.setPattern(pattern, ofDay: weekday)
        minutes += rates[pattern]
      }
    }

    /// By sliding a window over every minute of the week.
    var largestDay: Int64 {
      var sum = minutes.prefix(1440).reduce(0, +)
      var largest = sum
      for begin in 1..<10_080 {
        sum += minutes[(begin + 1439) % 10_080] - minutes[begin - 1]
        largest = max(largest, sum)
      }
      return largest
    }
  }

  @Test
  func `the largest 24 h of a week is found over midnights and the week's end (H-04, H-05)`() {
    let campaign = Campaign(name: "largest days of weeks", seed: 0xDA, cases: 300)
    let failure = campaign.firstFailure { random in
      do throws(ScheduleError) {
        let week = try Week(&random, weekly: !random.once(in: 3))
        let plan = DayPlan(of: week.program, .test)
        let largest = week.largestDay
        guard plan.numerator == largest, plan.denominator == 1440 else {
          return "\(plan.numerator), not \(largest)"
        }
        let whole = largest / 1440
        guard plan.exceeds(.nL(whole), with: 0) == (largest % 1440 > 0),
          !plan.exceeds(.nL(whole + 1), with: 0), plan.exceeds(.nL(whole + 10), with: 11)
        else { return "the edge at \(whole)" }
        let used = week.minutes
        return plan.highestRate == used.max() ? nil : "its highest rate"
      } catch { return "\(error)" }
    }
    #expect(failure == nil)
  }

  @Test
  func `the fullest 24 h of periodic boluses is exact for any period (H-04, H-05)`() {
    let campaign = Campaign(name: "largest days of periods", seed: 0xDB, cases: 300)
    let failure = campaign.firstFailure { random in
      let every = random.pick([420, 1430, 1439, 1440, 1441, 2000, random.pick(2...3_000)])
      let over = random.pick(1...min(every - 1, 600))
      let dose = Int64(random.pick(1...50_000))
      let background = Int64(random.pick([0, 6_000, 123_457]))
      let program = Program.periodic(
        dose,
        over: .minutes(Int64(over)),
        every: .minutes(Int64(every)),
        background: background
      )
      // Minutes of bolus in the 24 h from each minute of a period.
      var fullest = 0
      for begin in 0..<every {
        var within = 0
        var bolus = 0
        while bolus < begin + 1440 {
          within += max(0, min(begin + 1440, bolus + over) - max(begin, bolus))
          bolus += every
        }
        fullest = max(fullest, within)
      }
      // Both as numerators over T minutes.
      let expected = dose * Int64(fullest) + background * Int64(over)
      let plan = DayPlan(of: program, .test)
      guard plan.denominator == Int64(over) * 60_000, plan.numerator == expected * 60_000 else {
        return "\(dose) over \(over) every \(every): \(plan.numerator), not \(expected) × 60000"
      }
      let whole = expected / Int64(over)
      let isWhole = expected % Int64(over) == 0
      guard plan.exceeds(.nL(whole), with: 0) != isWhole, !plan.exceeds(.nL(whole + 1), with: 0),
        plan.total(with: 7) == .nL(whole + (isWhole ? 7 : 8))
      else { return "the edge at \(whole)" }
      return nil
    }
    #expect(failure == nil)
  }

  @Test
  func `other basals plan their rate all day`() {
    let plans: [(Program, Int64)] = [
      (.constant(123_457), 123_457), (.test(.minimum), 6_000), (.test(.stopped), 0),
      (.constant(0), 0),
    ]
    for (program, rate) in plans {
      let plan = DayPlan(of: program, .test)
      #expect(plan.numerator == rate && plan.denominator == 1 && plan.highestRate == rate)
      #expect(plan.extremes.lowest == (rate == 0 ? .max : rate))
      #expect(!plan.exceeds(.nL(rate + 5), with: 5) && plan.exceeds(.nL(rate + 5), with: 6))
    }
  }

  @Test
  func `no 24 h of a week delivers more than was planned for the largest (SR-009, H-05)`() throws {
    var random = Seeded(seed: 0xDC)
    for _ in 0..<10 {
      var week = try Week(&random, weekly: true)
      week.program.limits.maxVolumePer24h = .nL(10_000_000)
      var bench = try ControllerDriver(week.program, local: .monday(hour: 0))
      var demands: [Int64] = []
      for quarter in 0...(8 * 96) as ClosedRange<Int64> {
        bench.go(to: quarter * 900_000)
        demands.append(bench.demand)
      }
      let largest = zip(demands.dropFirst(96), demands).map { $0 - $1 }.max()
      let planned = DayPlan(of: week.program, .test).total(with: 0).nanolitres
      #expect(try #require(largest) <= planned && bench.safeReasons.isEmpty)
    }
  }
}
