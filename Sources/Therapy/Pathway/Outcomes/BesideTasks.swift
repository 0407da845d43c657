import Quantities

extension PatientRecord {
  /// What outcomes, complications, scans and tapers ask for; nothing of someone who died.
  var besideTasks: [PathwayTask] {
    guard pathway.died == nil else { return [] }
    let alerts = openAlerts.map {
      PathwayTask(kind: .selfHarmAlert, at: $0.value.takenAt, about: "phq9 item 9")
    }
    return alerts + complicationTasks + scanTasks
      + dueChecks.map { PathwayTask(kind: .checkDue, at: $0.at, about: $0.check.rawValue) }
      + taperTasks
  }

  private var complicationTasks: [PathwayTask] {
    pathway.complications.filter(\.isOpen).map { state in
      let next =
        switch state.standing {
        case .ask(let test): test.rawValue
        case .ended(let finding): "close: \(finding.rawValue)"
        }
      return PathwayTask(
        kind: state.isUrgent ? .complicationUrgent : .complicationOpen,
        at: state.openedAt,
        about: "\(state.opened.kind.rawValue): \(next)"
      )
    }
  }

  private var scanTasks: [PathwayTask] {
    pathway.scans.filter(\.isOpen).map { state in
      PathwayTask(kind: .mri, at: state.overdueAt, about: state.next?.rawValue ?? "close")
    }
  }

  private var taperTasks: [PathwayTask] {
    pathway.tapers.compactMap { state in
      guard let next = state.next else { return nil }
      return PathwayTask(
        kind: .taperDue,
        at: next.step.on.start,
        about: "\(state.plan.medicine.name) to \(next.step.dose.text)"
      )
    }
  }
}
