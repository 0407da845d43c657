import Clinic
import PatientModel
import Pharmacology
import Quantities
import Testing
import Therapy

@testable import Demonstration

/// What the demonstration's patients tell of the dose that reaches them.
struct DemoResponseTests {
  /// A patient whose first `days` brought the usual dose, and then `permille` of it.
  static func dose(
    _ usual: DailyDose,
    permille: Int64,
    after days: Int64 = 5,
    until end: Int64 = 60
  ) -> DemoDose {
    let quarter = usual.mass.femtograms / 4
    var quarters: [Int64: Int64] = [:]
    for number in 0..<end * 4 {
      quarters[number] = number < days * 4 ? quarter : quarter / 1_000 * permille
    }
    return DemoDose(quarters, usual: usual)
  }

  static func response(_ patient: String, seed: UInt64 = 1) throws -> DemoResponse {
    let rule = try DemoRule(Array(DemoResponses.json.utf8))
    let (start, patients) = try Demonstration.patients()
    let found = try #require(patients.first { $0.id == patient })
    let usual = try #require(rule.usual[patient])
    return DemoResponse(
      usual: usual,
      baseline: try DemoHistory(found, start).lastScores(),
      seed: seed,
      examineEvery: rule.examineEvery,
      body: DemoBody(usual.drug.parameters, tip: try place(found))
    )
  }

  static func place(_ patient: DemoPatient) throws -> Double {
    let tip = try #require(patient.tip)
    return try #require(SpinalLevel.place(of: tip, length: 60))
  }

  /// The number of a day's first report, in which scores are told.
  static func first(of day: Int) -> Int { 4 * (day - 1) + 1 }

  static let linked = [
    "bauer-lena", "okafor-daniel", "lind-karin", "haddad-omar", "sato-emi", "novak-petr",
    "moreau-claire", "reyes-marisol",
  ]

  @Test(arguments: linked)
  func `more drug never makes a score worse, and every score stays in its scale`(patient: String)
    throws
  {
    for seed in UInt64(1)...20 {
      let response = try Self.response(patient, seed: seed)
      var last: [ScoreSeries: Int] = [:]
      for permille in stride(from: Int64(0), through: 3_000, by: 50) {
        let dose = Self.dose(response.usual.dose, permille: permille)
        // Day 21 is one on which an examiner comes.
        let report = response.report(Self.first(of: 21), after: 22 * 4, of: dose)
        #expect(report.scores.count == response.baseline.count)
        for score in report.scores {
          #expect(score.thousandths <= last[score.series] ?? .max, "\(patient) at \(permille)")
          last[score.series] = score.thousandths
          switch score {
          case .pain(let value): #expect((0...10).contains(value))
          case .ashworth: break
          case .spasms(let frequency, let severity):
            #expect((0...4).contains(frequency))
            #expect((frequency > 0) == (severity != nil))
            if let severity { #expect((1...3).contains(severity)) }
          default: Issue.record("a score that the rule does not know")
          }
        }
      }
    }
  }

  @Test(arguments: linked)
  func `the usual dose keeps the scores of the papers, within the scatter`(patient: String) throws {
    for seed in UInt64(1)...20 {
      let response = try Self.response(patient, seed: seed)
      let dose = Self.dose(response.usual.dose, permille: 1_000)
      for number in 1...40 {
        let report = response.report(Self.first(of: number), after: Int64(number) * 4 + 2, of: dose)
        #expect(report.sideEffects.isEmpty)
        for score in report.scores {
          let paper = response.baseline.first { $0.series == score.series }
          #expect(
            abs(score.thousandths - (paper?.thousandths ?? -10_000)) <= 1_000,
            "\(patient), day \(number)"
          )
        }
      }
    }
  }

  @Test(arguments: linked)
  func `a pump that stops brings the symptoms back, as fast as the model's effect wears off`(
    patient: String
  ) throws {
    let response = try Self.response(patient)
    let dose = Self.dose(response.usual.dose, permille: 0, after: 10)
    let paper = Dictionary(
      uniqueKeysWithValues: response.baseline.map { ($0.series, $0.thousandths) }
    )
    // While it comes everything is as usual; the effect falls with each quarter; two weeks after, none.
    let effects = (40...96).map { dose.effect(after: $0, in: response.body) }
    #expect(effects[0] == 1_000 && effects[56] == 0)
    #expect(zip(effects, effects.dropFirst()).allSatisfy { $0 >= $1 })
    // Not at once, and not after days: some of it is felt six hours after the end, little after two days.
    #expect((150...950).contains(effects[1]), "\(patient): \(effects.prefix(9))")
    #expect(effects[8] < 100, "\(patient): \(effects.prefix(9))")
    let report = response.report(Self.first(of: 28), after: 40 + 56, of: dose)
    for score in report.scores {
      #expect(
        score.thousandths >= min((paper[score.series] ?? 0) + 1_000, 4_000),
        "\(patient): \(score)"
      )
    }
  }

  @Test
  func `too little tells withdrawal and too much drowsiness, once each, as it gets worse`() throws {
    let response = try Self.response("haddad-omar")
    let none = Self.dose(response.usual.dose, permille: 0, after: 10)
    let told = (40...96).flatMap { number in
      response.report(number, after: Int64(number), of: none).sideEffects
    }
    #expect(told.map(\.severity).last == .severe)
    #expect(told.first?.severity != .severe, "it comes by degrees")
    #expect(Set(told.map(\.what)).count == told.count, "each is told once")
    #expect(told.last?.what.contains("withdrawal") == true)
    let double = Self.dose(response.usual.dose, permille: 2_000, after: 10)
    let drowsy = (40...96).flatMap { number in
      response.report(number, after: Int64(number), of: double).sideEffects
    }
    #expect(drowsy.contains { $0.what.contains("drowsy") })
    #expect(drowsy.contains { $0.severity == .moderate })
    #expect(!drowsy.contains { $0.severity == .severe })
  }

  @Test
  func `the same seed tells the same, and another one scatters otherwise`() throws {
    let one = try Self.response("moreau-claire", seed: 1)
    let two = try Self.response("moreau-claire", seed: 2)
    let dose = Self.dose(one.usual.dose, permille: 900)
    let told = (1...160).map { one.report($0, after: Int64($0), of: dose) }
    #expect(told == (1...160).map { one.report($0, after: Int64($0), of: dose) })
    #expect(told != (1...160).map { two.report($0, after: Int64($0), of: dose) })
  }

  /// As the clinic's own rules take them: nothing of it needs a way of its own into the record.
  @Test(arguments: linked)
  func `what is told is taken by the clinic's own rules, and says that it is simulated`(
    patient: String
  ) throws {
    let (start, patients) = try Demonstration.patients()
    let found = try #require(patients.first { $0.id == patient })
    var record = PatientRecord(id: try #require(PatientID(patient)))
    let ada = Author(person: try #require(PersonID("ada")), role: .physician)
    func take(_ command: TherapyCommand, _ author: Author, _ at: Instant) throws {
      let events = try record.decide(
        command,
        by: author,
        at: at,
        settings: .standard,
        confirmed: true
      )
      for event in events {
        record.apply(
          event,
          EventMeta(id: EventID(position: record.position + 1), at: at, by: author.person)
        )
      }
    }
    try take(.adopt(try DemoHistory(found, start).adoption()), ada, start)
    let response = try Self.response(patient)
    let none = Self.dose(response.usual.dose, permille: 0, after: 1)
    for number in 1...56 {
      let at = start + TimeSpan(milliseconds: Int64(number) * DemoReporting.reportEvery)
      let report = response.report(number, after: Int64(number), of: none)
      for step in DemoReporting.steps(report, at: at) { try take(step.command, step.author, at) }
    }
    #expect(!record.scores.isEmpty)
    #expect(record.scores.allSatisfy { $0.by.text.hasPrefix("simulated-") })
    #expect(record.sideEffects.allSatisfy { $0.value.what.hasSuffix("(simulated)") })
    #expect(record.sideEffects.isEmpty == response.usual.drug.tooLittle.isEmpty)
  }
}
