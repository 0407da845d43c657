import PumpTesting
import Quantities
import Testing
import Therapy

/// Random outcomes, complications, scans and tapers, beside each other and to the end.
struct BesideHistoryTests {
  private typealias Sampled = PathwaySample

  private static func command(_ journey: Journey, _ seeded: inout Seeded) -> TherapyCommand {
    let (record, now) = (journey.record, journey.now)
    switch seeded.pick(0...19) {
    case 0, 1: return .recordScore(ScoreRecorded(score: score(&seeded), takenAt: now))
    case 2:
      let alert = seeded.pick(record.openAlerts.map(\.event) + [EventID(position: 1)])
      return .pathway(.answerAlert(AlertAnswered(score: alert, action: "x")))
    case 3:
      let check = seeded.pick(CareCheck.allCases)
      let done = CareCheckDone(
        check: check,
        doneAt: now,
        findings: "x",
        isConcerning: seeded.once(in: 3),
        creatineKinase: check == .creatineKinase ? 100 : nil
      )
      return .pathway(.recordCheck(done))
    case 4, 5:
      return .pathway(
        .openComplication(Sampled.opened(seeded.pick(ComplicationKind.allCases), at: now))
      )
    case 6, 7, 8, 9, 10: return .pathway(.testComplication(test(journey, &seeded)))
    case 11: return .pathway(.closeComplication(closing(journey, &seeded)))
    case 12:
      return .pathway(.planMRI(Sampled.scan(seeded.pick(MRIPumpFamily.allCases), at: now)))
    case 13, 14:
      let scan = seeded.pick(record.pathway.scans.map(\.id) + [EventID(position: 1)])
      let next = record.pathway.scans.first { $0.id == scan }?.next
      let step = seeded.once(in: 4) ? seeded.pick(MRIStep.allCases) : next ?? .scan
      return .pathway(
        .takeMRIStep(Sampled.step(step, of: scan, at: now, isGood: !seeded.once(in: 6)))
      )
    case 15:
      let scan = seeded.pick(record.pathway.scans.map(\.id) + [EventID(position: 1)])
      guard seeded.once(in: 3) else { return .pathway(.closeMRI(MRIClosed(scan: scan))) }
      return .pathway(.cancelMRI(MRICancelled(scan: scan, reason: "x")))
    case 16:
      let medicines: [TaperedMedicine] = [.opioid(.oxycodone), .opioid(.morphine), .other("y")]
      return .pathway(.planTaper(Sampled.taper(seeded.pick(medicines), at: now)))
    case 17, 18: return taper(journey, &seeded)
    default:
      guard seeded.once(in: 8) else {
        return .recordSideEffect(SideEffect(what: "x", severity: .mild))
      }
      return .pathway(.transfer(to: "x", reason: "x"))
    }
  }

  private static func score(_ seeded: inout Seeded) -> Score {
    switch seeded.pick(0...6) {
    case 0: .pain(seeded.pick(-1...11))
    case 1: .depression(total: seeded.pick(0...27), item9: seeded.pick(0...4))
    case 2: .healthIndex(thousandths: seeded.pick(-600...1_100), valueSet: "DE")
    case 3: .goal(seeded.pick(-3...3), number: seeded.pick(0...2))
    case 4: .hospitalVisits(seeded.pick(0...9), days: 90)
    case 5: .ashworth(.three, .kneeFlexors)
    default: .rated(seeded.pick(RatedScale.allCases), seeded.pick(0...700))
    }
  }

  private static func test(_ journey: Journey, _ seeded: inout Seeded) -> ComplicationTested {
    let states = journey.record.pathway.complications
    let id = seeded.pick(states.map(\.id) + [EventID(position: 1)])
    var test = seeded.pick(TroubleshootingTest.allCases)
    if case .ask(let next)? = states.first(where: { $0.id == id })?.standing,
      !seeded.once(in: 4)
    {
      test = next
    }
    return PathwaySample.tested(test, seeded.pick(test.facts.answers), of: id, at: journey.now)
  }

  private static func closing(_ journey: Journey, _ seeded: inout Seeded) -> ComplicationClosed {
    let states = journey.record.pathway.complications
    let id = seeded.pick(states.map(\.id) + [EventID(position: 1)])
    var finding = seeded.pick(ComplicationFinding.allCases)
    if case .ended(let told)? = states.first(where: { $0.id == id })?.standing { finding = told }
    return ComplicationClosed(
      complication: id,
      finding: finding,
      done: "x",
      despite: seeded.once(in: 3) ? "x" : nil
    )
  }

  private static func taper(_ journey: Journey, _ seeded: inout Seeded) -> TherapyCommand {
    let tapers = journey.record.pathway.tapers
    let plan = seeded.pick(tapers.map(\.id) + [EventID(position: 1)])
    let next = tapers.first { $0.id == plan }?.next
    let dose = next?.step.dose ?? PathwaySample.milligrams(1)
    guard seeded.once(in: 4) else {
      let taken = TaperStepTaken(
        plan: plan,
        step: next?.number ?? seeded.pick(0...5),
        dose: dose,
        on: journey.now.day
      )
      return .pathway(.takeTaperStep(taken))
    }
    let reason = seeded.pick(TaperStopReason.allCases)
    return .pathway(
      .stopTaper(TaperStopped(plan: plan, reason: reason, what: "x", dose: dose))
    )
  }

  /// What must be true whatever was accepted.
  private static func broken(_ record: PatientRecord, before: PatientRecord) -> String? {
    if let irregular = record.irregular.first { return "irregular: \(irregular.reason)" }
    let states = record.pathway.complications
    let open = states.filter(\.isOpen).map(\.opened.kind)
    if Set(open).count != open.count { return "one kind is open twice" }
    for state in states {
      if Set(state.tests.map(\.test)).count != state.tests.count { return "a test done twice" }
      let isFree = state.answers[.aspiration] == .free
      if let contrast = state.answers[.contrast], contrast != .notDone, !isFree {
        return "contrast through a catheter that is not free"
      }
      if !state.isOpen, record.stage != .ended, state.answers[.vitals] == .unstable,
        state.answers[.emergencySteps] == nil
      {
        return "closed in an emergency"
      }
    }
    for state in before.pathway.complications where !state.isOpen {
      if states.first(where: { $0.id == state.id }) != state { return "an end went on" }
    }
    for scan in before.pathway.scans where !scan.isOpen {
      if record.pathway.scans.first(where: { $0.id == scan.id }) != scan { return "a scan went on" }
    }
    let tapered = record.pathway.tapers.filter(\.isUnderWay).map(\.plan.medicine)
    if Set(tapered).count != tapered.count { return "two tapers of one medicine" }
    for taper in record.pathway.tapers {
      let doses = [taper.plan.from] + taper.taken.map(\.dose)
      for (one, next) in zip(doses, doses.dropFirst()) where next >= one {
        return "a taper went up"
      }
    }
    let alerts = Set(record.openAlerts.map(\.event))
    if !alerts.isDisjoint(with: record.pathway.answeredAlerts.keys) { return "answered and open" }
    return nil
  }

  @Test
  func `outcomes, complications, scans and tapers in any order keep the record whole (SR-088)`()
    throws
  {
    let start = try Journey.adopted()
    var accepted: [PathwayEventKind: Int] = [:]
    var (refused, scores) = (0, 0)
    let campaign = Campaign(name: "histories beside the stages", seed: 41, cases: 500)
    let failure = campaign.firstFailure { seeded in
      var journey = start
      for _ in 0..<100 {
        let before = journey.record
        let command = Self.command(journey, &seeded)
        do throws(TherapyRefusal) {
          let events = try journey.record.decide(
            command,
            by: Sample.physician,
            at: journey.now,
            confirmed: true
          )
          journey.apply(events, by: Sample.physician)
          for case .pathway(let event) in events { accepted[event.kind, default: 0] += 1 }
          for case .scoreRecorded in events { scores += 1 }
        } catch {
          refused += 1
          if error.remedy.isEmpty { return "a refusal that says nothing" }
        }
        if let broken = Self.broken(journey.record, before: before) {
          return "\(broken): \(command)"
        }
        if seeded.once(in: 3) {
          journey.now = journey.now + Int64(seeded.pick(1...200)) * .hour
        }
        _ = WorkList([journey.record.summary(at: journey.now)], at: journey.now).items
      }
      return nil
    }
    #expect(failure == nil)
    print(
      "beside the stages: \(accepted.values.reduce(0, +)) events, \(scores) scores, "
        + "\(refused) refused"
    )
    let missing = [
      PathwayEventKind.alertAnswered, .careChecked, .complicationOpened, .complicationTested,
      .complicationClosed, .mriPlanned, .mriStepDone, .mriClosed, .mriCancelled, .taperPlanned,
      .taperStepTaken, .taperStopped, .transferred,
    ].filter { accepted[$0] == nil }
    #expect(missing.isEmpty, "\(missing)")
    #expect(scores > 500)
  }
}
