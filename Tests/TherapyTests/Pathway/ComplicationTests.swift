import Formulary
import Quantities
import Testing
@testable import Therapy

/// From a sign to a finding, and what is never done on the way.
struct ComplicationTests {
  /// What was asked and answered on one way through a path.
  struct Walk {
    var asked: [(test: TroubleshootingTest, answer: TestAnswer)] = []
    var finding: ComplicationFinding?
  }

  /// Every way through a path, whatever is answered.
  static func walks(_ kind: ComplicationKind) -> [Walk] {
    let path = TroubleshootingPath.of(kind)
    var ended: [Walk] = []
    var open = [Walk()]
    while let walk = open.popLast() {
      let answers = Dictionary(
        walk.asked.map { ($0.test, $0.answer) },
        uniquingKeysWith: { first, _ in first }
      )
      switch path.standing(answers) {
      case .ended(let finding): ended.append(Walk(asked: walk.asked, finding: finding))
      case .ask(let test):
        guard walk.asked.count < 40 else { return [] }
        for answer in test.facts.answers {
          open.append(Walk(asked: walk.asked + [(test, answer)], finding: nil))
        }
      }
    }
    return ended
  }

  @Test(arguments: ComplicationKind.allCases)
  func
    `every sequence of answers ends, repeats no test and never offers contrast where nothing came`(
      kind: ComplicationKind
    )
  {
    let walks = Self.walks(kind)
    #expect(!walks.isEmpty)
    var contrasts = 0
    for walk in walks {
      let tests = walk.asked.map(\.test)
      #expect(Set(tests).count == tests.count, "\(tests)")
      #expect(tests.first == .vitals)
      let answers = Dictionary(
        walk.asked.map { ($0.test, $0.answer) },
        uniquingKeysWith: { first, _ in first }
      )
      if let index = tests.firstIndex(of: .contrast) {
        contrasts += 1
        #expect(tests.firstIndex(of: .aspiration).map { $0 < index } == true)
        #expect(answers[.aspiration] == .free)
      }
      // Whoever is unstable is looked after before anything else.
      if answers[.vitals] == .unstable { #expect(tests.dropFirst().first == .emergencySteps) }
      // A catheter that was emptied is primed again, unless it has to be revised.
      if answers[.aspiration] == .free, tests.last != .reprime {
        #expect([.catheterLeak, .granuloma].contains(walk.finding), "\(tests)")
      }
    }
    let isOfSystem: Set<ComplicationKind> = [
      .lostEffect, .withdrawalSigns, .pumpAlarm, .unexplainedResidual, .granulomaSuspected,
    ]
    #expect((contrasts > 0) == isOfSystem.contains(kind))
    print("\(kind.rawValue): \(walks.count) ways, \(contrasts) of them with contrast")
  }

  @Test
  func `the record asks in the order of the table and takes no other test`() throws {
    var refused = 0
    var closed: Set<ComplicationFinding> = []
    for kind in ComplicationKind.allCases {
      let walks = Self.walks(kind)
      // Of the long paths every seventh way: each answer is met often and the test stays short.
      for index in stride(from: 0, to: walks.count, by: walks.count > 100 ? 7 : 1) {
        let walk = walks[index]
        var journey = try Journey.adopted()
        let opened = PathwaySample.opened(kind, at: journey.now)
        try journey.give(.pathway(.openComplication(opened)), by: Sample.nurse)
        let id = EventID(position: journey.record.position)
        for (test, answer) in walk.asked {
          for other in TroubleshootingTest.allCases where other != test {
            let early = PathwaySample.tested(other, other.facts.answers[0], of: id, at: journey.now)
            let refusal = journey.refusal(.pathway(.testComplication(early)))
            #expect([.outOfOrder, .twice, .stop].contains(refusal?.code), "\(other)")
            refused += 1
            let isFailed = walk.asked.contains { $0 == (.aspiration, .failed) }
            if other == .contrast, isFailed,
              journey.record.pathway.complications[0].answers[.aspiration] != nil
            {
              #expect(refusal?.code == .stop && refusal?.field == "test")
            }
          }
          let answered = PathwaySample.tested(test, answer, of: id, at: journey.now)
          try journey.give(.pathway(.testComplication(answered)), by: Sample.nurse)
        }
        let finding = try #require(walk.finding)
        let value = ComplicationClosed(complication: id, finding: finding, done: "as told")
        try journey.give(.pathway(.closeComplication(value)))
        closed.insert(finding)
        #expect(journey.record.pathway.complications[0].closed == value)
      }
    }
    print("tests refused out of their turn: \(refused); findings: \(closed.count)")
    #expect(refused > 10_000)
    #expect(closed == Set(ComplicationFinding.allCases))
  }

  private static func at(
    _ kind: ComplicationKind,
    _ answers: [(TroubleshootingTest, TestAnswer)]
  ) throws -> (Journey, EventID) {
    var journey = try Journey.adopted()
    try journey.give(.pathway(.openComplication(PathwaySample.opened(kind, at: journey.now))))
    let id = EventID(position: journey.record.position)
    for (test, answer) in answers {
      let value = PathwaySample.tested(test, answer, of: id, at: journey.now)
      try journey.give(.pathway(.testComplication(value)))
    }
    return (journey, id)
  }

  @Test(arguments: ComplicationKind.allCases)
  func `without a fault is only what was looked at`(kind: ComplicationKind) {
    let silent: Set<TroubleshootingTest> = [.emergencySteps, .lowered, .reprime]
    let isTooMuch = kind == .overdoseSigns || kind == .pocketSwelling
    for walk in Self.walks(kind) where walk.finding == .noFault {
      let left = walk.asked.filter {
        ($0.answer == .notDone || $0.answer == .unavailable) && !silent.contains($0.test)
      }
      #expect(left.isEmpty, "\(walk.asked)")
      // A drug that stayed in the reservoir explains no overdose, and is a fault for everyone else.
      #expect(isTooMuch || !walk.asked.contains { $0 == (.residual, .tooMuch) }, "\(walk.asked)")
    }
  }

  @Test(arguments: [ComplicationKind.lostEffect, .withdrawalSigns, .granulomaSuspected])
  func `whose drug does not arrive is never told to give less (H-75)`(kind: ComplicationKind) {
    for walk in Self.walks(kind) { #expect(walk.finding != .overDelivery, "\(walk.asked)") }
  }

  static let toAspiration: [(TroubleshootingTest, TestAnswer)] = [
    (.vitals, .stable), (.noxiousCauses, .none), (.interrogation, .normal),
    (.residual, .asExpected), (.xray, .intact),
  ]

  @Test
  func `contrast after a failed aspiration is refused, and no word opens it (H-26)`() throws {
    let (journey, id) = try Self.at(.lostEffect, Self.toAspiration + [(.aspiration, .failed)])
    let contrast = PathwaySample.tested(.contrast, .normal, of: id, at: journey.now)
    for author in [Sample.physician, Sample.nurse] {
      for confirmed in [false, true] {
        let refusal = journey.refusal(
          .pathway(.testComplication(contrast)),
          by: author,
          confirmed: confirmed
        )
        #expect(refusal?.code == .stop)
        #expect(refusal?.remedy.contains("Never inject") == true)
      }
    }
    #expect(journey.record.pathway.complications[0].standing == .ask(.granulomaImaging))
  }

  @Test
  func `an aspiration is free only from the volume of the catheter on`() throws {
    // 80 cm at 2.2 µL/cm hold 0.176 mL.
    let (journey, id) = try Self.at(.lostEffect, Self.toAspiration)
    func refusal(_ nanolitres: Int64) -> TherapyRefusal? {
      let value = ComplicationTested(
        complication: id,
        test: .aspiration,
        answer: .free,
        doneAt: journey.now,
        volume: Volume(nanolitres: nanolitres)
      )
      return journey.refusal(.pathway(.testComplication(value)))
    }
    #expect(refusal(175_999)?.code == .limit)
    #expect(refusal(176_000) == nil)
  }

  @Test
  func `a rotor study is asked for only where the pump is suspected`() throws {
    let (plain, _) = try Self.at(.lostEffect, Self.toAspiration)
    #expect(plain.record.pathway.complications[0].standing == .ask(.aspiration))
    let (stalled, _) = try Self.at(
      .lostEffect,
      [
        (.vitals, .stable), (.noxiousCauses, .none), (.interrogation, .alarm),
        (.residual, .asExpected), (.xray, .intact),
      ]
    )
    #expect(stalled.record.pathway.complications[0].standing == .ask(.rotor))
  }

  @Test
  func `nobody who is unstable is closed before the emergency steps`() throws {
    var (journey, id) = try Self.at(.overdoseSigns, [(.vitals, .unstable)])
    let value = ComplicationClosed(
      complication: id,
      finding: .notFound,
      done: "sent home",
      despite: "wishes it"
    )
    #expect(journey.refusal(.pathway(.closeComplication(value)))?.code == .stop)
    func kinds() -> [WorkKind] {
      WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
    }
    #expect(kinds().contains(.complicationUrgent))
    let done = PathwaySample.tested(.emergencySteps, .done, of: id, at: journey.now)
    try journey.give(.pathway(.testComplication(done)))
    #expect(kinds().contains(.complicationOpen))
    try journey.give(.pathway(.closeComplication(value)))
    #expect(kinds().allSatisfy { $0 != .complicationOpen && $0 != .complicationUrgent })
  }

  @Test
  func `each drug of the formulary has its card for overdose and for withdrawal`() {
    for drug in DrugLibrary.standard.drugs {
      for danger in EmergencyDanger.allCases {
        let cards = EmergencyCard.cards(for: Sample.fluid(100, drug.name), danger)
        #expect(cards.count == 1, "\(drug.name)")
        #expect(cards.allSatisfy { $0.drugClass == drug.drugClass && !$0.steps.isEmpty })
      }
    }
    #expect(EmergencyCard.cards(for: nil, .overdose).count == DrugClass.allCases.count)
    #expect(EmergencyCard.cards(for: Sample.fluid(1, "saline X"), .withdrawal).count == 5)
    #expect(EmergencyCard.cards(for: Fluid(drugs: []), .overdose).isEmpty)
    // What was recalled is never told as seen.
    for step in EmergencyCard.all.flatMap(\.steps) {
      #expect(step.isVerified != step.source.contains("unverified"), "\(step.text)")
    }
  }

  @Test
  func `the figures of the cards are those of the references`() {
    let figures = EmergencyCard.all.flatMap(\.steps).compactMap(\.figure)
    for wanted in [
      "0.4 to 2 mg, every 2 to 3 min", "30 to 40 mL", "10 to 20 mg every 6 h",
      "5 to 10 mg every 6 to 12 h", "4 to 8 mg every 6 to 8 h", "2 mg IM or IV, at most 1 mg/min",
    ] { #expect(figures.contains(wanted), "\(wanted)") }
  }
}
