import Testing

@testable import Demonstration

/// The demonstration's programs each have ports of their own.
struct DemoPortsTests {
  private static func ports(page: Int, pump: Int, signer: Int) throws -> DemoPorts {
    DemoPorts(page: page, pump: pump, signer: signer, try Demonstration.patients().patients)
  }

  @Test
  func `the ports that are given by default are apart`() throws {
    let ports = try Self.ports(page: 7_200, pump: 7_320, signer: 7_310)
    #expect(ports.fault == nil)
    #expect(ports.pumps == 7_320...7_335)
    #expect(ports.signers == 7_310...7_312)
    #expect(ports.controllers.lowerBound == 7_350)
  }

  @Test(arguments: [
    (7_200, 7_345, 7_310, "controllers"), (7_200, 7_311, 7_310, "signers"),
    (7_325, 7_320, 7_310, "pumps"), (7_200, 65_530, 7_310, "1 to 65535"),
    (7_350, 7_320, 7_310, "controllers"),
  ])
  func `ports that two programs would take are refused, with both named`(
    page: Int,
    pump: Int,
    signer: Int,
    word: String
  ) throws {
    let fault = try #require(try Self.ports(page: page, pump: pump, signer: signer).fault)
    #expect(fault.contains(word))
  }
}
