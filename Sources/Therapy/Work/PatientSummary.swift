import Quantities

/// What the work list needs of a patient; small, so that ten thousand of them fit in memory.
public struct PatientSummary: Codable, Equatable, Sendable {
  /// An order that waits for someone.
  public struct Order: Codable, Equatable, Sendable {
    public let order: OrderID
    public let state: OrderState
    public let notAfterAt: Instant
    /// Whether the pump would not answer it when it was brought.
    public let isTurnedAway: Bool
  }

  public let patient: PatientID
  public let name: String
  public let stage: PatientStage
  /// Of the pathway.
  public let tasks: [PathwayTask]
  public let isLinked: Bool
  /// Of linked pumps; nothing where none was heard.
  public let heardAt: Instant?
  public let linkedAt: Instant?
  /// Alarms that hold, or that nobody has acknowledged.
  public let openAlarms: [PumpAlarm]
  public let orders: [Order]
  /// Whether a request waits for a signature or for the pump.
  public let hasOpenRequest: Bool
  /// Why the pump delivers nothing, as its journal tells.
  public let halts: [PumpHalted]
  /// Whether the pump said so when it was heard last.
  public let isHalted: Bool
  /// By the forecast; nothing where something is not known.
  public let expectedEmptyAt: Instant?
  public let earliestEmptyAt: Instant?
  public let due: DueDate?
  /// Expected to run low.
  public let expectedLowAt: Instant?
  /// What is missing for a forecast.
  public let missing: String?
  public let nextRefillAt: Instant?
  /// Of the last refill, where it is outside of its band.
  public let discrepancy: ResidualFinding?
  /// Series of scores whose last value is worse than the one before by what counts.
  public let worse: [String]
  public let isRefillUnderWay: Bool
  /// Whether the record has events that this version cannot read, or that contradict each other.
  public let isIncomplete: Bool
}

extension PatientRecord {
  /// The summary as of an instant; it holds until the next event of this patient or a change of
  /// settings, since the work list itself looks at the time.
  ///
  /// - Parameters:
  ///   - now: which daily totals count for the forecast.
  ///   - settings: of the clinic.
  /// - Returns: what the work list needs.
  public func summary(
    at now: Instant,
    settings: ClinicSettings = .standard
  ) -> PatientSummary {
    var forecast: ReservoirForecast?
    var missing: String?
    // Before and after a pump there is nothing to forecast.
    if stage == .therapy || stage == .new {
      do {
        forecast = try self.forecast(at: now, settings: settings)
      } catch {
        missing = error.expected
      }
    }
    let waiting = currentOrders.filter { !$0.isEnded }
    return PatientSummary(
      patient: id,
      name: identity.map { "\($0.familyName), \($0.givenName)" } ?? id.text,
      stage: stage,
      tasks: pathwayTasks,
      isLinked: isLinked,
      heardAt: lastHeard?.heardAt,
      linkedAt: linkedAt,
      openAlarms: openAlarms.map(\.alarm),
      orders: waiting.map {
        PatientSummary.Order(
          order: $0.draft.order,
          state: $0.state,
          notAfterAt: $0.draft.notAfterAt,
          isTurnedAway: $0.turnedAway != nil
        )
      },
      hasOpenRequest: requests.contains(where: \.isOpen),
      halts: halts,
      isHalted: lastHeard?.state == .halted,
      expectedEmptyAt: forecast?.expectedEmpty,
      earliestEmptyAt: forecast?.earliestEmpty,
      due: forecast?.due,
      expectedLowAt: forecast?.expectedLow,
      missing: missing,
      nextRefillAt: nextRefillAt,
      discrepancy: openDiscrepancy,
      worse: worseScores,
      isRefillUnderWay: refill != nil,
      isIncomplete: !unread.isEmpty || !irregular.isEmpty
    )
  }
}
