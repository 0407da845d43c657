import Synchronization

/// Figures of the running server, as Prometheus reads them; no label holds a name or a patient.
public final class Metrics: Sendable {
  /// Upper ends of the classes of how long an answer took, ms.
  static let classes: [Int64] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000]

  private struct Spread: Sendable {
    var counts = [Int](repeating: 0, count: Metrics.classes.count)
    var sum: Int64 = 0
    var count = 0
  }

  private struct State: Sendable {
    var answers: [String: [Int: Int]] = [:]
    var spreads: [String: Spread] = [:]
    var counters: [String: Int] = [:]
    var isStoreFailing = false
    var gauges: [String: @Sendable () -> [(labels: String, value: Int)]] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  func answered(_ route: String, _ status: Int, milliseconds: Int64) {
    state.withLock { state in
      state.answers[route, default: [:]][status, default: 0] += 1
      var spread = state.spreads[route] ?? Spread()
      spread.sum += milliseconds
      spread.count += 1
      for (place, end) in Self.classes.enumerated() where milliseconds <= end {
        spread.counts[place] += 1
      }
      state.spreads[route] = spread
    }
  }

  /// Whether the ledger took nothing when it was given something last.
  var isStoreFailing: Bool {
    get { state.withLock { $0.isStoreFailing } }
    set { state.withLock { $0.isStoreFailing = newValue } }
  }

  /// Counts on.
  public func add(_ name: String, _ count: Int = 1) {
    state.withLock { $0.counters[name, default: 0] += count }
  }

  /// Sets a figure that is read when somebody asks.
  ///
  /// - Parameters:
  ///   - name: of the figure.
  ///   - read: its values by label, as in `{state="open"}`; an empty label where there is one value.
  public func gauge(
    _ name: String,
    _ read: @escaping @Sendable () -> [(labels: String, value: Int)]
  ) {
    state.withLock { $0.gauges[name] = read }
  }

  /// The figures in Prometheus' text form.
  public var text: String {
    let state = state.withLock { $0 }
    var lines = ["# TYPE cisterna_requests_total counter"]
    for (route, statuses) in state.answers.sorted(by: { $0.key < $1.key }) {
      for (status, count) in statuses.sorted(by: { $0.key < $1.key }) {
        lines.append("cisterna_requests_total{route=\"\(route)\",status=\"\(status)\"} \(count)")
      }
    }
    let name = "cisterna_request_milliseconds"
    lines.append("# TYPE \(name) histogram")
    for (route, spread) in state.spreads.sorted(by: { $0.key < $1.key }) {
      for (end, count) in zip(Self.classes, spread.counts) {
        lines.append("\(name)_bucket{route=\"\(route)\",le=\"\(end)\"} \(count)")
      }
      lines.append("\(name)_bucket{route=\"\(route)\",le=\"+Inf\"} \(spread.count)")
      lines.append("\(name)_sum{route=\"\(route)\"} \(spread.sum)")
      lines.append("\(name)_count{route=\"\(route)\"} \(spread.count)")
    }
    for (name, count) in state.counters.sorted(by: { $0.key < $1.key }) {
      lines.append("# TYPE \(name) counter")
      lines.append("\(name) \(count)")
    }
    for (name, read) in state.gauges.sorted(by: { $0.key < $1.key }) {
      lines.append("# TYPE \(name) gauge")
      for (labels, value) in read() { lines.append("\(name)\(labels) \(value)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
