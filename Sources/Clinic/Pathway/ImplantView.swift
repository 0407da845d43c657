import Quantities
import Therapy

/// The implant: its checklist, what was implanted, and the days after it.
struct ImplantView {
  let record: PatientRecord
  let context: PageContext

  var markup: Markup {
    var text = Markup.none
    for implant in record.pathway.implants.reversed() { text += card(implant) }
    let isAsked = record.stage == .implant || !record.pathway.checks.isEmpty
    if isAsked { text = checklist(record.pathway.checks, "Checklist", isNow: true) + text }
    if text.isEmpty {
      text = Piece.card(
        "Implant",
        Piece.paragraph(
          record.stage == .therapy
            ? "The pump came with the patient: its implant is not in this record."
            : "An implant follows a successful trial."
        )
      )
    }
    return text
  }

  private func checklist(
    _ checks: [ImplantCheck: AnsweredImplantCheck],
    _ title: String,
    isNow: Bool = false
  ) -> Markup {
    var table = PageTable(title, ["Item", "Finding", "What was found", "Answered"])
    for what in ImplantCheck.allCases {
      guard let answered = checks[what] else {
        table.add([
          "\(NameWords.capital(what.text))", "\(tag: "open", .warn)", "–", "–",
        ])
        continue
      }
      let finding: Markup =
        switch answered.answer.finding {
        case .good: "\(tag: "good", .good)"
        case .notApplicable: "\(tag: "does not apply", .plain)"
        case .bad: "\(tag: "bad", .bad)"
        }
      table.add([
        "\(NameWords.capital(what.text))", finding, found(answered.answer),
        "\(context.name(of: answered.by)) \(soft: answered.at.words)",
      ])
    }
    return Piece.card(title, (isNow ? standing(of: checks) : .none) + table.markup)
  }

  /// What the checklist still asks for.
  private func standing(of checks: [ImplantCheck: AnsweredImplantCheck]) -> Markup {
    let bad = record.badImplantChecks
    guard bad.isEmpty else {
      return Piece.note(
        .bad,
        "STOPPED",
        "Bad: \(bad.map(\.text).joined(separator: "; ")). Put it right and answer it anew."
      )
    }
    let open = record.openImplantChecks.count
    guard open == 0 else {
      return Piece.note(.warn, "OPEN", "\(open) of \(ImplantCheck.allCases.count) items.")
    }
    return Piece.note(.good, "COMPLETE", "Every item is answered, and none stops the implant.")
  }

  private func found(_ answer: ImplantCheckAnswer) -> Markup {
    let figures = answer.figures
    var parts: [String] = []
    if let side = figures.side { parts.append(side.rawValue) }
    if let site = figures.pocketSite { parts.append(NameWords.spaced(site.rawValue)) }
    if let depth = figures.depth { parts.append("\(depth.text) deep") }
    if let capacity = figures.capacity { parts.append(capacity.text) }
    if let fluid = figures.fluid {
      parts += fluid.drugs.map { "\($0.name) \($0.concentration.text)" }
    }
    if let serial = figures.serial { parts.append("serial \(serial)") }
    if let value = figures.calibration, let label = figures.calibrationLabel {
      parts.append("calibration \(value), label \(label)")
    }
    if let tenths = figures.temperatureTenths {
      parts.append("\(tenths / 10).\(tenths % 10) °C")
    }
    if let predicted = figures.predicted, let drained = figures.drained {
      parts.append("\(drained.text) of \(predicted.text) came out")
    }
    if let note = answer.note { parts.append(note) }
    return parts.isEmpty ? "–" : "\(parts.joined(separator: ", "))"
  }

  private func card(_ implant: ImplantState) -> Markup {
    let done = implant.implanted
    var rows: [(String, Markup)] = [
      ("Pump", "\(done.pump.model), \(done.pump.capacity.text), serial \(done.pump.serial)"),
      (
        "Pocket",
        "\(done.pocket.side.rawValue) \(NameWords.spaced(done.pocket.site.rawValue)), "
          + "\(done.pocket.depth.text) deep"
      ), ("Surgeon", "\(done.surgeon)"),
    ]
    if let catheter = done.catheter {
      rows.append(
        (
          "Catheter",
          "\(catheter.implantedLength.text) implanted, \(catheter.trimmedLength.text) cut off, tip at "
            + "\(bold: catheter.tip.rawValue) "
            + (catheter.imaging.map { "\(soft: "seen by \($0)")" } ?? "\(tag: "not seen", .warn)")
        )
      )
    }
    rows.append(
      (
        "First fill",
        "\(done.fill.volume.text): "
          + "\(done.fill.fluid.drugs.map { "\($0.name) \($0.concentration.text)" }.joined(separator: ", ")) "
          + "\(soft: "lot \(done.fill.lot), expires \(done.fill.expiresOn.words)")"
      )
    )
    let prime: Markup =
      if let primed = implant.primed {
        "\(primed.volume.text) \(soft: "ended \(primed.endedAt.words)")"
      } else if let volume = done.prime.volume {
        "\(volume.text) \(tag: "not yet", .warn)"
      } else {
        "none \(soft: done.prime.reason ?? "")"
      }
    rows.append(("Prime", prime))
    if let replaces = done.replaces { rows.append(("The pump before", "\(replaces)")) }
    let isLast = record.pathway.implants.last == implant
    return Piece.card(
      "Implanted \(done.pump.implantedOn?.words ?? implant.at.dayWords)",
      (isLast ? standing : .none) + Piece.facts(rows) + after(implant)
    )
      + Piece.details(
        "Its checklist",
        checklist(implant.checks, "Checklist of the implant of \(implant.at.dayWords)")
      )
  }

  /// What is still to be done, and what was seen that needs a physician.
  private var standing: Markup {
    var text = Markup.none
    for item in record.recoveryConcerns {
      text += Piece.note(.bad, "SEEN", "\(item.concern.text), \(item.at.words)")
    }
    if let watch = record.recoveryWatch, watch.until > context.now {
      text += Piece.note(
        .warn,
        "WATCHED",
        "Until \(watch.until.words), for \(watch.drug) \(soft: watch.source) "
          + (watch.isVerified ? "" : "\(tag: "unverified", .warn)")
      )
    }
    if !record.implantGaps.isEmpty {
      text += Piece.note(
        .warn,
        "NOT YET",
        "\(record.implantGaps.map(\.text).joined(separator: "; "))"
      )
    }
    if !record.openAftercare.isEmpty {
      text += Piece.title("The patient has not been told")
      text += Piece.list(
        record.openAftercare.map {
          $0.isVerified ? "\($0.text)" : "\($0.text) \(tag: "unverified", .warn)"
        }
      )
    }
    return text
  }

  private func after(_ implant: ImplantState) -> Markup {
    guard !implant.observations.isEmpty else { return .none }
    var table = PageTable(
      "After the implant of \(implant.at.dayWords)",
      ["At", "Breathing", "Wound", "Other"]
    )
    for seen in implant.observations.sorted(by: { $0.takenAt < $1.takenAt }) {
      var breathing: [String] = []
      if let breaths = seen.breathsPerMinute { breathing.append("\(breaths)/min") }
      if let oxygen = seen.oxygenSaturation { breathing.append("\(oxygen) % O₂") }
      if let sedation = seen.sedation { breathing.append("sedation \(sedation) of 3") }
      var other: [String] = []
      if let headache = seen.headache { other.append("headache \(headache.rawValue)") }
      if let leak = seen.leak { other.append(leak ? "leak" : "no leak") }
      if let legs = seen.legStrength { other.append("legs \(legs) of 5") }
      if let note = seen.note { other.append(note) }
      table.add([
        "\(seen.takenAt.words)", "\(breathing.isEmpty ? "–" : breathing.joined(separator: ", "))",
        "\(seen.wound?.rawValue ?? "–")", "\(other.isEmpty ? "–" : other.joined(separator: ", "))",
      ])
    }
    return table.markup
  }
}
