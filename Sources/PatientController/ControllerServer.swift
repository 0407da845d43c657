import OrderText
import Signer

/// Serves the controller's pages to the patient's own device, and to nothing else.
public struct ControllerServer: Sendable {
  private let page: ControllerPage
  private let port: Int

  /// - Parameters:
  ///   - desk: the patient's key and the line to their pump.
  ///   - name: of the patient, as the key file has it.
  ///   - language: where nobody has chosen another.
  ///   - port: on 127.0.0.1.
  ///   - chance: 32 bytes that nobody can guess, for the address and for forms.
  public init(
    _ desk: ControllerDesk,
    name: String,
    language: ControllerLanguage,
    port: Int,
    chance: [UInt8]
  ) {
    precondition(chance.count == 32, "two tokens of 16 bytes")
    self.port = port
    page = ControllerPage(
      desk: desk,
      entry: PageEntry(
        program: "controller",
        port: port,
        token: Hex.text(chance[..<16]),
        formToken: Hex.text(chance[16...])
      ),
      name: name,
      language: language
    )
  }

  /// What is to be opened in a browser.
  public var address: String { "http://127.0.0.1:\(port)/\(page.entry.token)/" }

  /// Serves until it is told to end (SIGINT, SIGTERM).
  ///
  /// - Parameter started: called once it listens.
  /// - Throws: where the port is taken.
  public func run(started: @escaping @Sendable () -> Void) async throws {
    let page = page
    try await LoopbackServer(
      port: port,
      headers: PageResponse.headers(clinic: nil),
      label: "controller"
    ) { await page.answer($0) }.run(started: started)
  }
}
