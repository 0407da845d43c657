import Formulary
import Quantities
import Testing
@testable import Therapy

/// What is made of the record: discrepancies, titration, oral doses.
struct AdviceTests {
  @Test
  func `two refills with less than expected show over-delivery or a leak (H-21, H-28)`() throws {
    var journey = try #require(try Journey.refill(upTo: .nextDate, aspirated: 16_380_000))
    try journey.give(.completeRefill(RefillCompleted(nextAt: journey.now + .day)))
    // 1.5 mL were due and 1.62 mL are gone: 8 % more.
    #expect(journey.record.refillDiscrepancies.map(\.errorHundredths) == [800])
    #expect(journey.record.discrepancyTrend == .notKnown)
    journey.now = journey.now + 20 * .day
    let begun = RefillBegun(
      planned: Sample.fluid(2_000),
      plannedVolume: Sample.mL(20),
      hasSymptoms: false
    )
    try journey.give(.beginRefill(begun), by: Sample.nurse)
    while let next = journey.record.refill?.next, next != .nextDate {
      try journey.takeStep(next, aspirated: 16_800_000, planned: Sample.fluid(2_000))
    }
    try journey.give(.completeRefill(RefillCompleted(nextAt: journey.now + .day)))
    #expect(journey.record.refillDiscrepancies.last?.difference == Volume(nanolitres: -200_000))
    #expect(journey.record.discrepancyTrend == .overDelivery)
  }

  @Test
  func `the residual before counts for the next one (SR-034)`() {
    func past(_ aspirated: Int64) -> Int64? {
      PastRefill(
        id: EventID(position: 1),
        endedAt: Sample.start,
        isCompleted: true,
        filledBefore: Sample.mL(20),
        expected: Volume(nanolitres: 6_200_000),
        aspirated: Volume(nanolitres: aspirated),
        finding: nil,
        hasSymptoms: false
      ).errorHundredths
    }
    // The worked cases of the contract: -21.0, -5.1 and +23.2 %.
    #expect(past(9_100_000) == -2_101)
    #expect(past(6_900_000) == -507)
    #expect(past(3_000_000) == 2_319)
  }

  @Test
  func `titration is the formulary's own answer for this patient`() throws {
    var journey = try Journey.adopted()
    journey.now = journey.now + 20 * .day
    func plan(_ micrograms: Int64) throws -> PlanResult {
      try journey.record.titration(
        of: "baclofen",
        to: DailyDose(mass: Mass(femtograms: micrograms * 1_000_000_000)),
        at: journey.now,
        setting: .clinic
      )
    }
    #expect(try plan(310).refused.isEmpty)
    #expect(try plan(600).refused.contains { $0.code == .stepTooLarge })
    #expect(throws: TherapyRefusal.self) {
      _ = try journey.record.titration(
        of: "morphine",
        to: DailyDose(mass: Mass(femtograms: 1)),
        at: journey.now,
        setting: .clinic
      )
    }
  }

  @Test(arguments: [
    (OralDrug.morphine, Int64(30), Int64(30_000_000)), (.oxycodone, 40, 60_000_000),
    (.codeine, 60, 9_000_000), (.methadone, 10, 47_000_000), (.hydromorphone, 8, 40_000_000),
    (.tramadol, 200, 40_000_000), (.tapentadol, 100, 40_000_000), (.oxymorphone, 10, 30_000_000),
    (.hydrocodone, 20, 20_000_000),
  ])
  func `an oral dose is so much morphine, and its factor is shown as unverified`(
    drug: OralDrug,
    milligrams: Int64,
    nanograms: Int64
  ) {
    let dose = DailyDose(mass: Mass(femtograms: milligrams * 1_000_000_000_000))
    let expected = DailyDose(mass: Mass(femtograms: nanograms * 1_000_000))
    #expect(drug.morphine(for: dose) == expected)
    #expect(drug.isVerified == (drug == .morphine))
    #expect(drug.isVerified || drug.source.contains("unverified"))
  }

  @Test
  func `a patch of 25 mcg/h counts as 60 mg of morphine a day`() {
    let patch = DailyDose(mass: Mass(femtograms: 600_000_000_000))
    let expected = DailyDose(mass: Mass(femtograms: 60_000_000_000_000))
    #expect(OralDrug.fentanylPatch.morphine(for: patch) == expected)
  }

  @Test
  func `statuses are kept at changes of state and at most hourly (SR-114)`() throws {
    var journey = try Journey.adopted(linked: true)
    var kept = 0
    for minute in 0..<300 {
      let alarms: [PumpAlarm] = minute >= 100 ? [.reservoirLow] : []
      journey.now = Sample.start + Int64(minute) * .minute
      let before = journey.record.position
      let status = Sample.status(at: journey.now, alarms: alarms)
      try journey.give(.hearStatus(status), by: Sample.server)
      kept += journey.record.position - before
    }
    // At 0, 60, 100 (the alarm), 160, 220 and 280 minutes.
    #expect(kept == 6)
    let old = Sample.status(at: Sample.start)
    #expect(journey.refusal(.hearStatus(old), by: Sample.server)?.code == .outOfDate)
  }

  @Test
  func `an alarm that came twice unseen is seen once for both (SR-054, H-53)`() throws {
    var journey = try Journey.adopted(linked: true)
    let now = journey.now
    let raised = AlarmRaised(alarm: .motorStall, raisedAt: now, pumpMilliseconds: 1)
    let cleared = AlarmCleared(alarm: .motorStall, clearedAt: now, pumpMilliseconds: 2)
    for _ in 0..<2 {
      try journey.give(.raiseAlarm(raised), by: Sample.server)
      try journey.give(.clearAlarm(cleared), by: Sample.server)
    }
    #expect(journey.record.openAlarms.count == 2)
    try journey.give(.acknowledgeAlarm(.motorStall), by: Sample.nurse)
    #expect(journey.record.openAlarms.isEmpty)
    #expect(journey.refusal(.acknowledgeAlarm(.motorStall))?.code == .twice)
  }
}
