/// The strokes that the encoder saw without a command, the last 40 one by one.
///
/// As many as halt the pump are enough to decide every threshold (contract: Faults).
struct ExtraStrokes: Sendable {
  static let safeRateFrom = 20
  static let haltFrom = 40

  var instants = InlineArray<40, Int64>(repeating: 0)
  var next = 0
  var count = 0

  mutating func add(at instant: Int64) {
    instants[next] = instant
    next = (next + 1) % Capacity.extraStrokes
    count = min(count + 1, Capacity.extraStrokes)
  }

  /// How many of those remembered are in (t − 24 h, t].
  func inLastDay(at instant: Int64) -> Int {
    var within = 0
    for offset in 1...Capacity.extraStrokes where offset <= count {
      let place = (next - offset + Capacity.extraStrokes) % Capacity.extraStrokes
      guard instants[place] > instant - millisecondsPerDay else { break }
      within += 1
    }
    return within
  }

  mutating func empty() {
    count = 0
  }
}
