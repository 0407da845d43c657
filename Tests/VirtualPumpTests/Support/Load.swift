import PumpCore
import PumpLink
import PumpTesting
import Quantities

@testable import VirtualPump

/// A pump's busy afternoon: orders and requests over the line, one every twenty minutes.
struct Load {
  var pump: TestPump
  /// What was sent last, to be brought again.
  var sent: Caller?
  /// Hashes with what the pump answered to each.
  var answered: [(hash: Bytes32, outcome: Outcome)] = []
  var isCut: Bool { !pump.power.isOn || pump.powerBack != nil }

  static let steps = 12

  /// What comes at a step, as a caller with one message.
  func caller(_ step: Int) throws -> Caller {
    let people = [Clinic.prescriber]
    func bedside(_ content: OrderContent) throws -> Caller {
      let message = try TestPump.message(pump.order(content, by: people), by: people)
      return .person(Clinic.prescriber, [message], .bedside)
    }
    switch step % 6 {
    case 0: return try bedside(.rate(step < 6 ? 400_000 : 600_000))
    case 1: return try bedside(.clinicianBolus(Volume(nanolitres: 50_000), over: 15 * .minute))
    case 2: return try patient(.patientDose, step)
    case 3: return try bedside(.suspend(10 * .minute))
    case 4: return try bedside(.resume)
    default: return try patient(.cancelBolus, step)
    }
  }

  private func patient(_ content: RequestContent, _ step: Int) throws -> Caller {
    let request = pump.request(content, by: Clinic.patientSeed, nonce: UInt8(step))
    guard let bytes = request.encoded,
      let message = LinkMessage.request(CertificatePair(), bytes).encoded
    else { throw NotBuilt("request") }
    return Caller(role: .patient, session: Clinic.patientSession, messages: [message.array])
  }

  /// Goes on for twenty minutes and then sends what the step sends.
  mutating func take(_ step: Int) throws {
    sent = nil
    for _ in 0..<20 where !isCut { pump.advance(to: pump.now + .minute) }
    guard !isCut else { return }
    let caller = try caller(step)
    sent = caller
    try send(caller, seed: UInt8(step + 1))
  }

  /// Sends, until it is answered or the power is gone.
  mutating func send(_ caller: Caller, seed: UInt8) throws {
    var line = try Line(pump, caller, seed: seed)
    while !line.isDone, line.pump.power.isOn, line.pump.powerBack == nil,
      line.time < PumpTime(milliseconds: 20_000)
    {
      line.step()
    }
    pump = line.pump
    if !isCut { pump.close(line.connection) }
    if let receipt = line.receipt { answered.append((receipt.hash, receipt.outcome)) }
  }
}
