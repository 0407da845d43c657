import PatientModel
import Testing
import Therapy

@testable import Clinic

/// The pump's way beside the oral one on a page of the patient.
struct RoutesPageTests {
  private static func route(_ record: PatientRecord) -> RouteOfPatient? {
    RoutesPage.route(record, PageSample.context())
  }

  private static func html(_ record: PatientRecord) throws -> String {
    let context = PageSample.context()
    let route = Self.route(record)
    let answer = route.flatMap { RouteComparison($0.question) }
    return RoutesPage(record: record, route: route, answer: answer, context: context).html()
  }

  @Test func `the record's own oral dose is taken where it has one, else a standard that says so`()
    throws
  {
    let sample = try PageSample()
    let own = try Self.html(try sample.record("okafor-daniel"))
    #expect(own.contains("20 mg/d, the record"))
    let standard = try Self.html(try sample.record("haddad-omar"))
    #expect(standard.contains("a standard of this page, 20 mg three times a day"))
  }

  @Test(arguments: ["haddad-omar", "okafor-daniel", "bauer-lena", "moreau-claire", "weber-franz"])
  func `the page says that it is a model, its units, and how its numbers are known`(
    patient: String
  ) throws {
    let html = try Self.html(try PageSample().record(patient))
    for words in [
      "A model, not a measurement", "ng/mL", "Not for converting doses", "Published", "Assumed",
      "href=\"/model\"", "<svg", "By the pump in a day",
    ] { #expect(html.contains(words), "\(patient): \(words)") }
    #expect(!html.contains("nan") && !html.contains("inf "), "\(patient)")
  }

  @Test(arguments: ["lind-karin", "sato-emi"])
  func `a drug whose way by mouth the model does not know is not compared`(patient: String) throws {
    let record = try PageSample().record(patient)
    #expect(try Self.html(record).contains("Nothing to compare"))
    #expect(Self.route(record) == nil)
  }

  @Test func `a tip at no level that the model knows is told as assumed`() throws {
    // The papers of this patient do not tell the tip.
    let html = try Self.html(try PageSample().record("jensen-ida"))
    #expect(html.contains("assumed") && html.contains("tip at T10, as the record has no level"))
  }

  @Test func `the pump's day is the program's day, whatever its pattern`() throws {
    let sample = try PageSample()
    for (patient, daily) in [("haddad-omar", 412.0), ("bauer-lena", 300), ("okafor-daniel", 2_000)]
    {
      let route = try #require(Self.route(try sample.record(patient)))
      let answer = try #require(RouteComparison(route.question))
      #expect((answer.pump.dailyDose - daily).magnitude < 0.02 * daily, "\(patient)")
      // Settled: the day ends as it began, and by the pump far more is in the fluid than in plasma.
      let (first, last) = (answer.pump.fluid.values.first, answer.pump.fluid.values.last)
      #expect(((first ?? 0) - (last ?? 1)).magnitude < 0.01 * (last ?? 1), "\(patient)")
      #expect(answer.pump.fluid.least > 10 * answer.pump.plasma.most, "\(patient)")
      #expect(answer.oral.plasma.mean > answer.pump.plasma.mean, "\(patient)")
    }
  }

  @Test func `the same question is answered from what is kept, and another one anew`() async throws
  {
    let sample = try PageSample()
    let answers = RouteAnswers()
    let route = try #require(Self.route(try sample.record("haddad-omar")))
    let first = try #require(await answers.answer(to: route.question))
    let again = try #require(await answers.answer(to: route.question))
    #expect(first.pump.fluid.values == again.pump.fluid.values)
    let other = try #require(Self.route(try sample.record("bauer-lena")))
    let third = try #require(await answers.answer(to: other.question))
    #expect(third.pump.fluid.values != first.pump.fluid.values)
  }

  @Test(arguments: [
    (0.0, "0"), (12.345, "12.3"), (0.001_234, "0.00123"), (123_456.0, "123000"), (999.6, "1000"),
  ])
  func `three digits of a level`(value: Double, text: String) {
    #expect(RoutesPage.figure(value) == text)
  }
}
