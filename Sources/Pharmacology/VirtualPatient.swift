/// The generator of the virtual population: SplitMix64 (Steele, Lea & Flood 2014).
public struct SplitMix64: Sendable {
  private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  /// Leaves out as many values as given, at once.
  public mutating func skip(_ count: UInt64) {
    state = state &+ Self.gamma &* count
  }

  /// The next value.
  public mutating func next() -> UInt64 {
    state = state &+ Self.gamma
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// The next value as a probability, never 0 and never 1.
  public mutating func nextUniform() -> Double { Self.uniform(of: next()) }

  /// A word as a probability, never 0 and never 1.
  static func uniform(of word: UInt64) -> Double {
    // The topmost one would round up to 1.
    min((Double(word >> 11) + 0.5) * 0x1p-53, 0x1.fffffffffffffp-1)
  }
}

/// A parameter that differs between virtual patients, in the order in which they are drawn.
public enum VariedParameter: Int, CaseIterable, Sendable {
  case spinalVolume, lumbarDispersion, cervicalDispersion, production, spinalAbsorption
  case cisternaVolume, cranialVolume
  case ke, hT, kt, cl, vc, ka, ke0, ec50

  /// The name in files.
  public var name: String {
    switch self {
    case .spinalVolume: "spinalVolume"
    case .lumbarDispersion: "Dlumbar"
    case .cervicalDispersion: "Dcervical"
    case .production: "Qprod"
    case .spinalAbsorption: "Qspinal"
    case .cisternaVolume: "Vcis"
    case .cranialVolume: "Vcran"
    case .ke: "ke"
    case .hT: "hT"
    case .kt: "kt"
    case .cl: "CL"
    case .vc: "Vc"
    case .ka: "ka"
    case .ke0: "ke0"
    case .ec50: "EC50"
    }
  }

  /// The coefficient of variation; only those of spinal volume (Hogan 1996), CL and Vc (He 2014) have
  /// a source, the others are assumptions.
  public var variation: Double {
    switch self {
    case .spinalVolume: 0.25
    case .lumbarDispersion, .cervicalDispersion: 0.6
    case .production: 0.2
    case .spinalAbsorption: 0.5
    case .cisternaVolume, .cranialVolume: 0.3
    case .ke: 0.5
    case .hT, .kt: 0.4
    case .cl: 0.33
    case .vc: 0.4
    case .ka: 0.5
    case .ke0: 0.3
    case .ec50: 0.6
    }
  }
}

/// One draw from the virtual population: a standard normal for each varied parameter, all independent.
public struct VirtualPatient: Sendable {
  /// By the order of ``VariedParameter``.
  public let uniforms: [Double]
  public let normals: [Double]

  /// Draws a patient.
  ///
  /// The patients of a seed are one stream, one after the other, so that any of them can be drawn alone.
  ///
  /// - Parameters:
  ///   - index: from 0.
  ///   - seed: of the population.
  public init(_ index: Int, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let count = VariedParameter.allCases.count
    generator.skip(UInt64(index) &* UInt64(count))
    var uniforms: [Double] = []
    for _ in 0..<count { uniforms.append(generator.nextUniform()) }
    self.uniforms = uniforms
    normals = uniforms.map(Elementary.normalQuantile)
  }

  /// By how much a parameter of this patient is greater than the typical one: exp(omega z).
  public func factor(_ parameter: VariedParameter) -> Double {
    let variation = parameter.variation
    let omega = Elementary.log(1 + variation * variation).squareRoot()
    return Elementary.exp(omega * normals[parameter.rawValue])
  }

  /// The typical person's canal as this patient has it.
  public func geometry(from typical: SpinalGeometry) -> SpinalGeometry {
    var own = typical
    own.spinalVolume *= factor(.spinalVolume)
    own.lumbarDispersion *= factor(.lumbarDispersion)
    own.cervicalDispersion *= factor(.cervicalDispersion)
    own.production *= factor(.production)
    own.spinalAbsorption *= factor(.spinalAbsorption)
    own.cisternaVolume *= factor(.cisternaVolume)
    own.cranialVolume *= factor(.cranialVolume)
    return own
  }

  /// The drug as it acts in this patient.
  public func drug(from typical: Drug) -> Drug {
    var own = typical
    own.fluidLoss *= factor(.ke)
    own.permeability *= factor(.hT)
    own.tissueLoss *= factor(.kt)
    own.clearance *= factor(.cl)
    own.centralVolume *= factor(.vc)
    own.absorption *= factor(.ka)
    own.effectRate *= factor(.ke0)
    own.halfEffect *= factor(.ec50)
    return own
  }
}
