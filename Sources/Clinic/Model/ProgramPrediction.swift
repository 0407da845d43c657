import Formulary
import JSONText
import PatientModel
import Pharmacology
import PumpCore
import PumpScenario
import Quantities
import Therapy

/// What a browser needs to run the patient model for a program beside the one in force: the flow at the
/// tip, which the real controller makes of both, what flows, and where the tip lies.
///
/// Pure. The pump is taken to hold enough for the whole time, and nobody asks for a patient dose; the
/// program in force is taken to have run for ``history`` before.
struct ProgramPrediction {
  /// Before the change and after it, h: the model's half-lives are of hours, so that the beginning is
  /// near its steady state.
  static let history = 168.0
  static let future = 168.0

  /// A drug that the model has numbers for.
  struct ModelDrug: Equatable {
    let name: String
    /// In `DrugDefaults.all`.
    let index: Int
    /// In the reservoir before and after the change, ug/mL; 0 where it is not in it.
    let before: Double
    let after: Double
  }

  let drugs: [ModelDrug]
  /// The drugs that the model knows nothing of.
  let unknown: [String]
  let tip: TipPlace
  /// Between reservoir and tip, mL.
  let deadVolume: Double
  /// From 0 to ``history`` and ``future``, without gaps: the program in force, going on unchanged.
  ///
  /// Nothing where the pump would not take it.
  let before: [FlowSegment]?
  /// From 0 to ``future``: the proposed program from now on.
  ///
  /// Nothing where the pump would refuse it.
  let after: [FlowSegment]?
  /// Why, and what else the comparison finds, in words.
  let refused: [String]
  let warnings: [String]
  /// What is not known and was taken from elsewhere, in words.
  let assumed: [String]

  /// - Parameters:
  ///   - record: tells pump, catheter, reservoir and the program in force.
  ///   - program: the proposed one.
  ///   - fluid: with what in the reservoir; nothing where that stays.
  ///   - now: the time of the change, which says what of a day's steps comes first.
  /// - Throws: what is not known, or the place in the program that cannot be read.
  init(
    _ record: PatientRecord,
    _ program: ProgramJSON,
    with fluid: Fluid? = nil,
    at now: Instant
  ) throws(ProgramComparison.Fault) {
    let compared = try ProgramComparison(record, program, with: fluid)
    guard let pump = record.pump, let reservoir = record.reservoir, let inForce = record.program
    else { throw .notKnown }
    let place = PumpPlace(
      pump: pump,
      catheter: record.catheter,
      model: PumpConstants(of: pump).model
    )
    let sides: (CompareSide, CompareSide)
    do throws(ScenarioError) {
      sides = (
        try place.side(inForce.program, reservoir.fluid, reservoir.volume),
        try place.side(program, fluid ?? reservoir.fluid, reservoir.volume)
      )
    } catch { throw .unreadable(error) }
    let local = LocalTime(milliseconds: now.milliseconds)
    before = Self.flow(
      sides.0,
      place,
      from: local,
      hours: Self.history + Self.future,
      isRunning: true
    )
    after = Self.flow(sides.1, place, from: local, hours: Self.future, isRunning: false)
    deadVolume = Double(sides.1.fluidPath.nanolitres) / 1e6
    (drugs, unknown) = Self.drugs(reservoir.fluid, fluid ?? reservoir.fluid)
    tip = TipPlace(record.catheter?.tip)
    refused = compared.result.refused.map(\.message)
    warnings = compared.result.warnings.map(\.message)
    var assumed = compared.assumed
    if tip.isAssumed {
      assumed.append("The level of the catheter's tip is not known: \(tip.level) is taken.")
    }
    if before == nil { assumed.append("The pump would not take the program in force again.") }
    self.assumed = assumed
  }

  /// What the controller makes of a program; nothing where it refuses it.
  ///
  /// The reservoir is full at the start. A program that has been running primes and bridges no more.
  private static func flow(
    _ side: CompareSide,
    _ place: PumpPlace,
    from local: LocalTime,
    hours: Double,
    isRunning: Bool
  ) -> [FlowSegment]? {
    let controller = Controller(
      model: side.model,
      catheter: place.length,
      local: local,
      fill: side.model.capacity,
      mixture: side.fill.mixture(drugs: side.drugs),
      pathEmpty: side.pathEmpty
    )
    guard let controller else { return nil }
    var program = side.program
    if isRunning { (program.prime, program.bridge) = (nil, nil) }
    do throws(ProgramRefusal) {
      return try ControllerFlow(
        controller,
        program: program,
        until: PumpTime(milliseconds: Int64(hours * 3_600_000)),
        byStrokes: false
      ).segments
    } catch { return nil }
  }

  private static func drugs(_ before: Fluid, _ after: Fluid) -> ([ModelDrug], [String]) {
    var known: [ModelDrug] = []
    var unknown: [String] = []
    func concentration(_ name: String, _ fluid: Fluid) -> Double {
      let found = fluid.drugs.first { $0.name == name }
      return Double(found?.concentration.nanogramsPerMillilitre ?? 0) / 1_000
    }
    for name in before.drugs.map(\.name) + after.drugs.map(\.name) {
      guard !known.contains(where: { $0.name == name }), !unknown.contains(name) else { continue }
      if let index = DrugDefaults.all.firstIndex(where: { $0.drug.name == name }) {
        known.append(
          ModelDrug(
            name: name,
            index: index,
            before: concentration(name, before),
            after: concentration(name, after)
          )
        )
      } else {
        unknown.append(name)
      }
    }
    return (known, unknown)
  }

  // MARK: As JSON

  /// The members of the prediction; times in h, flows in mL/h, concentrations in ug/mL.
  func write(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("history_h")
    writer.double(Self.history)
    writer.key("future_h")
    writer.double(Self.future)
    writer.key("drugs")
    writer.beginArray()
    for drug in drugs {
      writer.beginObject()
      writer.member("name", drug.name)
      writer.key("index")
      writer.integer(drug.index)
      writer.key("before_ug_per_mL")
      writer.double(drug.before)
      writer.key("after_ug_per_mL")
      writer.double(drug.after)
      writer.endObject()
    }
    writer.endArray()
    Self.write("noModelFor", unknown, &writer)
    writer.key("tip")
    writer.beginObject()
    writer.member("level", tip.level)
    writer.key("place_cm")
    writer.double(tip.place)
    writer.key("isAssumed")
    writer.bool(tip.isAssumed)
    writer.endObject()
    writer.key("deadVolume_mL")
    writer.double(deadVolume)
    Self.write("before", before, &writer)
    Self.write("after", after, &writer)
    Self.write("refused", refused, &writer)
    Self.write("warnings", warnings, &writer)
    Self.write("assumed", assumed, &writer)
    writer.endObject()
  }

  private static func write(_ name: String, _ words: [String], _ writer: inout JSONWriter) {
    writer.key(name)
    writer.beginArray()
    for text in words { writer.string(text) }
    writer.endArray()
  }

  /// Segments as `[start, end, flow]`.
  private static func write(
    _ name: String,
    _ segments: [FlowSegment]?,
    _ writer: inout JSONWriter
  ) {
    writer.key(name)
    guard let segments else {
      writer.null()
      return
    }
    writer.beginArray()
    for segment in segments {
      writer.beginArray()
      writer.double(segment.start)
      writer.double(segment.end)
      writer.double(segment.flow)
      writer.endArray()
    }
    writer.endArray()
  }
}
