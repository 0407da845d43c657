import Foundation
import PumpCore
import Quantities
import Testing

@testable import PumpLink

/// The examples of `docs/protocol.md`, compared with the code.
struct VectorTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/protocol.md")

  /// The lines `name = hex` of the page, those that go on joined.
  private static func shown() throws -> [String: [UInt8]] {
    var shown: [String: [UInt8]] = [:]
    var name = ""
    for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
      if let match = line.wholeMatch(of: /([a-z][a-z ]+) = ([0-9a-f]+)/) {
        name = String(match.output.1)
        shown[name] = bytes(match.output.2)
      } else if let match = line.wholeMatch(of: #/ {2}([0-9a-f]+)/#), !name.isEmpty {
        shown[name, default: []] += bytes(match.output.1)
      } else {
        name = ""
      }
    }
    return shown
  }

  private static func bytes(_ hex: Substring) -> [UInt8] {
    let digits = Array(hex.utf8).map { $0 > 57 ? $0 - 87 : $0 - 48 }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func read<Object: WireObject>(_ kind: Object.Type, _ bytes: [UInt8]) -> Object? {
    Object(decoding: bytes.span)
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func order(_ content: OrderContent, by people: [Person]) -> Order {
    var order = Order()
    order.pump = TestClinic.pump
    order.sequence = 3
    order.previous = Bytes32(repeating: 0xAB)
    order.notBefore = PumpTime(milliseconds: 172_800_000)
    order.notAfter = PumpTime(milliseconds: 173_400_000)
    order.content = content
    for person in people {
      if let signature = order.signature(by: person.seed, World.crypto) {
        _ = order.append(signature)
      }
    }
    return order
  }

  private static var program: ProgramContent {
    var content = ProgramContent.constant(150_000, dose: ProgramContent.doses)
    content.program.bridge = Bridge(
      rate: FlowRate(nanolitresPerDay: 120_000),
      volume: Volume(nanolitres: 316_000)
    )
    return content
  }

  private static var daily: ProgramContent {
    var content = ProgramContent.basal(.scheduled)
    var schedule = Schedule()
    do {
      try schedule.beginPattern()
      try schedule.addStep(minute: 360, rate: FlowRate(nanolitresPerDay: 160_000))
      try schedule.addStep(minute: 1_320, rate: FlowRate(nanolitresPerDay: 120_000))
    } catch {
      preconditionFailure("two steps follow each other")
    }
    content.program.schedule = schedule
    return content
  }

  /// Each object as it is signed, and its whole bytes.
  private static func vectors() throws -> [(name: String, signed: [UInt8], whole: [UInt8])] {
    var vectors: [(name: String, signed: [UInt8], whole: [UInt8])] = []
    func add(_ name: String, _ object: some WireObject) throws {
      vectors.append(
        (name, try #require(object.signedBytes).array, try #require(object.encoded).array)
      )
    }
    let people = [TestClinic.prescriber, TestClinic.nurse]
    try add("certificate", TestClinic.prescriber.certificate)
    try add("order program", order(.program(program), by: [TestClinic.prescriber]))
    try add("order daily program", order(.program(daily), by: [TestClinic.prescriber]))
    let refill = RefillContent(
      aspirated: Volume(nanolitres: 1_500_000),
      fill: Volume(nanolitres: 20_000_000),
      mixture: .baclofen,
      program: program
    )
    try add("order refill", order(.refill(refill), by: people))
    var commissioning = CommissioningContent()
    commissioning.keys = TestClinic.keys
    commissioning.local = LocalTime(milliseconds: 1_767_600_000_000)
    try add(
      "order commissioning",
      order(.commissioning(commissioning), by: [TestClinic.prescriber])
    )
    try add("order safe rate", order(.safeRate, by: [TestClinic.nurse]))
    try add("order suspend", order(.suspend(4 * .hour), by: [TestClinic.nurse]))
    let bolus = OrderContent.clinicianBolus(Volume(nanolitres: 25_000), over: 10 * .minute)
    try add("order clinician bolus", order(bolus, by: [TestClinic.prescriber]))
    var request = Request()
    request.pump = TestClinic.pump
    request.nonce = Bytes16(repeating: 0x5A)
    request.notBefore = PumpTime(milliseconds: 172_800_000)
    request.notAfter = PumpTime(milliseconds: 172_920_000)
    request.content = .cancelPending(Bytes32(repeating: 0xAB))
    request.signature = try #require(
      request.signature(by: TestClinic.patientSeed, World.crypto)
    )
    try add("request", request)
    var list = Revocation()
    list.number = 2
    _ = list.append(Bytes16(of: TestClinic.colleague.key, World.crypto))
    list.signature = try #require(list.signature(by: TestClinic.root, World.crypto))
    try add("revocation", list)
    try add("receipt", try #require(World.started().desk.receipt(age: 0)))
    return vectors
  }

  @Test func `the examples of the page are what the code makes (SR-100, SR-101)`() throws {
    let shown = try Self.shown()
    var compared = 0
    for (name, signed, whole) in try Self.vectors() {
      print("VECTOR \(name) = \(Self.hex(whole))")
      guard let page = shown[name] else {
        Issue.record("the page does not show \(name)")
        continue
      }
      compared += 1
      // Signatures may be made otherwise elsewhere; what is signed may not.
      #expect(Array(page.prefix(signed.count)) == signed, "\(name)")
      #expect(page.count == whole.count, "\(name)")
    }
    let keys: [(String, Bytes32)] = [
      ("pump key", TestClinic.identity.key), ("root key", TestClinic.keys.root),
      ("prescriber key", TestClinic.prescriber.key), ("nurse key", TestClinic.nurse.key),
      ("patient key", TestClinic.keys.patient),
    ]
    for (name, key) in keys {
      print("VECTOR \(name) = \(Self.hex(key.array))")
      #expect(shown[name] == key.array, "\(name)")
    }
    let order = Self.order(.safeRate, by: [TestClinic.nurse])
    let hash = try #require(order.hash(World.crypto))
    print("VECTOR hash of order safe rate = \(Self.hex(hash.array))")
    #expect(shown["hash of order safe rate"] == hash.array)
    print("examples of docs/protocol.md: \(compared) objects, \(keys.count) keys")
  }

  @Test func `what the page signs is well signed (SR-100)`() throws {
    let shown = try Self.shown()
    for name in ["order program", "order refill", "order safe rate"] {
      let bytes = try #require(shown[name])
      let order = try #require(Self.read(Order.self, bytes))
      let people = [TestClinic.prescriber, TestClinic.nurse]
      for place in 0..<order.signatureCount {
        let signature = order.signature(place)
        let known = people.first { Bytes16(of: $0.key, World.crypto) == signature.key }
        let signer = try #require(known)
        #expect(order.isValid(signature, by: signer.key, World.crypto), "\(name)")
      }
    }
    let bytes = try #require(shown["receipt"])
    let receipt = try #require(Self.read(Receipt.self, bytes))
    #expect(receipt.isValid(receipt.signature, by: TestClinic.identity.key, World.crypto))
  }

  @Test func `the page names every reason, bound and kind by its number`() throws {
    let page = try String(contentsOf: Self.page, encoding: .utf8)
    for reason in RefusalReason.allCases {
      #expect(page.contains("| \(reason.rawValue) | `\(reason)` |"), "\(reason)")
    }
    for bound in CeilingBound.allCases {
      #expect(page.contains("\(bound.rawValue) `\(bound)`"), "\(bound)")
    }
    for bound in EnvelopeBound.allCases {
      #expect(page.contains("\(bound.rawValue) `\(bound)`"), "\(bound)")
    }
    for kind in OrderKind.allCases {
      #expect(page.contains("| \(kind.rawValue) | `\(kind)` |"), "\(kind)")
    }
    for role in Role.allCases { #expect(page.contains("\(role.rawValue) `\(role)`"), "\(role)") }
  }
}
