import Formulary
import PumpTesting
import Testing

/// The same quantities in other units give the same result, to the last byte.
struct ScalingTests {
  /// Every quantity of a request turned into another text.
  private static func mapped(_ request: String, _ turn: (Given) -> Given) -> String {
    request.replacing(#/"([0-9.]+ [A-Za-z]+(?:\/[A-Za-z]+)?)"/#) { match in
      "\"\(turn(Given(String(match.output.1))).text)\""
    }
  }

  private static let names: [PlanName] = [
    .flow, .refill, .prime, .bridge, .residual, .admixture, .patientDose,
  ]

  @Test("scaling units changes nothing (H-08)", arguments: names)
  func scaling(name: PlanName) {
    var taken = 0
    let campaign = Campaign(name: "\(name.rawValue) in other units", seed: 0x5CA1E, cases: 600)
    let failure = campaign.firstFailure { seeded in
      let request = Self.mapped(name.example) { given in
        let parts = given.text.split(separator: " ")
        let digits = Int(parts[0].filter { $0 != "." }) ?? 1
        let decimals = parts[0].split(separator: ".").dropFirst().first?.count ?? 0
        let near = seeded.pick(max(1, digits * 7 / 10)...max(1, digits))
        let text = String(near)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
        let number =
          decimals == 0 ? padded : "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
        return Given("\(number) \(parts[1])")
      }
      let other = Self.mapped(request) { seeded.once(in: 4) ? $0 : $0.rescaled }
      // What the first reading refuses, such as more expected than filled, says nothing here.
      guard let first = try? Planner.plan(name, PlanRequest(bytes: Array(request.utf8))) else {
        return nil
      }
      taken += 1
      do {
        let second = try Planner.plan(name, PlanRequest(bytes: Array(other.utf8)))
        return first.json() == second.json() ? nil : "\(request) and \(other)"
      } catch {
        return "\(other): \(error)"
      }
    }
    #expect(failure == nil)
    #expect(taken >= 300)
  }
}
