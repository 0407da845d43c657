/// Carries a state over one factored step.
///
/// The rational exponential of the whole matrix is applied as a sum over its poles; a constant source
/// comes in as the last column of the same matrix, so that nothing is split.
public struct Propagator: Sendable {
  /// What flows into each member of the chain, ug/mL/h, in some stretch of it.
  public struct Source: Sendable {
    public var first: Int
    public var rates: [Double]

    public init(first: Int, rates: [Double]) {
      self.first = first
      self.rates = rates
    }
  }

  /// The solution of each member during the backward sweep; room that is used again.
  private var solution: [ComplexLanes]
  /// What of blood's solution the last step integrated.
  private let weightOverPole = RationalExponential.weight * RationalExponential.inversePole

  /// - Parameter count: of the members of the chain.
  public init(count: Int) {
    solution = [ComplexLanes](repeating: .zero, count: count)
  }

  /// Moves a state on by the length of a step, in a system of its own.
  ///
  /// - Parameters:
  ///   - state: what is moved on.
  ///   - system: the rates.
  ///   - length: of the step, h.
  ///   - source: constant meanwhile.
  public mutating func advance(
    _ state: inout ModelState,
    in system: TransportSystem,
    by length: Double,
    source: Source? = nil
  ) {
    step(&state, Factorization(system, length: length), source: source)
  }

  /// Moves a state on by a factored step.
  mutating func step(_ state: inout ModelState, _ factors: Factorization, source: Source?) {
    let blood = forward(state, factors, source: source)
    backward(&state, factors, blood: blood)
    moveBlood(&state, factors, blood: blood)
  }

  /// The integral over the last step of a reading of the chain, h ug/mL.
  func integral(of reading: LinearReading, length: Double) -> Double {
    var sum = ComplexLanes.zero
    for (offset, weight) in reading.weights.enumerated() {
      sum = sum + weight * solution[reading.first + offset]
    }
    return length * sum.realProduct(weightOverPole).total
  }

  /// Eliminates upwards; the result is the solution of blood.
  private mutating func forward(
    _ state: ModelState,
    _ factors: Factorization,
    source: Source?
  ) -> ComplexLanes {
    var blood = ComplexLanes(real: state.blood)
    blood = blood - (factors.bloodFromPeripheral * state.peripheral) * factors.peripheral
    blood = blood - (factors.bloodFromGut * state.gut) * factors.gut
    let count = factors.members.count
    let first = source?.first ?? count
    let end = first + (source?.rates.count ?? 0)
    let sourceFactor = factors.length * RationalExponential.inversePole
    let rates = source?.rates ?? []
    var below = ComplexLanes.zero
    precondition(
      solution.count == count && state.fluid.count == count && state.tissue.count == count,
      "a state of another chain"
    )
    unsafe factors.members.withUnsafeBufferPointer { members in
      unsafe solution.withUnsafeMutableBufferPointer { solution in
        unsafe state.fluid.withUnsafeBufferPointer { fluid in
          unsafe state.tissue.withUnsafeBufferPointer { tissue in
            for i in 0..<count {
              let member = unsafe members[i]
              let held = unsafe tissue[i] * member.tissue
              var right = unsafe ComplexLanes(real: fluid[i]) - member.fromTissue * held
              if i >= first, i < end { right = right + rates[i - first] * sourceFactor }
              below = (right - member.below * below) * member.pivot
              unsafe solution[i] = below
              blood = blood - member.tissueToBlood * held - member.row * below
            }
          }
        }
      }
    }
    return blood * factors.bloodPivot
  }

  /// Substitutes downwards, and takes the weighted sum over the poles at once.
  private mutating func backward(
    _ state: inout ModelState,
    _ factors: Factorization,
    blood: ComplexLanes
  ) {
    let count = factors.members.count
    let constant = RationalExponential.constant
    let weight = RationalExponential.weight
    let ownEffect = constant + factors.effectWeight.re.total
    let effectFromTissue = (-factors.effectRate) * factors.effectWeight
    precondition(state.effect.count == count, "a state of another chain")
    var above = ComplexLanes.zero
    unsafe factors.members.withUnsafeBufferPointer { members in
      unsafe solution.withUnsafeMutableBufferPointer { solution in
        unsafe state.fluid.withUnsafeMutableBufferPointer { fluid in
          unsafe state.tissue.withUnsafeMutableBufferPointer { tissue in
            unsafe state.effect.withUnsafeMutableBufferPointer { effect in
              for i in (0..<count).reversed() {
                let member = unsafe members[i]
                above = unsafe solution[i] - member.above * above - member.blood * blood
                unsafe solution[i] = above
                unsafe fluid[i] = constant * fluid[i] + above.realProduct(weight).total
                var held = unsafe ComplexLanes(real: tissue[i]) - member.toTissue * above
                held = (held - member.tissueFromBlood * blood) * member.tissue
                unsafe tissue[i] = constant * tissue[i] + held.realProduct(weight).total
                let gained = held.realProduct(effectFromTissue).total
                unsafe effect[i] = ownEffect * effect[i] + gained
              }
            }
          }
        }
      }
    }
  }

  private func moveBlood(
    _ state: inout ModelState,
    _ factors: Factorization,
    blood: ComplexLanes
  ) {
    let constant = RationalExponential.constant
    let weight = RationalExponential.weight
    let peripheral =
      (ComplexLanes(real: state.peripheral) - factors.peripheralExchange * blood)
      * factors.peripheral
    let gut = state.gut * factors.gut
    state.bloodIntegral += factors.length * blood.realProduct(weightOverPole).total
    state.gutIntegral += factors.length * gut.realProduct(weightOverPole).total
    state.blood = constant * state.blood + blood.realProduct(weight).total
    state.peripheral = constant * state.peripheral + peripheral.realProduct(weight).total
    state.gut = constant * state.gut + gut.realProduct(weight).total
  }
}
