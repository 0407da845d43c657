import PumpCore

/// A primary cell that strokes, time and the radio use up.
///
/// All figures are assumptions of the model, not measured: a cell of 6.5 kJ lasts about eight years
/// at 0.5 mL/d without a word by radio.
public struct Battery: Equatable, Sendable {
  /// µJ when new.
  public static let capacity: Int64 = 6_500_000_000
  /// µJ of one stroke of the motor.
  public static let stroke: Int64 = 600
  /// µJ of an hour of clock, memory and supervision.
  public static let hour: Int64 = 42_000
  /// µJ of waking the radio for a connection.
  public static let wake: Int64 = 200
  /// µJ of a handshake: radio and arithmetic (the figure that the traffic budget rests on).
  public static let handshake: Int64 = 1_500
  /// µJ of opening, deciding and answering one message.
  public static let message: Int64 = 300
  /// nJ of receiving or sending a byte.
  public static let byteNanojoules: Int64 = 200
  /// Replacement is due at so many thousandths left; the end of service at the second figure.
  static let replacementPermille: Int64 = 100
  static let endPermille: Int64 = 20

  /// µJ used so far.
  public internal(set) var used: Int64 = 0
  /// µJ of `used` that the radio and the link took.
  public internal(set) var usedByLink: Int64 = 0
  private var nanojoules: Int64 = 0

  public init() {}

  public init(used: Int64, byLink: Int64) {
    self.used = used
    usedByLink = byLink
  }

  /// What is left, in thousandths, from 0 to 1000.
  public var permilleLeft: Int64 { max(0, 1_000 - used / (Self.capacity / 1_000)) }

  mutating func spend(_ microjoules: Int64) { used += microjoules }

  mutating func spendOnLink(_ microjoules: Int64) {
    used += microjoules
    usedByLink += microjoules
  }

  mutating func spendOnBytes(_ count: Int) {
    nanojoules += Int64(count) * Self.byteNanojoules
    spendOnLink(nanojoules / 1_000)
    nanojoules %= 1_000
  }

  /// What the pump's battery input shows.
  var marks: BatteryMarks {
    if permilleLeft <= Self.endPermille { return .endOfService }
    return permilleLeft <= Self.replacementPermille ? .replacement : []
  }
}
