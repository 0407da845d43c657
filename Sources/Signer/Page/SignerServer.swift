import OrderText
public import PumpCore
import PumpScenario

/// Serves the signer's pages to the machine it runs on, and to nothing else.
public struct SignerServer: Sendable {
  private let page: SignerPage

  /// - Parameters:
  ///   - desk: the person and what is at hand.
  ///   - port: on 127.0.0.1.
  ///   - chance: 32 bytes that nobody can guess, for the address and for forms.
  ///   - seconds: from any fixed instant, for the delay after wrong passphrases.
  ///   - now: by the clock on the wall.
  /// - Throws: where a page is malformed.
  public init(
    _ desk: SignerDesk,
    port: Int,
    chance: [UInt8],
    seconds: @escaping @Sendable () -> Double,
    now: @escaping @Sendable () -> LocalTime
  ) throws {
    precondition(chance.count == 32, "two tokens of 16 bytes")
    page = SignerPage(
      desk: desk,
      port: port,
      token: Hex.text(chance[..<16]),
      formToken: Hex.text(chance[16...]),
      gate: PassphraseGate(clock: seconds),
      now: now,
      views: try PageViews()
    )
  }

  /// What is to be opened in a browser.
  public var address: String { "http://127.0.0.1:\(page.port)/\(page.token)/" }

  /// Serves until it is told to end (SIGINT, SIGTERM).
  ///
  /// - Parameter started: called once it listens.
  /// - Throws: where the port is taken.
  public func run(started: @escaping @Sendable () -> Void) async throws {
    let (page, headers) = (page, PageResponse.headers(clinic: page.desk.clinic))
    try await LoopbackServer(port: page.port, headers: headers, label: "signer") { request in
      await page.answer(request)
    }.run(started: started)
  }
}
