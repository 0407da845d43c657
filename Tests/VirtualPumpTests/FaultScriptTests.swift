import PumpCore
import PumpLink
import Quantities
import Testing

@testable import VirtualPump

struct FaultScriptTests {
  @Test
  func
    `the power is back after its time, after a torn write too, and the books balance (SR-062, SR-074)`()
    throws
  {
    let script = """
      # two losses of power
      {"at":"49 h","fault":"tornWrite","for":"10 min"}
      {"at":"50 h","fault":"powerLoss","for":"20 min"}
      """
    var pump = try TestPump.started()
    pump.add(try ScriptedFault.script(Array(script.utf8)))
    pump.advance(to: PumpTime(milliseconds: 49 * 3_600_000 + 300_000))
    pump.tick(at: .commissioning)
    #expect(pump.powerBack != nil)
    #expect(pump.open(.bedside, at: .commissioning) == nil)
    pump.advance(to: PumpTime(milliseconds: 52 * 3_600_000))
    #expect(pump.powerBack == nil)
    let told = pump.takeLog().map(\.text)
    #expect(told.filter { $0.hasPrefix("no power for") }.count == 2)
    #expect(told.filter { $0 == "power is back" }.count == 2)
    let sample = pump.pump.controller.sample
    #expect(sample.delivered.nanolitres + sample.reservoir.nanolitres == 20_000_000)
    #expect(sample.delivered.nanolitres / 250 - pump.pump.motor.moved <= 1)
  }

  @Test func `a loss of power within another lasts until the later end (SR-062)`() throws {
    let script = """
      {"at":"49 h","fault":"powerLoss","for":"2 h"}
      {"at":"50 h","fault":"powerLoss","for":"30 min"}
      {"at":"60 h","fault":"powerLoss","for":"1 h"}
      {"at":"60 h","fault":"powerLoss","for":"2 h"}
      """
    var pump = try TestPump.started()
    pump.add(try ScriptedFault.script(Array(script.utf8)))
    for (minutes, isOff) in [(3_059, true), (3_060, false), (3_719, true), (3_720, false)] {
      pump.advance(to: PumpTime(milliseconds: Int64(minutes) * 60_000))
      #expect((pump.powerBack != nil) == isOff, "minute \(minutes)")
    }
  }

  @Test func `a battery mark that comes without power is noticed at the start (SR-062)`() throws {
    let script = """
      {"at":"49 h","fault":"powerLoss","for":"2 h"}
      {"at":"50 h","fault":"battery","level":"replacement"}
      {"at":"50 h","fault":"clockStep"}
      """
    var pump = try TestPump.started()
    pump.add(try ScriptedFault.script(Array(script.utf8)))
    pump.advance(to: PumpTime(milliseconds: 3_059 * 60_000))
    #expect(!pump.takeLog().contains { $0.text.hasPrefix("ALARM") })
    pump.advance(to: PumpTime(milliseconds: 3_060 * 60_000))
    #expect(pump.pump.controller.isLatched(.electiveReplacement))
    #expect(!pump.pump.controller.isLatched(.clockFault))
  }

  @Test
  func `a leak is in the syringe and nowhere in the pump, until the next fill (H-21, H-28)`() throws
  {
    var pump = try TestPump.started()
    pump.advance(to: PumpTime(milliseconds: 49 * 3_600_000))
    let before = pump.pump.controller.sample
    #expect(pump.syringe == before.reservoir)
    pump.add(
      try ScriptedFault.script(
        Array("{\"at\":\"now\",\"fault\":\"leak\",\"volume\":\"2 mL\"}\n".utf8),
        now: pump.now
      )
    )
    pump.advance(to: PumpTime(milliseconds: 50 * 3_600_000))
    let after = pump.pump.controller.sample
    #expect(pump.syringe == after.reservoir - Volume(nanolitres: 2_000_000))
    #expect(after.delivered.nanolitres + after.reservoir.nanolitres == 20_000_000)
    #expect(!pump.takeLog().contains { $0.text.hasPrefix("ALARM") }, "no pump has a flow sensor")
    try pump.pump.refill(
      aspirated: pump.syringe,
      fill: Volume(nanolitres: 20_000_000),
      mixture: pump.pump.controller.mixture,
      program: nil
    )
    pump.advance(to: PumpTime(milliseconds: 51 * 3_600_000))
    #expect(pump.syringe == pump.pump.controller.sample.reservoir)
  }

  @Test func `a line of a script that is none is told with its number`() {
    #expect(throws: FaultScriptError.self) {
      _ = try ScriptedFault.script(Array("\n{\"at\":\"2 h\",\"fault\":\"stal\"}".utf8))
    }
  }
}
