import JSONText
package import PumpScenario

extension ScenarioField {
  /// A finite number of a range.
  ///
  /// - Parameters:
  ///   - range: the values that are taken.
  ///   - meaning: in words, as in `a volume in mL`.
  /// - Returns: the number.
  /// - Throws: where it is none, is not finite, or is out of the range.
  package func number(
    in range: ClosedRange<Double>,
    _ meaning: String
  ) throws(ScenarioError) -> Double {
    guard case .number(let digits) = cursor.value, let value = Double(digits) else {
      throw ScenarioError(cursor.mismatch(expected: meaning))
    }
    guard value.isFinite else {
      throw fault(given: "the number \(digits.prefix(40))", expected: "\(meaning), finite")
    }
    guard range.contains(value) else {
      let least = CaseNumber.text(range.lowerBound)
      let bounds =
        range.upperBound >= CaseLimits.amount
        ? "at least \(least)" : "from \(least) to \(CaseNumber.text(range.upperBound))"
      let given = "the number \(digits.prefix(40))"
      if value > range.upperBound, range.upperBound >= CaseLimits.amount {
        throw fault(
          given: given,
          expected: "\(meaning), at most \(CaseNumber.text(range.upperBound))"
        )
      }
      throw fault(given: given, expected: "\(meaning), \(bounds)")
    }
    return value
  }

  /// A number above 0.
  package func positive(
    _ meaning: String,
    most: Double = CaseLimits.amount
  ) throws(ScenarioError) -> Double {
    let value = try number(in: 0...most, meaning)
    guard value > 0 else { throw fault(given: "the number 0", expected: "\(meaning), above 0") }
    return value
  }

  package var isNull: Bool { cursor.value == .null }
}

extension ScenarioObject {
  /// A member that counts as left out where it is `null`.
  package func given(_ name: String) -> ScenarioField? {
    guard let field = optional(name), !field.isNull else { return nil }
    return field
  }
}

/// Numbers as the files have them.
package enum CaseNumber {
  /// The shortest text that reads back the same, without the `.0` of a whole number.
  package static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
