import Quantities
import Therapy

/// Visits that are planned and that were, and calls after changes from afar.
struct VisitsView {
  let record: PatientRecord
  let context: PageContext

  private var today: Day { context.now.day }

  var markup: Markup { calls + table }

  private var calls: Markup {
    let due = record.remoteCallsDue
    guard !due.isEmpty else { return .none }
    return Piece.card(
      "To call",
      Piece.list(
        due.map {
          "An increase from afar took effect; a call is due \($0.at.words): "
            + "\(link: "the order", to: "/patients/\(record.id.text)/orders/\($0.order.text)")."
        }
      )
    )
  }

  private var table: Markup {
    let visits = record.visits
    guard !visits.isEmpty else {
      return Piece.card(
        "Visits",
        Piece.paragraph(
          record.stage == .therapy
            ? "None is planned." : "Visits are planned once a pump is in place."
        )
      )
    }
    var table = PageTable("Visits", ["Visit", "Due", "For what", "State"])
    for visit in visits.sorted(by: { ($0.from, $0.id) < ($1.from, $1.id) }) {
      var purpose: Markup = "\(visit.purpose)"
      if !visit.isVerified { purpose += " \(tag: "unverified", .warn)" }
      table.add([
        "\(NameWords.capital(NameWords.spaced(visit.kind.rawValue))) \(soft: visit.id)",
        visit.from == visit.to
          ? "\(visit.from.words)" : "\(visit.from.words) to \(visit.to.words)",
        purpose, state(visit),
      ])
    }
    return Piece.card("Visits", table.markup)
  }

  private func state(_ visit: Visit) -> Markup {
    switch visit.standing {
    case .held(let held): "\(tag: "held", .good) \(held.on.words): \(held.done)"
    case .missed(let missed): "\(tag: "missed", .warn) \(missed.reason)"
    case .planned:
      if visit.to < today {
        "\(tag: "overdue", .bad)"
      } else if visit.from <= today {
        "\(tag: "due", .warn)"
      } else {
        "planned"
      }
    }
  }
}
