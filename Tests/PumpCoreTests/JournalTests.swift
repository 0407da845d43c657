import PumpTesting
import Quantities
import Testing

@testable import PumpCore

/// The journal and what a flood may not do to it, SR-088, SR-089, H-48.
struct JournalTests {
  static func records(_ journal: Journal, _ memory: TestMemory) -> [JournalRecord] {
    var records: [JournalRecord] = []
    journal.forEach(memory) { records.append($0) }
    return records
  }

  static let small = StoreLayout(criticalRecords: 8, dailyRecords: 4, detailRecords: 8)

  // MARK: Records

  @Test func `entries come back as they were added, oldest first in each area (SR-088)`() {
    var memory = TestMemory()
    var journal = Journal(.test)
    journal.add(.patientDoseRefused, detail: 5, at: .hours(1), &memory)
    journal.add(.halted, detail: 2, at: .hours(2), &memory)
    journal.add(.dailyVolume, value: 250, at: .hours(3), &memory)
    journal.add(.refilled, value: .max, at: .hours(4), &memory)
    journal.add(.dailyDose, detail: 7, value: .min, at: .never, &memory)
    journal.add(.bolusEnded, detail: 1, at: .hours(6), &memory)
    let records = Self.records(journal, memory)
    #expect(
      records.map(\.kind) == [
        .halted, .refilled, .dailyVolume, .dailyDose, .patientDoseRefused, .bolusEnded,
      ]
    )
    #expect(records.map(\.sequence) == [2, 4, 3, 5, 1, 6])
    #expect(records.map(\.detail) == [2, 0, 0, 7, 5, 1])
    #expect(records.map(\.value) == [0, .max, 250, .min, 0, 0])
    #expect(records.map(\.time) == [.hours(2), .hours(4), .hours(3), .never, .hours(1), .hours(6)])
  }

  @Test func `a full area loses its oldest entry, and no other area loses any (SR-089)`() {
    var memory = TestMemory()
    var journal = Journal(Self.small)
    for number in 0..<20 {
      journal.add(.clockSet, value: Int64(number), at: .commissioning, &memory)
    }
    journal.add(.dailyVolume, at: .commissioning, &memory)
    let records = Self.records(journal, memory)
    #expect(records.filter { $0.kind == .clockSet }.map(\.value) == Array(12..<20))
    #expect(records.count { $0.kind == .dailyVolume } == 1)
  }

  @Test func `an entry in which any bit has changed is left out, and no other (SR-088, H-48)`() {
    var memory = TestMemory()
    var journal = Journal(Self.small)
    for number in 0..<5 { journal.add(.reset, value: Int64(number), at: .hours(1), &memory) }
    let start = Self.small.start(of: .critical) + 2 * StoreLayout.recordBytes
    for bit in start * 8..<(start + StoreLayout.recordBytes) * 8 {
      var changed = memory
      changed.flip(bit: bit)
      #expect(Self.records(journal, changed).map(\.value) == [0, 1, 3, 4])
    }
  }

  @Test func `an entry that a cut has torn is left out, and its place is taken next (SR-088)`() {
    var memory = RecordingMemory(recorder: DayRecorder())
    var journal = Journal(Self.small)
    for number in 0..<11 { journal.add(.reset, value: Int64(number), at: .hours(1), &memory) }
    let writes = memory.recorder.day.writes
    var cases = 0
    for (place, write) in writes.enumerated() {
      for units in 1..<write.units {
        var cut = TestMemory()
        for before in writes[..<place] {
          cut.write(before.bytes, at: before.offset, cut: .doneUnacknowledged)
        }
        cut.write(write.bytes, at: write.offset, cut: .prefix(units: units))
        var again = Journal(continuing: Self.small, cut)
        let kept = Self.records(again, cut).map(\.value)
        // The oldest was written over; all others are there.
        #expect(kept == (max(0, place - 7)..<place).map(Int64.init))
        again.add(.reset, value: 99, at: .hours(2), &cut)
        #expect(Self.records(again, cut).map(\.value) == kept + [99])
        cases += 1
      }
    }
    #expect(cases == 33)
  }

  @Test func `the standard journal lasts as long as it says (SR-089)`() {
    let years = 11 * 365.25
    #expect(Double(StoreLayout.standard.criticalRecords) > years)
    #expect(Double(StoreLayout.standard.dailyRecords) > 2 * years)
    #expect(StoreLayout.standard.detailRecords > 90 * 90)
  }

  @Test func `what changed therapy is critical, and what was refused is not (SR-089, H-48)`() {
    let critical: [JournalKind] = [
      .commissioned, .programActivated, .halted, .resumed, .alarmRaised, .refilled,
      .safeRateEntered, .safeRateLeft, .reset, .programRestored, .permitRefused, .bolusAbandoned,
      .catheterSet, .clockSet, .primeStarted, .primeEnded, .bridgeStarted, .bridgeEnded,
    ]
    let refused: [JournalKind] = [
      .patientDoseRefused, .clinicianBolusRefused, .programRefused, .refillRefused,
      .alarmAcknowledged, .bolusSkipped, .stepChanged,
    ]
    #expect(critical.allSatisfy { $0.area == .critical })
    #expect(refused.allSatisfy { $0.area == .detail })
    #expect(JournalKind.dailyVolume.area == .daily && JournalKind.dailyDose.area == .daily)
  }

  // MARK: In a pump

  @Test func `a hundred thousand refused doses evict nothing critical and no total (SR-089, H-48)`()
    throws
  {
    var pump = try TestPump.commissioned(.constant(300_000).with(dose: 5_000, lockout: .hours(4)))
    pump.advance(to: .days(3))
    pump.perform { $0.enterSafeRate() }
    pump.perform { $0.resumeTherapy() }
    let before = pump.journalRecords.filter { $0.kind.area != .detail }
    pump.perform { $0.requestPatientDose() }
    for _ in 0..<100_000 { pump.perform { $0.requestPatientDose() } }
    let after = pump.journalRecords
    #expect(after.filter { $0.kind.area != .detail } == before)
    #expect(before.count { $0.kind == .dailyVolume } == 3)
    #expect(after.count { $0.kind == .patientDoseRefused } == StoreLayout.test.detailRecords)
    #expect(pump.sink.events.count { $0 == .patientDoseRefused(.busy) } == 100_000)
  }

  @Test func `an alarm that sounds for days has one entry, which counts (SR-054, SR-089, H-48)`()
    throws
  {
    var pump = try TestPump.commissioned(.constant(300_000))
    pump.motor.stalls = [(from: .hours(1), until: .days(9))]
    pump.advance(to: .hours(2))
    let before = pump.journalRecords.filter { $0.kind.area == .critical }
    pump.advance(to: .days(4))
    let sounded = pump.sink.events.count { $0 == .alarmRepeated(.motorStall) }
    let after = pump.journalRecords.filter { $0.kind.area == .critical }
    let entries = after.filter { $0.kind == .alarmRaised }
    #expect(sounded > 500)
    #expect(entries.map(\.detail) == [Alarm.motorStall.rawValue])
    #expect(entries.map(\.repeats) == [UInt32(sounded)])
    #expect(after.count == before.count)
  }

  @Test func `repeats go to the newest entry of their alarm, after a start too (SR-054, H-48)`() {
    var memory = TestMemory()
    var journal = Journal(Self.small)
    let alarm = Alarm.motorStall
    // The ring goes round, so that the newest entry stands before the older one.
    for _ in 0..<6 { journal.add(.reset, at: .commissioning, &memory) }
    for place in 0..<Int64(3) {
      journal.add(.alarmRaised, detail: alarm.rawValue, value: place, at: .hours(1), &memory)
    }
    var again = Journal(continuing: Self.small, memory)
    again.countRepeat(of: alarm, &memory)
    again.countRepeat(of: alarm, &memory)
    again.countRepeat(of: .doseLimit, &memory)
    let entries = Self.records(again, memory).filter { $0.kind == .alarmRaised }
    #expect(entries.map(\.value) == [0, 1, 2])
    #expect(entries.map(\.repeats) == [0, 0, 2])
  }

  @Test func `an alarm whose entry was evicted counts in no other entry (SR-054, H-48)`() {
    var memory = TestMemory()
    var journal = Journal(Self.small)
    journal.add(.alarmRaised, detail: Alarm.motorStall.rawValue, at: .commissioning, &memory)
    for _ in 0..<8 {
      journal.add(.alarmRaised, detail: Alarm.doseLimit.rawValue, at: .hours(1), &memory)
    }
    journal.countRepeat(of: .motorStall, &memory)
    #expect(Self.records(journal, memory).allSatisfy { $0.repeats == 0 })
  }

  @Test func `a journal goes on after each start with higher numbers (SR-062, SR-088)`() throws {
    var pump = try TestPump.commissioned(.constant(300_000))
    var last: [JournalRecord] = []
    for start in 1...20 {
      let now = PumpTime.hours(Int64(start) * 7)
      pump.advance(to: now)
      pump = try #require(pump.memory.recovered(at: now + .minute))
      let records = pump.journalRecords
      #expect(Set(records.map(\.sequence)).count == records.count)
      #expect(records.count >= last.count)
      let resets = records.filter { $0.kind == .reset }
      #expect(resets.count == start)
      #expect(resets.last?.sequence == records.filter { $0.kind.area == .critical }.last?.sequence)
      last = records
    }
  }

  @Test func `each local midnight leaves what was delivered and what left the tip (SR-089)`()
    throws
  {
    var mixture = Mixture.baclofen
    mixture[.morphine] = Concentration(nanogramsPerMillilitre: 1_000_000)
    let program = Program.constant(300_000).with {
      $0.limits[.morphine] = Mass(femtograms: 10_000_000_000_000)
    }
    let controller = try Controller.commissioned(mixture: mixture)
    var pump = try TestPump.commissioned(program, controller: controller)
    var volumes: [Int64] = []
    var doses: [[Int64]] = [[], []]
    for midnight in 0..<5 {
      // Commissioned at eight.
      pump.advance(to: .hours(16 + 24 * Int64(midnight)))
      let sample = pump.controller.sample
      volumes.append(sample.delivered.nanolitres)
      for drug in 0..<2 { doses[drug].append(sample.tipFemtograms[drug]) }
    }
    pump.advance(by: .hours(3))
    let daily = pump.journalRecords.filter { $0.kind.area == .daily }
    #expect(daily.filter { $0.kind == .dailyVolume }.map(\.value) == volumes)
    for drug in 0..<2 {
      let found = daily.filter { $0.kind == .dailyDose && Int($0.detail) == drug }
      #expect(found.map(\.value) == doses[drug])
    }
    #expect(volumes == (0..<5).map { 200_000 + 300_000 * $0 })
  }
}
