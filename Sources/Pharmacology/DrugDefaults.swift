/// How a number of a drug's default set is known.
public enum DrugEvidence: String, Sendable {
  /// Taken from a publication, which the source names.
  case published
  /// Set by hand with published observations of spinal fluid in view: fitted, not predicted.
  case fitted
  /// No source: a guess of the right size.
  case assumed
  /// Holds the place of a number that nobody has looked for; nothing was compared with it.
  case placeholder
}

/// A drug's default set, each number with where it comes from and how well it is known.
public struct DrugDefaults: Sendable {
  public let drug: Drug
  /// What the published numbers come from; nothing where none is published.
  public let source: String
  /// The numbers that stand in ``source``.
  let published: [DrugParameter]
  /// The numbers set by hand.
  let fitted: [DrugParameter]
  /// Whether nothing of the set was ever compared with an observation.
  public let isPlaceholder: Bool

  /// How a number of the set is known.
  public func evidence(for parameter: DrugParameter) -> DrugEvidence {
    if published.contains(parameter) { return .published }
    if isPlaceholder { return .placeholder }
    return fitted.contains(parameter) ? .fitted : .assumed
  }

  /// The names of all drugs with a default set.
  public static var names: [String] { all.map { $0.drug.name } }

  /// The set of a drug, by its name.
  public static func named(_ name: String) -> DrugDefaults? {
    for defaults in all where defaults.drug.name.utf8.elementsEqual(name.utf8) { return defaults }
    return nil
  }

  /// All sets, in the order of `DrugParameter`.
  public static let all: [DrugDefaults] = [
    DrugDefaults(
      "morphine",
      [
        0.1, 0.1, 1, 0.2, 0.8, 0.8, 10, 100_000, 176_000, 95_000, 120_000, 1.2, 0.3, 0.35, 0.6, 1.5,
        1,
      ],
      source: "Stuart-Harris 2000 (IV: CL 1584 mL/min; V 276 L: sum only; split assumed); "
        + "Hoskin 1989, Sawe 1981 (oral F 0.24 to 0.38: 0.3 assumed)",
      published: [.cl],
      fitted: [.ke]
    ),
    DrugDefaults(
      "hydromorphone",
      [
        0.14, 0.15, 1.2, 0.4, 0.6, 0.7, 12, 90_000, 120_000, 105_000, 150_000, 1.5, 0.35, 0.6, 0.12,
        1.5, 1,
      ],
      isPlaceholder: true
    ),
    DrugDefaults(
      "fentanyl",
      [
        0.7, 0.6, 4, 1.5, 0.3, 1, 60, 40_000, 260_000, 50_000, 150_000, 1, 0.33, 4, 0.02, 1.5, 1,
      ],
      fitted: [.ke]
    ),
    DrugDefaults(
      "baclofen",
      [
        0.25, 0.15, 1, 0.3, 0.12, 0.12, 10, 21_300, 22_400, 8_000, 9_000, 2, 0.74, 0.5, 0.25, 1.5,
        0.9,
      ],
      source: "Clin Pharmacol Ther 1985;38:251 (Vc/F 28.8 L, CL/F 180 mL/min; Vp in no source); "
        + "Agarwal 2015 (F 0.74)",
      published: [.vc, .cl, .f],
      fitted: [.ke, .ec50]
    ),
    DrugDefaults(
      "bupivacaine",
      [
        0.45, 0.5, 3, 0.8, 0.2, 0.5, 40, 25_000, 48_000, 32_000, 60_000, 1, 0.3, 3, 60, 3, 1,
      ],
      isPlaceholder: true
    ),
    DrugDefaults(
      "ziconotide",
      [
        0.12, 0.03, 0.8, 0.15, 0, 0, 2, 12_000, 18_000, 16_200, 20_000, 1, 0, 0.25, 0.004, 1.2, 0.9,
      ],
      source: "Prialt label (CL 270 mL/min; V 30.5 L: sum only, here 30.0; split assumed)",
      published: [.cl],
      fitted: [.ke]
    ),
    DrugDefaults(
      "tracer",
      [0.06, 0.02, 0.2, 0.02, 0, 0, 2, 10_000, 6_000, 6_000, 10_000, 1, 0, 1, 1, 1, 0]
    ),
  ]

  private init(
    _ name: String,
    _ values: [Double],
    source: String = "",
    published: [DrugParameter] = [],
    fitted: [DrugParameter] = [],
    isPlaceholder: Bool = false
  ) {
    var drug = Drug(name: name)
    for parameter in DrugParameter.allCases { drug[parameter] = values[parameter.rawValue] }
    self.drug = drug
    self.source = source
    self.published = published
    self.fitted = fitted
    self.isPlaceholder = isPlaceholder
  }
}
