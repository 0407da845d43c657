import Foundation
import HTTPCall
import OrderText
import PumpCore
import PumpLink
import Quantities
import Signer
import Therapy
import VirtualPump

/// Faults that are put into a run, so that it is seen that its checks find them.
extension Simulation {
  /// Waits for the middle of the run, and does it to a pump that is in place then.
  static func plant(_ world: SimulationWorld) async {
    if let plant = world.options.plant {
      let at = world.time.start + (world.time.end - world.time.start) * 6 / 10
      if await world.time.sleep(until: at + 7 * 60_000) {
        do { try await plant.happen(in: world) } catch {
          world.change {
            $0.faults.append("the plant \(plant.rawValue) could not be planted: \(error)")
          }
        }
      }
    }
    await world.time.leave()
  }
}

extension Simulation.Plant {
  fileprivate func happen(in world: SimulationWorld) async throws {
    let places = world.tally.pumps.sorted { $0.key < $1.key }
    let place = places.first { entry in
      entry.value.last.map { !$0.isOver && world.time.now - $0.made > SimulationTime.day } == true
    }
    guard let (patient, pumps) = place, let pump = pumps.last else {
      throw SimulationFault("no pump is in place")
    }
    switch self {
    case .order: try pump.takeUnknownOrder(world)
    case .fill:
      let body: Fields = [
        "volume": "18 mL", "fluid": ["drugs": [["name": "morphine", "concentration": "5 mg/mL"]]],
        "filledAt": world.time.now, "lots": ["L-planted"], "standing": "byHand", "confirmed": true,
      ]
      try await post("fill", body, patient, world)
    case .stroke: pump.held.driveUncounted(40)
    case .act: world.change { $0.recorded[patient, default: [:]]["noteWritten", default: 0] += 1 }
    case .leak:
      pump.held.with {
        $0.add([ScriptedFault(at: $0.now, .leak(Volume(nanolitres: 3_000_000)))])
      }
    }
  }

  private func post(
    _ path: String,
    _ body: Fields,
    _ patient: String,
    _ world: SimulationWorld
  ) async throws {
    let ada = try world.person("ada")
    let summary = try await ada.send(.get, "/api/v1/patients/\(patient)")
    let answer = try await ada.send(
      .post,
      "/api/v1/patients/\(patient)/\(path)",
      FieldText.bytes(body),
      key: "sim-plant",
      version: summary.text("etag").flatMap { Int($0.filter(\.isNumber)) }
    )
    guard (200...201).contains(answer.status) else {
      throw SimulationFault(String(decoding: answer.body.prefix(400), as: UTF8.self))
    }
  }
}

extension SimulatedPump {
  /// An order that a prescriber signs and brings to the bedside without the clinic.
  ///
  /// - Returns: the bytes that were signed, and of the pump's receipt.
  /// - Throws: where the pump does not take it.
  @discardableResult
  func takeUnknownOrder(_ world: SimulationWorld) throws -> (order: [UInt8], receipt: [UInt8]) {
    let client = try session(by: world.keys["ada"])
    guard case .receipt(let newest) = try client.ask(.receiptAt(age: 0)),
      let bytes = newest.array
    else { throw SimulationFault("the pump has no receipt") }
    let draft = try OrderText.OrderDraft(
      bytes: Array("{\"do\": \"envelope\", \"envelope\": {\"stepPercent\": 9}}".utf8),
      receipt: try VerifiedReceipt(bytes: bytes, of: known)
    )
    var order = draft.order
    order.notBefore = held.with { $0.now }
    order.notAfter = order.notBefore + .hour
    guard let certificate = world.keys["ada"].certificates.signing,
      let signature = order.signature(by: world.keys["ada"].secrets.signing, Self.crypto),
      order.append(signature), let signed = order.encoded
    else { throw SimulationFault("ada cannot sign") }
    var pair = CertificatePair()
    _ = pair.append(certificate)
    guard case .receipt(let answer) = try client.ask(.order(pair, signed)),
      answer.outcome == .applied
    else { throw SimulationFault("the pump does not take it") }
    return (signed.array, answer.array ?? [])
  }
}
