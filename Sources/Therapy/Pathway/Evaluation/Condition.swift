public import Formulary

/// What the therapy is considered for.
public enum Condition: String, Codable, Sendable, CaseIterable {
  case chronicPainSyndrome, cancerPain, failedBackSurgery, complexRegionalPain, neuropathicPain
  case peripheralNeuropathy, severeArthritis, degenerativeDisc, spinalStenosis
  case persistentPostsurgicalPain
  case multipleSclerosis, spinalCordInjury, cerebralPalsy, brainInjury

  /// The group whose rules hold.
  public var indication: DrugIndication {
    switch self {
    case .cancerPain: .cancer
    case .chronicPainSyndrome, .failedBackSurgery, .complexRegionalPain, .neuropathicPain,
      .peripheralNeuropathy, .severeArthritis, .degenerativeDisc, .spinalStenosis,
      .persistentPostsurgicalPain:
      .nonCancer
    case .multipleSclerosis, .spinalCordInjury, .cerebralPalsy, .brainInjury: .spasticity
    }
  }

  /// Where a spasticity comes from; nothing for pain.
  public var origin: SpasticityOrigin? {
    switch self {
    case .multipleSclerosis, .spinalCordInjury: .spinal
    case .cerebralPalsy, .brainInjury: .cerebral
    default: nil
    }
  }

  /// ICD-10-CM, as far as a code has been verified; the first is the usual one.
  ///
  /// A code that is not here may be entered.
  public var codes: [String] {
    switch self {
    case .chronicPainSyndrome: ["G89.4", "G89.29"]
    case .cancerPain: ["G89.3"]
    case .failedBackSurgery: ["M96.1"]
    case .complexRegionalPain: ["G90.50", "G90.511", "G90.521", "G90.59", "G56.40", "G57.70"]
    case .neuropathicPain: ["M79.2", "G89.0", "B02.29", "G54.6"]
    case .peripheralNeuropathy: ["G62.9", "E11.42", "E10.42"]
    case .severeArthritis: ["M19.90", "M15.9", "M06.9"]
    case .degenerativeDisc: ["M51.360", "M51.369", "M51.379", "M50.30"]
    case .spinalStenosis: ["M48.00", "M48.061", "M48.062"]
    case .persistentPostsurgicalPain: ["G89.28"]
    case .multipleSclerosis: ["G35.D", "G35.A"]
    case .spinalCordInjury: ["S14.109S", "S24.109S", "S34.109S", "G82.20", "G82.50"]
    case .cerebralPalsy: ["G80.0", "G80.1", "G80.9"]
    // No code for the sequela of a brain injury has been verified.
    case .brainInjury: []
    }
  }
}
