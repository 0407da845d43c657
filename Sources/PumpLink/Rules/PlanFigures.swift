import PumpCore
import Quantities

/// What two programs are compared by when one is to follow the other from a distance.
///
/// The planned 24 h dose is the volume of the fullest 24 h: the mixture stays the same from a
/// distance, so each drug changes by the same part as the volume. The other figures keep a change of
/// pattern from hiding a change of dose: the emptiest 24 h and the mean (a dose on every other day
/// has the fullest 24 h of one on each day), what the patient may ask for, and one such dose.
struct PlanFigures: Equatable, Sendable {
  var largest: Int64 = 0
  var least: Int64 = 0
  var mean: Int64 = 0
  var patientDoses: Int64 = 0
  var patientDose: Int64 = 0
  /// 24 h of the bridge's rate; 0 where there is none.
  var bridge: Int64 = 0

  init() {}

  init(_ program: Program, _ model: PumpModel) {
    let day = program.plannedDay(model)
    largest = day.largest.nanolitres
    least = day.least.nanolitres
    mean = day.mean.nanolitresPerDay
    patientDoses = day.patientDoses.nanolitres
    patientDose = program.patientDose?.volume.nanolitres ?? 0
    bridge = program.bridge?.rate.nanolitresPerDay ?? 0
  }

  var total: Int64 { largest + patientDoses }

  /// Whether it raises what another plans.
  func raises(_ other: PlanFigures) -> Bool {
    largest > other.largest || mean > other.mean || total > other.total
      || patientDoses > other.patientDoses || patientDose > other.patientDose
      || bridge > other.largest
  }

  /// The first figure that differs from another plan's by more than some thousandths.
  func beyond(_ thousandths: UInt16, of other: PlanFigures) -> (given: Int64, limit: Int64)? {
    let up = 1_000 + Int64(thousandths)
    let down = 1_000 - Int64(thousandths)
    let most: InlineArray<6, (Int64, Int64)> = [
      (largest, other.largest), (total, other.total), (mean, other.mean),
      (patientDoses, other.patientDoses), (patientDose, other.patientDose),
      (bridge, other.largest),
    ]
    for index in 0..<6 where most[index].0 * 1_000 > most[index].1 * up {
      return (most[index].0, most[index].1 * up / 1_000)
    }
    let fewest: InlineArray<5, (Int64, Int64)> = [
      (largest, other.largest), (total, other.total), (mean, other.mean), (least, other.least),
      (bridge == 0 ? other.least : bridge, other.least),
    ]
    for index in 0..<5 where fewest[index].0 * 1_000 < fewest[index].1 * down {
      return (fewest[index].0, Rounding.up(fewest[index].1 * down, over: 1_000))
    }
    return nil
  }

  mutating func code(_ cursor: inout WireCursor, _ bytes: inout MutableSpan<UInt8>) {
    cursor.code(&largest, &bytes)
    cursor.code(&least, &bytes)
    cursor.code(&mean, &bytes)
    cursor.code(&patientDoses, &bytes)
    cursor.code(&patientDose, &bytes)
    cursor.code(&bridge, &bytes)
  }
}
