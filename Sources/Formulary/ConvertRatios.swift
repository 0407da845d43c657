/// How one opioid dose is turned into another: each ratio one way only, never turned round.
public struct ConvertRatios: Equatable, Sendable {
  public enum Route: String, Equatable, Sendable, CaseIterable {
    case oral, iv, intrathecal
  }

  /// A drug by a way of giving it.
  public struct Form: Equatable, Hashable, Sendable {
    public let drug: String
    public let route: Route

    /// As in `oral morphine`.
    public var text: String {
      switch route {
      case .oral: "oral \(drug)"
      case .iv: "IV \(drug)"
      case .intrathecal: "intrathecal \(drug)"
      }
    }
  }

  /// So many parts of one form do as many of another one.
  public struct Ratio: Equatable, Sendable {
    public let from: Rational
    public let to: Rational
    /// As it is written, `300:1`.
    public let text: String

    /// What one part becomes.
    func factor() throws(PlanError) -> Rational { try to / from }
  }

  /// A ratio and whether it is used; others are kept for their reader.
  public struct Entry: Equatable, Sendable {
    public let ratio: DrugFact<Ratio>
    public let isUsed: Bool
  }

  /// From one form to another.
  public struct Conversion: Equatable, Sendable {
    public let from: Form
    public let to: Form
    public let ratios: [Entry]

    public var used: [DrugFact<Ratio>] { ratios.filter(\.isUsed).map(\.ratio) }

    /// What one part becomes: the least and the most by the ratios that are used.
    func factors() throws(PlanError) -> ClosedRange<Rational> {
      var range: ClosedRange<Rational>?
      for ratio in used {
        let factor = try ratio.value.factor()
        range = min(range?.lowerBound ?? factor, factor)...max(range?.upperBound ?? factor, factor)
      }
      return range ?? Rational.zero...Rational.zero
    }
  }

  public let conversions: [Conversion]
  /// Of a computed dose, %, where the drug changes.
  public let crossTolerance: DrugFact<ClosedRange<Rational>>
  /// Why no figure of these is reliable.
  public let uncertainty: DrugFact<String>

  /// The shortest way from one form to another, in the direction of the ratios only.
  ///
  /// - Returns: of several that are as short the first by the order of the file; nothing where there
  ///   is none.
  public func way(from: Form, to: Form) -> [Conversion]? {
    var reached: [Form: [Conversion]] = [from: []]
    var front = [from]
    while !front.isEmpty {
      if let way = reached[to] { return way }
      var next: [Form] = []
      for form in front {
        for conversion in conversions
        where conversion.from == form && reached[conversion.to] == nil {
          reached[conversion.to] = (reached[form] ?? []) + [conversion]
          next.append(conversion.to)
        }
      }
      front = next
    }
    return nil
  }

  /// The forms from which a drug's intrathecal dose can be worked out.
  public func sources(of drug: String) -> [Form] {
    let target = Form(drug: drug, route: .intrathecal)
    var forms: [Form] = []
    for conversion in conversions
    where conversion.from.route != .intrathecal && !forms.contains(conversion.from) {
      if way(from: conversion.from, to: target) != nil { forms.append(conversion.from) }
    }
    return forms
  }
}
