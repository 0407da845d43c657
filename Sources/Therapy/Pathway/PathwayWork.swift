import Quantities

/// What the pathway asks of someone, as a summary keeps it; the work list looks at the time.
public struct PathwayTask: Codable, Equatable, Sendable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// A dose of a trial was given: the patient is watched until ``PathwayTask/at``.
    case trialWatch
    /// From ``PathwayTask/at`` on the next dose of a trial, or its conclusion, can be taken.
    case trialNext
    /// An evaluation without a decision.
    case decisionDue
    /// A trial may begin.
    case trialDue
    /// An implant may be planned.
    case implantDue
    /// A depression score whose ninth item is above 0, that nobody has answered.
    case selfHarmAlert
    /// Somebody may be in danger, or nobody has looked yet.
    case complicationUrgent
    /// The next test of a complication, or its end.
    case complicationOpen
    /// A scan with a pump: its next step; overdue from ``PathwayTask/at`` on.
    case mri
    /// A check for side effects, from ``PathwayTask/at`` on.
    case checkDue
    /// A step of a taper, from ``PathwayTask/at`` on.
    case taperDue
  }

  public let kind: Kind
  public let at: Instant
  public let about: String
}

extension PatientRecord {
  /// What the pathway asks for now or later: by the stage, and beside it.
  public var pathwayTasks: [PathwayTask] { stageTasks + besideTasks }

  private var stageTasks: [PathwayTask] {
    switch stage {
    case .new, .therapy, .ended: []
    case .evaluation:
      [
        PathwayTask(
          kind: .decisionDue,
          at: pathway.since,
          about: evaluationGaps.isEmpty ? "ready" : "\(evaluationGaps.count) open"
        )
      ]
    case .trial: trialTasks
    case .implant: [PathwayTask(kind: .implantDue, at: pathway.since, about: "implant")]
    }
  }

  private var trialTasks: [PathwayTask] {
    guard let trial = pathway.trial else {
      return [PathwayTask(kind: .trialDue, at: pathway.since, about: "trial")]
    }
    var tasks: [PathwayTask] = []
    if let until = trial.watchedUntil {
      tasks.append(PathwayTask(kind: .trialWatch, at: until, about: trial.plan.drug))
    }
    var next = trial.doses.last?.givenAt ?? trial.begunAt
    if case .dose(_, _, let notBefore?, _) = trial.nextStep { next = notBefore }
    tasks.append(PathwayTask(kind: .trialNext, at: next, about: trial.plan.drug))
    return tasks
  }
}
