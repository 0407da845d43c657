import Foundation
import PumpTesting
import Quantities
import Testing
import Therapy

/// The texts in which quantities stand in the ledger.
struct EventTextTests {
  @Test
  func `every quantity reads back exactly from its text with a unit (SR-001)`() throws {
    var seeded = Seeded(seed: 20_261_121)
    for _ in 0..<2_000 {
      let count = seeded.positive()
      try expectSame(Volume(nanolitres: count))
      try expectSame(Volume(nanolitres: -count))
      try expectSame(Mass(femtograms: count))
      try expectSame(Concentration(nanogramsPerMillilitre: count))
      try expectSame(FlowRate(nanolitresPerDay: count))
      try expectSame(DailyDose(mass: Mass(femtograms: count)))
      try expectSame(TimeSpan(milliseconds: count))
      try expectSame(Length(micrometres: count))
      try expectSame(LinearVolume(picolitresPerCentimetre: count))
    }
  }

  private func expectSame<Quantity: QuantityText & Codable>(_ quantity: Quantity) throws {
    let bytes = try JSONEncoder().encode([quantity])
    let back = try JSONDecoder().decode([Quantity].self, from: bytes)
    #expect(back == [quantity])
    let text = try JSONDecoder().decode([String].self, from: bytes)
    #expect(text.first?.contains(" ") == true)
  }
}
