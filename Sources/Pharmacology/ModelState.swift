/// All that the model holds at an instant: concentrations in ug/mL, the gut and sums in ug.
public struct ModelState: Equatable, Sendable {
  /// Along the chain: the canal's cells from S2 upwards, the cisterna, the cranial space.
  public internal(set) var fluid: [Double]
  /// Beside each member of the chain; 0 where there is no tissue.
  public internal(set) var tissue: [Double]
  /// At the effect site of each member.
  public internal(set) var effect: [Double]
  public internal(set) var blood = 0.0
  public internal(set) var peripheral = 0.0
  /// What of oral doses is still in the gut, ug.
  public internal(set) var gut = 0.0
  /// The integrals over all time, h ug/mL (of the gut: h ug), for what left the body.
  public internal(set) var bloodIntegral = 0.0
  public internal(set) var gutIntegral = 0.0

  /// Nothing anywhere.
  ///
  /// - Parameter count: of the members of the chain.
  public init(count: Int) {
    fluid = [Double](repeating: 0, count: count)
    tissue = fluid
    effect = fluid
  }
}

extension ModelState {
  /// A chain of one member.
  ///
  /// - Parameter fluid: its concentration, ug/mL.
  /// - Returns: the state, with nothing elsewhere.
  public static func single(fluid: Double) -> ModelState {
    var state = ModelState(count: 1)
    state.fluid[0] = fluid
    return state
  }
}
