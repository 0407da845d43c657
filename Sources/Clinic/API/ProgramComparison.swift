import Formulary
import JSONText
import PumpCore
import PumpScenario
import Quantities
import Therapy

/// The program in force beside a proposed one, by the planner's own comparison (SR-044, H-08).
///
/// Pure; the page and the API show the same one.
struct ProgramComparison {
  enum Fault: Error {
    /// Pump, fill or program is not recorded, so that there is nothing beside which to show it.
    case notKnown
    /// The place in the program that cannot be read.
    case unreadable(ScenarioError)

    var web: WebError {
      switch self {
      case .notKnown:
        WebError(
          409,
          "notKnown",
          "There is nothing to compare with.",
          given: "no pump, fill or program",
          expected: "all three in the record",
          todo: "Record what is missing."
        )
      case .unreadable(let error): WebError(plan: error)
      }
    }
  }

  let result: CompareResult
  /// What is not known of this patient and was taken from elsewhere, in words.
  let assumed: [String]

  /// - Parameters:
  ///   - record: tells pump, catheter, reservoir and the program in force.
  ///   - program: the proposed one.
  ///   - fluid: with what in the reservoir; nothing where that stays.
  /// - Throws: what is not known, or the place in the program that cannot be read.
  init(
    _ record: PatientRecord,
    _ program: ProgramJSON,
    with fluid: Fluid? = nil
  ) throws(Fault) {
    guard let pump = record.pump, let reservoir = record.reservoir, !record.isReservoirUnknown,
      let before = record.program
    else { throw .notKnown }
    let model = PumpConstants(of: pump).model
    var assumed: [String] = []
    if record.catheter?.implantedLength == nil {
      assumed.append("The length of the catheter is not known: 80 cm are taken.")
    }
    if record.catheter?.volumePerLength == nil {
      let taken =
        model.catheterVolume == LinearVolume(picolitresPerCentimetre: 0)
        ? "the catheter is not counted" : "\(model.catheterVolume.text) is taken"
      assumed.append("The catheter's volume per length is not known: \(taken).")
    }
    self.assumed = assumed
    let place = PumpPlace(pump: pump, catheter: record.catheter, model: model)
    do throws(ScenarioError) {
      result = try CompareResult(
        before: try place.side(before.program, reservoir.fluid, reservoir.volume),
        after: try place.side(program, fluid ?? reservoir.fluid, reservoir.volume),
        filledAt: reservoir.filledAt.day.text
      )
    } catch { throw .unreadable(error) }
  }

  var isRefused: Bool { !result.refused.isEmpty }
}
