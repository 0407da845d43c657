/// What a calculator found that a person must know, and the source of the fact it rests on.
public struct Finding: Equatable, Sendable {
  public let code: FindingCode
  /// One line, with the figures.
  public let message: String
  /// Where the fact comes from: an address, a page, the request itself.
  public let source: String

  public init(_ code: FindingCode, _ message: String, source: String) {
    self.code = code
    self.message = message
    self.source = source
  }
}

/// The kinds of findings, under the names of the contract.
public enum FindingCode: String, Sendable, CaseIterable {
  // Refused.
  case belowMinimumRate, aboveMaximumRate, incompatibleDoses
  case doesNotFit, concentrationLimit
  case doseLimit
  case stepTooLarge, tooSoon, aboveMaximum, remoteNotAllowed
  // Warnings of every calculator.
  /// A constant of the catalogue that nobody has read in its source.
  case unverifiedConstant
  /// A limit of the formulary that nobody has read in its source: it warns and never refuses.
  case unverifiedLimit
  /// The catalogue does not tell a constant that a check would need.
  case unknownConstant
  /// The fill fits only the larger sizes of the model that was named.
  case capacityOfLargerModel
  // Questions that an entry raises, never a refusal.
  /// A dose outside of every range that the formulary tells for the drug.
  case unusualDose
  /// A concentration far under what is sold or compounded.
  case unusualConcentration
  case unusualRate, unusualPatientDose, unusualLockout, unusualReserve
  /// A fill of less than half of the reservoir.
  case smallFill
  /// A dose that doubles or halves against the one before.
  case doseManyTimes
  // Warnings of one of them.
  case doseWithoutBridge, bridgeOutsideRange
  case investigate, recheck
  case ratioUncertain
  // Warnings of the rules of a drug.
  /// Over the daily dose above which the label or a guideline asks for care.
  case aboveCaution
  /// Faster than careful practice advises, within the label.
  case fasterThanAdvised
  /// A change so large that it should be confirmed twice (SR-044).
  case secondConfirmation
  /// Stopping, or a step down that large, can bring withdrawal.
  case withdrawalRisk
  /// Outside of what the drug is labelled for.
  case outsideLabel
  /// The last step of a weaning, which no rule allows and the prescriber orders.
  case stopByPrescriber
  /// The drugs of a mixture want different things of one rate.
  case safeRateConflict
  /// Nobody has tested how long this mixture stays good, or a label advises against it.
  case stabilityUnknown, mixtureDiscouraged
  /// What is known of granuloma at the tip of the catheter (H-29).
  case granulomaRisk
  /// The formulary has no starting ceiling.
  case noStartingCeiling
  /// A response that is not clear.
  case unclearResponse
}

extension Finding {
  /// The source of what follows from the request alone.
  public static let fromRequest = "the request"
}
