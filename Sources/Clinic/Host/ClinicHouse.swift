public import Ledger

/// A whole clinic's server but its patients: accounts, sessions, lines, live updates, figures.
///
/// Whoever writes pages and the API adds routes; all is then served by ``server(_:)``.
public struct ClinicHouse: Sendable {
  public let parts: ClinicParts
  public let desk: SignInDesk
  public let hub: LiveHub
  public let lines: LineBook
  private let work: PasswordWork

  /// Reads the accounts there are.
  ///
  /// - Parameters:
  ///   - ledger: of the clinic.
  ///   - settings: where the server stands.
  ///   - key: of the server.
  ///   - clock: both clocks.
  ///   - chance: the system's.
  /// - Throws: where the accounts cannot be read.
  public init(
    _ ledger: any LedgerStore,
    _ settings: WebSettings,
    key: ServerKey,
    clock: ClinicClock,
    chance: ClinicChance
  ) async throws {
    let metrics = Metrics()
    let counted = CountedLedger(ledger, metrics)
    work = PasswordWork()
    let accounts = try await AccountBook(counted, key: key, work: work, chance: chance)
    let sessions = SessionBook()
    parts = ClinicParts(
      settings: settings,
      clock: clock,
      chance: chance,
      ledger: counted,
      accounts: accounts,
      sessions: sessions,
      metrics: metrics
    )
    desk = SignInDesk(accounts, sessions, chance)
    let (hub, lines) = (LiveHub(), LineBook())
    self.hub = hub
    self.lines = lines
    metrics.gauge("cisterna_live_clients") { [("", hub.count)] }
    metrics.gauge("cisterna_live_cut_off") { [("", hub.cutOff)] }
    metrics.gauge("cisterna_lines") {
      let states = lines.all.map(\.state)
      return LineState.allCases.map { state in
        ("{state=\"\(state.rawValue)\"}", states.count { $0 == state })
      }
    }
  }

  /// The routes that are there without any patient.
  ///
  /// - Parameter mayKnow: whether somebody may know of a topic of live updates at all.
  /// - Returns: the routes.
  public func routes(
    mayKnow: @escaping @Sendable (Account, String) -> Bool
  ) -> [Route] {
    SessionRoutes(desk, parts.accounts, parts.sessions, parts.settings).routes
      + AccountRoutes(parts.accounts, parts.sessions).routes
      + OperationRoutes.routes(parts.ledger, parts.metrics)
      + LineRoutes(lines).routes + [StaticFile.style.route, LiveRoute.route(hub, mayKnow: mayKnow)]
  }

  /// The server with all its routes and their description.
  ///
  /// - Parameter routes: all of them.
  /// - Returns: the server.
  /// - Throws: where routes contradict each other.
  public func server(_ routes: [Route]) throws(RouteTableError) -> ClinicServer {
    let web = try ClinicWeb(routes + [OperationRoutes.description(of: routes)], parts)
    let lines = lines
    return ClinicServer(web, hub, parts) { lines.close() }
  }

  /// Ends the threads that hash passwords.
  public func stop() async { await work.stop() }
}
