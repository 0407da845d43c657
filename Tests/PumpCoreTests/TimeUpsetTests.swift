import PumpTesting
import Quantities
import Testing

@testable import PumpCore

/// What becomes of a pump whose idea of the time is thrown off, SR-062, H-40, H-42.
struct TimeUpsetTests {
  /// A stroke a minute.
  private static let program = Program.constant(360_000)

  @Test(arguments: [TimeSpan.hours(2), .hours(7), .hours(24_000)])
  func `a controller thrown forward in time is told, and delivers on at once (H-40, H-42)`(
    jump: TimeSpan
  ) throws {
    var pump = try TestPump.commissioned(Self.program)
    pump.advance(to: .hours(5) + TimeSpan(milliseconds: 1))
    let strokes = pump.motor.moved
    pump.core.now += jump.milliseconds
    pump.advance(to: .hours(6))
    #expect(pump.sink.events.contains(.alarmRaised(.clockFault)))
    #expect(pump.controller.time == .hours(6))
    // What the demand had gained since the last stroke is lost, as at every boot.
    #expect((59...60).contains(pump.motor.moved - strokes))
    #expect(pump.controller.delivered == .nL(pump.motor.moved * 250))
  }

  @Test func `each bit of the controller's time that flips upwards is told (H-40)`() throws {
    for bit in 16..<46 {
      var pump = try TestPump.commissioned(Self.program)
      pump.advance(to: .hours(5))
      let before = pump.core.now
      pump.core.now |= 1 << Int64(bit)
      guard pump.core.now > before else { continue }
      let strokes = pump.motor.moved
      for minute in 1...120 { pump.advance(to: .hours(5) + .minutes(Int64(minute))) }
      #expect(pump.sink.events.contains(.alarmRaised(.clockFault)), "bit \(bit)")
      #expect(pump.motor.moved == strokes + 120 && pump.core.time == .hours(7))
    }
  }

  @Test func `such a pump allows no patient dose that its lockout forbids (SR-012, H-05)`() throws {
    var pump = try TestPump.commissioned(Self.program.with(dose: 6_000))
    pump.advance(to: .hours(5))
    pump.perform { $0.requestPatientDose() }
    pump.advance(to: .hours(5) + .minutes(10))
    pump.core.now += 48 * 3_600_000
    pump.advance(to: .hours(5) + .minutes(11))
    pump.perform { $0.requestPatientDose() }
    #expect(pump.sink.events.contains(.patientDoseRefused(.lockout)))
    #expect(pump.sink.events.filter { $0 == .patientDoseAccepted }.count == 1)
  }

  @Test func `a counter that goes back without notice is told once (SR-085, H-07)`() throws {
    var pump = try TestPump.commissioned(Self.program)
    pump.advance(to: .hours(5))
    let strokes = pump.motor.moved
    pump.advance(to: .hours(4))
    #expect(pump.sink.events.filter { $0 == .alarmRaised(.clockFault) }.count == 1)
    #expect(pump.controller.time == .hours(5) && pump.motor.moved == strokes)
    pump.advance(to: .hours(5))
    pump.advance(to: .hours(6))
    #expect(pump.sink.events.filter { $0 == .alarmRaised(.clockFault) }.count == 1)
    #expect(!pump.sink.events.contains(.reset) && pump.motor.moved == strokes + 60)
  }

  @Test func `a boot at a time before the stored one is told (SR-085, H-40)`() throws {
    let (memory, now) = try TestMemory.busy()
    let early = try #require(memory.recovered(at: .hours(1)))
    #expect(early.sink.events.contains(.alarmRaised(.clockFault)))
    let later = try #require(memory.recovered(at: now))
    #expect(!later.sink.events.contains(.alarmRaised(.clockFault)))
  }
}
