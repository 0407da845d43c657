import PumpCore
import Quantities

/// The peer: the same delivery worked out second by second, the way a timer interrupt would.
///
/// It has the program's steps, the patient's doses with lockout and daily maximum, the carried
/// remainder, the strokes, the 24-h windows of volume and dose, the reservoir and a look at what
/// else could be due; it has no supervisor, no store, no journal and no fluid path, which makes it
/// quicker than a fair peer.
struct TickLoop {
  private let stroke: Int64 = 250
  private let program: Program
  private var second: Int64 = 0
  private var localSecond: Int64
  private var basal: Int64 = 0
  private var remainder: Int64 = 0
  private var ended: Int64 = 0
  private var bolusBegin: Int64 = -1
  private var doses: [Int64] = []
  private var volumes = [Int64](repeating: 0, count: 96)
  private var window: Int64 = 0
  private var bucket: Int64 = 0
  private var reservoir: Int64 = 40_000_000
  private(set) var strokes: Int64 = 0
  private var rates: [Int64]
  // What else a pump looks at each time.
  private var nextRepeat = Int64.max
  private var suspensionEnd = Int64.max
  private var nextTrial = Int64.max
  private var endOfService = Int64.max

  init() {
    program = benchProgram()
    localSecond = 1_767_600_000 % 86_400
    rates = (0..<24).map { $0 % 2 == 0 ? 280_000 : 320_000 }
  }

  mutating func requestDose() {
    guard let dose = program.patientDose, bolusBegin < 0 else { return }
    let now = second * 1_000
    if let last = doses.last, now - last < dose.lockout.milliseconds { return }
    doses.removeAll { $0 <= now - 86_400_000 }
    guard doses.count < dose.maxPer24h else { return }
    doses.append(now)
    bolusBegin = now
  }

  mutating func refill() { reservoir = 40_000_000 }

  mutating func tick() {
    second += 1
    localSecond += 1
    if localSecond == 86_400 { localSecond = 0 }
    remainder += rates[Int(localSecond / 3_600)] * 1_000
    let whole = remainder / 86_400_000
    basal += whole
    remainder -= whole * 86_400_000
    let now = second * 1_000
    var demand = basal + ended
    if bolusBegin >= 0 {
      let elapsed = now - bolusBegin
      if elapsed >= 600_000 {
        ended += 10_000
        demand += 10_000
        bolusBegin = -1
      } else {
        demand += 10_000 * elapsed / 600_000
      }
    }
    if now / 900_000 != bucket { turnBucket(now / 900_000) }
    while demand >= (strokes + 1) * stroke { drive() }
    if now >= nextRepeat || now >= suspensionEnd || now >= nextTrial || now >= endOfService {
      nextRepeat = .max
    }
  }

  private mutating func turnBucket(_ next: Int64) {
    bucket = next
    window -= volumes[Int(bucket % 96)]
    volumes[Int(bucket % 96)] = 0
  }

  private mutating func drive() {
    guard reservoir >= stroke, window <= 1_000_000, window * 2_000_000 <= 2_000_000_000_000 else {
      return
    }
    strokes += 1
    reservoir -= stroke
    volumes[Int(bucket % 96)] += stroke
    window += stroke
  }
}
