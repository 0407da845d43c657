public import Ledger
import Logging

/// A clinic's whole server, put together from its ledger to its pages: what a real clinic and the
/// demonstration both run.
public struct ServedClinic: Sendable {
  public let house: ClinicHouse
  public let care: ClinicCare
  private let access: PatientAccess
  private let server: ClinicServer

  /// Reads what the ledger has, and joins the parts.
  ///
  /// - Parameters:
  ///   - ledger: of the clinic; it stays the caller's to close.
  ///   - web: where the server stands.
  ///   - settings: root, keys and what a demonstration adds.
  ///   - key: seals the accounts' secrets.
  ///   - clock: both clocks.
  ///   - chance: the system's.
  ///   - signers: where people's signers run, by account, as far as it is known before they say it.
  ///   - controllers: where patients' own controllers run, by patient, where that is known.
  ///   - beside: further routes.
  /// - Throws: where the ledger cannot be read, or routes contradict each other.
  public init(
    _ ledger: any LedgerStore,
    _ web: WebSettings,
    _ settings: CareSettings,
    key: ServerKey,
    clock: ClinicClock,
    chance: ClinicChance,
    signers: [String: String] = [:],
    controllers: [String: String] = [:],
    beside: [Route] = []
  ) async throws {
    house = try await ClinicHouse(ledger, web, key: key, clock: clock, chance: chance)
    do {
      care = try await house.care(settings)
      let accounts = house.parts.accounts
      let pages = PageRoutes(care, accounts, house.parts.sessions, signers: signers)
      access = try await PatientAccess(
        care,
        house.parts.sessions,
        key: key,
        origin: web.origins.min() ?? "",
        controllers: controllers
      )
      server = try house.server(care, pages: pages.routes + access.routes + beside)
    } catch {
      await house.stop()
      throw error
    }
  }

  /// Serves until it is told to end (SIGINT, SIGTERM), and keeps a snapshot for the next start.
  ///
  /// - Parameters:
  ///   - host: the address to listen on.
  ///   - port: 0 for any.
  ///   - beside: what else goes on while it serves; it is cancelled with it.
  ///   - started: called with the port, once it listens.
  /// - Throws: where the port is taken.
  public func run(
    host: String,
    port: Int,
    beside: @escaping @Sendable () async -> Void = {},
    started: @escaping @Sendable (Int) -> Void
  ) async throws {
    // No warnings: every request that a visitor breaks off would be a line.
    let log = Logger(label: "clinic") { _ in ErrorLog() }
    let outcome: Result<Void, any Error>
    do {
      try await server.run(
        host: host,
        port: port,
        log: log,
        work: { [care, access] in
          await withTaskGroup(of: Void.self) { group in
            group.addTask { await care.work() }
            group.addTask { await access.work() }
            group.addTask { await beside() }
          }
        },
        started: started
      )
      outcome = .success(())
    } catch { outcome = .failure(error) }
    await house.stop()
    try outcome.get()
  }
}
