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
    /// After a first prime or program: the patient is watched until ``PathwayTask/at``.
    case recoveryWatch
    /// Something was seen after an implant that needs a physician.
    case recoveryConcern
    /// A pump that was implanted does not yet do all that it should.
    case commissioningDue
    /// The patient has not been told everything.
    case aftercareDue
    /// Due from ``PathwayTask/at`` on, overdue from ``PathwayTask/until`` on.
    case visit
    /// After an increase from afar.
    case remoteCallDue
    /// Due from ``PathwayTask/at`` on, overdue from ``PathwayTask/until`` on.
    case replacement
    /// The dose of a plan of weaning is not yet in force.
    case weaningStepDue
    /// What another clinic told, that nobody here has looked at.
    case arrivalUnchecked

    /// Whether it stands after an explant, a transfer or a no: it is about the patient, not the pump.
    var outlivesTherapy: Bool {
      switch self {
      case .selfHarmAlert, .complicationUrgent, .complicationOpen: true
      default: false
      }
    }
  }

  public let kind: Kind
  public let at: Instant
  /// Nothing where it does not get overdue.
  public let until: Instant?
  public let about: String

  public init(kind: Kind, at: Instant, until: Instant? = nil, about: String) {
    self.kind = kind
    self.at = at
    self.until = until
    self.about = about
  }
}

extension PatientRecord {
  /// What the pathway asks for now or later: by the stage, and beside it.
  public var pathwayTasks: [PathwayTask] { stageTasks + besideTasks }

  private var stageTasks: [PathwayTask] {
    switch stage {
    case .new, .ended: []
    case .therapy: recoveryTasks + followUpTasks
    case .evaluation:
      [
        PathwayTask(
          kind: .decisionDue,
          at: pathway.since,
          about: evaluationGaps.isEmpty ? "ready" : "\(evaluationGaps.count) open"
        )
      ]
    case .trial: trialTasks
    case .implant: [PathwayTask(kind: .implantDue, at: pathway.since, about: implantStanding)]
    }
  }

  private var implantStanding: String {
    if let bad = badImplantChecks.first { return "stopped: \(bad.text)" }
    return openImplantChecks.isEmpty ? "ready" : "\(openImplantChecks.count) open"
  }

  private var recoveryTasks: [PathwayTask] {
    guard let implant = pathway.implants.last else { return [] }
    var tasks = recoveryConcerns.map {
      PathwayTask(kind: .recoveryConcern, at: $0.at, about: $0.concern.rawValue)
    }
    if let watch = recoveryWatch {
      tasks.append(PathwayTask(kind: .recoveryWatch, at: watch.until, about: watch.drug))
    }
    let gaps = implantGaps
    if !gaps.isEmpty {
      tasks.append(
        PathwayTask(
          kind: .commissioningDue,
          at: implant.at,
          about: gaps.map(\.text).joined(separator: "; ")
        )
      )
    }
    if !openAftercare.isEmpty {
      tasks.append(
        PathwayTask(kind: .aftercareDue, at: implant.at, about: "\(openAftercare.count) open")
      )
    }
    return tasks
  }

  private var followUpTasks: [PathwayTask] {
    // The work list has the refills by themselves.
    var tasks = visits.filter { $0.standing == .planned && $0.kind != .refill }.map {
      PathwayTask(
        kind: .visit,
        at: $0.from.start,
        until: $0.to.later(by: 1).start,
        about: $0.kind.rawValue
      )
    }
    tasks += remoteCallsDue.map {
      PathwayTask(kind: .remoteCallDue, at: $0.at, about: $0.order.text)
    }
    if let due = replacementDue {
      tasks.append(
        PathwayTask(kind: .replacement, at: due.from, until: due.by, about: due.source)
      )
    }
    tasks += weaningStepsDue.map {
      PathwayTask(
        kind: .weaningStepDue,
        at: $0.step.on.start,
        about: "\($0.drug) \($0.step.dose.text)"
      )
    }
    if let arrival = pathway.arrival, !arrival.open.isEmpty {
      tasks.append(
        PathwayTask(
          kind: .arrivalUnchecked,
          at: arrival.at,
          about: arrival.open.map(\.text).joined(separator: ", ")
        )
      )
    }
    return tasks
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
