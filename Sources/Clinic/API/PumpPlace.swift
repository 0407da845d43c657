import Formulary
import JSONText
import PumpCore
import PumpScenario
import Quantities
import Therapy

/// A pump in its patient, as a scenario has it.
struct PumpPlace {
  let pump: PumpInPlace
  let catheter: CatheterInPlace?
  let model: PumpModel

  /// The implanted length; 80 cm where nobody knows it.
  var length: Length { catheter?.implantedLength ?? Length(micrometres: 800_000) }

  /// A program on a fluid, as the planner compares it.
  func side(
    _ program: ProgramJSON,
    _ fluid: Fluid,
    _ volume: Volume
  ) throws(ScenarioError) -> CompareSide {
    let parsed: JSONValue
    do throws(JSONSyntaxError) { parsed = try JSONValue(parsing: Array(program.text.utf8)) } catch {
      throw ScenarioError(path: "$.program", message: "malformed JSON: \(error.message)")
    }
    let perLength = catheter?.volumePerLength ?? model.catheterVolume
    let drugs = fluid.drugs.map {
      JSONValue.object([
        Self.text("drug", $0.name), Self.text("concentration", $0.concentration.text),
      ])
    }
    let place = JSONValue.object([
      Self.text("length", length.text), Self.text("volumePerCm", perLength.text),
    ])
    var writer = JSONWriter(capacity: 1_024)
    writer.value(
      .object([
        JSONMember(
          name: "pump",
          value: .object([
            Self.text("capacity", pump.capacity.text),
            Self.text("minimumRate", model.minimumRate.text),
            Self.text("maximumRate", model.maximumRate.text),
            Self.text("tubing", model.tubing.text), JSONMember(name: "catheter", value: place),
          ])
        ),
        JSONMember(
          name: "fill",
          value: .object([
            Self.text("volume", volume.text), JSONMember(name: "drugs", value: .array(drugs)),
          ])
        ), JSONMember(name: "program", value: parsed),
      ])
    )
    return try CompareSide(bytes: writer.bytes)
  }

  private static func text(_ name: String, _ value: String) -> JSONMember {
    JSONMember(name: name, value: .string(value))
  }
}
