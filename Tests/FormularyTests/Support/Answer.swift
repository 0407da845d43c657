import Formulary
import JSONText

/// What a calculator printed, looked up by path such as `drugs.0.delivered`.
struct Answer {
  let json: JSONValue

  init(_ name: PlanName, _ request: String) throws {
    let result = try Planner.plan(name, PlanRequest(bytes: Array(request.utf8)))
    json = try JSONValue(parsing: result.json())
  }

  subscript(path: String) -> JSONValue? {
    var value: JSONValue? = json
    for part in path.split(separator: ".") {
      switch value {
      case .object(let members): value = members.first { $0.name == part }?.value
      case .array(let elements):
        value = Int(part).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      default: return nil
      }
    }
    return value
  }

  func number(_ path: String) -> Double? {
    guard case .number(let digits) = self[path] else { return nil }
    return Double(digits)
  }

  /// The value of a quantity, and its unit.
  func quantity(_ path: String) -> (value: Double, unit: String)? {
    guard let value = number("\(path).value"), let unit = text("\(path).unit") else { return nil }
    return (value, unit)
  }

  func text(_ path: String) -> String? {
    guard case .string(let text) = self[path] else { return nil }
    return text
  }

  func codes(_ path: String) -> [String] {
    guard case .array(let findings) = self[path] else { return [] }
    return findings.indices.compactMap { text("\(path).\($0).code") }
  }
}

/// What a calculator must have printed.
enum Expected {
  /// Stored units before rounding, and the unit it is given in.
  case quantity(Share, String)
  case number(Share)
  case text(String?)
}

extension Answer {
  /// What differs from what was expected; nothing where all is equal after the stated rounding.
  func difference(_ expected: [(String, Expected)]) -> String? {
    for (path, expected) in expected {
      switch expected {
      case .quantity(let share, let unit):
        let value = (Share(share.nearest) / Given.size(unit)).double
        guard let found = quantity(path), found.value == value, found.unit == unit else {
          return "\(path): \(String(describing: self[path])), not \(value) \(unit)"
        }
      case .number(let share):
        guard number(path) == share.double else {
          return "\(path): \(String(describing: self[path])), not \(share.double)"
        }
      case .text(let expected):
        guard text(path) == expected else {
          return "\(path): \(String(describing: self[path])), not \(expected ?? "nothing")"
        }
      }
    }
    return nil
  }

  /// What differs in the codes that are looked at, in any order.
  func difference(refused: Set<String>) -> String? {
    let found = Set(codes("refused"))
    return found == refused ? nil : "refused \(found.sorted()), not \(refused.sorted())"
  }
}
