import Quantities
import Testing
import Therapy

/// The guided refill: each step in each state, and what each step looks at.
struct RefillOrderTests {
  /// One command of each kind of step, right in itself.
  static let commands: [RefillCommand] = [
    .identify(
      name: "Muster",
      born: Sample.identity.born,
      recordNumber: "4711",
      pumpSerial: Sample.pump.serial
    ),
    .expect(nil), .aspirate(Volume(nanolitres: 16_500_000)),
    .account(RefillAccounted(reason: "looked into")), .label(Sample.label()),
    .repeatLabel(Sample.label()), .bridge(Sample.program(bridge: true)),
    .omitBridge(Sample.program(), reason: "emptied and primed anew"), .check(Sample.goodChecks),
    .second, .waive, .order(Sample.order(9)),
    .program(RefillProgrammed(program: Sample.program(), programmedAt: Sample.start)),
    .readBack(RefillReadBack(volume: Sample.mL(20), fluid: Sample.fluid(2_000))),
  ]

  private static func author(for command: RefillCommand) -> Author {
    switch command {
    case .bridge, .omitBridge: Sample.physician
    case .second: Sample.otherNurse
    default: Sample.nurse
    }
  }

  @Test(arguments: RefillStage.allCases, [false, true])
  func `a step is taken at its turn alone, and the refusal names the next one (SR-032, H-20)`(
    stage: RefillStage,
    isLinked: Bool
  ) throws {
    var seen = 0
    for (aspirated, planned) in [
      (Int64(16_500_000), Sample.fluid(2_000)), (5_000_000, Sample.fluid(2_000)),
      (16_500_000, Sample.fluid(500)),
    ] {
      guard
        let journey = try Journey.refill(
          upTo: stage,
          linked: isLinked,
          aspirated: aspirated,
          planned: planned
        )
      else { continue }
      seen += 1
      #expect(journey.record.refill?.next == stage)
      for command in Self.commands where !command.stages.contains(stage) {
        let refusal = journey.refusal(.refill(command), by: Self.author(for: command))
        #expect(refusal?.code == .outOfOrder)
        #expect(refusal?.expected == stage.rawValue)
      }
      let complete = journey.refusal(
        .completeRefill(RefillCompleted(nextAt: journey.now + 5 * .day)),
        by: Sample.nurse
      )
      #expect((complete == nil) == (stage == .nextDate))
    }
    let isOfOther = isLinked ? stage == .program : stage == .order || stage == .receipt
    #expect((seen == 0) == isOfOther)
  }

  @Test(arguments: [false, true])
  func `a whole refill leaves its fill, its program and its next date (SR-032)`(
    isLinked: Bool
  ) throws {
    var journey = try #require(try Journey.refill(upTo: .nextDate, linked: isLinked))
    let due = journey.now + 60 * .day
    try journey.give(.completeRefill(RefillCompleted(nextAt: due)), by: Sample.nurse)
    let record = journey.record
    #expect(record.refill == nil)
    #expect(record.nextRefillAt == due)
    #expect(record.reservoir?.volume == Sample.mL(20))
    #expect(record.reservoir?.lots == ["B-77"])
    #expect(record.reservoir?.standing == (isLinked ? .receipt : .byHand))
    #expect(record.pastRefills.last?.finding == .withinSpecification)
    #expect(record.irregular.isEmpty)
  }

  @Test
  func `a residual outside of its band asks to aspirate again, then for a reason (SR-034, H-21)`()
    throws
  {
    var journey = try #require(try Journey.refill(upTo: .aspirateAgain, aspirated: 5_000_000))
    #expect(journey.record.refill?.judgements.last?.finding == .investigate)
    let less = journey.refusal(
      .refill(.aspirate(Volume(nanolitres: 4_900_000))),
      by: Sample.nurse
    )
    #expect(less?.code == .value)
    // The rest came with the second draw: it goes on by itself.
    try journey.give(.refill(.aspirate(Volume(nanolitres: 16_400_000))), by: Sample.nurse)
    #expect(journey.record.refill?.next == .label)
  }

  @Test
  func `what should be there and is not known is not judged (SR-034)`() throws {
    var journey = Journey()
    try journey.give(.adopt(Sample.adoption(fill: false, program: false)))
    let begun = RefillBegun(
      planned: Sample.fluid(2_000),
      plannedVolume: Sample.mL(20),
      hasSymptoms: false
    )
    try journey.give(.beginRefill(begun), by: Sample.nurse)
    try journey.takeStep(.identity, aspirated: 0, planned: Sample.fluid(2_000))
    let asked = journey.refusal(.refill(.expect(nil)), by: Sample.nurse, confirmed: false)
    #expect(asked?.code == .confirm)
    try journey.give(.refill(.expect(nil)), by: Sample.nurse)
    #expect(journey.record.refill?.expected?.volume == nil)
    try journey.give(.refill(.aspirate(Sample.mL(3))), by: Sample.nurse)
    #expect(journey.record.refill?.judgements.last?.finding == .notKnown)
    #expect(journey.record.refill?.next == .label)
    #expect(journey.record.refill?.changesMixture == true)
  }

  @Test
  func `the bridge of a changed fluid is the calculator's (SR-036, H-16)`() throws {
    let planned = Sample.fluid(500)
    var journey = try #require(try Journey.refill(upTo: .bridge, planned: planned))
    try journey.give(.refill(.bridge(Sample.program(bridge: true))))
    let bridge = try #require(journey.record.refill?.bridge)
    // 0.14 mL + 80 cm × 0.0022 mL/cm at the old 0.15 mL/d.
    #expect(bridge.volume == Volume(nanolitres: 316_000))
    #expect(bridge.rate == FlowRate(nanolitresPerDay: 150_000))
    #expect(bridge.duration == TimeSpan(milliseconds: 182_016_000))
    #expect(bridge.consequence.contains("400 % of the prescribed dose"))
  }

  @Test
  func `a bridge left out says what the patient gets (SR-036)`() throws {
    let planned = Sample.fluid(500)
    let journey = try #require(try Journey.refill(upTo: .bridge, planned: planned))
    let asked = journey.refusal(
      .refill(.omitBridge(Sample.program(), reason: "emptied")),
      confirmed: false
    )
    #expect(asked?.code == .confirm)
    #expect(asked?.questions.first?.contains("400 %") == true)
  }

  @Test
  func `one person alone needs the clinic's waiver, and never where the fluid changes`() throws {
    var journey = try #require(try Journey.refill(upTo: .secondPerson))
    #expect(journey.refusal(.refill(.waive), by: Sample.nurse)?.code == .limit)
    journey.settings = ClinicSettings(singlePersonRefill: "one nurse at night")
    #expect(journey.refusal(.refill(.waive), by: Sample.nurse) == nil)
    var changed = try #require(
      try Journey.refill(upTo: .secondPerson, planned: Sample.fluid(500))
    )
    changed.settings = journey.settings
    #expect(changed.refusal(.refill(.waive), by: Sample.nurse)?.code == .limit)
  }

  @Test
  func `a refused order lets another be drafted, and the refill goes on`() throws {
    var journey = try #require(try Journey.refill(upTo: .receipt, linked: true))
    try journey.give(.signOrder(Sample.order(9), Sample.signature))
    try journey.give(.queueOrder(Sample.order(9)))
    try journey.give(.markSent(Sample.order(9)), by: Sample.server)
    try journey.give(.takeReceipt(Sample.answer(9, .refused)), by: Sample.server)
    #expect(journey.record.refill?.next == .order)
    #expect(journey.refusal(.queueOrder(Sample.order(9)))?.code == .orderState)
    #expect(journey.refusal(.markSent(Sample.order(9)), by: Sample.server)?.code == .orderState)
  }

  @Test
  func `a refill that was broken off leaves the reservoir unknown, and no forecast`() throws {
    var journey = try #require(try Journey.refill(upTo: .checks))
    let told = RefillAbandoned(reason: "swelling", reservoir: Sample.mL(10))
    #expect(journey.refusal(.abandonRefill(told), by: Sample.nurse)?.code == .notKnown)
    try journey.give(.abandonRefill(RefillAbandoned(reason: "swelling")), by: Sample.nurse)
    #expect(journey.record.isReservoirUnknown)
    #expect(throws: TherapyRefusal.self) { _ = try journey.record.forecast(at: journey.now) }
  }
}
