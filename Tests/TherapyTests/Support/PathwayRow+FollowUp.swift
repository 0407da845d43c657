import Quantities
import Therapy

/// Priming, recovery, visits and calls.
extension PathwayRow {
  private static func seen(_ journey: Journey, breaths: Int? = nil, legs: Int? = nil)
    -> PathwayCommand
  {
    .observeRecovery(
      RecoveryObservation(takenAt: journey.now, breathsPerMinute: breaths, legStrength: legs)
    )
  }

  private static func prime(_ nanolitres: Int64, at instant: Instant) -> PathwayCommand {
    .recordPriming(Primed(volume: Volume(nanolitres: nanolitres), endedAt: instant))
  }

  private static func call(
    _ number: Int,
    at instant: Instant,
    note: String = "well"
  ) -> PathwayCommand {
    .recordCall(
      RemoteCall(order: Sample.order(number), calledAt: instant, isReached: true, note: note)
    )
  }

  private static func held(_ visit: String, on day: Day, done: String = "x") -> PathwayCommand {
    .holdVisit(VisitHeld(visit: visit, on: day, done: done))
  }

  private static func before(_ instant: Instant) -> Instant {
    Instant(milliseconds: instant.milliseconds - 40 * 86_400_000)
  }

  static let recovery: [PathwayRow] = [
    PathwayRow("priming before the implant", .checked, .stage, "") { prime(1, at: $0.now) },
    PathwayRow("priming a pump that came with the patient", .adopted, .unknown, "endedAt") {
      prime(1, at: $0.now)
    },
    PathwayRow("priming twice", .started, .twice, "volume") { prime(316_000, at: $0.now) },
    PathwayRow("priming by nothing", .implanted, .value, "volume") { prime(0, at: $0.now) },
    PathwayRow("priming tomorrow", .implanted, .value, "endedAt") {
      prime(316_000, at: $0.now + .day)
    },
    PathwayRow("priming before the fill", .implanted, .value, "endedAt") {
      prime(316_000, at: before($0.now))
    },
    PathwayRow("another prime than was planned", .implanted, .confirm, "") {
      prime(300_000, at: $0.now)
    },
    PathwayRow("priming by the server", .implanted, .role, "", by: Sample.server) {
      prime(316_000, at: $0.now)
    },
    PathwayRow("recovery before the implant", .checked, .stage, "") { seen($0, legs: 5) },
    PathwayRow("recovery of one who was adopted", .adopted, .unknown, "takenAt") {
      seen($0, legs: 5)
    },
    PathwayRow("recovery by the patient", .implanted, .role, "", by: Sample.patient) {
      seen($0, legs: 5)
    },
    PathwayRow("nothing seen", .implanted, .value, "") { seen($0) },
    PathwayRow("81 breaths", .implanted, .value, "breathsPerMinute") { seen($0, breaths: 81) },
    PathwayRow("strength of 6", .implanted, .value, "legStrength") { seen($0, legs: 6) },
    PathwayRow("oxygen of 101 %", .implanted, .value, "oxygenSaturation") {
      .observeRecovery(RecoveryObservation(takenAt: $0.now, oxygenSaturation: 101))
    },
    PathwayRow("sedation of 4", .implanted, .value, "sedation") {
      .observeRecovery(RecoveryObservation(takenAt: $0.now, sedation: 4))
    },
    PathwayRow("seen tomorrow", .implanted, .value, "takenAt") {
      .observeRecovery(RecoveryObservation(takenAt: $0.now + .day, sedation: 1))
    },
    PathwayRow("seen before the implant", .implanted, .outOfOrder, "takenAt") {
      .observeRecovery(RecoveryObservation(takenAt: before($0.now), sedation: 1))
    },
    PathwayRow("a blank note", .implanted, .value, "note") {
      .observeRecovery(RecoveryObservation(takenAt: $0.now, note: " "))
    },
    PathwayRow("no aftercare", .implanted, .value, "items") { _ in
      .giveAftercare(AftercareGiven(items: []))
    },
    PathwayRow("aftercare twice in one", .implanted, .value, "items") { _ in
      .giveAftercare(AftercareGiven(items: [.binder, .binder]))
    },
    PathwayRow("aftercare of one who was adopted", .adopted, .unknown, "items") { _ in
      .giveAftercare(AftercareGiven(items: [.binder]))
    },
    PathwayRow("told to nobody", .implanted, .value, "to") { _ in
      .giveAftercare(AftercareGiven(items: [.binder], to: ""))
    },
  ]

  static let visits: [PathwayRow] = [
    PathwayRow("a visit before the therapy", .ready, .stage, "") {
      .planVisit(.clinic, on: $0.now.day, purpose: "x")
    },
    PathwayRow("a visit by the pharmacist", .adopted, .role, "", by: Sample.pharmacist) {
      .planVisit(.clinic, on: $0.now.day, purpose: "x")
    },
    PathwayRow("a visit for nothing", .adopted, .value, "purpose") {
      .planVisit(.clinic, on: $0.now.day, purpose: "")
    },
    PathwayRow("a visit last month", .adopted, .value, "on") {
      .planVisit(.clinic, on: before($0.now).day, purpose: "x")
    },
    PathwayRow("a visit in three years", .adopted, .value, "on") { _ in
      .planVisit(.clinic, on: Sample.day("2029-01-05"), purpose: "x")
    },
    PathwayRow("a refill as a visit", .adopted, .value, "kind") {
      .planVisit(.refill, on: $0.now.day, purpose: "x")
    },
    PathwayRow("a yearly review by hand", .adopted, .value, "kind") {
      .planVisit(.annualReview, on: $0.now.day, purpose: "x")
    },
    PathwayRow("a visit that nobody planned", .adopted, .unknown, "visit") {
      held("visit-1", on: $0.now.day)
    },
    PathwayRow("held tomorrow week", .planned, .value, "on") {
      held("visit-1", on: ($0.now + 8 * .day).day)
    },
    PathwayRow("held before the therapy", .planned, .value, "on") {
      held("visit-1", on: before($0.now).day)
    },
    PathwayRow("held before its day", .planned, .confirm, "") {
      held("visit-1", on: $0.now.day)
    },
    PathwayRow("held with nothing done", .planned, .value, "done") {
      held("visit-1", on: $0.now.day, done: " ")
    },
    PathwayRow("held after it was missed", .planned, .twice, "visit") {
      held("visit-2", on: $0.now.day)
    },
    PathwayRow("held by the administrator", .planned, .role, "", by: Sample.administrator) {
      held("visit-1", on: $0.now.day)
    },
    PathwayRow("missed before its day", .planned, .outOfOrder, "visit") { _ in
      .missVisit(VisitMissed(visit: "visit-1", reason: "x"))
    },
    PathwayRow("missed without a reason", .planned, .value, "reason") { _ in
      .missVisit(VisitMissed(visit: "visit-1", reason: ""))
    },
    PathwayRow("missed twice", .planned, .twice, "visit") { _ in
      .missVisit(VisitMissed(visit: "visit-2", reason: "x"))
    },
    PathwayRow("moved into the past", .planned, .value, "to") {
      .moveVisit(VisitMoved(visit: "visit-1", to: before($0.now).day, reason: "x"))
    },
    PathwayRow("moved without a reason", .planned, .value, "reason") {
      .moveVisit(VisitMoved(visit: "visit-1", to: $0.now.day, reason: ""))
    },
    PathwayRow("the yearly review moved beyond its year", .adopted, .confirm, "") {
      .moveVisit(
        VisitMoved(visit: "annualReview-1", to: ($0.now + 400 * .day).day, reason: "x")
      )
    },
    PathwayRow("the second yearly review before the first", .adopted, .unknown, "visit") {
      held("annualReview-2", on: $0.now.day)
    },
    PathwayRow("a call about an order that is not there", .increased, .unknown, "order") {
      call(7, at: $0.now)
    },
    PathwayRow("a call about an order on its way", .inFlight, .orderState, "order") {
      call(1, at: $0.now)
    },
    PathwayRow("a call before the increase", .increased, .value, "calledAt") {
      call(1, at: before($0.now))
    },
    PathwayRow("a call to come", .increased, .value, "calledAt") {
      call(1, at: $0.now + .hour)
    },
    PathwayRow("a call at once", .increased, .confirm, "") { call(1, at: $0.now) },
    PathwayRow("a call without a word", .increased, .value, "note") {
      call(1, at: $0.now, note: "")
    },
    PathwayRow("a call by the patient", .increased, .role, "", by: Sample.patient) {
      call(1, at: $0.now)
    },
  ]
}
