import PumpTesting
import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// Alarms: latched until the condition is gone and someone has acknowledged (contract: Faults).
struct AlarmTests {
  static let priorities: [(Alarm, AlarmPriority)] = [
    (.motorStall, .high), (.overDelivery, .high), (.reservoirEmpty, .high), (.memoryFault, .high),
    (.endOfService, .high), (.therapyGap, .high), (.reservoirLow, .medium), (.doseLimit, .medium),
    (.electiveReplacement, .medium), (.clockFault, .medium),
  ]

  private func bench() throws -> ControllerDriver { try ControllerDriver(.constant(6_000)) }

  @Test
  func `loss of delivery and over-delivery call with high priority (SR-050, H-52)`() {
    #expect(Set(Self.priorities.map(\.0)) == Set(Alarm.allCases))
    for (alarm, priority) in Self.priorities { #expect(alarm.priority == priority) }
  }

  @Test(arguments: Alarm.allCases)
  func `an alarm repeats every 10 min or hour for as long as it takes (SR-051, H-50)`(
    alarm: Alarm
  ) throws {
    var bench = try bench()
    bench.at(123_456) { $0.raise(alarm) }
    let period = alarm.priority == .high ? 10 * minute : hour
    bench.go(to: 123_456 + 30 * day)
    let times = bench.times(of: .alarmRepeated(alarm))
    #expect(times == (1...30 * day / period).map { 123_456 + $0 * period })
  }

  @Test(arguments: Alarm.allCases)
  func `an alarm ends once it is gone and acknowledged, in either order (SR-054)`(
    alarm: Alarm
  ) throws {
    for acknowledgedFirst in [true, false] {
      var bench = try bench()
      bench.at(hour) { $0.raise(alarm) }
      bench.at(2 * hour) { acknowledgedFirst ? $0.acknowledge(alarm) : $0.end(alarm) }
      #expect(bench.controller.alarms.isLatched(alarm))
      #expect(bench.events(at: 2 * hour).contains(.alarmAcknowledged(alarm)) == acknowledgedFirst)
      // Silent from then on, and latched for as long as it takes.
      bench.go(to: 40 * hour)
      #expect(!bench.times(of: .alarmRepeated(alarm)).contains { $0 > 2 * hour })
      #expect(bench.count(of: .alarmCleared(alarm)) == 0)
      bench.act { acknowledgedFirst ? $0.end(alarm) : $0.acknowledge(alarm) }
      #expect(bench.times(of: .alarmCleared(alarm)) == [40 * hour])
      #expect(!bench.controller.alarms.isLatched(alarm))
    }
  }

  @Test(arguments: Alarm.allCases)
  func `raised anew, a latched alarm starts over without its acknowledgement (SR-054, H-50)`(
    alarm: Alarm
  ) throws {
    let period = alarm.priority == .high ? 10 * minute : hour
    var bench = try bench()
    bench.at(hour) { $0.raise(alarm) }
    bench.at(hour + 7) { $0.end(alarm) }
    bench.at(hour + 13) { $0.raise(alarm) }
    #expect(bench.times(of: .alarmRaised(alarm)) == [hour, hour + 13])
    bench.go(to: hour + 13 + 2 * period)
    #expect(
      bench.times(of: .alarmRepeated(alarm)) == [hour + 13 + period, hour + 13 + 2 * period]
    )
    bench.act { $0.acknowledge(alarm) }
    bench.act { $0.end(alarm) }
    bench.act { $0.raise(alarm) }
    #expect(!bench.controller.alarms.isAcknowledged(alarm))
    bench.go(by: period)
    #expect(bench.count(of: .alarmRepeated(alarm)) == 3)
  }

  @Test
  func `an alarm whose condition lasts is not raised again`() throws {
    var bench = try bench()
    bench.act { $0.raise(.motorStall) }
    bench.at(minute) { $0.raise(.motorStall) }
    bench.act { $0.acknowledge(.motorStall) }
    bench.act { $0.raise(.motorStall) }
    #expect(bench.count(of: .alarmRaised(.motorStall)) == 1)
    bench.go(to: hour)
    #expect(bench.count(of: .alarmRepeated(.motorStall)) == 0)
  }

  @Test(arguments: Alarm.allCases)
  func `acknowledging or clearing what is not there does nothing`(alarm: Alarm) throws {
    var bench = try bench()
    let before = bench.happenings.count
    bench.act { $0.acknowledge(alarm) }
    bench.act { $0.clear(alarm) }
    #expect(bench.happenings.count == before)
    bench.act { $0.raise(alarm) }
    bench.act { $0.acknowledge(alarm) }
    let once = bench.happenings.count
    bench.act { $0.acknowledge(alarm) }
    #expect(bench.happenings.count == once)
  }

  @Test
  func `all alarms are kept at once and answered one by one (SR-054, H-53)`() throws {
    var bench = try bench()
    for alarm in Alarm.allCases { bench.act { $0.raise(alarm) } }
    for alarm in Alarm.allCases { #expect(bench.controller.alarms.isLatched(alarm)) }
    for (index, alarm) in Alarm.allCases.enumerated() {
      bench.act { $0.acknowledge(alarm) }
      bench.act { $0.end(alarm) }
      for (other, left) in Alarm.allCases.enumerated() {
        #expect(bench.controller.alarms.isLatched(left) == (other > index))
      }
    }
    var repeating = try self.bench()
    for alarm in Alarm.allCases { repeating.act { $0.raise(alarm) } }
    repeating.act { $0.acknowledge(.therapyGap) }
    repeating.go(to: hour)
    for alarm in Alarm.allCases {
      let most = alarm == .therapyGap ? 0 : alarm.priority == .high ? 6 : 1
      #expect(repeating.count(of: .alarmRepeated(alarm)) == most)
    }
  }

  @Test
  func `the alarms are those of a plain table, whatever the order (SR-054, H-53)`() {
    /// An alarm as a page of a notebook would keep it.
    struct Note {
      var isHolding = false, isLatched = false, isAcknowledged = false, next = Int64.max
    }
    let campaign = Campaign(name: "alarm tables", seed: 0xA1, cases: 400)
    let failure = campaign.firstFailure { random in
      var table = AlarmTable()
      var notes = Array(repeating: Note(), count: Alarm.count)
      var now: Int64 = 0
      for _ in 0..<200 {
        let alarm = random.pick(Alarm.allCases)
        let place = alarm.index
        let period = alarm.priority == .high ? 10 * minute : hour
        switch random.pick(0...3) {
        case 0:
          let isNew = !notes[place].isHolding
          if table.raise(alarm, at: now) != isNew { return "raise" }
          guard isNew else { continue }
          notes[place] = Note(isHolding: true, isLatched: true, next: now + period)
        case 1:
          let isCleared = notes[place].isHolding && notes[place].isAcknowledged
          if table.end(alarm) != isCleared { return "end" }
          notes[place].isHolding = false
          notes[place].next = .max
          if isCleared { notes[place] = Note(isAcknowledged: true) }
        case 2:
          let note = notes[place]
          let isNew = note.isLatched && !note.isAcknowledged
          let answer = table.acknowledge(alarm)
          if answer != (isNew, isNew && !note.isHolding) { return "acknowledge" }
          guard isNew else { continue }
          notes[place].isAcknowledged = true
          notes[place].next = .max
          if !note.isHolding { notes[place].isLatched = false }
        default:
          now = min(now + Int64(random.pick(0...4_000_000)), table.nextRepeat)
          while let due = table.takeRepeat(at: now) {
            let at = notes[due.index].next
            if at != now { return "a repeat of \(due) at \(now), not \(at)" }
            notes[due.index].next += due.priority == .high ? 10 * minute : hour
          }
        }
        for alarm in Alarm.allCases where table.isLatched(alarm) != notes[alarm.index].isLatched {
          return "\(alarm)"
        }
        if table.nextRepeat != notes.map(\.next).min() { return "the next repeat" }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test
  func `a repeat missed without power comes 10 min after the boot, others keep their time`() throws
  {
    var bench = try bench()
    bench.act { $0.raise(.motorStall) }
    bench.act { $0.raise(.reservoirLow) }
    bench.at(5 * minute) { $0.raise(.clockFault) }
    bench.losePower(from: 6 * minute, to: 62 * minute)
    bench.go(to: 4 * hour)
    #expect(bench.times(of: .alarmRepeated(.motorStall)).prefix(2) == [72 * minute, 82 * minute])
    #expect(
      bench.times(of: .alarmRepeated(.reservoirLow)) == [72, 132, 192].map { $0 * minute }
    )
    #expect(
      bench.times(of: .alarmRepeated(.clockFault)) == [65, 125, 185].map { $0 * minute }
    )
  }
}
