import Formulary
import Quantities
import Testing
@testable import Therapy

/// A scan of a patient with a pump (H-77, H-78).
struct MRITests {
  static func adopted(_ model: String = "SynchroMed II") throws -> Journey {
    var journey = Journey()
    let base = Sample.adoption()
    let pump = PumpInPlace(
      model: model,
      isCatalogued: true,
      capacity: Sample.mL(20),
      serial: "A1",
      implantedOn: Sample.day("2024-05-06")
    )
    let adopted = Adopted(
      identity: Sample.identity,
      indication: .spasticity,
      origin: .spinal,
      pump: pump
    )
    try journey.give(.adopt(Adoption(adopted: adopted, fill: base.fill)))
    return journey
  }

  static func planned(_ model: String = "SynchroMed II") throws -> (Journey, EventID) {
    var journey = try adopted(model)
    let plan = PathwaySample.scan(MRIPumpFamily(model: model), at: journey.now + .hour)
    try journey.give(.pathway(.planMRI(plan)), by: Sample.nurse)
    journey.now = journey.now + .hour
    return (journey, EventID(position: journey.record.position))
  }

  @Test(arguments: [
    ("SynchroMed II", MRIPumpFamily.rotor), ("SynchroMed III", .rotor), ("SynchroMed EL", .rotor),
    ("Prometra, Prometra II", .valves), ("3000 (later Intera 3000)", .constantFlow),
    ("Archimedes", .constantFlow), ("IsoMed", .constantFlow), ("Siromedes", .constantFlow),
    ("MedStream", .other), ("a pump of tomorrow", .other),
  ])
  func `each model has its family`(model: String, family: MRIPumpFamily) {
    #expect(MRIPumpFamily(model: model) == family)
    let steps = family.steps.map(\.step)
    #expect(steps.first == .conditions && steps.contains(.scan) && steps.last == .symptoms)
    #expect(Set(steps).count == steps.count)
  }

  @Test(arguments: ["SynchroMed II", "Prometra, Prometra II", "Archimedes", "MedStream"])
  func `the steps are taken in their order and in no other, and it ends`(model: String) throws {
    var (journey, id) = try Self.planned(model)
    var taken: [MRIStep] = []
    while let next = journey.record.pathway.scans[0].next {
      for other in MRIStep.allCases where other != next {
        let early = PathwaySample.step(other, of: id, at: journey.now)
        let code = journey.refusal(.pathway(.takeMRIStep(early)))?.code
        #expect(code == .outOfOrder || code == .twice, "\(other) before \(next)")
      }
      #expect(journey.refusal(.pathway(.closeMRI(MRIClosed(scan: id))))?.code == .outOfOrder)
      if next == .refilled { try journey.give(RefusalRow.fill()) }
      try journey.give(
        .pathway(.takeMRIStep(PathwaySample.step(next, of: id, at: journey.now))),
        by: Sample.nurse
      )
      taken.append(next)
    }
    let all = journey.record.pathway.scans[0].plan.family.steps.map(\.step)
    #expect(taken == all.filter { $0 != .interrogateAgain })
    try journey.give(.pathway(.closeMRI(MRIClosed(scan: id))))
    #expect(!journey.record.pathway.scans[0].isOpen)
  }

  private static func take(_ steps: [MRIStep], _ journey: inout Journey, _ id: EventID) throws {
    for step in steps {
      try journey.give(.pathway(.takeMRIStep(PathwaySample.step(step, of: id, at: journey.now))))
    }
  }

  private static func kinds(_ journey: Journey) -> [WorkKind] {
    WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.map(\.kind)
  }

  @Test
  func `a pump that was not read after a scan is overdue from 2 h on (H-77)`() throws {
    var (journey, id) = try Self.planned()
    #expect(Self.kinds(journey).contains(.mriOpen))
    try Self.take(
      [.conditions, .interrogateBefore, .coverDrug, .keepRunning, .scan],
      &journey,
      id
    )
    journey.now = journey.now + 119 * .minute
    #expect(Self.kinds(journey).contains(.mriOpen))
    journey.now = journey.now + .minute
    #expect(Self.kinds(journey).contains(.mriOverdue))
    let lost = PathwaySample.step(.interrogateAfter, of: id, at: journey.now, isGood: false)
    try journey.give(.pathway(.takeMRIStep(lost)))
    #expect(journey.record.pathway.scans[0].next == .interrogateAgain)
    let still = PathwaySample.step(.interrogateAgain, of: id, at: journey.now, isGood: false)
    try journey.give(.pathway(.takeMRIStep(still)))
    try Self.take([.symptoms], &journey, id)
    let close = TherapyCommand.pathway(.closeMRI(MRIClosed(scan: id)))
    #expect(journey.refusal(close)?.code == .stop)
    #expect(Self.kinds(journey).contains(.mriOverdue))
    try journey.give(
      .pathway(.openComplication(PathwaySample.opened(.pumpAlarm, at: journey.now)))
    )
    try journey.give(close)
    #expect(!Self.kinds(journey).contains(.mriOverdue))
  }

  @Test
  func `a second reading that finds the recovery is enough`() throws {
    var (journey, id) = try Self.planned()
    try Self.take(
      [.conditions, .interrogateBefore, .coverDrug, .keepRunning, .scan],
      &journey,
      id
    )
    let lost = PathwaySample.step(.interrogateAfter, of: id, at: journey.now, isGood: false)
    try journey.give(.pathway(.takeMRIStep(lost)))
    try Self.take([.interrogateAgain, .symptoms], &journey, id)
    try journey.give(.pathway(.closeMRI(MRIClosed(scan: id))))
  }

  @Test
  func `an emptied reservoir has no forecast and is filled again, scan or no scan (H-78)`() throws {
    var (journey, id) = try Self.planned("Prometra, Prometra II")
    try Self.take(
      [.conditions, .interrogateBefore, .coverDrug, .emptyReservoir, .programZero],
      &journey,
      id
    )
    #expect(journey.record.isReservoirUnknown)
    try journey.give(
      .pathway(.cancelMRI(MRICancelled(scan: id, reason: "the scanner is broken")))
    )
    // Without its drug, and with no scan to come.
    #expect(journey.record.pathway.scans[0].isOpen)
    try Self.take([.interrogateAfter], &journey, id)
    let filled = TherapyCommand.pathway(
      .takeMRIStep(PathwaySample.step(.refilled, of: id, at: journey.now))
    )
    #expect(journey.refusal(filled)?.code == .outOfOrder)
    try journey.give(RefusalRow.fill())
    try journey.give(filled)
    try Self.take([.symptoms], &journey, id)
    #expect(!journey.record.pathway.scans[0].isOpen)
    #expect(!journey.record.isReservoirUnknown)
  }

  @Test
  func `a verified field limit refuses, a doubtful one asks, and what happened is kept`() throws {
    let valves = try Self.adopted("Prometra, Prometra II")
    let steep = PathwaySample.scan(.valves, at: valves.now, field: 3_000)
    #expect(valves.refusal(.pathway(.planMRI(steep)))?.code == .limit)
    let rotor = try Self.adopted()
    let odd = PathwaySample.scan(.rotor, at: rotor.now, field: 7_000)
    #expect(rotor.refusal(.pathway(.planMRI(odd)), confirmed: false)?.code == .confirm)
    #expect(rotor.refusal(.pathway(.planMRI(odd))) == nil)
    var (journey, id) = try Self.planned("Prometra, Prometra II")
    try Self.take(
      [.conditions, .interrogateBefore, .coverDrug, .emptyReservoir, .programZero],
      &journey,
      id
    )
    let done = MRIStepDone(
      scan: id,
      step: .scan,
      doneAt: journey.now,
      exposure: MRIExposure(
        fieldMillitesla: 3_000,
        sarMilliwattsPerKilogram: 2_001,
        gaussPerCentimetre: 2_001
      )
    )
    #expect(
      journey.refusal(.pathway(.takeMRIStep(done)), confirmed: false)?.questions.count == 3
    )
    #expect(journey.refusal(.pathway(.takeMRIStep(done))) == nil)
  }
}
