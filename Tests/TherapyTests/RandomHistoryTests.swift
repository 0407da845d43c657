import PumpTesting
import Quantities
import Testing
import Therapy

/// Random commands in random order: what is accepted keeps the record whole, what is refused leaves it.
struct RandomHistoryTests {
  private static let authors = [
    Sample.physician, Sample.second, Sample.nurse, Sample.otherNurse, Sample.pharmacist,
    Sample.server, Sample.server, Sample.patient, Sample.administrator,
  ]

  private static func command(_ journey: Journey, _ seeded: inout Seeded) -> TherapyCommand {
    let record = journey.record
    // Mostly an order whose life goes on, so that some get to their end.
    let live = record.orders.indices.filter { !record.orders[$0].isEnded }
    let number = live.isEmpty || seeded.once(in: 5) ? seeded.pick(1...12) : seeded.pick(live) + 1
    let id = Sample.order(number)
    switch seeded.pick(0...25) {
    case 0: return .adopt(Sample.adoption())
    case 1: return seeded.once(in: 8) ? .unlinkPump(PumpUnlinked(reason: "x")) : .linkPump(linked)
    case 2, 3: return .draftOrder(draft(record, &seeded))
    case 4, 5, 6: return .signOrder(id, Sample.signature)
    case 7: return .queueOrder(id)
    case 8: return .markSent(id)
    case 9, 10: return .takeReceipt(Sample.answer(number, seeded.pick(OrderOutcome.allCases)))
    case 11: return .withdrawOrder(OrderWithdrawn(order: id, reason: "x"))
    case 12: return .lapseOrder(id)
    case 13:
      return .beginRefill(
        RefillBegun(
          planned: Sample.fluid(seeded.pick([500, 2_000])),
          plannedVolume: Sample.mL(20),
          hasSymptoms: seeded.once(in: 2)
        )
      )
    case 14, 15, 16, 17: return .refill(step(journey, &seeded))
    case 18: return .completeRefill(RefillCompleted(nextAt: journey.now + 3 * .day))
    case 19:
      guard seeded.once(in: 6) else { return .refill(step(journey, &seeded)) }
      return .abandonRefill(RefillAbandoned(reason: "x"))
    case 20:
      let alarm = seeded.pick(PumpAlarm.allCases)
      return .raiseAlarm(AlarmRaised(alarm: alarm, raisedAt: journey.now, pumpMilliseconds: 1))
    case 21:
      let alarm = seeded.pick(PumpAlarm.allCases)
      return .clearAlarm(AlarmCleared(alarm: alarm, clearedAt: journey.now, pumpMilliseconds: 1))
    case 22: return .acknowledgeAlarm(seeded.pick(PumpAlarm.allCases))
    case 23: return .hearStatus(Sample.status(at: journey.now))
    case 24: return .recordScore(ScoreRecorded(score: .pain(number), takenAt: journey.now))
    default: return .correct(Correction(event: EventID(position: seeded.pick(1...60)), reason: "x"))
    }
  }

  private static let linked = Sample.linked

  private static func draft(_ record: PatientRecord, _ seeded: inout Seeded) -> OrderDraft {
    let number = record.orders.count + 1
    let act: OrderAct =
      record.refill == nil
      ? seeded.pick([.program, .programIncrease, .safeRate, .suspend])
      : record.refill?.changesMixture == true ? .refillChanged : .refillSame
    return OrderDraft(
      order: Sample.order(number),
      act: act,
      way: seeded.pick(OrderWay.allCases),
      sequence: Int64(number),
      basis: seeded.once(in: 5) ? nil : record.orderInForce,
      notAfterAt: Sample.start + Int64(seeded.pick(1...9)) * .day,
      bytes: Sample.bytes,
      program: Sample.program(
        dose: seeded.pick(["280 ug/d", "300 ug/d", "320 ug/d"]),
        bridge: act == .refillChanged
      ),
      fluid: record.refill?.begun.planned,
      fillVolume: Sample.mL(20),
      reason: "x"
    )
  }

  private static func step(_ journey: Journey, _ seeded: inout Seeded) -> RefillCommand {
    let planned = journey.record.refill?.begun.planned ?? Sample.fluid(2_000)
    let label = DrugLabel(
      fluid: planned,
      volume: Sample.mL(20),
      lot: seeded.once(in: 6) ? "B-78" : "B-77",
      expiresOn: Sample.day("2026-12-31"),
      entry: .typed
    )
    let next = journey.record.refill?.next ?? .identity
    let stage = seeded.once(in: 3) ? seeded.pick(RefillStage.allCases) : next
    switch stage {
    case .identity:
      return .identify(
        name: "Muster",
        born: Sample.identity.born,
        recordNumber: nil,
        pumpSerial: Sample.pump.serial
      )
    case .expected: return .expect(seeded.once(in: 2) ? nil : Sample.mL(5))
    case .aspirate, .aspirateAgain: return .aspirate(Sample.mL(Int64(seeded.pick(1...17))))
    case .account: return .account(RefillAccounted(reason: "x"))
    case .label: return .label(label)
    case .labelAgain: return .repeatLabel(label)
    case .bridge: return .bridge(Sample.program(bridge: true))
    case .checks: return .check(Sample.goodChecks)
    case .secondPerson: return .second
    case .order, .receipt:
      return .order(Sample.order(max(1, journey.record.orders.count - seeded.pick(0...2))))
    case .program:
      return .program(
        RefillProgrammed(program: Sample.program(bridge: true), programmedAt: journey.now)
      )
    case .readBack, .nextDate:
      return .readBack(RefillReadBack(volume: Sample.mL(20), fluid: planned))
    }
  }

  /// What must be true of every record that commands have led.
  private static func broken(_ journey: Journey, before: PatientRecord) -> String? {
    let record = journey.record
    if !record.irregular.isEmpty { return "irregular: \(record.irregular[0].reason)" }
    if record.orders.filter(\.isInFlight).count > 1 { return "two orders in flight" }
    for life in before.orders where life.isEnded {
      let after = record.order(life.draft.order)
      let byReceipt = after?.answer != nil
      if after?.state != life.state && !(byReceipt && life.answer == nil) {
        return "an order's life went on after its end"
      }
    }
    for life in before.orders {
      guard case .sent = life.state, let after = record.order(life.draft.order) else { continue }
      if after.state != life.state && after.answer == nil { return "unknown ended without receipt" }
    }
    for life in record.orders where life.state != .drafted && life.answer == nil {
      let isOver = life.state == .withdrawn || life.state == .lapsed
      if !isOver && life.missingSignature != nil { return "went on without its signatures" }
    }
    if record.program?.standing == .receipt {
      let order = record.program?.order.flatMap { record.order($0) }
      if order?.state != .applied { return "a program by receipt without an applied order" }
    }
    if let refill = record.refill, refill.seconded?.person == refill.by { return "second is first" }
    if let refill = record.refill, refill.checked != nil, refill.repeated == nil {
      return "checked before the label"
    }
    let people = record.orders.map { $0.signatures.map(\.signer) }
    if people.contains(where: { Set($0).count != $0.count }) { return "signed twice by one" }
    return nil
  }

  @Test
  func `no sequence of commands breaks the record, and the fold repeats it (SR-088, SR-101)`() {
    var accepted: [TherapyEventKind: Int] = [:]
    var refused = 0
    var orders = 0
    let campaign = Campaign(name: "random histories", seed: 88, cases: 600)
    let failure = campaign.firstFailure { seeded in
      var journey = Journey()
      var metas: [EventMeta] = []
      for _ in 0..<160 {
        let before = journey.record
        let command = Self.command(journey, &seeded)
        let able = Self.authors.filter { command.roles.contains($0.role) }
        let author = seeded.pick(able.isEmpty || seeded.once(in: 5) ? Self.authors : able)
        do throws(TherapyRefusal) {
          let events = try journey.record.decide(
            command,
            by: author,
            at: journey.now,
            confirmed: true
          )
          for event in events {
            let id = EventID(position: journey.record.position + 1)
            metas.append(EventMeta(id: id, at: journey.now, by: author.person))
            journey.apply([event], by: author)
            if let kind = event.kind { accepted[kind, default: 0] += 1 }
          }
        } catch {
          refused += 1
          if error.remedy.isEmpty { return "a refusal that says nothing" }
        }
        if let broken = Self.broken(journey, before: before) { return "\(broken): \(command)" }
        if seeded.once(in: 4) {
          journey.now = journey.now + Int64(seeded.pick(1...600)) * .minute
        }
      }
      orders += journey.record.orders.count { $0.state == .applied }
      return Self.repeated(journey, metas)
    }
    #expect(failure == nil)
    print("random histories: \(accepted.values.reduce(0, +)) events, \(refused) refused,")
    print("  \(orders) orders applied, \(accepted[.refillCompleted] ?? 0) refills completed")
    #expect(accepted[.refillStep] ?? 0 > 1_000)
    #expect(orders > 50)
  }

  /// The same events give the same record.
  private static func repeated(_ journey: Journey, _ metas: [EventMeta]) -> String? {
    var again = PatientRecord(id: Sample.patientID)
    for (event, meta) in zip(journey.events, metas) { again.apply(event, meta) }
    let isSame =
      again.orders == journey.record.orders && again.refill == journey.record.refill
      && again.reservoir == journey.record.reservoir && again.program == journey.record.program
      && again.alarms == journey.record.alarms && again.scores == journey.record.scores
      && again.pastRefills == journey.record.pastRefills
      && again.position == journey.record.position
    return isSame ? nil : "the fold of the same events is another record"
  }

  @Test
  func `events in any order have an outcome, and none traps (SR-076)`() throws {
    let events = try EventRoundTripTests.all()
    var seeded = Seeded(seed: 76)
    var irregular = 0
    for _ in 0..<300 {
      var record = PatientRecord(id: Sample.patientID)
      for (index, event) in events.shuffled(using: &seeded).enumerated() {
        let meta = EventMeta(
          id: EventID(position: index + 1),
          at: Sample.start,
          by: Sample.nurse.person
        )
        record.apply(event, meta)
      }
      irregular += record.irregular.count
      #expect(record.position == events.count)
      _ = record.summary(at: Sample.start)
    }
    #expect(irregular > 1_000)
  }
}
