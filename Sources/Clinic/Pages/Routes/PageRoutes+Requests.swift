import Therapy

/// The forms that ask something of a pump, and the page of a request.
extension PageRoutes {
  var requests: [Route] {
    let desk = desk
    return [
      page(
        "/patients/{patient}/requests/{request}",
        "One request to the pump: what it asks, where it is, and the link to sign it.",
        audit: .init("read a request")
      ) { call, context throws(WebError) in
        let record = try await desk.record(call)
        guard let request = RequestID(call["request"]).flatMap(record.request) else {
          throw .noSuch("request", given: call["request"])
        }
        return RequestPage(
          record: record,
          request: request,
          bytes: desk.care.signerText(request),
          signer: desk.signers[context.visitor.account],
          context: context
        ).html()
      },
      form(
        "/patients/{patient}/orders/{order}/cancel",
        "Drafts the request that cancels a pending order, to be signed on one's own signer.",
        [.physician, .nurse],
        audit: .init("drafted a request to the pump")
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "cancel",
          page: { state, context throws(WebError) in
            try await desk.orderPage(call, state, context)
          },
          act: { fields throws(WebError) in
            let order = try desk.orderID(call)
            return try await desk.ask(.cancelPending, order: order, call, fields)
          }
        )
      },
      form(
        "/patients/{patient}/alarms/{alarm}/acknowledge",
        "Drafts the request that acknowledges an alarm at the pump, to be signed on one's own signer.",
        [.physician, .nurse],
        audit: .init("drafted a request to the pump")
      ) { call throws(WebError) in
        let alarm = try CommandRoute.alarm(call)
        return try await desk.taken(
          call,
          "acknowledge-\(call["patient"])-\(alarm.rawValue)",
          page: { state, context throws(WebError) in try await desk.alarmsPage(state, context) },
          act: { fields throws(WebError) in
            try await desk.ask(.acknowledge, alarm: alarm, call, fields)
          }
        )
      },
    ]
  }
}

extension PageDesk {
  /// Drafts a request; returns its page.
  func ask(
    _ act: RequestAct,
    order: OrderID? = nil,
    alarm: PumpAlarm? = nil,
    _ call: RouteCall,
    _ fields: FormFields
  ) async throws(WebError) -> String {
    let wish = RequestWish(
      act,
      order: order,
      alarm: alarm,
      way: try fields.word("way"),
      reason: try fields.needed("reason")
    )
    let done = try await care.ask(wish, for: try patient(call), call)
    guard case .requestDrafted(let draft)? = done.events.first else { throw .busy }
    return "/patients/\(call["patient"])/requests/\(draft.request.text)"
  }

  /// Ways to a pump, as a form asks for them.
  static let ways: [(value: String, name: String)] = [
    (OrderWay.remote.rawValue, "from afar"), (OrderWay.bedside.rawValue, "in the treatment room"),
  ]
}
