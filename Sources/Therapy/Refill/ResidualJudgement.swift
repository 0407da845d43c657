import Formulary
import JSONText
import PumpScenario
import Quantities

/// What was drawn out against what was expected, by the formulary's calculator (SR-034; H-21).
extension PatientRecord {
  func residual(of aspirated: Volume, _ session: RefillSession) -> RefillJudged {
    guard let pump, let filled = session.filledBefore, let expected = session.expected?.volume
    else {
      return notKnown(aspirated, session, "what should have been in the reservoir is not known")
    }
    var members = [
      JSONMember(name: "filled", value: .string(filled.text)),
      JSONMember(name: "expected", value: .string(expected.text)),
      JSONMember(name: "aspirated", value: .string(aspirated.text)),
      JSONMember(name: "capacity", value: .string(pump.capacity.text)),
      JSONMember(name: "symptoms", value: .bool(session.begun.hasSymptoms)),
    ]
    let errors = pastRefills.compactMap(\.errorHundredths)
    members.append(
      JSONMember(
        name: "previous",
        value: .array(errors.map { .number(Self.decimal(hundredths: $0)) })
      )
    )
    do {
      let result = try Planner.plan(.residual, PlanRequest(root: .object(members)))
      guard case .text(let word) = result["finding"], let finding = ResidualFinding(rawValue: word),
        case .percent(let error) = result["error"]
      else { return notKnown(aspirated, session, "the calculator gave no finding") }
      var causes: [String] = []
      if case .list(let list) = result["likelyCauses"] {
        causes = list.compactMap { if case .text(let cause) = $0 { cause } else { nil } }
      }
      return RefillJudged(
        finding: finding,
        difference: Volume(nanolitres: aspirated.nanolitres - expected.nanolitres),
        errorText: "\(error.text(exactDecimals: 1, digits: 3)) %",
        likelyCauses: causes
      )
    } catch {
      return notKnown(aspirated, session, error.description)
    }
  }

  private func notKnown(
    _ aspirated: Volume,
    _ session: RefillSession,
    _ why: String
  ) -> RefillJudged {
    let expected = session.expected?.volume ?? aspirated
    return RefillJudged(
      finding: .notKnown,
      difference: Volume(nanolitres: aspirated.nanolitres - expected.nanolitres),
      errorText: why,
      likelyCauses: []
    )
  }

  /// A count of hundredths as a decimal number.
  static func decimal(hundredths: Int64) -> String {
    let digits = hundredths.magnitude % 100
    let fraction = digits < 10 ? "0\(digits)" : "\(digits)"
    return "\(hundredths < 0 ? "-" : "")\(hundredths.magnitude / 100).\(fraction)"
  }
}

extension PastRefill {
  /// 100 × ((filled − aspirated) ÷ (filled − expected) − 1), in hundredths of a percent, half to even;
  /// nothing where it is not known.
  public var errorHundredths: Int64? {
    guard let filledBefore, let expected, let aspirated, expected < filledBefore else { return nil }
    let due = filledBefore.nanolitres - expected.nanolitres
    let more = expected.nanolitres - aspirated.nanolitres
    let error = Rational(more, over: due)
    do { return try (error * Rational(10_000)).stored() } catch { return nil }
  }
}
