import Testing

@testable import Clinic

struct ForwardedAddressTests {
  @Test
  func `only a proxy that was told of says who a visitor is, and only its own word counts (H-65)`()
  {
    let open = WebSettings(hosts: [], isSecure: false)
    let behind = WebSettings(hosts: [], isSecure: true, isBehindProxy: true)
    let rows: [(String?, String)] = [
      (nil, "10.0.0.1"), ("", "10.0.0.1"), ("203.0.113.7", "203.0.113.7"),
      ("1.2.3.4, 203.0.113.7", "203.0.113.7"), ("1.2.3.4,2001:db8::1", "2001:db8::1"),
      (String(repeating: "x", count: 61), "10.0.0.1"),
    ]
    for (forwarded, expected) in rows {
      #expect(open.address(peer: "10.0.0.1", forwarded: forwarded) == "10.0.0.1")
      #expect(behind.address(peer: "10.0.0.1", forwarded: forwarded) == expected, "\(expected)")
    }
  }
}
