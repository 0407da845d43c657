/// Writes random scenarios: of the kinds that clinics see, and with everything falling together.
///
/// The same seed gives the same text. All times are drawn so that many events fall on one instant,
/// on bucket boundaries, on the ends of boluses and one millisecond beside them.
public struct ScenarioGenerator {
  private var random: Seeded
  private var drugs: [String] = []
  private var concentrations: [Int] = []
  private var untilMinutes = 0
  /// Instants that something already happens at, ms.
  private var instants: [Int] = [0]
  private var changedDrugs = false
  /// The first program is mostly one that no limit refuses.
  private var isFirst = false

  public init(seed: UInt64) {
    random = Seeded(seed: seed)
  }

  /// A scenario file.
  public mutating func scenario() -> String {
    untilMinutes = random.pick([1440, 2 * 1440, 3 * 1440, 5 * 1440])
    drugs = random.once(in: 3) ? ["morphine", "bupivacaine"] : ["baclofen"]
    if random.once(in: 12) { drugs.append("clonidine") }
    let mixture = newMixture()
    let stroke = random.pick([250, 250, 250, 500, 1000, 333])
    let tubing = random.pick(["0.14 mL", "0.199 mL", "14 uL", "0 mL"])
    let length = "\(random.pick(20...90)).\(random.pick(["0", "5", "25"])) cm"
    let linear = random.pick(["2.2 uL/cm", "2.6 uL/cm", "0.25 uL/cm"])
    let pathEmpty = random.once(in: 4)
    let fill = fill(mixture)
    isFirst = !random.once(in: 12)
    let program = program(prime: pathEmpty ? 2 : 40)
    isFirst = false
    let events = events()
    return """
      {"pump":{"strokeVolume":"\(stroke) nL","capacity":"40 mL","minimumRate":"0.006 mL/d",\
      "maximumRate":"24 mL/d","tubing":"\(tubing)",\
      "catheter":{"length":"\(length)","volumePerCm":"\(linear)"}},
      "clock":{"localStart":"\(local())"},
      "fill":\(fill),"pathEmpty":\(pathEmpty),
      "program":\(program),
      "events":[\(events.joined(separator: ",\n"))],
      "until":"\(untilMinutes) min","sampleEvery":"\(random.pick([30, 60, 180])) min"}
      """
  }

  // MARK: Parts

  private mutating func local() -> String {
    let hour = random.pick([0, 5, 8, 11, 15, 22, 23])
    let minute = random.pick([0, 17, 30, 59])
    let second = random.pick([0, 0, 30, 59])
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "2026-01-\(two(random.pick(5...12)))T\(two(hour)):\(two(minute)):\(two(second))"
  }

  private mutating func newMixture() -> [Int] {
    concentrations = drugs.map { _ in random.pick([200, 500, 1000, 2000, 2000, 5000]) }
    return concentrations
  }

  private mutating func fill(_ mixture: [Int]) -> String {
    let volume = random.pick(["20 mL", "18 mL", "40 mL", "1 mL", "0.3 mL", "0.05 mL", "0.2 mL"])
    let list = zip(drugs, mixture).map {
      "{\"drug\":\"\($0)\",\"concentration\":\"\($1) ug/mL\"}"
    }
    return "{\"volume\":\"\(volume)\",\"drugs\":[\(list.joined(separator: ","))]}"
  }

  private mutating func rate(upTo most: Int) -> String {
    let microlitres = random.pick(6...most)
    switch random.pick(0...9) {
    case 0: return "\"0.048 mL/d\""
    case 1: return "\"0 mL/d\""
    case 2, 3:
      let dose = microlitres * concentrations[0] / 1000 + 1
      return drugs.count == 1
        ? "\"\(dose) ug/d\"" : "{\"dose\":\"\(dose) ug/d\",\"of\":\"\(drugs[0])\"}"
    default: return "\"\(microlitres) uL/d\""
    }
  }

  private mutating func steps(weekly: Bool) -> String {
    var minutes: Set<Int> = weekly ? [0] : []
    for _ in 0..<random.pick(1...9) { minutes.insert(random.pick(0...1439)) }
    if random.once(in: 3) { minutes.insert(random.pick([480, 900, 1439, 0])) }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let steps = minutes.sorted().map { minute in
      "{\"at\":\"\(two(minute / 60)):\(two(minute % 60))\",\"rate\":\(rate(upTo: 700))}"
    }
    return "[\(steps.joined(separator: ","))]"
  }

  private mutating func basal() -> (text: String, isStopped: Bool) {
    switch random.pick(0...11) {
    case 0: return ("{\"mode\":\"stopped\"}", true)
    case 1: return ("{\"mode\":\"minimum\"}", false)
    case 2, 3: return ("{\"mode\":\"daily\",\"steps\":\(steps(weekly: false))}", false)
    case 4, 5:
      let count = random.pick(1...3)
      let patterns = (0..<count).map { _ in steps(weekly: true) }
      let days = (0..<7).map { _ in "\(random.pick(0...count - 1))" }
      return (
        "{\"mode\":\"weekly\",\"patterns\":[\(patterns.joined(separator: ","))],"
          + "\"days\":[\(days.joined(separator: ","))]}", false
      )
    case 6, 7, 8:
      let every = random.pick([60, 180, 240, 300, 720, 1440, 1500, 77])
      let over = random.pick([1, 5, 30, 59])
      let background =
        random.once(in: 3) ? "" : ",\"background\":\"\(random.pick(6...300)) uL/d\""
      return (
        "{\"mode\":\"periodic\",\"dose\":\"\(random.pick(1...30)) uL\",\"over\":\"\(over) min\","
          + "\"every\":\"\(every) min\"\(background)}", false
      )
    default: return ("{\"mode\":\"constant\",\"rate\":\(rate(upTo: 800))}", false)
    }
  }

  private mutating func program(prime: Int) -> String {
    let (basal, isStopped) = basal()
    let limits = drugs.map { drug in
      "\"\(drug)\":\"\(random.pick([50, 150, 400, 900, 4000, 4000, 4000])) ug\""
    }
    var text = "{\"basal\":\(basal),\"limits\":{"
    let maxRate = random.pick(["24 mL/d", "24 mL/d", "24 mL/d", "6 mL/d", "0.5 mL/d"])
    let maxVolume = random.pick(["3 mL", "2 mL", "2 mL", "0.9 mL", "0.35 mL"])
    text += "\"maxRate\":\"\(isFirst ? "40 mL/d" : maxRate)\","
    text += "\"maxVolumePer24h\":\"\(isFirst ? "3 mL" : maxVolume)\","
    text += "\"maxDosePer24h\":{\(limits.joined(separator: ","))}},"
    let safeRate = random.pick(["0 mL/d", "0.006 mL/d", "0.048 mL/d", "120 uL/d"])
    let gap = random.pick(["30 min", "1 h", "2 h", "24 h", "48 h"])
    let low = random.pick(["0 mL", "0.1 mL", "2 mL", "4 mL", "17 mL", "19.9 mL"])
    text += "\"safeRate\":\"\(safeRate)\",\"restartGap\":\"\(gap)\","
    text += "\"lowReservoir\":\"\(low)\""
    if !isStopped {
      if random.once(in: 2) {
        text += ",\"patientDose\":{\"volume\":\"\(random.pick(2...40)) uL\","
        text += "\"over\":\"\(random.pick([1, 5, 10, 20])) min\","
        text += "\"lockout\":\"\(random.pick([0, 30, 60, 120, 240])) min\","
        text += "\"maxPer24h\":\(random.pick(1...9))}"
      }
      if random.once(in: prime) {
        text += ",\"prime\":{\"volume\":\"\(random.pick([50, 150, 230, 316, 340])) uL\","
        text += "\"over\":\"\(random.pick([20, 30, 61])) min\"}"
      }
      if random.once(in: 5) {
        text += ",\"bridge\":{\"rate\":\"\(random.pick([60, 186, 480])) uL/d\","
        text += "\"volume\":\"\(random.pick([20, 100, 316])) uL\"}"
      }
    }
    return text + "}"
  }

  // MARK: Events

  /// A time in ms, often one at which something else happens already.
  private mutating func time() -> Int {
    let end = untilMinutes * 60_000
    var time: Int
    switch random.pick(0...9) {
    case 0: time = random.pick(instants)
    case 1: time = random.pick(instants) + random.pick([-1, 1, 600_000, 3_600_000, 86_400_000])
    case 2: time = random.pick(0...end / 900_000) * 900_000
    case 3: time = random.pick(0...end)
    default: time = random.pick(0...untilMinutes) * 60_000
    }
    time = min(max(time, 0), end)
    instants.append(time)
    return time
  }

  private mutating func events() -> [String] {
    // In order of time, so that what the drugs are at an event is known when it is written.
    let times = (0..<random.pick(3...45)).map { _ in time() }.sorted()
    let events = times.map { at in (time: at, text: "{\"at\":\"\(at) ms\",\(event(at))}") }
    var powerBack = -1
    return events.compactMap { time, text in
      guard text.contains("powerLoss") else { return text }
      guard time > powerBack else { return nil }
      powerBack = time + (powerLossOf(text) ?? 0)
      return text
    }
  }

  private func powerLossOf(_ text: String) -> Int? {
    guard let digits = text.split(separator: "\"").last(where: { $0.hasSuffix(" ms") }) else {
      return nil
    }
    return Int(digits.dropLast(3))
  }

  private mutating func event(_ at: Int) -> String {
    switch random.pick(0...30) {
    case 0...8: return "\"do\":\"patientDose\""
    case 9, 10:
      let volume =
        random.once(in: 4)
        ? "{\"dose\":\"\(random.pick(2...120)) ug\",\"of\":\"\(drugs[0])\"}"
        : "\"\(random.pick(1...75)) uL\""
      let safe = changedDrugs ? "\"20 uL\"" : volume
      return
        "\"do\":\"clinicianBolus\",\"volume\":\(safe),\"over\":\"\(random.pick([1, 10, 30])) min\""
    case 11: return "\"do\":\"cancelBolus\""
    case 12, 13:
      return changedDrugs
        ? "\"do\":\"patientDose\"" : "\"do\":\"program\",\"program\":\(program(prime: 5))"
    case 14, 15: return refill()
    case 16: return "\"do\":\"setClock\",\"local\":\"\(local())\""
    case 17: return "\"do\":\"suspend\",\"for\":\"\(random.pick([1, 16, 60, 114, 240])) min\""
    case 18: return "\"do\":\"mri\",\"for\":\"\(random.pick([25, 63, 91, 120])) min\""
    case 19: return "\"do\":\"resumeTherapy\""
    case 20: return "\"do\":\"enterSafeRate\""
    case 21, 22: return "\"do\":\"acknowledge\",\"alarm\":\"\(alarm())\""
    case 23:
      return "\"do\":\"clear\",\"alarm\":\"\(random.once(in: 2) ? "overDelivery" : alarm())\""
    case 24:
      let length = random.pick(20...90)
      return
        "\"do\":\"catheter\",\"length\":\"\(length) cm\",\"path\":\"\(random.pick(["empty", "full"]))\""
    case 25, 26:
      let until = at + random.pick([1, 60_000, 1_200_000, 7_200_000, 22_020_000])
      return "\"fault\":\"motorStall\",\"until\":\"\(until) ms\""
    case 27, 28:
      return "\"fault\":\"extraStrokes\",\"count\":\(random.pick([1, 5, 12, 19, 20, 21, 24, 40]))"
    case 29:
      let span = random.pick([1, 10_000, 2_297_000, 6_000_000, 7_200_000, 100_000_000])
      return "\"fault\":\"powerLoss\",\"for\":\"\(span) ms\""
    default: return rareFault()
    }
  }

  private mutating func rareFault() -> String {
    switch random.pick(0...7) {
    case 0:
      let level = random.pick(["replacement", "replacement", "endOfService"])
      return "\"fault\":\"battery\",\"level\":\"\(level)\""
    case 1, 2: return "\"fault\":\"corruptProgram\",\"copies\":1"
    case 3: return "\"fault\":\"clockStep\",\"back\":\"10 min\""
    default: return "\"do\":\"patientDose\""
    }
  }

  private mutating func alarm() -> String {
    random.pick([
      "motorStall", "overDelivery", "reservoirEmpty", "reservoirLow", "doseLimit", "therapyGap",
      "electiveReplacement", "endOfService",
    ])
  }

  /// Now and then with other drugs; then no later program or dose by mass follows in file order.
  private mutating func refill() -> String {
    guard !changedDrugs else { return "\"do\":\"resumeTherapy\"" }
    let before = concentrations
    let aspirated = random.pick(["9.1 mL", "0 mL", "17.9 mL", "0.2 mL"])
    var text = "\"do\":\"refill\",\"aspirated\":\"\(aspirated)\","
    let same = random.once(in: 2)
    if !same, random.once(in: 6) {
      drugs = ["hydromorphone"]
      changedDrugs = true
    }
    text += "\"fill\":\(fill(same ? before : newMixture()))"
    if !same || random.once(in: 2), !random.once(in: 8) {
      text += ",\"program\":\(program(prime: 6))"
    } else if changedDrugs || !same {
      concentrations = before
    }
    return text
  }
}
