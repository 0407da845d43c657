import PumpCatalog
import PumpCore
import Quantities
import Testing
import VirtualPump

struct VirtualModelTests {
  @Test
  func `what the catalogue says of the virtual pump is what it is`() throws {
    let model = try #require(PumpCatalog.models.first { $0.name == "Cisterna virtual pump" })
    func text(_ name: String) throws -> String {
      let value = try #require(model.constant(name)).value
      return "\(try #require(value.numbers.first)) \(try #require(value.unit))"
    }
    #expect(try Volume(text: text("capacity")) == PumpModel.virtual.capacity)
    #expect(try FlowRate(text: text("minimumRate")) == PumpModel.virtual.minimumRate)
    #expect(try FlowRate(text: text("maximumRate")) == PumpModel.virtual.maximumRate)
    #expect(try Volume(text: text("tubing")) == PumpModel.virtual.tubing)
    #expect(try LinearVolume(text: text("volumePerCm")) == PumpModel.virtual.catheterVolume)
  }
}
