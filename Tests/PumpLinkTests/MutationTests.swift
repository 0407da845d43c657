import PumpCore
import Quantities
import Testing

@testable import PumpLink

/// Every byte of every signed object changed: nothing is accepted (T-16).
struct MutationTests {
  private static let flips: [UInt8] = [0x01, 0x10, 0x80, 0xFF]

  /// Changes each byte of a message in several ways.
  ///
  /// - Returns: how many changed messages were tried and how many had any effect.
  private static func mutate(
    _ message: LinkMessage,
    _ world: World,
    _ peer: Peer
  ) throws -> (cases: Int, accepted: Int) {
    let bytes = try #require(message.encoded).array
    var accepted = 0
    var cases = 0
    let before = try #require(world.stored)
    var trial = world
    for place in 1..<bytes.count {
      for flip in flips {
        var changed = bytes
        changed[place] ^= flip
        cases += 1
        let reply = trial.answer(changed, from: peer)
        let refusedInWords =
          switch reply {
          case .refused: true
          case .receipt(let receipt): receipt.outcome == .refused
          case .identity, .status, .summary, .journal, .taken, .challenge, nil: false
          }
        let untouched =
          trial.stored == before
          && trial.pump.controller.actNumber
            == world.pump.controller.actNumber
        if !refusedInWords || !untouched {
          accepted += 1
          trial = world
        }
      }
    }
    // The message itself is good.
    var last = world
    switch last.answer(bytes, from: peer) {
    case .receipt(let receipt): #expect(receipt.outcome != .refused, "\(Fate(receipt))")
    case .taken: break
    default: Issue.record("the message itself is refused")
    }
    return (cases, accepted)
  }

  @Test func `no changed order, certificate, request or list is accepted (SR-100, SR-111)`() throws
  {
    let world = try World.started()
    let peer = TestClinic.peer(.patient, .bedside, at: world.now)
    var cases = 0
    var accepted = 0
    func add(_ result: (cases: Int, accepted: Int)) {
      cases += result.cases
      accepted += result.accepted
    }
    let two = [TestClinic.prescriber, TestClinic.nurse]
    let refill = RefillContent(
      aspirated: Volume(nanolitres: 19_700_000),
      fill: Volume(nanolitres: 18_000_000),
      mixture: .of(Drug.morphine, 1_000_000),
      program: .constant(140_000, drug: Drug.morphine)
    )
    for content in [
      OrderContent.program(.constant(140_000)), .refill(refill), .envelope(.standard),
      .keys(TestClinic.keys), .clinicianBolus(Volume(nanolitres: 9_000), over: .hour), .safeRate,
      .suspend(.hour),
    ] {
      let order = try #require(world.order(content, by: two).encoded)
      add(try Self.mutate(.order(TestClinic.certificates(two), order), world, peer))
    }
    let dose = try #require(world.request(.patientDose, by: TestClinic.patientSeed).encoded)
    add(try Self.mutate(.request(CertificatePair(), dose), world, peer))
    let nurse = TestClinic.certificates([TestClinic.nurse])
    let cancel = try #require(world.request(.cancelBolus, by: TestClinic.nurse.seed).encoded)
    add(try Self.mutate(.request(nurse, cancel), world, peer))
    var list = Revocation()
    list.number = 3
    _ = list.append(Bytes16(repeating: 8))
    list.signature = try #require(list.signature(by: TestClinic.root, World.crypto))
    add(try Self.mutate(.revocation(list), world, peer))
    print(
      "changed bytes of orders, requests, certificates, lists: \(cases) cases, \(accepted) accepted"
    )
    #expect(accepted == 0)
    #expect(cases > 10_000)
  }

  @Test func `no changed receipt is believed (SR-101)`() throws {
    let world = try World.started()
    let receipt = try #require(world.desk.receipt(age: 0))
    let bytes = try #require(receipt.encoded).array
    var believed = 0
    for place in bytes.indices {
      for flip in 1...255 as ClosedRange<UInt8> where flip.nonzeroBitCount == 1 || flip == 255 {
        var changed = bytes
        changed[place] ^= flip
        guard let read = Receipt(decoding: changed.span) else { continue }
        let id = Bytes16(of: TestClinic.identity.key, World.crypto)
        if read.signature.key == id,
          read.isValid(read.signature, by: TestClinic.identity.key, World.crypto)
        {
          believed += 1
        }
      }
    }
    print("changed receipts: \(bytes.count * 9) cases, \(believed) believed")
    #expect(believed == 0)
  }
}
