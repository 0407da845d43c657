import PumpCore
import PumpTesting
import Quantities
import Testing
@testable import Therapy

/// The work list against one that is made another way, from random summaries.
struct WorkListTests {
  private static func summary(_ number: Int, _ now: Instant, _ seeded: inout Seeded)
    -> PatientSummary
  {
    func near(_ hours: ClosedRange<Int>) -> Instant {
      now + TimeSpan(milliseconds: Int64(seeded.pick(hours)) * 3_600_000)
    }
    guard let id = PatientID("p-\(number)") else { preconditionFailure("an id") }
    let states: [OrderState] = [
      .drafted, .signed, .queued, .pending, .sent(at: near(-3...0)),
    ]
    let isKnown = !seeded.once(in: 5)
    return PatientSummary(
      patient: id,
      name: "Patient \(number)",
      stage: .therapy,
      tasks: seeded.once(in: 8)
        ? [
          PathwayTask(
            kind: seeded.pick(PathwayTask.Kind.allCases),
            at: near(-20...20),
            until: seeded.once(in: 3) ? nil : near(-20...40),
            about: ""
          )
        ] : [],
      isLinked: seeded.once(in: 2),
      heardAt: seeded.once(in: 4) ? nil : near(-100...0),
      linkedAt: seeded.once(in: 4) ? nil : near(-200...0),
      openAlarms: PumpAlarm.allCases.filter { _ in seeded.once(in: 12) },
      orders: (0..<seeded.pick(0...2)).map { index in
        PatientSummary.Order(
          order: Sample.order(number * 10 + index),
          state: seeded.pick(states),
          notAfterAt: near(-50...50),
          isTurnedAway: seeded.once(in: 4)
        )
      },
      hasOpenRequest: false,
      halts: (0..<seeded.pick(0...2)).map { _ in
        PumpHalted(
          reason: seeded.pick(PumpHaltReason.allCases),
          haltedAt: near(-50...0),
          pumpMilliseconds: 0
        )
      },
      isHalted: seeded.once(in: 2),
      expectedEmptyAt: isKnown ? near(-50...3_000) : nil,
      earliestEmptyAt: nil,
      due: isKnown
        ? DueDate(
          at: near(-400...1_000),
          because: seeded.pick(DueReason.allCases),
          isVerified: true,
          source: ""
        ) : nil,
      expectedLowAt: isKnown ? near(-200...1_500) : nil,
      missing: isKnown ? nil : "the program in force",
      nextRefillAt: seeded.once(in: 3) ? near(-50...2_000) : nil,
      discrepancy: seeded.once(in: 6) ? .investigate : nil,
      worse: seeded.once(in: 6) ? ["pain"] : [],
      isRefillUnderWay: seeded.once(in: 9),
      isIncomplete: seeded.once(in: 30)
    )
  }

  /// Kinds that a patient is on the list with, told another way: hours as whole numbers.
  private static func kinds(_ summary: PatientSummary, _ now: Instant) -> [WorkKind] {
    func hours(_ instant: Instant) -> Int64 {
      (now.milliseconds - instant.milliseconds) / 3_600_000
    }
    var kinds: [WorkKind] = []
    let high: Set<PumpAlarm> = [
      .motorStall, .overDelivery, .reservoirEmpty, .memoryFault, .endOfService, .therapyGap,
    ]
    for alarm in summary.openAlarms {
      kinds.append(high.contains(alarm) ? .alarmHigh : .alarmMedium)
    }
    if let empty = summary.expectedEmptyAt, hours(empty) >= 0, empty <= now {
      kinds.append(.reservoirEmpty)
    }
    if summary.isLinked, let since = summary.heardAt ?? summary.linkedAt {
      if hours(since) > 72 {
        kinds.append(.silentCall)
      } else if hours(since) > 24 {
        kinds.append(.silentTask)
      }
    }
    for order in summary.orders {
      switch order.state {
      case .sent where order.isTurnedAway: kinds.append(.orderTurnedAway)
      case .sent(let at): kinds.append(at == now ? .orderQueued : .orderUnknown)
      case .pending: kinds.append(.orderPending)
      default:
        let isExpired = order.notAfterAt.milliseconds < now.milliseconds
        kinds.append(
          isExpired ? .orderExpired : order.state == .queued ? .orderQueued : .orderUnsigned
        )
      }
    }
    // A halt that was told after the pump was heard to deliver counts as much as one it says holds.
    let ordered: Set<PumpHaltReason> = [.stopped, .suspended, .mri]
    let halts = summary.halts.filter { halt in
      guard !summary.isHalted, let heard = summary.heardAt else { return true }
      return halt.haltedAt > heard
    }
    if halts.contains(where: { !ordered.contains($0.reason) }) {
      kinds.append(.pumpStopped)
    } else if !halts.isEmpty {
      kinds.append(.pumpPaused)
    }
    if let next = summary.nextRefillAt, next <= now, !summary.isRefillUnderWay {
      kinds.append(.refillOverdue)
    } else if let due = summary.due {
      let overdue = due.because == .lowReservoir ? summary.expectedLowAt : due.at
      if let overdue, overdue <= now {
        kinds.append(.refillOverdue)
      } else if hours(due.at) >= -14 * 24 {
        kinds.append(.refillDue)
      }
    }
    if summary.discrepancy != nil { kinds.append(.discrepancy) }
    kinds += summary.worse.map { _ in .scoreWorse }
    if summary.isRefillUnderWay { kinds.append(.refillUnderWay) }
    for task in summary.tasks {
      switch task.kind {
      case .trialWatch: if now < task.at { kinds.append(.trialWatch) }
      case .trialNext: if now >= task.at { kinds.append(.trialNext) }
      case .trialDue: kinds.append(.trialDue)
      case .implantDue: kinds.append(.implantDue)
      case .decisionDue: kinds.append(.decisionDue)
      case .selfHarmAlert: kinds.append(.selfHarmAlert)
      case .complicationUrgent: kinds.append(.complicationUrgent)
      case .complicationOpen: kinds.append(.complicationOpen)
      case .mri: kinds.append(hours(task.at) >= 0 && task.at <= now ? .mriOverdue : .mriOpen)
      case .checkDue: if task.at <= now { kinds.append(.checkDue) }
      case .taperDue: if task.at <= now { kinds.append(.taperDue) }
      case .recoveryWatch: if task.at > now { kinds.append(.recoveryWatch) }
      case .recoveryConcern: kinds.append(.recoveryConcern)
      case .commissioningDue: kinds.append(.commissioningDue)
      case .aftercareDue: kinds.append(.aftercareDue)
      case .arrivalUnchecked: kinds.append(.arrivalUnchecked)
      case .remoteCallDue: if task.at <= now { kinds.append(.remoteCallDue) }
      case .weaningStepDue: if task.at <= now { kinds.append(.weaningStepDue) }
      case .visit, .replacement:
        let isVisit = task.kind == .visit
        if let until = task.until, until <= now {
          kinds.append(isVisit ? .visitOverdue : .replacementOverdue)
        } else if task.at <= now {
          kinds.append(isVisit ? .visitDue : .replacementDue)
        }
      }
    }
    if summary.missing != nil { kinds.append(.notKnown) }
    if summary.isIncomplete { kinds.append(.incomplete) }
    return kinds
  }

  @Test
  func `the list has what each patient needs, the most urgent first (SR-058)`() {
    var seeded = Seeded(seed: 58)
    let now = Sample.start
    let all = (1...10_000).map { Self.summary($0, now, &seeded) }
    let list = WorkList(all, at: now)
    var expected: [String: [WorkKind]] = [:]
    for summary in all { expected[summary.patient.text] = Self.kinds(summary, now).sorted() }
    let given = Dictionary(grouping: list.items) { $0.patient.text }
      .mapValues { $0.map(\.kind).sorted() }
    var wrong = 0
    for (patient, kinds) in expected where (given[patient] ?? []) != kinds { wrong += 1 }
    #expect(wrong == 0)
    let kinds = list.items.map(\.kind)
    #expect(kinds == kinds.sorted())
    #expect(Set(kinds) == Set(WorkKind.allCases))
    #expect(WorkList(all.shuffled(using: &seeded), at: now) == list)
    print("work list: \(all.count) patients, \(list.items.count) items")
  }

  @Test
  func `a pump that was linked and never heard is silent too (SR-058)`() throws {
    var journey = try Journey.adopted(linked: true)
    func kinds() -> [WorkKind] {
      WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
    }
    #expect(kinds().isEmpty)
    journey.now = journey.now + 25 * .hour
    #expect(kinds() == [.silentTask])
    journey.now = journey.now + 48 * .hour
    #expect(kinds() == [.silentCall])
    try journey.give(.hearStatus(Sample.status(at: journey.now)), by: Sample.server)
    #expect(kinds().isEmpty)
  }

  @Test
  func `scores that got worse by what counts are on the list, struck out ones are not`() throws {
    var journey = try Journey.adopted()
    for pain in [3, 6] {
      journey.now = journey.now + .hour
      let score = ScoreRecorded(score: .pain(pain), takenAt: journey.now)
      try journey.give(.recordScore(score), by: Sample.patient)
    }
    #expect(journey.record.summary(at: journey.now).worse == ["pain"])
    let last = try #require(journey.record.scores.last?.event)
    try journey.give(.correct(Correction(event: last, reason: "meant 3")))
    #expect(journey.record.summary(at: journey.now).worse.isEmpty)
  }

  @Test(arguments: [
    (10, 7, true, true, false), (10, 8, true, false, false), (10, 5, true, true, true),
    (4, 3, false, false, false), (3, 2, true, true, false), (5, 5, false, false, false),
  ])
  func `a responder is one by 30 % or 2 points, and by 50 %`(
    first: Int,
    last: Int,
    isMeaningful: Bool,
    is30: Bool,
    is50: Bool
  ) throws {
    var journey = try Journey.adopted()
    for pain in [first, last] {
      journey.now = journey.now + .hour
      try journey.give(.recordScore(ScoreRecorded(score: .pain(pain), takenAt: journey.now)))
    }
    let response = try #require(journey.record.responses.first)
    #expect((response.verdict == .better) == isMeaningful)
    #expect(response.is30Percent == is30)
    #expect(response.is50Percent == is50)
  }

  @Test
  func `a list that was changed in place is the one that is made anew (H-70)`() {
    let now = Instant(milliseconds: 1_700_000_000_000)
    var seeded = Seeded(seed: 0x0115)
    var changes = 0
    for _ in 0..<40 {
      var summaries = (0..<30).map { Self.summary($0, now, &seeded) }
      var list = WorkList(summaries, at: now)
      for _ in 0..<50 {
        let place = seeded.pick(0...29)
        let new = Self.summary(place, now, &seeded)
        let old = WorkList(CollectionOfOne(summaries[place]), at: now).items
        list.replace(old, by: WorkList(CollectionOfOne(new), at: now).items.reversed())
        summaries[place] = new
        changes += 1
        #expect(list == WorkList(summaries, at: now))
      }
    }
    print("work list changed in place: \(changes) changes, none that differs")
  }
}
