public import PumpCore
import Quantities

/// What memory and motor of one pump are fed from; memory cuts it where a write is to be torn.
final class PowerLine: @unchecked Sendable {
  // One pump belongs to one thread at a time.
  var isOn = true
}

/// A motor that stalls when it is told to, slips more often as it wears, and counts what it did.
public struct SimulatedMotor: MotorPort, Sendable {
  /// Strokes that were driven, seen by the encoder or not; each costs energy and wears.
  public internal(set) var driven: Int64 = 0
  /// Strokes that moved fluid.
  public internal(set) var moved: Int64 = 0
  /// Tells two lives apart in which any stroke moved at another instant.
  public private(set) var timesDigest: UInt64 = 0xCBF2_9CE4_8422_2325
  /// The instants of the last strokes that moved fluid, newest last, until they are taken.
  var recent: [PumpTime] = []
  /// Strokes in (from, until] do not move, and the encoder says so.
  var stalls: [(from: PumpTime, until: PumpTime)] = []
  /// One stroke in so many slips: it does not move; 0 for none.
  var slipEvery: Int64 = 0

  /// Without it nothing moves.
  private(set) var power: PowerLine

  /// The same motor on another line.
  func on(_ line: PowerLine) -> SimulatedMotor {
    var motor = self
    motor.power = line
    return motor
  }

  init(_ power: PowerLine) { self.power = power }

  /// Strokes after which a motor counts as worn: ten years at 0.5 mL/d with strokes of 0.25 µL.
  static let life: Int64 = 7_300_000

  public mutating func drive(_ stroke: StrokeOrder) -> Bool {
    guard power.isOn else { return false }
    driven += 1
    for stall in stalls where stroke.time > stall.from && stroke.time <= stall.until {
      return false
    }
    // A worn motor slips: never three times in a row, which would be a stall.
    let worn = driven > Self.life ? max(16, 1_000 - (driven - Self.life) / 10_000) : 0
    for every in [slipEvery, worn] where every > 0 && driven % every == 0 { return false }
    moved += 1
    timesDigest = (timesDigest ^ UInt64(bitPattern: stroke.time.milliseconds)) &* 0x100_0000_01B3
    if recent.count < 4_096 { recent.append(stroke.time) }
    return true
  }
}
