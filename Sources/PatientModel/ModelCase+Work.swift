import Pharmacology
import PumpScenario

extension ModelCase {
  /// Refuses a case that would not come to an end: where the fluid moves faster than it mixes, a run
  /// takes a step for each time that the smallest cell is filled anew.
  ///
  /// - Throws: how often that would be, and what makes it less.
  func checkWork() throws(ScenarioError) {
    let grid = SpinalGrid(geometry: geometry, catheter: catheter, count: cells)
    let least = dispersionScale.steps.map(\.value).min() ?? 1
    var known: [Double: Double] = [:]
    var fillings = 0.0
    for segment in flow {
      let longest =
        known[segment.flow]
        ?? grid.longestStep(
          flow: segment.flow,
          absorption: geometry.spinalAbsorption,
          scale: least
        )
      known[segment.flow] = longest
      fillings += (segment.end - segment.start) / longest
    }
    // Not a number where a cell holds nothing.
    guard fillings <= CaseLimits.fillings else {
      throw ScenarioError(
        path: "$",
        given: "a flow that fills the smallest of \(cells) cells anew "
          + "\(ModelPicture.short(fillings)) times",
        expected: "at most \(CaseNumber.text(CaseLimits.fillings)) times: less flow, fewer cells, "
          + "more even areas or a shorter run"
      )
    }
  }
}
