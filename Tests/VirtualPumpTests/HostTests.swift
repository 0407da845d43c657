import Foundation
import PumpLink
import Testing

@testable import VirtualPump

/// What stands around a virtual pump: its folder, its counter, its process.
struct HostTests {
  @Test func `a drift adds up however short the turns of the loop are`() {
    for drift in [Int64(-10_000), -1, 0, 30, 10_000] {
      var counter = Counter()
      var total: Int64 = 0
      for _ in 0..<180_000 { total += counter.advance(20, speed: 1, drift: drift) }
      var atOnce = Counter()
      #expect(total == atOnce.advance(3_600_000, speed: 1, drift: drift))
      #expect(total == 3_600_000 + 3_600 * drift / 1_000)
    }
  }

  @Test func `a folder in which a new pump was not finished gets one, with its code (SR-108)`()
    throws
  {
    let path =
      FileManager.default.temporaryDirectory.path
      + "/cisterna-home-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // In the way of the pairing code, so that the maker gets no further.
    let obstacle = path + "/pairing.txt"
    try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
    #expect(throws: HostError.self) { _ = try PumpHome(path) }
    #expect(!FileManager.default.fileExists(atPath: path + "/memory"))
    try FileManager.default.removeItem(atPath: obstacle)
    let home = try PumpHome(path)
    #expect(home.isNew)
    let text = try String(contentsOfFile: obstacle, encoding: .utf8)
    let code = PairingCode(text.trimmingCharacters(in: .newlines), Clinic.crypto)
    #expect(code?.id == home.id)
  }

  @Test func `a pump started with its signals masked hears them once it serves`() {
    var masked = sigset_t()
    unsafe sigemptyset(&masked)
    unsafe sigaddset(&masked, SIGTERM)
    unsafe sigaddset(&masked, SIGINT)
    var before = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, &masked, &before)
    Posix.unblock([SIGINT, SIGTERM])
    var after = sigset_t()
    unsafe pthread_sigmask(SIG_BLOCK, nil, &after)
    let isMasked = [SIGTERM, SIGINT].map { unsafe sigismember(&after, $0) }
    #expect(isMasked == [0, 0])
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
