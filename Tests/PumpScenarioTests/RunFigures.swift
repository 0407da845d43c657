import Foundation

/// What a run printed, in a form that two runs can be compared in: each sample and event as a line
/// of its fields, in no order within the events, since those of one instant may come in any.
struct RunFigures: Equatable {
  let samples: [String]
  let events: [String]
  let final: String

  /// - Parameters:
  ///   - json: the object of the contract.
  ///   - ignoring: names of events that are not compared.
  /// - Throws: where it is no such object.
  init(json: Data, ignoring: Set<String>) throws {
    guard let run = try JSONSerialization.jsonObject(with: json) as? [String: Any],
      let samples = run["samples"] as? [[String: Any]],
      let events = run["events"] as? [[String: Any]],
      let final = run["final"] as? [String: Any]
    else { throw CocoaError(.coderReadCorrupt) }
    self.init(samples: samples, events: events, final: final, ignoring: ignoring)
  }

  init(
    samples: [[String: Any]],
    events: [[String: Any]],
    final: [String: Any],
    ignoring: Set<String>
  ) {
    self.samples = samples.map(Self.line)
    self.events = events.filter { !ignoring.contains($0["event"] as? String ?? "") }
      .map { Self.line($0.filter { $0.key != "seq" }) }.sorted()
    self.final = Self.line(final)
  }

  private static func line(_ fields: [String: Any]) -> String {
    fields.sorted { $0.key < $1.key }.map { key, value in
      let nested = value as? [String: Any]
      return "\(key)=\(nested.map { "(\(line($0)))" } ?? "\(value)")"
    }.joined(separator: " ")
  }

  /// The first differences, as sentences; none where the runs agree.
  func differences(from expected: RunFigures) -> [String] {
    var found: [String] = []
    if let pair = zip(samples, expected.samples).first(where: { $0 != $1 }) {
      found.append("sample \(pair.0), expected \(pair.1)")
    }
    if samples.count != expected.samples.count {
      found.append("\(samples.count) samples, expected \(expected.samples.count)")
    }
    if final != expected.final { found.append("final \(final), expected \(expected.final)") }
    let (extra, missing) = Self.difference(events, expected.events)
    found += missing.prefix(3).map { "missing event \($0)" }
    found += extra.prefix(3).map { "event not expected \($0)" }
    return found
  }

  private static func difference(
    _ one: [String],
    _ other: [String]
  ) -> (extra: [String], missing: [String]) {
    let difference = one.difference(from: other)
    var extra: [String] = []
    var missing: [String] = []
    for change in difference {
      switch change {
      case .insert(_, let line, _): extra.append(line)
      case .remove(_, let line, _): missing.append(line)
      }
    }
    return (extra, missing)
  }
}
