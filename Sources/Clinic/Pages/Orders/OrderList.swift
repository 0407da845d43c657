import Quantities
import Therapy

/// The orders of a patient with where each is in its life.
struct OrderList {
  let record: PatientRecord
  let context: PageContext

  func standing(_ order: OrderLife) -> OrderStanding {
    order.standing(at: context.now, wait: context.settings.receiptWait)
  }

  func table(most: Int = .max) -> Markup {
    guard !record.orders.isEmpty else { return Piece.paragraph("No order was drafted yet.") }
    var table = PageTable("Orders, the newest first", ["Order", "State", "Drafted"])
    for order in record.orders.reversed().prefix(most) {
      let standing = standing(order)
      let path = "/patients/\(record.id.text)/orders/\(order.draft.order.text)"
      table.add([
        "\(link: order.draft.act.words, to: path) \(soft: order.draft.reason)",
        "\(tag: standing.words, standing.tone)",
        "\(AgeWords.ago(order.draftedAt, context.now)) \(soft: context.name(of: order.draftedBy))",
      ])
    }
    return table.markup
  }

  /// A page with all of them.
  func html() -> String {
    let head = PatientHead(record: record, context: context)
    let topic = "patient/\(record.id.text)"
    return context.page(
      "Orders of \(head.name)",
      .patients,
      topics: [topic],
      head.markup(.orders)
        + Piece.live("orders", topic: topic, Piece.card("Orders", table()))
        + new
    )
  }

  private var new: Markup {
    guard record.isLinked, !context.visitor.roles.isDisjoint(with: [.physician, .nurse]) else {
      return .none
    }
    return Piece.actions([
      Piece.button("Change the program", to: "/patients/\(record.id.text)/program"),
      Piece.button("Another order", to: "/patients/\(record.id.text)/new-order", isPlain: true),
    ])
  }
}
