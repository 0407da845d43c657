import JSONText
import PumpScenario
import Quantities
import Therapy

/// The pages of a program and of orders.
extension PageRoutes {
  var program: [Route] {
    let desk = desk
    return [
      page(
        "/patients/{patient}/program",
        "The program in force, and the form to change it.",
        audit: .init("read the program")
      ) { call, context throws(WebError) in
        ProgramPage(
          record: try await desk.record(call),
          proposed: nil,
          context: context,
          state: .fresh
        ).html()
      },
      form(
        "/patients/{patient}/program",
        "Compares a program with what is in force; changes nothing.",
        [.physician, .nurse],
        audit: .init("compared a program with what is in force"),
        needsKey: false
      ) { call throws(WebError) in
        let fields = try call.form()
        let record = try await desk.record(call)
        return WebResponse(
          html: desk.compared(record, fields, try await desk.context(call))
        )
      },
      form(
        "/patients/{patient}/program/prediction",
        "What flows at the tip with a program that is being typed, for the model in the browser; changes nothing.",
        audit: .init("saw what the model predicts of a program"),
        needsKey: false
      ) { call throws(WebError) in
        desk.predicted(try await desk.record(call), try call.form(), at: call.therapyNow)
      },
      form(
        "/patients/{patient}/program/recorded",
        "Records what was set on the maker's programmer.",
        [.physician, .nurse],
        audit: .init("recorded a program by hand"),
        needsVersion: true
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "recorded",
          page: { state, context throws(WebError) in
            try await desk.programPage(call, state, context)
          },
          act: { fields throws(WebError) in
            let recorded = ProgramRecorded(
              program: ProgramJSON(try fields.needed("program")),
              programmedAt: try fields.instant("programmedAt"),
              reason: try fields.needed("reason")
            )
            try await desk.perform([.recordProgram(recorded)], call, fields)
            return "/patients/\(call["patient"])"
          }
        )
      },
    ]
  }

  var orders: [Route] {
    let desk = desk
    return [
      page(
        "/patients/{patient}/orders",
        "The orders of a patient.",
        audit: .init("read the orders")
      ) { call, context throws(WebError) in
        OrderList(record: try await desk.record(call), context: context).html()
      },
      form(
        "/patients/{patient}/orders",
        "Drafts an order, to be signed on one's own signer.",
        [.physician, .nurse],
        audit: .init("drafted an order"),
        needsVersion: true
      ) { call throws(WebError) in
        let fields = try call.form()
        let isRefill = fields.isYes("refill")
        let order = fields["do"].flatMap(OrderForm.init(rawValue:))
        return try await desk.taken(
          call,
          "draft",
          page: { state, context throws(WebError) in
            if let order { return try await desk.newOrderPage(call, order, state, context) }
            return isRefill
              ? try await desk.refillPage(call, state, context)
              : try await desk.programPage(call, state, context)
          },
          act: { fields throws(WebError) in try await desk.draft(call, fields) }
        )
      },
      page(
        "/patients/{patient}/orders/{order}",
        "One order: what it holds, where it is, and the link to sign it.",
        audit: .init("read an order")
      ) { call, context throws(WebError) in
        try await desk.orderPage(call, .fresh, context)
      },
      form(
        "/patients/{patient}/orders/{order}/withdraw",
        "Takes an order back that was not sent.",
        [.physician, .nurse],
        audit: .init("withdrew an order"),
        needsVersion: true
      ) { call throws(WebError) in
        try await desk.taken(
          call,
          "withdraw",
          page: { state, context throws(WebError) in
            try await desk.orderPage(call, state, context)
          },
          act: { fields throws(WebError) in
            let order = try desk.orderID(call)
            let withdrawn = OrderWithdrawn(order: order, reason: try fields.needed("reason"))
            try await desk.perform([.withdrawOrder(withdrawn)], call, fields)
            return "/patients/\(call["patient"])/orders/\(order.text)"
          }
        )
      },
    ]
  }
}

extension PageDesk {
  func orderID(_ call: RouteCall) throws(WebError) -> OrderID {
    guard let id = OrderID(call["order"]) else { throw .noSuch("order", given: call["order"]) }
    return id
  }

  func orderPage(
    _ call: RouteCall,
    _ state: FormState,
    _ context: PageContext
  ) async throws(WebError) -> String {
    let record = try await record(call)
    guard let order = record.order(try orderID(call)) else {
      throw .noSuch("order", given: call["order"])
    }
    let shown = await care.shown(order, of: record)
    return OrderPage(
      record: record,
      order: order,
      bytes: shown.bytes,
      receipt: shown.receipt,
      statement: care.statement(of: order, receipt: shown.receipt, in: record),
      signer: signers[context.visitor.account],
      context: context,
      state: state
    ).html()
  }

  /// The page of a program that was compared, where going on was refused.
  func programPage(
    _ call: RouteCall,
    _ state: FormState,
    _ context: PageContext
  ) async throws(WebError) -> String {
    ProgramPage(
      record: try await record(call),
      proposed: state.typed["program"].map { ProgramJSON($0) },
      context: context,
      state: state
    ).html()
  }

  func compared(
    _ record: PatientRecord,
    _ fields: FormFields,
    _ context: PageContext
  ) -> String {
    let drugs = record.reservoir?.fluid.drugs.map(\.name) ?? []
    var state = FormState(form: "program", fields)
    var proposed: ProgramJSON?
    // A fault of the program stands at its field; the fields stay as they were typed.
    do throws(WebError) {
      let program = try ProgramEntry.program(fields, drugs: drugs, shown: fields["shown"])
      do throws(ProgramComparison.Fault) {
        _ = try ProgramComparison(record, program)
      } catch {
        // Without anything to compare with, the page says so beside what was typed.
        if case .unreadable(let error) = error { throw Self.unreadable(error) }
      }
      proposed = program
    } catch {
      state.fault = FormFault(error)
    }
    return ProgramPage(record: record, proposed: proposed, context: context, state: state).html()
  }

  /// What is typed as the model needs it, or why there is nothing to predict, in words.
  func predicted(_ record: PatientRecord, _ fields: FormFields, at now: Int64) -> WebResponse {
    let drugs = record.reservoir?.fluid.drugs.map(\.name) ?? []
    let fault: WebError
    do throws(WebError) {
      let program = try ProgramEntry.program(fields, drugs: drugs, shown: fields["shown"])
      do throws(ProgramComparison.Fault) {
        let prediction = try ProgramPrediction(
          record,
          program,
          at: Instant(milliseconds: now)
        )
        return WebResponse { prediction.write(&$0) }
      } catch {
        if case .unreadable(let place) = error { throw Self.unreadable(place) }
        throw error.web
      }
    } catch { fault = error }
    var words = fault.message
    if let field = fault.field { words += " Field: \(field)." }
    if let given = fault.given { words += " Given: \(given)." }
    if let expected = fault.expected { words += " Expected: \(expected)." }
    return WebResponse { writer in
      writer.beginObject()
      writer.key("fault")
      writer.string(words)
      writer.endObject()
    }
  }

  /// A program that cannot be read, at the field of the form.
  private static func unreadable(_ error: ScenarioError) -> WebError {
    var fault = WebError(
      422,
      "badField",
      "The program cannot be read; nothing was changed.",
      field: ProgramEntry.field(of: error.path),
      todo: "Correct it and compare again."
    )
    guard error.message.hasPrefix("given "),
      let place = error.message.firstRange(of: ", expected ")
    else {
      fault.expected = error.message
      return fault
    }
    fault.given = String(error.message[..<place.lowerBound].dropFirst("given ".count))
    fault.expected = String(error.message[place.upperBound...])
    return fault
  }

  /// Drafts what a form asks for: a program, or the fill of the refill that is under way.
  func draft(_ call: RouteCall, _ fields: FormFields) async throws(WebError) -> String {
    let record = try await record(call)
    var members: [JSONMember]
    if fields.isYes("refill") {
      members = try Self.refillDraft(record, fields)
    } else if let order = fields["do"].flatMap(OrderForm.init(rawValue:)) {
      members = try order.members(fields, record)
    } else {
      members = [
        JSONMember(name: "do", value: .string("program")),
        JSONMember(name: "program", value: try Self.json(try fields.needed("program"))),
      ]
    }
    let request = try Self.request(members, fields)
    let done = try await care.draft(
      request,
      for: record.id,
      call,
      isConfirmed: fields.isYes("confirmed")
    )
    guard let order = done.record.orders.last?.draft.order else {
      return "/patients/\(record.id.text)"
    }
    return fields.isYes("refill")
      ? "/patients/\(record.id.text)/refill"
      : "/patients/\(record.id.text)/orders/\(order.text)"
  }

  /// What is wanted, with what every order has: validity, way and reason.
  static func request(
    _ members: [JSONMember],
    _ fields: FormFields
  ) throws(WebError) -> OrderRequest {
    var members = members
    if let validFor = try fields.quantity("validFor", unit: "h") {
      members.append(JSONMember(name: "validFor", value: .string(validFor)))
    }
    return OrderRequest(
      JSONCursor(root: .object(members)),
      fields.text("way").flatMap(OrderWay.init(rawValue:)) ?? .bedside,
      reason: try fields.needed("reason")
    )
  }

  static func json(_ text: String) throws(WebError) -> JSONValue {
    do { return try JSONValue(parsing: Array(text.utf8)) } catch {
      throw FormFields.fault("program", given: "malformed JSON", expected: "a program")
    }
  }

  private static func refillDraft(
    _ record: PatientRecord,
    _ fields: FormFields
  ) throws(WebError) -> [JSONMember] {
    guard let session = record.refill, let label = session.label else {
      throw FormFields.fault("refill", given: "no refill at this step", expected: "a label")
    }
    func text(_ name: String, _ value: String) -> JSONMember {
      JSONMember(name: name, value: .string(value))
    }
    let drugs = label.fluid.drugs.map {
      JSONValue.object([text("drug", $0.name), text("concentration", $0.concentration.text)])
    }
    var members = [text("do", "refill")]
    if let aspirated = session.aspirations.last {
      members.append(text("aspirated", aspirated.volume.text))
    }
    members.append(
      JSONMember(
        name: "fill",
        value: .object([
          text("volume", label.volume.text), JSONMember(name: "drugs", value: .array(drugs)),
        ])
      )
    )
    if session.changesMixture {
      let program = try ProgramEntry.program(
        fields,
        drugs: label.fluid.drugs.map(\.name),
        shown: fields["shown"]
      )
      members.append(JSONMember(name: "program", value: try json(program.text)))
    }
    return members
  }
}
