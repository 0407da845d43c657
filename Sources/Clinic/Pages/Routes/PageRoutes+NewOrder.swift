import OrderText
import Therapy

/// Orders besides programs and refills: chosen, looked at, then drafted with all others.
extension PageRoutes {
  var newOrders: [Route] {
    let desk = desk
    return [
      page(
        "/patients/{patient}/new-order",
        "What else can be ordered.",
        [.physician, .nurse],
        audit: .init("began an order")
      ) { call, context throws(WebError) in
        NewOrderPage(
          record: try await desk.record(call),
          order: nil,
          statement: nil,
          context: context,
          state: .fresh
        ).html()
      },
      page(
        "/patients/{patient}/new-order/{kind}",
        "The form of one kind of order.",
        [.physician, .nurse],
        audit: .init("began an order")
      ) { call, context throws(WebError) in
        NewOrderPage(
          record: try await desk.record(call),
          order: try PageDesk.kind(call),
          statement: nil,
          context: context,
          state: .fresh
        ).html()
      },
      form(
        "/patients/{patient}/new-order/{kind}",
        "Shows what an order would say and do; drafts nothing.",
        [.physician, .nurse],
        audit: .init("looked at what an order would do"),
        needsKey: false
      ) { call throws(WebError) in
        let order = try PageDesk.kind(call)
        let state = FormState(form: "look", try call.form())
        return WebResponse(
          html: try await desk.newOrderPage(call, order, state, try await desk.context(call))
        )
      },
    ]
  }
}

extension PageDesk {
  static func kind(_ call: RouteCall) throws(WebError) -> OrderForm {
    guard let order = OrderForm(rawValue: call["kind"]) else {
      throw .noSuch("order", given: call["kind"])
    }
    return order
  }

  /// What was filled in, beside what its bytes would say; a fault stands at its field.
  func newOrderPage(
    _ call: RouteCall,
    _ order: OrderForm,
    _ state: FormState,
    _ context: PageContext
  ) async throws(WebError) -> String {
    let record = try await record(call)
    let fields = try call.form()
    var state = state
    var statement: OrderStatement?
    do throws(WebError) {
      let request = try Self.request(try order.members(fields, record), fields)
      statement = try await care.preview(request, for: record.id)
    } catch {
      // What a draft was refused for is said first.
      if state.fault == nil { state.fault = FormFault(error).at(fields.names) }
      state.form = "look"
    }
    return NewOrderPage(
      record: record,
      order: order,
      statement: statement,
      context: context,
      state: state
    ).html()
  }
}
