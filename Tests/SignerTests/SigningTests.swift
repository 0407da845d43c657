import PumpCore
import PumpLink
import PumpLinkCrypto
import Quantities
import Testing

@testable import OrderText
@testable import Signer

/// Signing, cosigning and verifying the bytes of an order.
struct SigningTests {
  static func signed(
    _ json: String,
    by people: [SignerSample.Person],
    typed: String? = nil
  ) throws -> [UInt8] {
    guard var bytes = try SignerSample.draft(json).array else {
      throw SigningError(.malformed, "no order")
    }
    for person in people {
      let order = try Order(reading: bytes)
      let statement = try OrderStatement(order, beside: try SignerSample.verified())
      let others = people.flatMap(\.certificates.certificates)
      let signing = try OrderSigning(statement, by: person.signing, others: others)
      bytes = try signing.sign(with: person.secrets, typed: typed)
    }
    return bytes
  }

  static func verify(
    _ bytes: [UInt8],
    _ people: [SignerSample.Person],
    revocation: Revocation? = nil,
    at now: LocalTime = SignerSample.now
  ) throws -> OrderVerification {
    try OrderVerification(
      try Order(reading: bytes),
      people.flatMap(\.certificates.certificates),
      root: SignerSample.rootKey,
      revocation: revocation,
      at: now
    )
  }

  static func kind(_ body: () throws -> Void) -> SigningError.Kind? {
    do {
      try body()
      return nil
    } catch { return (error as? SigningError)?.kind }
  }

  @Test
  func `two people sign the same bytes, each on their own signer (SR-106)`() throws {
    let (ada, bo) = (try SignerSample.ada(), try SignerSample.bo())
    let json = SignerSample.program("66 ug/d")
    let one = try Self.signed(json, by: [ada])
    let two = try Self.signed(json, by: [ada, bo])
    let hashes = try [one, two].map { try Order(reading: $0).hash(SignerSample.crypto) }
    #expect(hashes[0] == hashes[1])
    #expect(
      try Self.verify(two, [ada, bo]).signers.map(\.name) == [ada, bo].map(\.signing.keys.person)
    )
    #expect(Self.kind { _ = try Self.signed(json, by: [ada, ada]) } == .alreadySigned)
    #expect(Self.kind { _ = try Self.signed(json, by: [ada, bo, ada]) } == .alreadySigned)
    // Another key under the same name is the same person.
    let again = try SignerSample.person("ada  byron", .prescriber, seed: 99)
    #expect(Self.kind { _ = try Self.signed(json, by: [ada, again]) } == .alreadySigned)
  }

  @Test
  func `a signed order with any byte changed verifies no more (SR-100)`() throws {
    let (ada, nurse) = (try SignerSample.ada(), try SignerSample.nurse())
    let refill = """
      {"do": "refill", "aspirated": "2 mL", "fill": {"volume": "18 mL", "drugs": [{"drug": "baclofen",
       "concentration": "0.5 mg/mL"}]}, "program": {"basal": {"mode": "constant", "rate": "60 ug/d"},
       "limits": {"maxRate": "2 mL/d", "maxVolumePer24h": "1 mL", "maxDosePer24h":
       {"baclofen": "90 ug"}}, "bridge": {"rate": "0.03 mL/d", "volume": "0.316 mL"},
       "safeRate": "30 ug/d", "restartGap": "24 h", "lowReservoir": "2 mL"}}
      """
    let orders = [
      try Self.signed(SignerSample.program("60 ug/d"), by: [ada]),
      try Self.signed(refill, by: [ada, nurse], typed: "60 ug"),
    ]
    var cases = 0
    var accepted = 0
    for bytes in orders {
      _ = try Self.verify(bytes, [ada, nurse])
      for place in bytes.indices {
        for bit in 0..<8 {
          var changed = bytes
          changed[place] ^= 1 << bit
          cases += 1
          if (try? Self.verify(changed, [ada, nurse])) != nil { accepted += 1 }
        }
      }
      for length in 0..<bytes.count where (try? Self.verify(Array(bytes[..<length]), [ada])) != nil
      {
        accepted += 1
      }
      if (try? Self.verify(bytes + [0], [ada, nurse])) != nil { accepted += 1 }
    }
    print("signed orders: \(cases) bit flips in \(orders.map(\.count)) bytes, \(accepted) accepted")
    #expect(accepted == 0)
  }

  @Test
  func `a role that may not do it does not sign it (SR-100)`() throws {
    let nurse = try SignerSample.nurse()
    let pharmacist = try SignerSample.person("Pia Moe", .pharmacist, seed: 13)
    #expect(
      Self.kind { _ = try Self.signed(SignerSample.program("60 ug/d"), by: [nurse]) } == .role
    )
    let suspend = "{\"do\": \"suspend\", \"for\": \"1 h\"}"
    #expect(Self.kind { _ = try Self.signed(suspend, by: [pharmacist]) } == .role)
    #expect(Self.kind { _ = try Self.signed(suspend, by: [nurse]) } == .confirmation)
    _ = try Self.signed(suspend, by: [nurse], typed: "suspend")
    #expect(Self.kind { _ = try SignerSample.person("Server", .clinicServer, seed: 14) } == .role)
  }

  @Test
  func `a certificate that has ended or is another's signs nothing (SR-111)`() throws {
    let (ada, bo) = (try SignerSample.ada(), try SignerSample.bo())
    let certificate = try #require(ada.certificates.signing)
    func person(_ keys: PublicKeys, _ milliseconds: Int64, root: Bytes32? = nil) -> SigningError
      .Kind?
    {
      Self.kind {
        _ = try SigningPerson(
          keys,
          certificate,
          root: root ?? SignerSample.rootKey,
          at: LocalTime(milliseconds: SignerSample.now.milliseconds + milliseconds)
        )
      }
    }
    #expect(person(ada.signing.keys, 0) == nil)
    #expect(person(ada.signing.keys, 1_001) == .expired)
    #expect(person(ada.signing.keys, -1_001) == .expired)
    #expect(person(bo.signing.keys, 0) == .notGenuine)
    #expect(person(ada.signing.keys, 0, root: bo.signing.keys.signing) == .notGenuine)
  }

  @Test
  func `a revoked key, a missing certificate or an unsigned order does not verify (SR-111)`() throws
  {
    let ada = try SignerSample.ada()
    let bytes = try Self.signed(SignerSample.program("60 ug/d"), by: [ada])
    #expect(Self.kind { _ = try Self.verify(bytes, []) } == .notGenuine)
    let list = try Revocation([ada.signing.keys.id], number: 1, by: SignerSample.root)
    #expect(Self.kind { _ = try Self.verify(bytes, [ada], revocation: list) } == .notGenuine)
    let unsigned = try #require(try SignerSample.draft(SignerSample.program("60 ug/d")).array)
    #expect(Self.kind { _ = try Self.verify(unsigned, [ada]) } == .notGenuine)
    #expect(Self.kind { _ = try Order(reading: Array(bytes.dropLast())) } == .malformed)
  }

  @Test
  func `a certificate of another root, or one that has ended, does not verify (SR-111)`() throws {
    let ada = try SignerSample.ada()
    let bytes = try Self.signed(SignerSample.program("60 ug/d"), by: [ada])
    for milliseconds: Int64 in [-1_001, 1_001] {
      let now = LocalTime(milliseconds: SignerSample.now.milliseconds + milliseconds)
      #expect(Self.kind { _ = try Self.verify(bytes, [ada], at: now) } == .expired)
    }
    let enemy = SecretKeys(.root, chance: [UInt8](repeating: 66, count: 64))
    let forged = try CertificateFile(
      ada.file.keys,
      .prescriber,
      from: LocalTime(milliseconds: 0),
      until: LocalTime(milliseconds: SignerSample.now.milliseconds * 2),
      by: enemy
    )
    #expect(
      Self.kind {
        _ = try OrderVerification(
          try Order(reading: bytes),
          forged.certificates,
          root: SignerSample.rootKey,
          revocation: nil,
          at: SignerSample.now
        )
      } == .notGenuine
    )
  }

  @Test
  func `a receipt of another pump, a forged or a changed one is refused (SR-101)`() throws {
    let good = try SignerSample.receipt()
    _ = try VerifiedReceipt(bytes: good, of: SignerSample.pump)
    let other = try SignerSample.receipt(pump: Bytes16(repeating: 0xC2))
    #expect(
      Self.kind { _ = try VerifiedReceipt(bytes: other, of: SignerSample.pump) } == .otherPump
    )
    let forged = try SignerSample.receipt(seed: Bytes32(repeating: 2))
    #expect(
      Self.kind { _ = try VerifiedReceipt(bytes: forged, of: SignerSample.pump) } == .notGenuine
    )
    var held = 0
    for place in good.indices {
      for bit in 0..<8 {
        var changed = good
        changed[place] ^= 1 << bit
        if (try? VerifiedReceipt(bytes: changed, of: SignerSample.pump)) != nil { held += 1 }
      }
    }
    print("receipt: \(good.count * 8) bit flips, \(held) taken")
    #expect(held == 0)
    // A good receipt beside an order for another pump.
    var order = try SignerSample.draft(SignerSample.program("60 ug/d"))
    order.pump = Bytes16(repeating: 9)
    let receipt = try SignerSample.verified()
    #expect(Self.kind { _ = try OrderStatement(order, beside: receipt) } == .otherPump)
  }
}
