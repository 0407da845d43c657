/// What others than staff have of a clinic: the patients' own pages, the emergency page, calendars and hooks
/// (docs/patient.md).
public struct PatientAccess: Sendable {
  private let care: ClinicCare
  private let accounts: AccountBook
  private let sessions: SessionBook
  private let access: AccessBook
  private let courier: WebhookCourier
  private let controllers: [String: String]

  /// Reads who may see what.
  ///
  /// - Parameters:
  ///   - care: of the patients.
  ///   - sessions: of those who are signed in.
  ///   - key: seals the hooks' secrets.
  ///   - origin: of the server as the hooks' links name it, as in `https://clinic.example`.
  ///   - controllers: where patients' own controllers run, by patient, where that is known.
  /// - Throws: where the ledger cannot be read.
  public init(
    _ care: ClinicCare,
    _ sessions: SessionBook,
    key: ServerKey,
    origin: String,
    controllers: [String: String] = [:]
  ) async throws(WebError) {
    self.care = care
    self.sessions = sessions
    self.controllers = controllers
    accounts = care.parts.accounts
    access = try await AccessBook(care.parts.ledger, key: key)
    courier = WebhookCourier(care.parts.ledger, access, origin: origin, clock: care.parts.clock)
  }

  public var routes: [Route] {
    MyRoutes(care: care, accounts: accounts, access: access, controllers: controllers).routes
      + EmergencyRoutes(care, access).routes
      + CalendarRoutes(care: care, accounts: accounts, access: access).routes
      + StaffRoutes(
        desk: PageDesk(care: care, accounts: accounts, sessions: sessions),
        access: access,
        courier: courier
      ).routes
  }

  /// Tells hooks of alarms until its task is cancelled; beside the server's other work.
  public func work() async { await courier.run() }
}
