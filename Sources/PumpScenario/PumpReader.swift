package import PumpCore
package import Quantities

/// Reads the pump of a scenario or of a request (contract: pump.md, the scenario).
package enum PumpReader {
  /// A pump and the implanted length of its catheter.
  static func pump(
    _ field: ScenarioField
  ) throws(ScenarioError) -> (model: PumpModel, length: Length) {
    let (model, length) = try pumpWithOrWithoutCatheter(field)
    guard let length else {
      throw ScenarioError(
        path: "\(field.path).catheter",
        given: "nothing",
        expected: "a catheter"
      )
    }
    return (model, length)
  }

  /// A pump whose catheter may be left out; the model's catheter then holds nothing.
  package static func pumpWithOrWithoutCatheter(
    _ field: ScenarioField
  ) throws(ScenarioError) -> (model: PumpModel, length: Length?) {
    let object = try field.object([
      "strokeVolume", "capacity", "minimumRate", "maximumRate", "tubing", "catheter",
    ])
    var stroke = Volume(nanolitres: 250)
    if let field = object.optional("strokeVolume") {
      stroke = try field.quantity(in: ScenarioRange.someVolume)
    }
    let capacity: Volume = try object.quantity("capacity", in: ScenarioRange.someVolume)
    let least: FlowRate = try object.quantity("minimumRate", in: ScenarioRange.rate)
    let mostField = try object.required("maximumRate", QuantityKind.flowRate.expectation)
    let most: FlowRate = try mostField.quantity(in: ScenarioRange.someRate)
    guard least <= most else {
      throw mostField.fault(
        given: most.text,
        expected: "at least the minimum rate, \(least.text)"
      )
    }
    let tubing: Volume = try object.quantity("tubing", in: ScenarioRange.volume)
    func model(_ catheterVolume: LinearVolume) -> PumpModel {
      PumpModel(
        strokeVolume: stroke,
        capacity: capacity,
        minimumRate: least,
        maximumRate: most,
        tubing: tubing,
        catheterVolume: catheterVolume
      )
    }
    guard let field = object.optional("catheter") else {
      return (model(LinearVolume(picolitresPerCentimetre: 0)), nil)
    }
    let catheter = try field.object(["length", "volumePerCm"])
    let lengthField = try catheter.required("length", QuantityKind.length.expectation)
    let whole = model(try catheter.quantity("volumePerCm", in: 0...Int64.max))
    return (whole, try EventReader.catheterLength(lengthField, model: whole))
  }
}
