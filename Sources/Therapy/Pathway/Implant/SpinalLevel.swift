public import Formulary

/// A level of the spine, as a film shows it; from the head down.
public enum SpinalLevel: String, Codable, Sendable, CaseIterable, Comparable {
  case c1 = "C1"
  case c2 = "C2"
  case c3 = "C3"
  case c4 = "C4"
  case c5 = "C5"
  case c6 = "C6"
  case c7 = "C7"
  case t1 = "T1"
  case t2 = "T2"
  case t3 = "T3"
  case t4 = "T4"
  case t5 = "T5"
  case t6 = "T6"
  case t7 = "T7"
  case t8 = "T8"
  case t9 = "T9"
  case t10 = "T10"
  case t11 = "T11"
  case t12 = "T12"
  case l1 = "L1"
  case l2 = "L2"
  case l3 = "L3"
  case l4 = "L4"
  case l5 = "L5"
  case s1 = "S1"
  case s2 = "S2"

  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.place < rhs.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Where a catheter's tip is thought to belong; never more than a question.
public struct TipAdvice: Equatable, Sendable {
  public let text: String
  public let source: String
  public let isVerified: Bool
  /// Levels that fit; empty where that depends on the patient's own segments.
  let usual: [ClosedRange<SpinalLevel>]

  /// What is told for an indication (pathway: Implant and tip level).
  public init(for indication: DrugIndication) {
    switch indication {
    case .spasticity:
      text =
        "T1 to T2 for spasticity of all limbs, T6 to T10 for that of the legs, mid-cervical for "
        + "dystonia; a cohort of 166 children found no effect of the level"
      source = "314 procedures, paperexplained 36ed33b; PMID 20306056"
      isVerified = true
      usual = [.c3 ... .c6, .t1 ... .t2, .t6 ... .t10]
    case .cancer, .nonCancer:
      text = "near the segment of the pain; drugs that dissolve in fat need to be close to it"
      source = "recalled, unverified"
      isVerified = false
      usual = []
    }
  }

  /// The question about a level; nothing where it is a usual one.
  public func question(about tip: SpinalLevel) -> String? {
    guard !usual.contains(where: { $0.contains(tip) }) else { return nil }
    return "Tip at \(tip.rawValue): \(text) (\(source))."
  }
}
