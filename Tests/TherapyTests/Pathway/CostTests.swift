import Foundation
import PumpTesting
import Testing
@testable import Therapy

/// The cost of a pump against the care without it.
struct CostTests {
  static func question(
    once: Int64 = 2_000_000,
    monthly: Int64 = 30_000,
    replacement: Int64? = nil,
    every: Int? = nil,
    conventional: Int64 = 100_000,
    months: Int = 60,
    discount: Int? = nil
  ) -> CostQuestion {
    CostQuestion(
      currency: "CHF",
      pumpOnce: [CostItem(name: "implant", cents: once)],
      pumpMonthly: [CostItem(name: "refills", cents: monthly)],
      replacement: replacement.map { CostItem(name: "pump", cents: $0) },
      replacementEvery: every,
      conventionalMonthly: [CostItem(name: "hospital and drugs", cents: conventional)],
      months: months,
      discountBasisPoints: discount
    )
  }

  @Test
  func `20000 at once and 300 a month against 1000 meet in month 29`() throws {
    let course = try CostCourse(Self.question())
    // 20000 + 28 × 300 = 28400 against 28000; 20000 + 29 × 300 = 28700 against 29000.
    #expect(course.breakEven == .month(29, lastingFrom: 29))
    #expect(course.months[27].differenceCents == 40_000)
    #expect(course.months[28].differenceCents == -30_000)
    #expect(course.sentence == "The pump has cost no more from month 29 on.")
    #expect(course.text.contains("   29  28700.00  29000.00     -300.00\n"))
  }

  @Test
  func `a replacement turns it over, and the course says so`() throws {
    let course = try CostCourse(
      Self.question(replacement: 1_500_000, every: 36, months: 60)
    )
    // Month 37 adds 15000 to what has been saved by then, 5900.
    #expect(course.breakEven == .month(29, lastingFrom: 50))
    #expect(course.months[36].differenceCents == 1_500_000 - 590_000)
    let short = try CostCourse(Self.question(replacement: 1_500_000, every: 36, months: 40))
    #expect(short.breakEven == .month(29, lastingFrom: nil))
  }

  @Test(arguments: [
    (question(monthly: 100_000), NoBreakEven.monthlyNotLower),
    (question(months: 28), .horizonTooShort),
    (
      question(once: 9_000_000, replacement: 3_000_000, every: 24, months: 600),
      .replacementsOutweigh
    ),
    // They meet in month 10, before the first replacement; only the question is too short.
    (
      question(
        once: 100_000,
        monthly: 0,
        replacement: 700_000,
        every: 60,
        conventional: 10_000,
        months: 6
      ),
      .horizonTooShort
    ),
  ])
  func `where they never meet the reason is told`(question: CostQuestion, reason: NoBreakEven)
    throws
  {
    #expect(try CostCourse(question).breakEven == .never(reason))
  }

  @Test
  func `each month is the closed formula, to the cent`() {
    let campaign = Campaign(name: "costs", seed: 12, cases: 3_000)
    let failure = campaign.firstFailure { seeded in
      func cents() -> Int64 { Int64(seeded.pick(0...1_000_000_000)) }
      let every = seeded.once(in: 2) ? seeded.pick(12...240) : nil
      let value = Self.question(
        once: cents(),
        monthly: cents(),
        replacement: every.map { _ in cents() },
        every: every,
        conventional: cents(),
        months: seeded.pick(1...600)
      )
      guard let course = try? CostCourse(value) else { return "refused: \(value)" }
      for row in course.months {
        let replaced = every.map { Int64((row.month - 1) / $0) } ?? 0
        let pump =
          value.pumpOnce[0].cents + Int64(row.month) * value.pumpMonthly[0].cents
          + replaced * (value.replacement?.cents ?? 0)
        let other = Int64(row.month) * value.conventionalMonthly[0].cents
        if row.pumpCents != pump || row.conventionalCents != other { return "month \(row.month)" }
      }
      let first = course.months.first { $0.pumpCents <= $0.conventionalCents }?.month
      switch course.breakEven {
      case .never: return first == nil ? nil : "never, though month \(first ?? 0)"
      case .month(let month, let lasting):
        if month != first { return "month \(month)" }
        let after = course.months.filter { $0.month >= lasting ?? .max }
        if lasting != nil, after.contains(where: { $0.differenceCents > 0 }) {
          return "not lasting"
        }
        if lasting == nil, (course.months.last?.differenceCents ?? 0) <= 0 { return "it lasts" }
        if let lasting, lasting > 1, lasting > month,
          course.months[lasting - 2].differenceCents <= 0
        {
          return "it lasted before"
        }
        return nil
      }
    }
    #expect(failure == nil)
  }

  @Test
  func `a discount is taken off at each full year, within half a cent a month`() throws {
    for points in [1, 300, 350, 2_000] {
      let course = try CostCourse(Self.question(months: 600, discount: points))
      var expected = 0.0
      for row in course.months {
        let years = Double((row.month - 1) / 12)
        expected += 100_000 / pow(1 + Double(points) / 10_000, years)
        #expect(abs(Double(row.conventionalCents) - expected) <= 0.5 * Double(row.month) + 0.01)
      }
    }
    let plain = try CostCourse(Self.question())
    let zero = try CostCourse(Self.question(discount: 0))
    #expect(plain.months == zero.months)
  }

  @Test(arguments: [
    ("currency", question().with(currency: "Fr.")), ("currency", question().with(currency: "CH")),
    ("months", question(months: 0)), ("months", question(months: 601)),
    ("pumpOnce[0].cents", question(once: -1)),
    ("pumpMonthly[0].cents", question(monthly: 1_000_000_001)),
    ("conventionalMonthly[0].cents", question(conventional: -5)),
    ("replacement.cents", question(replacement: -1, every: 60)),
    ("replacementEvery", question(replacement: 1)), ("replacementEvery", question(every: 60)),
    ("replacementEvery", question(replacement: 1, every: 11)),
    ("discountBasisPoints", question(discount: 2_001)),
    ("discountBasisPoints", question(discount: -1)),
    ("pumpOnce", question().with(once: [])),
    ("pumpOnce[0].name", question().with(once: [CostItem(name: "", cents: 1)])),
    (
      "pumpOnce",
      question().with(once: [CostItem(name: "a", cents: 1), CostItem(name: "a", cents: 1)])
    ),
  ])
  func `a figure that cannot be is refused with its field`(field: String, question: CostQuestion) {
    do throws(TherapyRefusal) {
      _ = try CostCourse(question)
      Issue.record("taken: \(field)")
    } catch {
      #expect(error.field == field && error.code == .value && !error.remedy.isEmpty)
    }
  }

  @Test
  func `the answer as JSON has the question, the months and the answer`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let course = try CostCourse(Self.question(once: 1, monthly: 0, conventional: 1, months: 1))
    let expected =
      #"{"breakEvenMonth":1,"lastingFrom":1,"months":[{"conventionalCents":1,"month":1,"#
      + #""pumpCents":1}],"question":{"conventionalMonthly":[{"cents":1,"name":"hospital and drugs"}],"#
      + #""currency":"CHF","months":1,"pumpMonthly":[{"cents":0,"name":"refills"}],"#
      + #""pumpOnce":[{"cents":1,"name":"implant"}]},"#
      + #""sentence":"The pump has cost no more from month 1 on."}"#
    #expect(String(decoding: try encoder.encode(course), as: UTF8.self) == expected)
    let back = try JSONDecoder().decode(
      CostQuestion.self,
      from: try encoder.encode(course.question)
    )
    #expect(back == course.question)
  }

  @Test
  func `published figures stand beside it with their source`() {
    #expect(PublishedCost.all.count == 5)
    #expect(PublishedCost.all.allSatisfy { !$0.source.isEmpty && !$0.figure.isEmpty })
  }
}

extension CostQuestion {
  func with(currency: String? = nil, once: [CostItem]? = nil) -> CostQuestion {
    CostQuestion(
      currency: currency ?? self.currency,
      pumpOnce: once ?? pumpOnce,
      pumpMonthly: pumpMonthly,
      conventionalMonthly: conventionalMonthly,
      months: months
    )
  }
}
