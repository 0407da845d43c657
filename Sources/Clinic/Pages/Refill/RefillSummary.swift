import Quantities
import Therapy

/// What was done in a refill so far.
struct RefillSummary {
  let session: RefillSession
  let context: PageContext

  /// The verdict stands with the step that is about it.
  var markup: Markup {
    Piece.facts(rows)
      + (session.next == .account || session.next == .aspirateAgain ? .none : verdict)
  }

  var rows: [(String, Markup)] {
    var rows: [(String, Markup)] = [
      ("Begun", "\(session.begunAt.words), \(context.name(of: session.by))"),
      ("To be put in", "\(AmountWords.fluid(session.begun.planned))"),
      ("Volume after", "\(figure: session.begun.plannedVolume.ml)"),
      ("Symptoms", session.begun.hasSymptoms ? "\(tag: "yes", .warn)" : "none told"),
    ]
    if let value = session.identified {
      let names = value.identifiers.map { NameWords.spaced($0.rawValue) }.joined(separator: ", ")
      rows.append(("Identity", "\(names); pump \(value.pumpSerial)"))
    }
    if let value = session.expected {
      rows.append(
        (
          "Expected",
          value.volume.map {
            value.source == .pump
              ? "\(figure: $0.ml), the pump's own count" : "\(figure: $0.ml) \(tag: "predicted")"
          } ?? "\(tag: "not known", .warn)"
        )
      )
    }
    for (index, value) in session.aspirations.enumerated() {
      rows.append((index == 0 ? "Drawn out" : "Drawn out, again", "\(figure: value.volume.ml)"))
    }
    if let value = session.accounted { rows.append(("Went on because", "\(value.reason)")) }
    return rows + fillRows
  }

  private var fillRows: [(String, Markup)] {
    var rows: [(String, Markup)] = []
    if let label = session.label {
      rows.append(
        ("Label", "\(AmountWords.fluid(label.fluid)), \(label.volume.ml), \(label.entry.rawValue)")
      )
      rows.append(("Lot", "\(label.lot), expires \(label.expiresOn.words)"))
      rows.append(
        (
          "Label, again",
          session.repeated.map { "agrees, \($0.entry.rawValue)" } ?? "\(tag: "missing", .warn)"
        )
      )
    }
    if let bridge = session.bridge {
      rows.append(
        (
          "Bridge",
          bridge.isOmitted
            ? "\(tag: "left out", .warn) \(bridge.reason ?? "")"
            : "\(bridge.volume?.ml ?? "?") at \(bridge.rate?.mlPerDay ?? "?"), "
              + "\(bridge.duration.map(AmountWords.hours) ?? "?")"
        )
      )
      rows.append(("Without a bridge", "\(bridge.consequence)"))
    }
    if let checked = session.checked { rows.append(("Checks", "\(checked.answers.count) good")) }
    if let second = session.seconded {
      rows.append(("Second person", "\(context.name(of: second.person))"))
    }
    if let waived = session.waived {
      rows.append(("Second person", "\(tag: "waived", .warn) \(waived.reason)"))
    }
    if let ordered = session.ordered {
      rows.append(("Order", .made("<code>\(ordered.order.text.prefix(16))…</code>")))
    }
    if session.isApplied { rows.append(("Receipt", "\(tag: "applied", .good)")) }
    if let value = session.readBack {
      rows.append(("Read back", "\(AmountWords.fluid(value.fluid)), \(value.volume.ml)"))
    }
    return rows
  }

  /// What the residual calculator makes of it.
  var verdict: Markup {
    guard let judged = session.judgements.last else { return .none }
    let difference: Markup =
      "Difference \(figure: judged.difference.ml), \(judged.errorText) of what was to be delivered."
    let causes: Markup =
      judged.likelyCauses.isEmpty
      ? .none : " Likely: \(judged.likelyCauses.joined(separator: ", "))."
    switch judged.finding {
    case .withinSpecification: return Piece.note(.good, "WITHIN ITS BAND", difference)
    case .recheck: return Piece.note(.warn, "ASPIRATE AGAIN", difference + causes)
    case .investigate: return Piece.note(.bad, "INVESTIGATE", difference + causes)
    case .notKnown: return Piece.note(.warn, "NOT JUDGED", "\(judged.errorText)")
    }
  }
}
