import PumpCore
import PumpLink
import Quantities
import Testing

@testable import VirtualPump

struct ConversationTests {
  @Test
  func
    `a certified prescriber changes the program at the bedside and reads its receipt (SR-100, SR-101)`()
    throws
  {
    let pump = try TestPump.started()
    let people = [Clinic.prescriber]
    let message = try TestPump.message(pump.order(.rate(300_000), by: people), by: people)
    var line = try Line(pump, .person(Clinic.prescriber, [message], .bedside))
    line.run()
    #expect(line.receipt?.outcome == .applied)
    #expect(
      line.pump.pump.controller.program.basal == .constant(FlowRate(nanolitresPerDay: 300_000))
    )
  }
}
