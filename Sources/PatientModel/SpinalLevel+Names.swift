package import Pharmacology

extension SpinalLevel {
  /// The canal in which the places of ``all`` are.
  static let standardLength = 60.0

  /// The place in a canal, cm from S2.
  ///
  /// - Parameter length: of the canal, cm; the levels are spread over it as over one of 60 cm.
  /// - Returns: the place.
  package func place(in length: Double) -> Double { place * length / Self.standardLength }

  /// The place of a level, cm from S2.
  ///
  /// Levels that ``all`` does not have, as T9, stand on the straight line between their neighbours.
  ///
  /// - Parameters:
  ///   - name: of a vertebra or of the disc below it, as `T10` or `L1/2`; upper or lower case.
  ///   - length: of the canal, cm; the levels are spread over it as over one of 60 cm.
  /// - Returns: the place; nothing where the name is none of a level.
  package static func place(of name: String, length: Double) -> Double? {
    let given = name.uppercased()
    if let level = all.first(where: { $0.name == given }) { return level.place(in: length) }
    guard let wanted = number(of: given) else { return nil }
    let known = all.compactMap { level in number(of: level.name).map { ($0, level.place) } }
    // From S2 upwards: numbers fall, places rise.
    for (below, above) in zip(known, known.dropFirst()) where below.0 >= wanted && wanted > above.0
    {
      let share = (below.0 - wanted) / (below.0 - above.0)
      return (below.1 + share * (above.1 - below.1)) * length / standardLength
    }
    return nil
  }

  /// Vertebrae from C1 downwards, 1 to 26; a disc stands half below its own.
  private static func number(of name: String) -> Double? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let starts = ["C": (0, 7), "T": (7, 12), "L": (19, 5), "S": (24, 2)]
    guard let first = parts.first, parts.count <= 2,
      let (start, count) = starts["\(first.prefix(1))"], let own = Int(first.dropFirst()),
      (1...count).contains(own)
    else { return nil }
    return Double(start + own) + (parts.count == 2 ? 0.5 : 0)
  }
}
