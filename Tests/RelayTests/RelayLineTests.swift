import Testing

@testable import Relay

struct RelayLineTests {
  private static let id = String(repeating: "0a", count: 16)

  @Test(
    arguments: [
      ("0A", "127.0.0.1:1"), (id + "0", "127.0.0.1:1"), ("../../" + id.dropFirst(6), "127.0.0.1:1"),
      (id, "127.0.0.1"), (id, ":1"), (id, "127.0.0.1:0"), (id, "127.0.0.1:65536"), (id, "h:x"),
    ]
  )
  func `a line is a pump's id and an address with a port`(pump: String, address: String) throws {
    #expect(throws: RelayError.self) {
      try RelayLine(pump: pump, way: .remote, address: address)
    }
    let line = try RelayLine(pump: Self.id, way: .near, address: "[::1]:7301")
    #expect(line.host == "[::1]" && line.port == 7_301)
    #expect(line.path == "/relay/v1/lines/\(Self.id)/near")
  }

  @Test
  func `the clinic is an address over HTTP, and a token of at least 32 characters`() throws {
    let token = String(repeating: "t", count: 32)
    let clinic = try RelayClinic(url: "http://127.0.0.1:7200/", token: token)
    #expect(clinic.host == "127.0.0.1" && clinic.port == 7_200)
    #expect(try RelayClinic(url: "http://clinic.test", token: token).port == 80)
    for (url, token) in [
      ("https://127.0.0.1:7200", token), ("127.0.0.1:7200", token),
      ("http://127.0.0.1:7200", "short"), ("http://127.0.0.1:7200", token + "\r\nhost: x"),
    ] {
      #expect(throws: RelayError.self) { try RelayClinic(url: url, token: token) }
    }
  }

  @Test
  func `waits grow to a bound, and success begins them anew`() {
    var backOff = BackOff()
    let waits = (0..<30).map { _ in backOff.failed() }
    #expect(waits.first == BackOff.first && waits.max() == BackOff.most)
    #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
    backOff.succeeded()
    #expect(backOff.failed() == BackOff.first)
  }
}
