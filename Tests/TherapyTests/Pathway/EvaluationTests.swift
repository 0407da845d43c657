import Quantities
import Testing
import Therapy

/// From the referral to the decision.
struct EvaluationTests {
  @Test(arguments: Condition.allCases)
  func `with all entries it can be decided to proceed, and a trial may begin`(
    condition: Condition
  ) throws {
    var journey = try PathwaySample.evaluated(condition)
    #expect(journey.record.stage == .evaluation)
    #expect(journey.record.evaluationGaps.isEmpty)
    try journey.give(.pathway(PathwaySample.proceed))
    #expect(journey.record.stage == .trial)
  }

  @Test
  func `with any entry missing it cannot, and the refusal names what is missing`() throws {
    var cases = 0
    for condition in [Condition.cancerPain, .failedBackSurgery, .cerebralPalsy] {
      let kinds = Set(
        try PathwaySample.evaluated(condition).events.compactMap { event in
          if case .pathway(let value) = event { value.kind } else { nil }
        }
      )
      for kind in kinds where kind != .enrolled {
        var journey = Journey()
        try journey.give(.pathway(.enroll(PathwaySample.enrolled, nil)))
        for entry in PathwaySample.entries(condition, at: journey.now, skipping: kind) {
          try journey.give(entry)
        }
        let refusal = journey.refusal(.pathway(PathwaySample.proceed))
        #expect(refusal?.code == .outOfOrder, "\(condition) without \(kind)")
        #expect(
          refusal?.expected == "first "
            + journey.record.evaluationGaps.map(\.text).joined(separator: "; ")
        )
        cases += 1
      }
    }
    print("decisions refused for an entry that was missing: \(cases)")
    #expect(cases == 29)
  }

  @Test(arguments: Contraindication.allCases)
  func `a contraindication that holds stands against it, absolute ones always`(
    what: Contraindication
  ) throws {
    var journey = try PathwaySample.evaluated()
    let answer = ContraindicationAnswer(what: what, holds: true, note: "seen")
    try journey.give(.pathway(.answerContraindication(answer)))
    #expect(journey.refusal(.pathway(PathwaySample.proceed))?.code == .stop)
    let despite = EvaluationDecision(outcome: .proceed, reasons: "pain", despite: "weighed up")
    let refusal = journey.refusal(.pathway(.decide(despite)))
    #expect((refusal?.code == .stop) == what.isAbsolute)
    // Answered anew, it stands no more.
    let cleared = ContraindicationAnswer(what: what, holds: false)
    try journey.give(.pathway(.answerContraindication(cleared)))
    #expect(journey.refusal(.pathway(PathwaySample.proceed)) == nil)
  }

  @Test
  func `unsuitable by psychology, or with little time to live, asks for a reason`() throws {
    var pain = try PathwaySample.evaluated(.failedBackSurgery)
    try pain.give(
      .pathway(.screenPsychology(PathwaySample.psychology(.unsuitable, pain.now)))
    )
    #expect(pain.refusal(.pathway(PathwaySample.proceed))?.field == "despite")
    var cancer = try PathwaySample.evaluated(.cancerPain)
    try cancer.give(.pathway(.expectSurvival(ExpectedSurvival(survival: .underThreeMonths))))
    #expect(cancer.refusal(.pathway(PathwaySample.proceed))?.field == "despite")
  }

  @Test
  func `a decision against it needs a plan, and ends the matter`() throws {
    var journey = try PathwaySample.evaluated()
    let bare = EvaluationDecision(outcome: .decline, reasons: "wishes otherwise")
    #expect(journey.refusal(.pathway(.decide(bare)))?.field == "plan")
    let planned = EvaluationDecision(
      outcome: .decline,
      reasons: "wishes otherwise",
      plan: "physiotherapy and botulinum toxin"
    )
    try journey.give(.pathway(.decide(planned)))
    #expect(journey.record.stage == .ended)
    #expect(journey.refusal(.pathway(PathwaySample.proceed))?.code == .stage)
  }

  @Test
  func `only a physician decides, and nobody adopts who is under evaluation (SR-100)`() throws {
    let journey = try PathwaySample.evaluated()
    for author in Sample.everyone where author.role != .physician {
      #expect(journey.refusal(.pathway(PathwaySample.proceed), by: author)?.code == .role)
    }
    #expect(journey.refusal(.adopt(Sample.adoption()))?.code == .stage)
    #expect(
      journey.refusal(
        .beginRefill(
          RefillBegun(planned: Sample.fluid(500), plannedVolume: Sample.mL(18), hasSymptoms: false)
        )
      )?.code == .stage
    )
  }

  @Test
  func `a patient under evaluation is on the work list, without a forecast`() throws {
    let journey = try PathwaySample.evaluated()
    let summary = journey.record.summary(at: journey.now)
    #expect(summary.missing == nil)
    let items = WorkList([summary], at: journey.now).items
    #expect(items.map(\.kind) == [.decisionDue])
    #expect(items.first?.about == "ready")
  }

  @Test
  func `codes that were not verified, and early brain injuries, are asked about`() throws {
    let journey = try PathwaySample.evaluated()
    let odd = Diagnosis(condition: .cancerPain, code: "G89.4")
    #expect(journey.refusal(.pathway(.recordDiagnosis(odd)), confirmed: false)?.code == .confirm)
    let fresh = Diagnosis(condition: .brainInjury, since: Sample.day("2025-06-01"))
    let refusal = journey.refusal(.pathway(.recordDiagnosis(fresh)), confirmed: false)
    #expect(refusal?.questions.first?.contains("12 months") == true)
  }
}
