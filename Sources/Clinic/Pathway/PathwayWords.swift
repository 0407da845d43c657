import Therapy

extension PatientStage {
  var words: String {
    switch self {
    case .new: "not in care"
    case .evaluation: "evaluation"
    case .trial: "trial"
    case .implant: "implant"
    case .therapy: "therapy"
    case .ended: "ended"
    }
  }
}

extension Condition {
  var words: String {
    switch self {
    case .chronicPainSyndrome: "Chronic pain syndrome"
    case .cancerPain: "Pain of cancer"
    case .failedBackSurgery: "Failed back surgery syndrome"
    case .complexRegionalPain: "Complex regional pain syndrome"
    case .neuropathicPain: "Neuropathic pain"
    case .peripheralNeuropathy: "Peripheral neuropathy"
    case .severeArthritis: "Severe arthritis"
    case .degenerativeDisc: "Degenerative disc disease"
    case .spinalStenosis: "Spinal stenosis"
    case .persistentPostsurgicalPain: "Persistent postsurgical pain"
    case .multipleSclerosis: "Spasticity of multiple sclerosis"
    case .spinalCordInjury: "Spasticity of spinal cord injury"
    case .cerebralPalsy: "Spasticity of cerebral palsy"
    case .brainInjury: "Spasticity of brain injury"
    }
  }
}

extension Contraindication {
  var words: String {
    switch self {
    case .activeInfection: "Active or incompletely treated infection"
    case .bleedingDisorder: "Bleeding disorder, or anticoagulation that cannot be paused"
    case .allergyToMaterial: "Allergy to the drug or a material"
    case .obstructedFluid: "Flow of spinal fluid obstructed"
    case .depthOver25mm: "Pump would lie deeper than 2.5 cm"
    case .bodyTooSmall: "Body too small for the pump"
    case .spinalAnomaly: "Anomaly of the spine"
    case .untreatedDependency: "Untreated dependency"
    case .psychosis: "Psychosis, now or before"
    case .strongFieldOrPressure: "Work in strong fields or under pressure"
    }
  }
}

extension Survival {
  var words: String {
    switch self {
    case .underThreeMonths: "under 3 months"
    case .threeMonthsOrMore: "3 months or more"
    case .notKnown: "not known"
    }
  }
}

extension EvaluationOutcome {
  var words: String {
    switch self {
    case .proceed: "proceed to a trial"
    case .wait: "wait"
    case .decline: "no pump"
    }
  }
}

extension EvaluationGap {
  /// As on a page: the words of the record, with the names of answers and scales as people say them.
  var words: String {
    switch self {
    case .answer(let what): "an answer: \(what.words)"
    case .baseline(let scale):
      switch scale {
      case .nrs: "a first pain score (NRS), on the overview"
      case .modifiedAshworth: "a first modified Ashworth score, on the overview"
      case .penn: "a first Penn spasm score, on the overview"
      default: text
      }
    default: text
    }
  }
}

extension ExplantReason {
  var words: String { self == .wish ? "the patient's wish" : NameWords.spaced(rawValue) }
}

extension TroubleshootingTest {
  var words: String { self == .xray ? "X-ray" : NameWords.spaced(rawValue) }
}
