import PumpTesting

/// A random patient dose.
struct PaperPatientDose {
  let json: String
  /// nL.
  let volume: Share
  /// In any 24 h, counted start by start.
  let mostPer24h: Int
  /// In the long run.
  let perDay: Share
  let over: Given

  init(_ concentration: Given, _ seeded: inout Seeded) {
    let dose =
      seeded.once(in: 2)
      ? Given(1...100, decimals: 1, "uL", &seeded) : Given(1...500, decimals: 1, "ug", &seeded)
    let isMass = dose.text.hasSuffix("ug")
    over = Given(1...30, "min", &seeded)
    let lockout = Given(10...720, decimals: 1, "min", &seeded)
    let count = seeded.pick(0...24)
    json =
      #"{"\#(isMass ? "dose" : "volume")":"\#(dose.text)","over":"\#(over.text)","#
      + #""lockout":"\#(lockout.text)","maxPer24h":\#(count)}"#
    volume = isMass ? dose.stored / concentration.stored : dose.stored
    // Starts at 0, at one lockout, at two …; those before 24 h are in the window of the first.
    var starts = 0
    var at = Share(0)
    while starts < count, at < Share(86_400_000) {
      starts += 1
      at = at + lockout.stored
    }
    mostPer24h = starts
    perDay = min(Share(count), Share(86_400_000) / lockout.stored)
  }
}
