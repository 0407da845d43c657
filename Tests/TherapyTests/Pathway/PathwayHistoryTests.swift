import PumpTesting
import Quantities
import Testing
import Therapy

/// Random commands of the pathway in random order, from an implant, an adoption or an evaluation on.
struct PathwayHistoryTests {
  private static func command(_ journey: Journey, _ seeded: inout Seeded) -> TherapyCommand {
    let now = journey.now
    let number = seeded.pick(1...4)
    let visit = seeded.pick(journey.record.visits.map(\.id) + ["visit-1", "woundCheck-1", "x"])
    let day = (now + Int64(seeded.pick(-3...40)) * .day).day
    let isReplacement = journey.record.stage == .therapy
    let dose = seeded.pick(["280 ug/d", "250 ug/d", "110 ug/d", "97 ug/d"])
    switch seeded.pick(0...24) {
    case 0, 1, 2:
      return .pathway(PathwaySample.good(seeded.pick(ImplantCheck.allCases), serial: "NEW-1"))
    case 3:
      return .pathway(
        PathwaySample.check(
          seeded.pick(ImplantCheck.allCases),
          seeded.once(in: 4) ? .bad : .notApplicable,
          note: "x"
        )
      )
    case 4, 5:
      return .pathway(
        PathwaySample.implant(
          at: now,
          serial: "NEW-1",
          catheter: seeded.once(in: 2) ? PathwaySample.catheter : nil,
          replaces: isReplacement ? "worn" : nil,
          unanswered: seeded.once(in: 2) ? "silent" : nil
        )
      )
    case 6:
      let primed = Primed(volume: Volume(nanolitres: 316_000), endedAt: now)
      return .pathway(.recordPriming(primed))
    case 7:
      let seen = RecoveryObservation(takenAt: now, sedation: seeded.pick(0...3))
      return .pathway(.observeRecovery(seen))
    case 8:
      return .pathway(
        .giveAftercare(AftercareGiven(items: [seeded.pick(AftercareItem.allCases)]))
      )
    case 9: return .pathway(.planVisit(.clinic, on: day, purpose: "x"))
    case 10: return .pathway(.moveVisit(VisitMoved(visit: visit, to: day, reason: "x")))
    case 11, 12: return .pathway(.holdVisit(VisitHeld(visit: visit, on: day, done: "x")))
    case 13:
      let next = seeded.once(in: 2) ? day : nil
      return .pathway(.missVisit(VisitMissed(visit: visit, reason: "x", next: next)))
    case 14:
      let call = RemoteCall(order: Sample.order(number), calledAt: now, isReached: true, note: "x")
      return .pathway(.recordCall(call))
    case 15: return .pathway(PathwaySample.replacement(day))
    case 16: return .pathway(PathwaySample.weaning([(0, dose), (1, "96 ug/d")], at: now))
    case 17:
      guard seeded.once(in: 3) else { return PathwaySample.program(dose, at: now) }
      return .pathway(
        PathwaySample.explant(at: now, emergency: seeded.once(in: 2) ? "sepsis" : nil)
      )
    case 18:
      guard seeded.once(in: 3) else { return PathwaySample.program(dose, at: now) }
      return .pathway(.transfer(to: "x", reason: "x"))
    case 19:
      guard seeded.once(in: 4) else { return .linkPump(Sample.linked) }
      let pump: PumpAfterDeath = isReplacement ? .notKnown : .noPump
      return .pathway(
        .recordDeath(
          Died(on: now.day, pump: pump, unanswered: seeded.once(in: 2) ? "silent" : nil)
        )
      )
    case 20:
      let draft = Sample.draft(
        number,
        act: seeded.pick([.program, .programIncrease, .envelope]),
        way: seeded.pick(OrderWay.allCases),
        basis: journey.record.orderInForce,
        at: now,
        program: Sample.program(dose: seeded.pick(["290 ug/d", "320 ug/d"]))
      )
      return .draftOrder(draft)
    case 21: return .signOrder(Sample.order(number), Sample.signature)
    case 22: return .queueOrder(Sample.order(number))
    case 23: return .markSent(Sample.order(number))
    default: return .takeReceipt(Sample.answer(number, seeded.pick(OrderOutcome.allCases)))
    }
  }

  @Test
  func `what is accepted in any order keeps the record whole, and the end is the end`() throws {
    var seeded = Seeded(seed: 12)
    let starts = [
      try PathwaySample.ready(), try PathwaySample.checked(), try PathwaySample.started(),
      try Journey.adopted(), try PathwaySample.increased(), try PathwaySample.replacing(),
    ]
    let authors = [Sample.physician, Sample.second, Sample.nurse, Sample.server]
    var accepted: [String: Int] = [:]
    var refused = 0
    for _ in 0..<400 {
      var journey = seeded.pick(starts)
      for _ in 0..<80 {
        let command = Self.command(journey, &seeded)
        let author = seeded.pick(authors.filter { command.roles.contains($0.role) })
        let wasEnded = journey.record.stage == .ended
        let before = journey.events.count
        do { try journey.give(command, by: author) } catch { refused += 1 }
        for event in journey.events.dropFirst(before) { accepted[event.kindName, default: 0] += 1 }
        try #require(journey.record.irregular.isEmpty, "\(command)")
        #expect(!wasEnded || journey.record.stage == .ended)
        let now = journey.now + Int64(seeded.pick(0...400)) * .day
        let items = WorkList([journey.record.summary(at: now)], at: now).items
        // Whoever is in danger stays on the list.
        #expect(
          journey.record.stage != .ended
            || items.allSatisfy {
              [.selfHarmAlert, .complicationUrgent, .complicationOpen].contains($0.kind)
            }
        )
        if seeded.once(in: 3) { journey.now = journey.now + Int64(seeded.pick(0...30)) * .hour }
      }
      #expect(journey.record.pathway.formerPumps.count <= 80)
      if journey.record.pathway.explanted != nil { #expect(journey.record.program == nil) }
    }
    let kinds = Set(PathwayEventKind.allCases.map(\.rawValue)).intersection(accepted.keys)
    print("pathway histories: \(accepted.values.reduce(0, +)) events, \(refused) refused")
    #expect(
      kinds.isSuperset(of: [
        "implantCheckAnswered", "implanted", "primed", "recoveryObserved", "aftercareGiven",
        "visitPlanned", "visitMoved", "visitHeld", "visitMissed", "remoteCallMade",
        "replacementPlanned", "weaningPlanned", "explanted", "transferred", "died",
      ]),
      "\(kinds.sorted())"
    )
  }
}
