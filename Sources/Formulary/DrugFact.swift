public import PumpCatalog
import Quantities

/// A fact of the formulary: a value, where it comes from, and how surely.
public struct DrugFact<Value: Equatable & Sendable>: Equatable, Sendable {
  public let value: Value
  /// An address, a publication, or what it is instead.
  public let source: String
  public let confidence: Confidence
  public let note: String?

  /// Whether it may refuse: someone has read it in its source, and found that source sound.
  ///
  /// One that was recalled, or whose source is weak, is shown as such and only ever warns.
  public var isVerified: Bool { !source.contains("unverified") && confidence != .low }

  /// The same standing for a value that was worked out from this one.
  func map<Other>(_ value: Other) -> DrugFact<Other> {
    DrugFact<Other>(value: value, source: source, confidence: confidence, note: note)
  }
}

extension DrugFact where Value: QuantityText & Comparable {
  /// The same as a limit that other calculators hold to.
  var limit: LimitFact<Value> {
    LimitFact(limit: value, source: source, isVerified: isVerified)
  }
}

/// For whom a dose or a rule is meant; the words of the contract.
public enum DrugIndication: String, Equatable, Sendable, CaseIterable {
  case cancer, nonCancer, spasticity
}

/// Whether a patient is used to opioids.
public enum DrugPopulation: String, Equatable, Sendable, CaseIterable {
  case naive, tolerant
}

/// Where spasticity comes from.
public enum SpasticityOrigin: String, Equatable, Sendable, CaseIterable {
  case spinal, cerebral
}

/// Where a dose is changed.
public enum TitrationSetting: String, Equatable, Sendable, CaseIterable {
  case clinic, refill, remote
}

/// How dangerous something is.
public enum DrugRisk: String, Equatable, Sendable, Comparable, CaseIterable {
  case none, moderate, high

  public static func < (lhs: Self, rhs: Self) -> Bool {
    (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
  }
}
