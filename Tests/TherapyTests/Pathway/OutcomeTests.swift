import Foundation
import Quantities
import Testing
@testable import Therapy

/// Scores with their direction, alerts, and checks for side effects.
struct OutcomeTests {
  /// A score of each scale, with the lowest or the highest that it can give.
  static func scores(_ bound: (ClosedRange<Int>) -> Int) -> [Score] {
    let direct: [Score] = [
      .pain(bound(ScoreScale.nrs.facts.range)),
      .spasms(frequency: bound(0...4), severity: bound(0...4) == 0 ? nil : 3),
      .depression(total: bound(0...27), item9: bound(0...3)),
      .healthIndex(thousandths: bound(-1_100...1_000), valueSet: "DE 2018"),
      .goal(bound(-2...2), number: 1), .hospitalVisits(bound(0...366), days: 366),
    ]
    return direct
      + RatedScale.allCases.map { .rated($0, bound($0.scale.facts.range)) }
      + [.ashworth(bound(0...1) == 0 ? .zero : .four, .kneeFlexors)]
  }

  static func adopted() throws -> Journey {
    var journey = try Journey.adopted()
    try journey.give(.pathway(.setGoal(Goal(text: "walk to the lake"))))
    return journey
  }

  @Test
  func `each scale takes its whole range, and nothing outside of it`() throws {
    let journey = try Self.adopted()
    for score in Self.scores(\.lowerBound) + Self.scores(\.upperBound) {
      let refusal = journey.refusal(RefusalRow.score(score))
      #expect(refusal == nil, "\(score): \(String(describing: refusal))")
    }
    var cases = 0
    for score in Self.scores({ $0.lowerBound - 1 }) + Self.scores({ $0.upperBound + 1 }) {
      if case .ashworth = score { continue }
      let refusal = journey.refusal(RefusalRow.score(score))
      #expect([.value, .mismatch].contains(refusal?.code), "\(score)")
      cases += 1
    }
    #expect(cases == 36)
    #expect(Set(Self.scores(\.lowerBound).map(\.scale)) == Set(ScoreScale.allCases))
  }

  @Test
  func `each score reads back, and those of the first form as they were`() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for score in Self.scores(\.lowerBound) + Self.scores(\.upperBound) {
      let bytes = try encoder.encode(score)
      #expect(try JSONDecoder().decode(Score.self, from: bytes) == score)
    }
    let old: [(String, Score)] = [
      (#"{"scale":"nrs","value":7}"#, .pain(7)),
      (
        #"{"muscle":"kneeFlexors","scale":"modifiedAshworth","value":"1+"}"#,
        .ashworth(.onePlus, .kneeFlexors)
      ),
      (#"{"frequency":2,"scale":"penn","severity":3}"#, .spasms(frequency: 2, severity: 3)),
      (#"{"scale":"promisPainInterference","tenths":613}"#, .rated(.promisPainInterference, 613)),
    ]
    for (text, score) in old {
      #expect(try JSONDecoder().decode(Score.self, from: Data(text.utf8)) == score)
      #expect(String(decoding: try encoder.encode(score), as: UTF8.self) == text)
    }
  }

  @Test
  func `a score that no scale can give does not trap in the fold`() {
    for steps in [Int.max, Int.min] {
      #expect(Score.rated(.sleep, steps).thousandths.magnitude == 1_000_000_000)
    }
  }

  @Test(arguments: [
    (Score.rated(.oswestry, 50), Score.rated(.oswestry, 40), ScoreVerdict.better),
    (.rated(.oswestry, 50), .rated(.oswestry, 41), .better),
    (.rated(.oswestry, 60), .rated(.oswestry, 51), .unchanged),
    (.rated(.oswestry, 40), .rated(.oswestry, 50), .worse),
    (
      .healthIndex(thousandths: 500, valueSet: "x"), .healthIndex(thousandths: 580, valueSet: "x"),
      .better
    ),
    (
      .healthIndex(thousandths: 500, valueSet: "x"), .healthIndex(thousandths: 579, valueSet: "x"),
      .unchanged
    ),
    (
      .healthIndex(thousandths: 500, valueSet: "x"), .healthIndex(thousandths: 420, valueSet: "x"),
      .worse
    ),
    (.rated(.promisPainInterference, 650), .rated(.promisPainInterference, 600), .better),
    (.rated(.promisPhysicalFunction, 350), .rated(.promisPhysicalFunction, 400), .better),
    (.rated(.promisPhysicalFunction, 400), .rated(.promisPhysicalFunction, 350), .worse),
    (.rated(.sleep, 2), .rated(.sleep, 9), .notKnown),
    (.depression(total: 20, item9: 0), .depression(total: 4, item9: 0), .notKnown),
    (.pain(8), .pain(10), .worse),
  ])
  func `better is by the direction of the scale, and only where a source tells what counts`(
    first: Score,
    last: Score,
    verdict: ScoreVerdict
  ) throws {
    var journey = try Self.adopted()
    for score in [first, last] {
      journey.now = journey.now + .hour
      try journey.give(.recordScore(ScoreRecorded(score: score, takenAt: journey.now)))
    }
    let response = try #require(journey.record.responses.first)
    #expect(response.verdict == verdict)
    #expect((response.isVerified == nil) == (verdict == .notKnown))
    // A rating with 0 as the worst has no share of its first value.
    if first.scale.facts.better == .higher { #expect(response.is50Percent == nil) }
  }

  @Test
  func `a fall of a scale where higher is better is on the work list, a rise is not`() throws {
    var journey = try Self.adopted()
    func worse(_ score: Score) throws -> [String] {
      journey.now = journey.now + .hour
      try journey.give(.recordScore(ScoreRecorded(score: score, takenAt: journey.now)))
      return journey.record.summary(at: journey.now).worse
    }
    #expect(try worse(.rated(.mobility, 5)) == [])
    #expect(try worse(.rated(.mobility, 8)) == [])
    #expect(try worse(.rated(.mobility, 6)) == ["mobility"])
    #expect(try worse(.hospitalVisits(0, days: 90)) == ["mobility"])
    // Of another length of time, so that it is not compared.
    #expect(try worse(.hospitalVisits(3, days: 365)) == ["mobility"])
    #expect(try worse(.hospitalVisits(1, days: 90)) == ["hospitalVisits.90d", "mobility"])
  }

  @Test
  func `a patient tells what they feel, an examiner the rest`() throws {
    let journey = try Self.adopted()
    var told: Set<ScoreScale> = []
    for score in Self.scores(\.lowerBound) {
      if journey.refusal(RefusalRow.score(score), by: Sample.patient) == nil {
        told.insert(score.scale)
      }
      #expect(journey.refusal(RefusalRow.score(score), by: Sample.nurse) == nil)
    }
    #expect(
      told == [
        .nrs, .oswestry, .phq9, .gad7, .painCatastrophizing, .eq5dVAS, .promisPainInterference,
        .promisPhysicalFunction, .sleep, .mobility, .dailyLiving, .hospitalVisits,
        .patientSatisfaction,
      ]
    )
  }

  @Test(arguments: [
    (0, "minimal"), (20, "minimal"), (21, "moderate"), (60, "severe"), (81, "bed-bound"),
  ])
  func `the parts of the Oswestry index begin where the table says`(percent: Int, name: String) {
    #expect(ScoreScale.oswestry.facts.band(of: percent) == name)
  }

  @Test
  func `item 9 above 0 is an alert until a person answers it, whatever comes after`() throws {
    var journey = try Self.adopted()
    func kinds() -> [WorkKind] {
      WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
    }
    func give(_ total: Int, _ item9: Int) throws -> EventID {
      journey.now = journey.now + .hour
      let score = ScoreRecorded(
        score: .depression(total: total, item9: item9),
        takenAt: journey.now
      )
      try journey.give(.recordScore(score), by: Sample.patient)
      return EventID(position: journey.record.position)
    }
    _ = try give(3, 0)
    #expect(!kinds().contains(.selfHarmAlert))
    let alert = try give(3, 1)
    _ = try give(2, 0)
    #expect(kinds().contains(.selfHarmAlert))
    let answer = PathwayCommand.answerAlert(AlertAnswered(score: alert, action: "seen today"))
    #expect(journey.refusal(.pathway(answer), by: Sample.patient)?.code == .role)
    try journey.give(.pathway(answer), by: Sample.nurse)
    #expect(!kinds().contains(.selfHarmAlert))
    #expect(journey.refusal(.pathway(answer))?.code == .twice)
    let wrong = try give(5, 2)
    try journey.give(.correct(Correction(event: wrong, reason: "another patient's")))
    #expect(!kinds().contains(.selfHarmAlert))
  }

  @Test
  func `an alert and an urgent complication outlive the therapy until somebody has answered`()
    throws
  {
    var journey = try Self.adopted()
    let score = ScoreRecorded(score: .depression(total: 9, item9: 2), takenAt: journey.now)
    try journey.give(.recordScore(score), by: Sample.patient)
    let alert = EventID(position: journey.record.position)
    let opened = PathwaySample.opened(.withdrawalSigns, at: journey.now)
    try journey.give(.pathway(.openComplication(opened)), by: Sample.nurse)
    let explant = PathwaySample.explant(at: journey.now, emergency: "sepsis")
    try journey.give(.pathway(explant))
    #expect(journey.record.stage == .ended)
    func kinds() -> [WorkKind] {
      WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
    }
    #expect(kinds() == [.complicationUrgent, .selfHarmAlert])
    let answer = PathwayCommand.answerAlert(AlertAnswered(score: alert, action: "seen today"))
    try journey.give(.pathway(answer), by: Sample.nurse)
    #expect(kinds() == [.complicationUrgent])
    try journey.give(.pathway(.recordDeath(Died(on: journey.now.day, pump: .noPump))))
    #expect(kinds().isEmpty)
  }

  private static func filled(_ drug: String, _ journey: inout Journey) throws {
    try journey.give(
      .recordFill(
        FillRecorded(
          volume: Sample.mL(18),
          fluid: Sample.fluid(25, drug),
          filledAt: journey.now,
          lots: [],
          standing: .byHand
        )
      )
    )
  }

  @Test
  func `creatine kinase is due at first, every two weeks for a month, then monthly`() throws {
    var journey = try Journey.adopted()
    try Self.filled("ziconotide", &journey)
    let begun = journey.now
    func due() -> Int64? {
      journey.record.dueChecks.first { $0.check == .creatineKinase }.map {
        ($0.at.milliseconds - begun.milliseconds) / 86_400_000
      }
    }
    var days: [Int64] = []
    for _ in 0..<5 {
      let next = try #require(due())
      days.append(next)
      journey.now = begun + next * .day
      let check = CareCheckDone(
        check: .creatineKinase,
        doneAt: journey.now,
        findings: "well",
        isConcerning: false,
        creatineKinase: 120
      )
      try journey.give(.pathway(.recordCheck(check)), by: Sample.nurse)
    }
    #expect(days == [0, 14, 28, 58, 88])
    let risen = CareCheckDone(
      check: .creatineKinase,
      doneAt: journey.now + .hour,
      findings: "sore",
      isConcerning: false,
      creatineKinase: 900
    )
    journey.now = journey.now + .hour
    let refusal = journey.refusal(.pathway(.recordCheck(risen)), confirmed: false)
    #expect(refusal?.questions.first?.contains("rose from 120 to 900 U/L") == true)
    // Another drug in the reservoir asks for other things.
    try Self.filled("morphine", &journey)
    #expect(due() == nil)
    let year = journey.record.dueChecks.first { $0.check == .endocrine }
    #expect(year?.at == journey.now + 365 * .day)
  }

  @Test
  func `what is asked at each refill is due from the refill until it is done`() throws {
    var journey = try #require(try Journey.refill(upTo: .nextDate))
    func kinds() -> [WorkKind] {
      WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
    }
    #expect(!kinds().contains(.checkDue))
    try journey.give(.completeRefill(RefillCompleted(nextAt: journey.now + 100 * .day)))
    #expect(journey.record.dueChecks.map(\.check) == [.baclofenEffects])
    #expect(kinds().contains(.checkDue))
    journey.now = journey.now + .minute
    let check = CareCheckDone(
      check: .baclofenEffects,
      doneAt: journey.now,
      findings: "sleepy at noon",
      isConcerning: false
    )
    try journey.give(.pathway(.recordCheck(check)), by: Sample.nurse)
    #expect(!kinds().contains(.checkDue))
  }
}
