import Foundation
import PumpCore
import PumpLink
import Quantities

@testable import VirtualPump

/// A virtual pump on sockets of its own, commissioned at the bedside; it is served until the process
/// ends.
final class ServedPump: Sendable {
  let id: Bytes16
  let remote: String
  let near: String
  let sessionKey: Bytes32
  let signingKey: Bytes32
  private let secret: Bytes32

  init(speed: Int64 = 60) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pump-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let home = try PumpHome(folder.path)
    var served: (host: PumpHost, remote: String, near: String)?
    for _ in 0..<50 where served == nil {
      let port = Int.random(in: 20_000..<60_000)
      let (remote, near) = ("127.0.0.1:\(port)", "127.0.0.1:\(port + 1)")
      let options = PumpHostOptions(
        remote: remote,
        near: near,
        time: .host(speed: speed),
        faults: []
      )
      if let host = try? PumpHost(home, options, print: { _ in }) { served = (host, remote, near) }
    }
    guard let served else { throw NotMade("no free port") }
    nonisolated(unsafe) let host = served.host
    Thread.detachNewThread { try? unsafe host.run() }
    id = home.secrets.id
    secret = home.secrets.pairing
    remote = served.remote
    near = served.near
    let client = try Self.session(near, id, secret)
    guard case .identity(let identity) = try client.ask(.identify), let key = client.pumpKey else {
      throw NotMade("identity")
    }
    sessionKey = key
    signingKey = identity.key
    try Self.apply(Ward.commissioning, after: InForce(), at: .commissioning, id, client)
    // Sessions end where the keys that they rest on change.
    let second = try Self.session(near, id, secret)
    let status = try second.ask(.status)
    guard case .status(let status) = status else { throw NotMade("no status: \(status)") }
    try Self.apply(Ward.fill, after: status.inForce, at: status[.demand].time, id, second)
  }

  private static func apply(
    _ content: OrderContent,
    after inForce: InForce,
    at now: PumpTime,
    _ id: Bytes16,
    _ client: LinkClient
  ) throws {
    let order = try Ward.order(content, for: id, after: inForce, at: now, isTwice: true)
    let certificates = Ward.pair(Ward.prescriberSigns, Ward.nurseSigns)
    guard let bytes = WireBytes(order.span),
      case .receipt(let receipt) = try client.ask(.order(certificates, bytes)),
      receipt.outcome == .applied
    else { throw NotMade("not applied at the bedside") }
  }

  private static func session(
    _ near: String,
    _ id: Bytes16,
    _ secret: Bytes32
  ) throws -> LinkClient {
    try LinkClient(
      LinkTarget(
        address: near,
        way: .bedside,
        pump: id,
        pumpKey: nil,
        secret: secret,
        key: Ward.prescriber.session,
        role: .person,
        certificates: Ward.pair(Ward.prescriberCalls)
      )
    )
  }
}
