/// What came before the pump, and what goes on beside it; part of a patient's record.
public struct Pathway: Equatable, Sendable {
  public internal(set) var enrolled: Enrolled?
  public internal(set) var evaluation = EvaluationState()
  /// In order; the last one may be under way.
  public internal(set) var trials: [TrialState] = []
  public internal(set) var waiver: TrialWaiver?
  /// What became of alerts of a score, by the score's event.
  public internal(set) var answeredAlerts: [EventID: AlertAnswered] = [:]
  public internal(set) var careChecks: [Observed<CareCheckDone>] = []
  /// Since when each drug has been in the reservoir without a break.
  public internal(set) var drugsSince: [String: Instant] = [:]
  /// In the order in which they were opened.
  public internal(set) var complications: [ComplicationState] = []
  public internal(set) var scans: [MRIState] = []
  public internal(set) var tapers: [TaperState] = []
  /// Of the implant that is to come; empty again after it.
  public internal(set) var checks: [ImplantCheck: AnsweredImplantCheck] = [:]
  /// In order; the last one is in place unless it was taken out.
  public internal(set) var implants: [ImplantState] = []
  /// An implant was recorded, and what it means for pump and fill follows.
  var awaitsAdoption = false
  public internal(set) var formerPumps: [FormerPump] = []
  /// Orders of pumps that were taken out; whatever became of them, they hold up nothing.
  var formerOrders: Set<OrderID> = []
  /// By their names.
  public internal(set) var visits: [String: VisitEntry] = [:]
  public internal(set) var calls: [RemoteCall] = []
  public internal(set) var replacement: ReplacementPlanned?
  /// The last plan of each drug.
  public internal(set) var weanings: [String: WeaningPlan] = [:]
  public internal(set) var explanted: Explanted?
  public internal(set) var transferred: Transferred?
  public internal(set) var died: Died?
  /// From another clinic.
  public internal(set) var arrival: ArrivalState?
  /// When the stage began.
  public internal(set) var since = Instant(milliseconds: 0)

  /// The trial that has not been concluded.
  public var trial: TrialState? { trials.last.flatMap { $0.conclusion == nil ? $0 : nil } }
}

/// What is known for the decision.
public struct EvaluationState: Equatable, Sendable {
  public internal(set) var diagnosis: Diagnosis?
  public internal(set) var history: [Note] = []
  public internal(set) var examinations: [Note] = []
  public internal(set) var regimen: [RegimenDrug] = []
  public internal(set) var tried: [TriedTherapy] = []
  public internal(set) var psychology: PsychologicalScreening?
  public internal(set) var contraindications: [Contraindication: AnsweredContraindication] = [:]
  public internal(set) var survival: Survival?
  public internal(set) var goals: [Goal] = []
  public internal(set) var talk: ExpectationsTalk?
  public internal(set) var consents: [ConsentScope: Consent] = [:]
  /// The last one; it holds until a trial is concluded without success.
  public internal(set) var decision: EvaluationDecision?

  /// Whether the patient agrees to it.
  public func isConsented(to scope: ConsentScope) -> Bool { consents[scope]?.isGiven == true }
}

/// An answer, and when it was given.
public struct AnsweredContraindication: Equatable, Sendable {
  public let holds: Bool
  public let note: String?
  public let at: Instant
}

/// A trial, as far as it has come.
public struct TrialState: Equatable, Sendable {
  public let plan: TrialPlan
  public let begunAt: Instant
  public internal(set) var doses: [TrialDose] = []
  public internal(set) var observations: [TrialObservation] = []
  public internal(set) var conclusion: TrialConclusion?
  /// What is seen from then on says nothing of its doses.
  public internal(set) var concludedAt: Instant?
}
