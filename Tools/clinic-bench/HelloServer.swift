import Hummingbird
import Logging

/// What the library alone can do: a word on one path, without a clinic.
enum HelloServer {
  static func run(port: Int) async throws {
    let router = Router()
    router.get("/hello") { _, _ in "hello" }
    var log = Logger(label: "hello")
    log.logLevel = .error
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      logger: log
    )
    try await application.runService()
  }
}
