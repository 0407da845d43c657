public import Foundation

/// A field of an event.
public enum FieldValue: Sendable, Equatable {
  case text(String)
  case integer(Int64)
  case number(Double)
  case null

  var json: String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .null: "null"
    }
  }
}

public struct OracleEvent: Sendable, Equatable {
  public let seq: Int
  public let t: Int64
  public let name: String
  public let fields: [String: FieldValue]

  var json: String {
    var text = "{\"seq\":\(seq),\"t\":\(t),\"event\":\"\(name)\""
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      text += ",\"\(key)\":\(value.json)"
    }
    return text + "}"
  }
}

public struct OracleSample: Sendable, Equatable {
  public let t: Int64
  public let demand: Int64
  public let delivered: Int64
  public let reservoir: Int64
  public let rate: Int64
  public let state: String
  public let tip: [String: Int64]

  var json: String {
    let drugs = tip.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return "{\"t\":\(t),\"demand\":\(demand),\"delivered\":\(delivered),\"reservoir\":\(reservoir),"
      + "\"rate\":\(rate),\"state\":\"\(state)\",\"tip\":{\(drugs.joined(separator: ","))}}"
  }
}

public struct OracleRun: Sendable, Equatable {
  public let samples: [OracleSample]
  public let events: [OracleEvent]
  public let final: OracleSample

  /// The object that `cisterna pump run` prints.
  public var json: String {
    "{\"samples\":[\(samples.map(\.json).joined(separator: ","))],"
      + "\"events\":[\(events.map(\.json).joined(separator: ","))],\"final\":\(final.json)}"
  }
}

public enum OracleResult: Sendable, Equatable {
  case ran(OracleRun)
  /// "A first program that is refused: exit 3, the reason and the figures".
  case refused(Refusal)
}

/// Runs a scenario; the scenario is taken to be valid.
///
/// With a `tick` the machine looks at itself that often (in ms) besides: slow, and by design of no
/// effect on the result, so it is a check of the oracle itself.
public func runOracle(scenario: [String: Any], tick: Int64? = nil) -> OracleResult {
  let machine = Machine(scenario)
  if let refusal = machine.commission() { return .refused(refusal) }
  return .ran(machine.run(tick: tick))
}

/// The same from JSON: a bare scenario, or an object that holds one under `scenario`.
public func runOracle(json: Data) throws -> OracleResult {
  let object = try JSONSerialization.jsonObject(with: json) as? [String: Any] ?? [:]
  return runOracle(scenario: object["scenario"] as? [String: Any] ?? object)
}
