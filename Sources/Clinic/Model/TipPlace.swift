import Pharmacology
import Therapy

/// Where a catheter's tip lies in the model's canal, from the level that the record names.
struct TipPlace: Equatable, Sendable {
  /// As a page names it.
  let level: String
  /// From S2, cm.
  let place: Double
  /// Whether the record names no level that the model knows.
  let isAssumed: Bool

  /// T10, where no level is known.
  static let assumed = TipPlace(level: "T10", place: 26, isAssumed: true)

  /// - Parameter text: as in `T10` or `L1/2`; nothing where it is not known.
  init(_ text: String?) {
    let name = (text ?? "").uppercased().filter { $0 != " " }
    guard let place = Self.place(of: name) else {
      self = Self.assumed
      return
    }
    self.init(level: name, place: place, isAssumed: false)
  }

  private init(level: String, place: Double, isAssumed: Bool) {
    (self.level, self.place, self.isAssumed) = (level, place, isAssumed)
  }

  /// A level of the model, or midway between those beside it.
  static func place(of name: String) -> Double? {
    if let own = known(name) { return own }
    guard let (below, above) = neighbors[name], let low = known(below), let high = known(above)
    else { return nil }
    return (low + high) / 2
  }

  private static func known(_ name: String) -> Double? {
    Pharmacology.SpinalLevel.all.first { $0.name == name }?.place
  }

  /// A vertebra between the discs, or the levels, next to it.
  private static let neighbors: [String: (String, String)] = [
    "S1": ("S2", "L5/S1"), "L5": ("L5/S1", "L4/5"), "L4": ("L4/5", "L3/4"), "L3": ("L3/4", "L2/3"),
    "L2": ("L2/3", "L1/2"), "L1": ("L1/2", "T12"), "T12/L1": ("L1/2", "T12"),
    "T11": ("T12", "T10"), "T9": ("T10", "T8"), "T7": ("T8", "T6"), "T5": ("T6", "T4"),
    "T3": ("T4", "T2"), "T1": ("T2", "C7"), "C6": ("C7", "C5"), "C4": ("C5", "C3"),
    "C2": ("C3", "C1"),
  ]
}
