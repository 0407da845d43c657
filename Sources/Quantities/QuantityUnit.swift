#if !hasFeature(Embedded)
/// A unit as read from text: what it measures and how many stored units it is, as a fraction.
struct QuantityUnit: Equatable {
  let kind: QuantityKind
  let numerator: Int128
  let denominator: Int128

  private enum Dimension {
    case volume, mass, time, length
  }

  private struct Atom {
    let name: String
    let dimension: Dimension
    /// In nL, fg, ms or µm.
    let size: Int128
    /// Whether `per` this unit is in use.
    let isDivisor: Bool
  }

  private static let atoms: [Atom] = [
    Atom(name: "L", dimension: .volume, size: 1_000_000_000, isDivisor: true),
    Atom(name: "mL", dimension: .volume, size: 1_000_000, isDivisor: true),
    Atom(name: "uL", dimension: .volume, size: 1_000, isDivisor: true),
    Atom(name: "nL", dimension: .volume, size: 1, isDivisor: true),
    Atom(name: "kg", dimension: .mass, size: 1_000_000_000_000_000_000, isDivisor: false),
    Atom(name: "g", dimension: .mass, size: 1_000_000_000_000_000, isDivisor: false),
    Atom(name: "mg", dimension: .mass, size: 1_000_000_000_000, isDivisor: false),
    Atom(name: "ug", dimension: .mass, size: 1_000_000_000, isDivisor: false),
    Atom(name: "ng", dimension: .mass, size: 1_000_000, isDivisor: false),
    Atom(name: "pg", dimension: .mass, size: 1_000, isDivisor: false),
    Atom(name: "fg", dimension: .mass, size: 1, isDivisor: false),
    Atom(name: "wk", dimension: .time, size: 604_800_000, isDivisor: false),
    Atom(name: "d", dimension: .time, size: 86_400_000, isDivisor: true),
    Atom(name: "h", dimension: .time, size: 3_600_000, isDivisor: true),
    Atom(name: "min", dimension: .time, size: 60_000, isDivisor: true),
    Atom(name: "s", dimension: .time, size: 1_000, isDivisor: true),
    Atom(name: "ms", dimension: .time, size: 1, isDivisor: false),
    Atom(name: "m", dimension: .length, size: 1_000_000, isDivisor: true),
    Atom(name: "cm", dimension: .length, size: 10_000, isDivisor: true),
    Atom(name: "mm", dimension: .length, size: 1_000, isDivisor: true),
    Atom(name: "um", dimension: .length, size: 1, isDivisor: false),
  ]

  /// The unit of a text, or nothing where it is none of those in use.
  ///
  /// - Parameter text: in its canonical spelling, see ``canonical(_:)``.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard let first = parts.first, let upper = Self.atom(first), parts.count <= 2 else {
      return nil
    }
    guard parts.count == 2 else {
      self.init(upper)
      return
    }
    guard let lower = Self.atom(parts[1]), lower.isDivisor else { return nil }
    switch (upper.dimension, lower.dimension) {
    case (.mass, .volume):
      // 1 fg/nL = 1 ng/mL.
      self.init(.concentration, upper.size, lower.size)
    case (.volume, .time):
      self.init(.flowRate, upper.size * 86_400_000, lower.size)
    case (.mass, .time):
      self.init(.dailyDose, upper.size * 86_400_000, lower.size)
    case (.volume, .length):
      // 1 nL/µm = 1000 pL in 1e-4 cm.
      self.init(.linearVolume, upper.size * 10_000_000, lower.size)
    default:
      return nil
    }
  }

  private init(_ atom: Atom) {
    switch atom.dimension {
    case .volume: self.init(.volume, atom.size, 1)
    case .mass: self.init(.mass, atom.size, 1)
    case .time: self.init(.timeSpan, atom.size, 1)
    case .length: self.init(.length, atom.size, 1)
    }
  }

  private init(_ kind: QuantityKind, _ numerator: Int128, _ denominator: Int128) {
    self.kind = kind
    self.numerator = numerator
    self.denominator = denominator
  }

  private static func atom(_ name: Substring) -> Atom? {
    atoms.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The spelling with `u` for micro: both code points of µ, and `mcg`, come to the same.
  static func canonical(_ text: some StringProtocol) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(scalar == "\u{B5}" || scalar == "\u{3BC}" ? "u" : scalar)
    }
    let parts = String(scalars).split(separator: "/", omittingEmptySubsequences: false)
    return parts.map { $0 == "mcg" ? "ug" : String($0) }.joined(separator: "/")
  }

  /// The unit that a text would be in another case, as `mL` for `ml`.
  ///
  /// - Returns: nothing where no unit, or more than one, of the kind is spelt like it.
  static func inOtherCase(_ text: String, kind: QuantityKind) -> String? {
    let divisors = atoms.filter(\.isDivisor)
    let composed = atoms.flatMap { upper in divisors.map { "\(upper.name)/\($0.name)" } }
    let found = (atoms.map(\.name) + composed).filter { name in
      name.lowercased() == text.lowercased() && name != text
        && QuantityUnit(name)?.kind == kind
    }
    return found.count == 1 ? found.first : nil
  }
}
#endif
