import PumpCore
import PumpTesting
import Quantities

@testable import PumpLink

extension Seeded {
  mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
    Int64.random(in: range, using: &self)
  }

  mutating func volume() -> Volume { Volume(nanolitres: number(1...Bounds.volumeMax)) }
  mutating func rate() -> FlowRate { FlowRate(nanolitresPerDay: number(1...Bounds.rateMax)) }

  mutating func span(_ most: Int64 = Bounds.bolusTimeMax) -> TimeSpan {
    TimeSpan(milliseconds: number(1...most))
  }

  mutating func key() -> Bytes32 {
    var key = Bytes32()
    for index in 0..<32 { key[index] = UInt8(truncatingIfNeeded: next()) }
    return key
  }

  mutating func id() -> Bytes16 {
    var id = Bytes16()
    for index in 0..<16 { id[index] = UInt8(truncatingIfNeeded: next()) }
    return id
  }

  mutating func signature() -> KeySignature {
    var bytes = Bytes64()
    for index in 0..<64 { bytes[index] = UInt8(truncatingIfNeeded: next()) }
    return KeySignature(key: id(), signature: bytes)
  }

  mutating func amounts(_ most: Int64) -> DrugAmounts {
    var amounts = DrugAmounts()
    var drug: UInt32 = 0
    for _ in 0..<pick(0...8) {
      drug += UInt32(pick(1...100_000))
      _ = amounts.append(drug, number(1...most))
    }
    return amounts
  }

  mutating func schedule() -> Schedule {
    var schedule = Schedule()
    let patterns = pick(1...7)
    do {
      for _ in 0..<patterns {
        try schedule.beginPattern()
        var minute = patterns == 1 ? pick(0...20) : 0
        for _ in 0..<pick(1...48) {
          try schedule.addStep(minute: minute, rate: rate())
          minute += pick(1...29)
        }
      }
      for day in 0..<7 { try schedule.setPattern(pick(0...patterns - 1), ofDay: day) }
    } catch {
      preconditionFailure("the generator makes whole schedules")
    }
    return schedule
  }

  mutating func program() -> ProgramContent {
    let over = span()
    let basals: [Basal] = [
      .stopped, .minimum, .constant(rate()), .scheduled,
      .periodic(
        dose: volume(),
        over: over,
        every: over + span(),
        background: rate()
      ),
    ]
    var content = ProgramContent.basal(pick(basals))
    content.doseLimits = amounts(Bounds.massMax)
    if content.program.basal == .scheduled { content.program.schedule = schedule() }
    content.program.safeRate = rate()
    content.program.restartGap = span()
    content.program.lowReservoir = volume()
    guard content.program.basal != .stopped else { return content }
    if once(in: 2) {
      content.program.patientDose = PatientDose(
        volume: volume(),
        over: span(),
        lockout: span(),
        maxPer24h: pick(1...48)
      )
    }
    if once(in: 2) { content.program.prime = Prime(volume: volume(), over: span()) }
    if once(in: 2) { content.program.bridge = Bridge(rate: rate(), volume: volume()) }
    return content
  }

  mutating func keys() -> KeyContent {
    var keys = KeyContent()
    keys.root = key()
    keys.secondRoot = key()
    keys.patient = key()
    keys.patientSession = key()
    keys.emergencyCard = key()
    return keys
  }

  mutating func envelope() -> Envelope {
    Envelope(
      step: UInt16(pick(0...400)),
      week: UInt16(pick(0...400)),
      betweenIncreases: span(),
      delay: span(),
      bedsideAge: span()
    )
  }

  mutating func content(_ kind: OrderKind) -> OrderContent {
    switch kind {
    case .program: return .program(program())
    case .refill:
      let program = once(in: 2) ? self.program() : nil
      return .refill(
        RefillContent(
          aspirated: volume(),
          fill: volume(),
          mixture: amounts(Bounds.concentrationMax),
          program: program
        )
      )
    case .catheter:
      return .catheter(CatheterContent(pathVolume: volume(), isFull: once(in: 2)))
    case .commissioning:
      var content = CommissioningContent()
      content.keys = keys()
      content.envelope = envelope()
      content.local = LocalTime(milliseconds: number(0...4_102_444_800_000))
      return .commissioning(content)
    case .envelope: return .envelope(envelope())
    case .limits:
      let program = self.program()
      return .limits(
        LimitsContent(program.program.standing, doseLimits: program.doseLimits)
      )
    case .keys: return .keys(keys())
    case .clinicianBolus: return .clinicianBolus(volume(), over: span())
    case .safeRate: return .safeRate
    case .suspend: return .suspend(span())
    case .mri: return .mri(span())
    case .resume: return .resume
    case .clearOverDelivery: return .clearOverDelivery
    case .setClock:
      return .setClock(LocalTime(milliseconds: number(0...4_102_444_800_000)))
    }
  }

  mutating func order() -> Order {
    var order = Order()
    order.pump = id()
    order.sequence = next()
    order.previous = key()
    order.notBefore = PumpTime(milliseconds: number(0...1_000_000_000_000))
    order.notAfter = order.notBefore + span()
    order.content = content(pick(OrderKind.allCases))
    for _ in 0..<pick(0...2) { _ = order.append(signature()) }
    return order
  }

  mutating func request() -> Request {
    var request = Request()
    request.pump = id()
    request.nonce = id()
    request.notBefore = PumpTime(milliseconds: number(0...1_000_000_000_000))
    request.notAfter = request.notBefore + span()
    request.content = pick([
      .patientDose, .cancelBolus, .cancelPending(key()), .acknowledge(pick(Alarm.allCases)),
    ])
    request.signature = signature()
    return request
  }
}
