import Quantities
import Testing
import Therapy

/// The first hours and weeks after an implant.
struct RecoveryTests {
  @Test
  func `the watch begins with the first prime and program, and is that of the drug`() throws {
    var journey = try PathwaySample.implanted()
    #expect(journey.record.recoveryWatch == nil)
    journey = try PathwaySample.started()
    let watch = try #require(journey.record.recoveryWatch)
    #expect(watch.until == journey.now + 8 * .hour)
    #expect(!watch.isVerified)
    func isWatched(_ hours: Int64) -> Bool {
      let now = journey.now + TimeSpan(milliseconds: hours * 3_600_000)
      return WorkList([journey.record.summary(at: now)], at: now).items
        .contains { $0.kind == .recoveryWatch }
    }
    #expect(isWatched(7))
    #expect(!isWatched(8))
    // A later program is a titration, and begins no new watch.
    journey.now = journey.now + 2 * .day
    try journey.give(PathwaySample.program("110 ug/d", at: journey.now))
    #expect(journey.record.recoveryWatch == watch)
  }

  @Test
  func `what worries stays on the list until it is seen to be good`() throws {
    var journey = try PathwaySample.started()
    func see(_ value: RecoveryObservation) throws {
      journey.now = journey.now + .hour
      try journey.give(
        .pathway(
          .observeRecovery(
            RecoveryObservation(
              takenAt: journey.now,
              breathsPerMinute: value.breathsPerMinute,
              oxygenSaturation: value.oxygenSaturation,
              sedation: value.sedation,
              wound: value.wound,
              headache: value.headache,
              leak: value.leak,
              legStrength: value.legStrength
            )
          )
        ),
        by: Sample.nurse
      )
    }
    let now = journey.now
    let pairs: [(RecoveryConcern, RecoveryObservation, RecoveryObservation)] = [
      (
        .breathing, RecoveryObservation(takenAt: now, breathsPerMinute: 9),
        RecoveryObservation(takenAt: now, breathsPerMinute: 10, oxygenSaturation: 92)
      ),
      (
        .breathing, RecoveryObservation(takenAt: now, oxygenSaturation: 91),
        RecoveryObservation(takenAt: now, oxygenSaturation: 92)
      ),
      (
        .sedation, RecoveryObservation(takenAt: now, sedation: 3),
        RecoveryObservation(takenAt: now, sedation: 2)
      ),
      (
        .wound, RecoveryObservation(takenAt: now, wound: .red),
        RecoveryObservation(takenAt: now, wound: .clean)
      ),
      (
        .headache, RecoveryObservation(takenAt: now, headache: .positional),
        RecoveryObservation(takenAt: now, headache: .present)
      ),
      (
        .leak, RecoveryObservation(takenAt: now, leak: true),
        RecoveryObservation(takenAt: now, leak: false)
      ),
      (
        .legs, RecoveryObservation(takenAt: now, legStrength: 3),
        RecoveryObservation(takenAt: now, legStrength: 4)
      ),
      // Four is weaker than five was.
      (
        .legs, RecoveryObservation(takenAt: now, legStrength: 3),
        RecoveryObservation(takenAt: now, legStrength: 5)
      ),
    ]
    for (concern, bad, good) in pairs {
      try see(bad)
      #expect(journey.record.recoveryConcerns.map(\.concern) == [concern])
      #expect(
        WorkList([journey.record.summary(at: journey.now)], at: journey.now).items.first?.kind
          == .recoveryConcern
      )
      // Another thing that is looked at says nothing of it.
      try see(
        RecoveryObservation(
          takenAt: now,
          headache: concern == .headache ? nil : .absent,
          leak: concern == .headache ? false : nil
        )
      )
      #expect(journey.record.recoveryConcerns.map(\.concern) == [concern])
      try see(good)
      #expect(journey.record.recoveryConcerns.isEmpty, "\(concern)")
    }
    try see(RecoveryObservation(takenAt: now, legStrength: 4))
    #expect(journey.record.recoveryConcerns.map(\.concern) == [.legs])
  }

  @Test
  func `a weak leg that stays weak stays with somebody until it is strong`() throws {
    var journey = try PathwaySample.started()
    for (strength, isSeen) in [(2, true), (2, true), (3, true), (4, false), (3, true)] {
      journey.now = journey.now + .hour
      let seen = RecoveryObservation(takenAt: journey.now, legStrength: strength)
      try journey.give(.pathway(.observeRecovery(seen)))
      #expect(journey.record.recoveryConcerns.isEmpty == !isSeen, "\(strength)")
    }
  }

  @Test
  func `each thing that a patient is told is open until it was told`() throws {
    var journey = try PathwaySample.started()
    #expect(journey.record.openAftercare == AftercareItem.allCases)
    for item in AftercareItem.allCases {
      #expect(journey.record.openAftercare.first == item)
      let given = AftercareGiven(items: [item], to: "the mother")
      try journey.give(.pathway(.giveAftercare(given)), by: Sample.nurse)
      #expect(journey.refusal(.pathway(.giveAftercare(given)))?.code == .twice)
    }
    #expect(journey.record.openAftercare.isEmpty)
    let kinds = journey.record.pathwayTasks.map(\.kind)
    #expect(!kinds.contains(.aftercareDue))
  }
}
