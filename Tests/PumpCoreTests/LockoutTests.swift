import Quantities
import Testing

@testable import PumpCore

private let minute: Int64 = 60_000
private let hour: Int64 = 3_600_000
private let day: Int64 = 86_400_000

/// How often the patient may ask (contract: Patient dose).
struct LockoutTests {
  private func program(lockout: Int64 = 60, most: Int = 24, over: Int64 = 5) -> Program {
    .constant(48_000).with(
      dose: 5_000,
      over: .minutes(over),
      lockout: .minutes(lockout),
      maxPer24h: most
    )
  }

  private func ask(_ bench: inout ControllerDriver, at instant: Int64) -> BolusRefusal? {
    let accepted = bench.count(of: .patientDoseAccepted)
    bench.at(instant) { $0.requestPatientDose() }
    if bench.count(of: .patientDoseAccepted) > accepted { return nil }
    guard case .patientDoseRefused(let reason) = bench.events.last else { return .notPrescribed }
    return reason
  }

  @Test
  func `the lockout runs from the begin of one dose to the begin of the next (SR-011, H-58)`()
    throws
  {
    var bench = try ControllerDriver(program())
    #expect(ask(&bench, at: hour) == nil)
    #expect(ask(&bench, at: 2 * hour - 1) == .lockout)
    #expect(ask(&bench, at: 2 * hour) == nil)
    #expect(ask(&bench, at: 3 * hour - 1) == .lockout)
    #expect(ask(&bench, at: 3 * hour + 1) == nil)
  }

  @Test
  func `a refused request does not begin the lockout anew (SR-011, H-58)`() throws {
    var bench = try ControllerDriver(program())
    #expect(ask(&bench, at: hour) == nil)
    for late in stride(from: hour + 6 * minute, to: 2 * hour, by: Int(minute)) {
      #expect(ask(&bench, at: late) == .lockout)
    }
    #expect(ask(&bench, at: 2 * hour) == nil)
    #expect(bench.count(of: .patientDoseRefused(.lockout)) == 54)
  }

  @Test
  func `an abandoned dose locks out and counts like a whole one (SR-011)`() throws {
    var bench = try ControllerDriver(program(most: 2))
    #expect(ask(&bench, at: hour) == nil)
    bench.at(hour + 1) { $0.cancelBolus() }
    #expect(ask(&bench, at: 2 * hour - 1) == .lockout)
    #expect(ask(&bench, at: 2 * hour) == nil)
    bench.act { $0.cancelBolus() }
    #expect(ask(&bench, at: 3 * hour) == .dailyMaximum)
  }

  @Test
  func `the daily maximum counts the doses of (t − 24 h, t] (SR-011, H-58)`() throws {
    var bench = try ControllerDriver(program(lockout: 0, most: 3))
    for begin in [hour, 2 * hour, 20 * hour] { #expect(ask(&bench, at: begin) == nil) }
    #expect(ask(&bench, at: 21 * hour) == .dailyMaximum)
    #expect(ask(&bench, at: day + hour - 1) == .dailyMaximum)
    #expect(ask(&bench, at: day + hour) == nil)
    #expect(ask(&bench, at: day + hour + 10 * minute) == .dailyMaximum)
    #expect(ask(&bench, at: day + 2 * hour - 1) == .dailyMaximum)
    #expect(ask(&bench, at: day + 2 * hour) == nil)
  }

  @Test
  func `a maximum of none gives none`() throws {
    var bench = try ControllerDriver(program(lockout: 0, most: 0))
    #expect(ask(&bench, at: hour) == .dailyMaximum)
  }

  @Test
  func `clinician boluses neither lock out nor count towards the maximum (SR-011)`() throws {
    var bench = try ControllerDriver(program(most: 1))
    bench.at(hour) { $0.giveClinicianBolus(.nL(1_000), over: .minutes(1)) }
    #expect(ask(&bench, at: hour + minute) == nil)
    bench.at(hour + 10 * minute) { $0.giveClinicianBolus(.nL(1_000), over: .minutes(1)) }
    #expect(bench.count(of: .bolusStarted(.clinician, .nL(1_000))) == 2)
  }

  @Test
  func `setting the clock neither shortens nor lengthens a lockout (SR-011, SR-086, H-07)`() throws
  {
    for hours in [-48, -1, 1, 24, 700] as [Int64] {
      var bench = try ControllerDriver(program(most: 2))
      #expect(ask(&bench, at: hour) == nil)
      bench.at(hour + 30 * minute) { $0.setClock(to: .monday(hour: 9 + hours)) }
      #expect(ask(&bench, at: 2 * hour - 1) == .lockout)
      #expect(ask(&bench, at: 2 * hour) == nil)
      bench.act { $0.setClock(to: .monday(hour: 10 + hours)) }
      #expect(ask(&bench, at: day + hour - 1) == .dailyMaximum)
      bench.act { $0.setClock(to: .monday(hour: 11 - hours)) }
      #expect(ask(&bench, at: day + hour) == nil)
    }
  }

  @Test
  func `a new program goes on with lockout and count by its own figures (SR-011, H-58)`() throws {
    var bench = try ControllerDriver(program())
    #expect(ask(&bench, at: hour) == nil)
    bench.go(to: hour + 10 * minute)
    try bench.activate(.constant(48_000))
    #expect(ask(&bench, at: hour + 20 * minute) == .notPrescribed)
    try bench.activate(program(lockout: 30, most: 2))
    #expect(ask(&bench, at: hour + 30 * minute - 1) == .lockout)
    #expect(ask(&bench, at: hour + 30 * minute) == nil)
    try bench.activate(program(lockout: 0, most: 2))
    #expect(ask(&bench, at: hour + 40 * minute) == .dailyMaximum)
  }

  @Test
  func `lockout and count go on over halts and the safe rate (SR-011, SR-012)`() throws {
    var bench = try ControllerDriver(program(most: 2))
    #expect(ask(&bench, at: hour) == nil)
    bench.at(hour + 10 * minute) { $0.suspend(for: .minutes(30)) }
    #expect(ask(&bench, at: hour + 20 * minute) == .halted)
    bench.at(hour + 45 * minute) { $0.enterSafeRate() }
    #expect(ask(&bench, at: 2 * hour) == .halted)
    bench.act { $0.resumeTherapy() }
    #expect(ask(&bench, at: 2 * hour) == nil)
    #expect(ask(&bench, at: 3 * hour) == .dailyMaximum)
  }

  @Test
  func `lockout and count survive a loss of power (SR-011, H-06, H-07)`() throws {
    var pump = try TestPump.commissioned(program(most: 2))
    pump.advance(to: .hours(1))
    pump.perform { $0.requestPatientDose() }
    pump = try pump.withoutPower(until: .hours(2) + TimeSpan(milliseconds: -1))
    pump.perform { $0.requestPatientDose() }
    #expect(pump.sink.events.last == .patientDoseRefused(.lockout))
    pump.advance(to: .hours(2))
    pump.perform { $0.requestPatientDose() }
    #expect(pump.sink.events.contains(.patientDoseAccepted))
    pump = try pump.withoutPower(until: .hours(25) + TimeSpan(milliseconds: -1))
    pump.perform { $0.requestPatientDose() }
    #expect(pump.sink.events.last == .patientDoseRefused(.dailyMaximum))
    pump.advance(to: .hours(25))
    pump.perform { $0.requestPatientDose() }
    #expect(pump.sink.events.filter { $0 == .patientDoseAccepted }.count == 3)
  }

  @Test
  func `the projected volume survives a loss of power (SR-009, H-04, H-06)`() throws {
    let limited = Program.constant(48_000).with { $0.limits.maxVolumePer24h = .nL(100_000) }
    var pump = try TestPump.commissioned(limited)
    pump.perform { $0.giveClinicianBolus(.nL(52_000), over: .minutes(30)) }
    pump = try pump.withoutPower(until: .days(1) + TimeSpan(milliseconds: -1))
    pump.perform { $0.giveClinicianBolus(.nL(1), over: .minutes(1)) }
    #expect(pump.sink.events.last == .clinicianBolusRefused(.volumeLimit))
    pump.advance(to: .days(1))
    pump.perform { $0.giveClinicianBolus(.nL(52_000), over: .minutes(30)) }
    #expect(pump.sink.events.last == .bolusStarted(.clinician, .nL(52_000)))
  }
}
