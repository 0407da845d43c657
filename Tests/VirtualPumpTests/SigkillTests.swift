import Foundation
import PumpCore
import PumpLink
import Quantities
import Testing

@testable import VirtualPump

/// The real process, killed for real, under load (T-01); `scripts/kill-campaign.sh` runs it.
///
/// Needs the built command in `CISTERNA_BINARY`; is skipped where that is not set.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["CISTERNA_BINARY"] != nil))
struct SigkillTests {
  static let kills = Int(ProcessInfo.processInfo.environment["CISTERNA_KILLS"] ?? "") ?? 50

  @Test
  func
    `a pump process killed at random instants goes on with its books, orders and receipts (SR-062, SR-074, SR-102)`()
    throws
  {
    var campaign = try SigkillCampaign()
    defer { campaign.end() }
    try campaign.begin()
    for _ in 0..<Self.kills { try campaign.killOnce() }
    print(
      "SIGKILL: \(campaign.kills) kills of the process, \(campaign.submissions) orders, "
        + "\(campaign.unknown) without an answer at first, \(campaign.receiptsAsked) receipts asked "
        + "again, \(campaign.wrong.count) wrong, 3/n = \(String(format: "%.1e", 3 / Double(campaign.kills)))"
    )
    #expect(campaign.wrong.isEmpty, "\(campaign.wrong.prefix(5))")
    #expect(campaign.unknown > 0)
  }
}

/// A pump process in a folder of its own, and the clinic that talks to it.
struct SigkillCampaign {
  let folder: URL
  var process = Process()
  var code = PairingCode(id: Bytes16(), secret: Bytes32())
  var pumpKey: Bytes32?
  var kills = 0
  var submissions = 0
  var unknown = 0
  var receiptsAsked = 0
  var wrong: [String] = []
  /// Orders that were answered, newest last.
  private var answered: [(hash: Bytes32, outcome: Outcome)] = []
  private var applied: UInt64 = 0
  private let remote: String
  private let near: String

  init() throws {
    let name = "cisterna-kill-\(ProcessInfo.processInfo.processIdentifier)"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let port = 20_000 + Int(ProcessInfo.processInfo.processIdentifier) % 20_000
    remote = "127.0.0.1:\(port)"
    near = "127.0.0.1:\(port + 1)"
  }

  mutating func begin() throws {
    try start()
    let text = try String(contentsOf: folder.appendingPathComponent("pairing.txt"), encoding: .utf8)
    guard let read = PairingCode(text.trimmingCharacters(in: .newlines), Clinic.crypto) else {
      throw NotBuilt("pairing code")
    }
    code = read
    try mustApply(.commission)
    try mustApply(.fill)
  }

  func end() {
    kill(process.processIdentifier, SIGKILL)
    for _ in 0..<2_000 where process.isRunning { usleep(1_000) }
    try? FileManager.default.removeItem(at: folder)
  }

  private mutating func start() throws {
    process = Process()
    process.executableURL = URL(
      fileURLWithPath: ProcessInfo.processInfo.environment["CISTERNA_BINARY"] ?? ""
    )
    process.arguments = [
      "pump", "serve", "--data", folder.path, "--listen", remote, "--near", near, "--speed", "600",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    for _ in 0..<200 {
      do throws(HostError) {
        let socket = try Posix.connect(near, within: 50)
        close(socket)
        return
      } catch {
        usleep(10_000)
      }
    }
    throw NotBuilt("the pump does not start")
  }

  /// A session at the bedside, with the pairing code.
  private mutating func session() throws(LinkFailure) -> LinkClient {
    let client = try LinkClient(
      LinkTarget(
        address: near,
        way: .bedside,
        pump: code.id,
        pumpKey: nil,
        secret: code.secret,
        key: Clinic.prescriber.session,
        role: .person,
        certificates: .of(Clinic.prescriber.sessionCertificate)
      ),
      answerLimit: 2_000
    )
    pumpKey = client.pumpKey
    return client
  }

  private mutating func status() throws(LinkFailure) -> PumpStatus {
    guard case .status(let status) = try session().ask(.status) else {
      throw .notTaken("no status")
    }
    return status
  }

  private func order(_ content: OrderContent, after status: InForce, _ now: PumpTime) throws -> (
    message: [UInt8], hash: Bytes32
  ) {
    var order = Order()
    order.pump = code.id
    order.sequence = status.sequence + 1
    order.previous = status.order
    order.notBefore = now
    order.notAfter = now + 6 * .day
    if case .clinicianBolus = content { order.notAfter = now + 10 * .minute }
    order.content = content
    let people = [Clinic.prescriber, Clinic.nurse]
    for person in people {
      if let signature = order.signature(by: person.seed, Clinic.crypto) {
        _ = order.append(signature)
      }
    }
    guard let hash = order.hash(Clinic.crypto) else { throw NotBuilt("order") }
    return (try TestPump.message(order, by: people), hash)
  }

  private mutating func mustApply(_ content: OrderContent) throws {
    var inForce = InForce()
    var now = PumpTime.commissioning
    if case .commissioning = content {
    } else {
      let status = try status()
      inForce = status.inForce
      now = status[.demand].time
    }
    let (message, hash) = try order(content, after: inForce, now)
    guard case .receipt(let receipt) = try session().ask(message), receipt.outcome == .applied
    else {
      throw NotBuilt("not applied")
    }
    answered.append((hash, .applied))
  }

  /// Submits an order, kills the process around it, and looks at what is left.
  mutating func killOnce() throws {
    let before = try status()
    let number = kills
    let content: OrderContent =
      number % 3 == 0
      ? .clinicianBolus(Volume(nanolitres: 20_000), over: 5 * .minute)
      : .rate(number % 2 == 0 ? 2_000_000 : 2_400_000)
    let (message, hash) = try order(content, after: before.inForce, before[.demand].time)
    submissions += 1
    let pid = process.processIdentifier
    // Anywhere from before the connection to after the answer, which takes about 5 ms.
    let delay = (number * 37 % 97) * 70
    DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(delay)) {
      kill(pid, SIGKILL)
    }
    var outcome: Outcome?
    do throws(LinkFailure) {
      if case .receipt(let receipt) = try session().ask(message) { outcome = receipt.outcome }
    } catch {
      unknown += 1
    }
    for _ in 0..<2_000 where process.isRunning { usleep(1_000) }
    if process.isRunning { throw NotBuilt("the process outlives its end") }
    kills += 1
    try start()
    try look(number, message, hash, outcome, before)
  }

  private mutating func look(
    _ number: Int,
    _ message: [UInt8],
    _ hash: Bytes32,
    _ outcome: Outcome?,
    _ before: PumpStatus
  ) throws {
    guard case .receipt(let again) = try session().ask(message) else {
      wrong.append("kill \(number): no receipt")
      return
    }
    if let outcome, again.outcome != outcome { wrong.append("kill \(number): two words") }
    // Cut between storing and effect, too late after the start, or more boluses than a day allows.
    let isExpected = [.interrupted, .expired, .bolus].contains(again.refusal.reason)
    if again.outcome != .applied, !isExpected { wrong.append("kill \(number): \(again.words)") }
    // A bolus that is late is refused without being used up; all else keeps its receipt.
    if again.refusal.reason != .expired { answered.append((hash, again.outcome)) }
    let after = try status()
    let delivered = after[.delivered].value
    if delivered + after[.reservoir].value != 20_000_000 { wrong.append("kill \(number): books") }
    if delivered < before[.delivered].value { wrong.append("kill \(number): delivered less") }
    if delivered > after[.demand].value + 250 {
      wrong.append("kill \(number): more than called for")
    }
    let isBack = after[.state].value == Int64(PumpState.running.rawValue)
    if !isBack { wrong.append("kill \(number): state \(after[.state].value)") }
    let taken = after.inForce.sequence - before.inForce.sequence
    if taken > 1 { wrong.append("kill \(number): \(taken) orders") }
    for (hash, outcome) in answered.suffix(4) {
      receiptsAsked += 1
      guard case .receipt(let kept) = try session().ask(.receipt(hash)), kept.outcome == outcome
      else {
        wrong.append("kill \(number): a receipt is gone")
        continue
      }
    }
  }
}
