import PumpCore
public import Quantities

/// What reached the body behind the catheter, by quarters of a day: the world's own account, which no
/// pump has and no clinic sees.
///
/// It differs from the pump's count at the tip by what a catheter that is off, or a reservoir that
/// leaked dry, kept from the body.
public struct TipDiary: Equatable, Sendable {
  /// Ms of pump time.
  public static let quarter: Int64 = 21_600_000
  /// So many quarters are kept: 60 d.
  public static let most = 240

  /// What came in one quarter, fg of each of the pump's drugs by its place in the pump's list.
  public struct Quarter: Equatable, Sendable {
    /// Since commissioning, from 0.
    public let number: Int64
    public internal(set) var femtograms: [Int64]
  }

  /// Those in which anything came, oldest first.
  public private(set) var quarters: [Quarter] = []
  /// Up to when it is known.
  public private(set) var until = PumpTime.commissioning
  /// What the pump had counted at the tip by then.
  private var counted = [Int64](repeating: 0, count: 8)
  private var wasReached = true

  public init() {}

  /// Takes down what the pump counts at the tip.
  ///
  /// - Parameters:
  ///   - tip: since commissioning, fg by drug.
  ///   - time: now; it never goes back.
  ///   - isReached: whether what leaves the pump comes to the body; it counts where it did so before too.
  mutating func note(_ tip: InlineArray<8, Int64>, at time: PumpTime, isReached: Bool) {
    until = max(until, time)
    let number = max(0, time.milliseconds - 1) / Self.quarter
    var came = [Int64](repeating: 0, count: 8)
    for drug in 0..<8 {
      // A count that fell is that of a pump whose memory was lost.
      came[drug] = max(0, tip[drug] - counted[drug])
      counted[drug] = tip[drug]
    }
    defer { wasReached = isReached }
    guard isReached, wasReached, came.contains(where: { $0 > 0 }) else { return }
    if quarters.last?.number != number {
      quarters.append(Quarter(number: number, femtograms: [Int64](repeating: 0, count: 8)))
    }
    for drug in 0..<8 { quarters[quarters.count - 1].femtograms[drug] += came[drug] }
    if quarters.count > Self.most { quarters.removeFirst() }
  }

  // MARK: As a file

  /// A line for each quarter, with its number and what came of each drug, fg.
  public var text: String {
    let lines = quarters.map { "quarter \($0.number) \(Self.words($0.femtograms))" }
    return "until_ms \(until.milliseconds)\ncounted_fg \(Self.words(counted))\n"
      + lines.map { $0 + "\n" }.joined()
  }

  private static func words(_ numbers: [Int64]) -> String {
    numbers.map(String.init).joined(separator: " ")
  }

  /// Reads what ``text`` wrote; nil where it is not whole.
  public init?(text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let numbers = words.dropFirst().compactMap { Int64($0) }
      guard let name = words.first, numbers.count == words.count - 1,
        numbers.allSatisfy({ $0 >= 0 })
      else { return nil }
      switch (name, numbers.count) {
      case ("until_ms", 1): until = PumpTime(milliseconds: numbers[0])
      case ("counted_fg", 8): counted = numbers
      case ("quarter", 9):
        guard numbers[0] > quarters.last?.number ?? -1 else { return nil }
        quarters.append(Quarter(number: numbers[0], femtograms: Array(numbers.dropFirst())))
      default: return nil
      }
    }
  }
}

extension VirtualPump {
  /// Lets the pump go on, and takes down what reached the body at the end of each quarter on the way: so it
  /// stands in its own quarter, however late somebody looks.
  mutating func advance(to target: PumpTime, keeping diary: inout TipDiary) {
    var time = max(diary.until, now).milliseconds
    repeat {
      time = min(target.milliseconds, (time / TipDiary.quarter + 1) * TipDiary.quarter)
      advance(to: PumpTime(milliseconds: time))
      diary.note(
        pump.controller.sample.tipFemtograms,
        at: PumpTime(milliseconds: time),
        isReached: reachesBody
      )
    } while time < target.milliseconds
  }
}
