import Formulary
import Quantities

/// Writing the transfer document; it changes nothing.
extension PatientRecord {
  /// The document as of an instant.
  ///
  /// - Parameters:
  ///   - clinic: to whom the patient goes.
  ///   - reason: why.
  ///   - person: who writes it.
  ///   - now: therapy time; the volume is that of the forecast then.
  ///   - settings: of the clinic.
  /// - Returns: what is known, and what is not.
  /// - Throws: ``TherapyRefusal/Code/notKnown`` where no pump is in place.
  public func transferDocument(
    to clinic: String,
    because reason: String,
    by person: PersonID,
    at now: Instant,
    settings: ClinicSettings = .standard
  ) throws(TherapyRefusal) -> TransferDocument {
    guard stage == .therapy, let adopted, let identity, let pump else {
      throw TherapyRefusal(
        .notKnown,
        "",
        given: stage.rawValue,
        expected: "a patient with a pump in place",
        remedy: "Look at the patient's stage."
      )
    }
    let forecast = try? self.forecast(at: now, settings: settings)
    let (lines, left) = newest(history)
    let older = "\(left) older lines of the history: ask the clinic before"
    var pumpID: PumpID?
    if case .linked(let link) = link { pumpID = link.pump }
    return TransferDocument(
      form: TransferDocument.form,
      patient: id,
      to: clinic,
      reason: reason,
      writtenAt: now,
      writtenBy: person,
      identity: identity,
      contact: contact,
      indication: adopted.indication,
      origin: adopted.origin,
      pump: pump,
      pumpID: pumpID,
      catheter: catheter,
      reservoir: transferReservoir(forecast?.level(at: now)),
      program: program,
      doses: (programFigures?.doses ?? []).map {
        TransferDose(drug: $0.drug, mean: $0.mean, most: $0.most)
      },
      nextRefillAt: nextRefillAt,
      dueAt: forecast?.due?.at,
      dueBecause: forecast?.due?.because,
      openAlarms: openAlarms.map(\.alarm),
      notKnown: unknownToOthers + (left > 0 ? [older] : []),
      scores: scores.filter { $0.struckOut == nil }.map(\.value),
      oralOpioids: oralOpioids.filter { $0.struckOut == nil }.map(\.value),
      sideEffects: sideEffects.filter { $0.struckOut == nil }.map(\.value),
      history: lines,
      underWay: transferUnderWay,
      goals: pathway.evaluation.goals
    )
  }

  /// As many of the newest lines as an event can hold beside everything else, and how many are left away.
  private func newest(_ lines: [TransferLine]) -> (lines: [TransferLine], left: Int) {
    var room = TransferDocument.historyBytes
    // As JSON, with the names and the time of a line.
    let kept = lines.reversed().prefix { line in
      room -= line.what.utf8.reduce(60) { count, byte in
        switch byte {
        case 0..<0x20: count + 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): count + 2
        default: count + 1
        }
      }
      return room >= 0
    }
    return (kept.reversed(), lines.count - kept.count)
  }

  private func transferReservoir(_ expected: Volume?) -> TransferReservoir? {
    guard let reservoir, !isReservoirUnknown else { return nil }
    return TransferReservoir(
      fluid: reservoir.fluid,
      lots: reservoir.lots,
      filledVolume: reservoir.volume,
      filledAt: reservoir.filledAt,
      freshAt: reservoir.stableFrom,
      expected: expected
    )
  }

  private var unknownToOthers: [String] {
    var missing: [String] = []
    if adopted?.indication == .spasticity && adopted?.origin == nil {
      missing.append("the origin of the spasticity")
    }
    if pump?.implantedOn == nil { missing.append("when the pump was implanted") }
    if pump?.replaceBy == nil { missing.append("by when the pump is replaced") }
    if catheter?.implantedLength == nil && catheter?.volume == nil {
      missing.append("the length of the catheter")
    }
    if catheter?.tip == nil { missing.append("the level of the tip") }
    if isReservoirUnknown || reservoir == nil { missing.append("what is in the reservoir") }
    if program == nil { missing.append("the program in force") }
    for life in currentOrders where life.isInFlight || life.state == .pending {
      missing.append("whether the order \(life.draft.order.text) took effect")
    }
    if !unread.isEmpty { missing.append("\(unread.count) events that this version cannot read") }
    return missing
  }

  /// What happened, in words; notes that were struck out are left away.
  var history: [TransferLine] {
    var lines = evaluationHistory + implantHistory
    lines += pastRefills.map { past in
      let found =
        past.aspirated.map { "drew out \($0.text)" } ?? "nothing drawn out"
      let expected = past.expected.map { ", expected \($0.text)" } ?? ""
      let end = past.isCompleted ? "" : "; broken off"
      return TransferLine(at: past.endedAt, what: "refill: \(found)\(expected)\(end)")
    }
    lines += alarms.map { entry in
      let acts = entry.actions.isEmpty ? "" : ": " + entry.actions.joined(separator: "; ")
      return TransferLine(at: entry.raisedAt, what: "alarm \(entry.alarm.rawValue)\(acts)")
    }
    lines += pathway.visits.values.compactMap(\.held).map {
      TransferLine(at: $0.on.start, what: "visit \($0.visit): \($0.done)")
    }
    lines += notes.filter { $0.struckOut == nil }.map {
      TransferLine(at: $0.at, what: "note: \($0.value.text)")
    }
    // A stable order, so that the same record gives the same bytes.
    let undated = Instant(milliseconds: Int64.min)
    return lines.enumerated().sorted { lhs, rhs in
      let (left, right) = (lhs.element.at ?? undated, rhs.element.at ?? undated)
      return (left, lhs.element.what, lhs.offset) < (right, rhs.element.what, rhs.offset)
    }
    .map(\.element)
  }

  private var evaluationHistory: [TransferLine] {
    let state = pathway.evaluation
    var lines: [TransferLine] = []
    func add(_ at: Instant?, _ what: String) { lines.append(TransferLine(at: at, what: what)) }
    if let diagnosis = state.diagnosis {
      let code = diagnosis.code.map { " (\($0))" } ?? ""
      add(nil, "diagnosis: \(diagnosis.condition.rawValue)\(code)")
    }
    for note in state.history { add(nil, "history: \(note.text)") }
    for note in state.examinations { add(nil, "examination: \(note.text)") }
    for drug in state.regimen { add(nil, "taken: \(drug.name) \(drug.dose ?? "")") }
    for therapy in state.tried {
      add(nil, "tried: \(therapy.what), \(therapy.outcome.rawValue), \(therapy.why)")
    }
    for goal in state.goals { add(nil, "goal: \(goal.text)") }
    if let screening = state.psychology {
      add(screening.on.start, "psychology: \(screening.finding.rawValue), \(screening.summary)")
    }
    for (what, answer) in state.contraindications where answer.holds {
      add(answer.at, "contraindication: \(what.rawValue), \(answer.note ?? "")")
    }
    for trial in pathway.trials {
      add(trial.begunAt, "trial of \(trial.plan.drug), \(trial.plan.method.rawValue)")
      for dose in trial.doses { add(dose.givenAt, "trial dose \(dose.dose.text)") }
      guard let conclusion = trial.conclusion else { continue }
      let last = trial.doses.last?.givenAt ?? trial.begunAt
      add(last, "trial \(conclusion.outcome.rawValue): \(conclusion.reasons)")
    }
    if let waiver = pathway.waiver { add(nil, "no trial: \(waiver.reason)") }
    return lines
  }

  private var implantHistory: [TransferLine] {
    var lines: [TransferLine] = []
    for implant in pathway.implants {
      let value = implant.implanted
      var what = "implant by \(value.surgeon): \(value.pump.model) \(value.pump.serial), "
      what += "pocket \(value.pocket.side.rawValue) \(value.pocket.site.rawValue) "
      what += value.pocket.depth.text
      if let catheter = value.catheter {
        what += "; catheter \(catheter.model ?? "of unknown model") "
        what += "\(catheter.implantedLength.text), cut off \(catheter.trimmedLength.text), tip "
        what += catheter.tip.rawValue
      }
      lines.append(TransferLine(at: implant.at, what: what))
      if let primed = implant.primed {
        lines.append(TransferLine(at: primed.endedAt, what: "primed \(primed.volume.text)"))
      }
    }
    lines += pathway.formerPumps.map {
      TransferLine(at: $0.endedAt, what: "\($0.pump.model) \($0.pump.serial) out: \($0.because)")
    }
    return lines
  }
}
