import Formulary
import Quantities

/// Plans of `flow` and `refill` on one core: exact fractions, no parsing and no text.
///
/// The peer is the same computation in plain Double, without a rounding to stored units, without a
/// look for overflow, and in the same run.
struct PlanBench {
  let count: Int
  private let doses: [DailyDose]
  private let concentrations: [Concentration]

  init(count: Int) {
    self.count = count
    // Of many sizes, so that no fraction is always the easy one.
    doses = (0..<1_024).map {
      DailyDose(mass: Mass(femtograms: (1 + $0 * 7_919 % 997) * 1_013_000_000))
    }
    concentrations = (0..<64).map {
      Concentration(nanogramsPerMillilitre: 25_000 + $0 * 311_111)
    }
  }

  /// The sum of the rates in nL/d, so that nothing is left out, and the smallest time in ms.
  func flow() -> (sum: Int64, milliseconds: Double) {
    var sum: Int64 = 0
    let time = smallest(of: 3) {
      sum = 0
      for index in 0..<count {
        let dose = doses[index & 1_023]
        let concentration = concentrations[(index >> 3) & 63]
        guard let plan = try? FlowFigures(dose: dose, concentration: concentration) else {
          continue
        }
        sum &+= plan.rate.nanolitresPerDay &+ (plan.deviation > Rational(1) ? 1 : 0)
      }
    }
    return (sum, time)
  }

  func flowInDouble() -> (sum: Double, milliseconds: Double) {
    var sum = 0.0
    let time = smallest(of: 3) {
      sum = 0
      for index in 0..<count {
        let dose = Double(doses[index & 1_023].mass.femtograms)
        let concentration = Double(concentrations[(index >> 3) & 63].nanogramsPerMillilitre)
        let rate = (dose / concentration).rounded(.toNearestOrEven)
        let deviation = (rate * concentration - dose) / dose * 100
        sum += rate + (deviation > 1 ? 1 : 0)
      }
    }
    return (sum, time)
  }

  /// The sum of the days to the due date, and the smallest time in ms.
  func refill() -> (sum: Double, milliseconds: Double) {
    var sum = 0.0
    let fill = Volume(nanolitres: 20_000_000)
    let reserve = Volume(nanolitres: 2_000_000)
    let stability = Rational(90 * 86_400_000)
    let time = smallest(of: 3) {
      sum = 0
      for index in 0..<count {
        let basal = Rational(Int64(90_000 + index % 800_003))
        let doses = Rational(Int64(10_000 + index % 4_099))
        guard
          let plan = try? RefillFigures(
            fill: fill,
            reserve: reserve,
            basal: basal,
            patientDoses: doses
          ), let earliest = plan.earliest
        else { continue }
        let due = min(earliest, stability)
        sum += Double(due.roundedHalfEven()) / 86_400_000
      }
    }
    return (sum, time)
  }

  func refillInDouble() -> (sum: Double, milliseconds: Double) {
    var sum = 0.0
    let time = smallest(of: 3) {
      sum = 0
      for index in 0..<count {
        let basal = Double(90_000 + index % 800_003)
        let most = basal + Double(10_000 + index % 4_099)
        let expected = 18_000_000 / basal
        let earliest = 18_000_000 / most
        let empty = 20_000_000 / basal
        sum += min(earliest, 90) + (expected > empty ? 1 : 0)
      }
    }
    return (sum, time)
  }

  var report: String {
    func line(_ name: String, _ ours: Double, _ peer: Double) -> String {
      let perSecond = Double(count) / ours * 1_000
      let peerPerSecond = Double(count) / peer * 1_000
      return "    \(name) \(rounded(perSecond / 1e6, 2)) million a second; in Double "
        + "\(rounded(peerPerSecond / 1e6, 1)) million, \(rounded(perSecond / peerPerSecond, 4)) of that"
    }
    let (flow, flowPeer) = (flow(), flowInDouble())
    let (refill, refillPeer) = (refill(), refillInDouble())
    let isSame =
      abs(Double(flow.sum) - flowPeer.sum) <= 1e-6 * flowPeer.sum
      && abs(refill.sum - refillPeer.sum) <= 1e-6 * refillPeer.sum
    return """
      Plans on one core, \(count) of each, smallest of 3 runs, without parsing and text; the peer is
      plain Double, not exact and not looked at for overflow; both sums \(isSame ? "agree" : "DIFFER").

      \(line("flow  ", flow.milliseconds, flowPeer.milliseconds))
      \(line("refill", refill.milliseconds, refillPeer.milliseconds))
      """
  }
}
