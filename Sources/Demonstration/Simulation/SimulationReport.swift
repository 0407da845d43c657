import Foundation

/// What a simulation did, checked and found.
public struct SimulationReport: Sendable {
  /// One comparison of *Today* with the ledger.
  struct Look: Sendable {
    let day: Int
    let count: Int
    let wrong: [String]

    init(day: Int, _ count: Int, _ wrong: [String]) {
      (self.day, self.count, self.wrong) = (day, count, wrong)
    }
  }

  let options: Simulation.Options
  let digest: String
  let counts: [String: Int]
  let wallMilliseconds: Int64
  var checkMilliseconds: Int64 = 0
  var serverPeakKilobytes = 0
  var worldPeakKilobytes = 0
  var requests = 0
  var jumps = 0
  var events = 0
  var looks: [Look] = []
  var checked: [String: Int] = [:]
  /// nL, over all pumps.
  var delivered: Int64 = 0
  var filled: Int64 = 0
  /// What does not agree; empty where all does.
  public internal(set) var wrong: [String] = []

  init(_ world: SimulationWorld, wall: Int64) {
    (options, digest, counts) = (world.options, world.digest, world.tally.counts)
    wallMilliseconds = wall
  }

  mutating func receive(_ account: SimulatedPump.Account, _ books: SimulationBooks) {
    delivered += account.delivered
    filled += books.filled
  }

  /// The clock's file could not be put forward: whatever was to come after that was not lived.
  mutating func timeFailed(at reached: Int64, _ why: String) {
    let day = (reached - Simulation.start) / SimulationTime.day
    wrong.append("time ended on day \(day) of \(options.days): \(why)")
  }

  public var isGood: Bool { wrong.isEmpty }

  // MARK: For people

  public var text: String {
    var lines = [
      "",
      "\(options.patients) patients, \(options.days) days, seed \(options.seed): course \(digest)",
      "", "What happened",
    ]
    lines += counts.sorted { $0.key < $1.key }.map { "  \(Self.right($0.value))  \($0.key)" }
    lines += ["", "What was checked"]
    lines += checked.sorted { $0.key < $1.key }.map { "  \(Self.right($0.value))  \($0.key)" }
    lines += looks.map { "  \(Self.right($0.count))  lines of Today on day \($0.day)" }
    lines += [
      "  \(Self.right(Int(filled / 1_000_000)))  mL filled in",
      "  \(Self.right(Int(delivered / 1_000_000)))  mL delivered", "",
      "\(Self.seconds(wallMilliseconds)) s to live it, \(Self.seconds(checkMilliseconds)) s to check it; "
        + "\(requests) requests, \(events) events, \(jumps) jumps of time",
      "memory at most: server \(serverPeakKilobytes / 1_024) MB, world \(worldPeakKilobytes / 1_024) MB",
      "",
    ]
    if wrong.isEmpty {
      lines.append("All agree.")
    } else {
      lines.append("\(wrong.count) do not agree:")
      lines += wrong.prefix(40).map { "  \($0)" }
      if wrong.count > 40 { lines.append("  and \(wrong.count - 40) more") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func right(_ number: Int) -> String {
    let text = "\(number)"
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100)"
  }

  // MARK: For programs

  public var json: [UInt8] {
    let fields: Fields = [
      "patients": options.patients, "days": options.days, "seed": NSNumber(value: options.seed),
      "course": digest, "happened": counts, "checked": checked,
      "today": looks.map { ["day": $0.day, "lines": $0.count, "wrong": $0.wrong] as Fields },
      "wall_ms": NSNumber(value: wallMilliseconds), "check_ms": NSNumber(value: checkMilliseconds),
      "requests": requests, "events": events, "jumps": jumps,
      "server_peak_kB": serverPeakKilobytes, "world_peak_kB": worldPeakKilobytes,
      "filled_nL": NSNumber(value: filled), "delivered_nL": NSNumber(value: delivered),
      "wrong": wrong, "isGood": isGood,
    ]
    return FieldText.bytes(fields) + Array("\n".utf8)
  }
}
