import PumpTesting

/// Random but realistic parts of requests.
struct RandomPump {
  let minimum: Given
  let maximum: Given
  let capacity: Given
  let json: String

  init(_ seeded: inout Seeded) {
    minimum = seeded.pick([Given("0.048 mL/d"), Given("0.006 mL/d"), Given("0.1 mL/d")])
    maximum = seeded.pick([Given("24 mL/d"), Given("4 mL/d"), Given("1 mL/d")])
    capacity = seeded.pick([Given("20 mL"), Given("40 mL")])
    json =
      #"{"capacity":"\#(capacity.text)","minimumRate":"\#(minimum.text)","#
      + #""maximumRate":"\#(maximum.text)","tubing":"0.14 mL"}"#
  }

  /// The codes for a rate in nL/d, as it is rounded.
  func codes(_ rate: Share) -> Set<String> {
    let rounded = Share(rate.nearest)
    if rounded < minimum.stored { return ["belowMinimumRate"] }
    return rounded > maximum.stored ? ["aboveMaximumRate"] : []
  }
}

/// Names that the formulary does not know, so that no limit of a drug comes in.
let unknownDrugs = ["alpha", "beta", "gamma"]

extension Given {
  static func dose(_ seeded: inout Seeded) -> Given {
    seeded.once(in: 2)
      ? Given(1...99_999, decimals: 3, "ug/d", &seeded)
      : Given(1...3_000, decimals: 2, "mg/d", &seeded)
  }

  static func concentration(_ seeded: inout Seeded) -> Given {
    seeded.once(in: 2)
      ? Given(25...9_999, decimals: 1, "ug/mL", &seeded)
      : Given(1...100, decimals: 2, "mg/mL", &seeded)
  }

  /// Of the catheter: a length and what it holds along it.
  static func catheter(_ seeded: inout Seeded) -> (length: Given, perCm: Given) {
    (
      Given(20...999, decimals: 1, "cm", &seeded),
      seeded.pick([Given("0.0022 mL/cm"), Given("2.6 uL/cm"), Given("2.17 uL/cm")])
    )
  }
}
