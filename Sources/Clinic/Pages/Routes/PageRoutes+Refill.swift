import Quantities
import Therapy

/// The guided refill: a page that shows the step that comes next, and a form for each step.
extension PageRoutes {
  var refill: [Route] {
    let desk = desk
    return [
      page(
        "/patients/{patient}/refill",
        "The step of a refill that comes next.",
        audit: .init("read the refill")
      ) { call, context throws(WebError) in
        try await desk.refillPage(call, .fresh, context)
      },
      page(
        "/patients/{patient}/refill/sheet",
        "The sheet of a refill, to print.",
        audit: .init("read the refill sheet")
      ) { call, context throws(WebError) in
        let record = try await desk.record(call)
        return RefillSheet(
          record: record,
          forecast: try? await desk.forecast(record).get(),
          context: context
        ).html()
      },
      form(
        "/patients/{patient}/refill/{step}",
        "Takes a step of a refill; one out of order is refused and says which is next.",
        audit: .init("took a step of a refill"),
        needsVersion: true
      ) { call throws(WebError) in
        let step = call["step"]
        let name = step == "begin" ? (try call.form()["mixture"] ?? "same") : step
        return try await desk.taken(
          call,
          name,
          page: { state, context throws(WebError) in
            try await desk.refillPage(call, state, context)
          },
          act: { fields throws(WebError) in
            let record = try await desk.record(call)
            let command = try RefillForm(fields: fields, record: record).command(step)
            try await desk.perform([command], call, fields)
            return step == RefillStage.nextDate.rawValue
              ? "/patients/\(call["patient"])/refill/sheet"
              : "/patients/\(call["patient"])/refill"
          }
        )
      },
    ]
  }
}

extension PageDesk {
  func refillPage(
    _ call: RouteCall,
    _ state: FormState,
    _ context: PageContext
  ) async throws(WebError) -> String {
    let record = try await record(call)
    return RefillPage(
      record: record,
      forecast: try? await forecast(record).get(),
      context: context,
      state: state
    ).html()
  }
}

/// What the form of a step means.
struct RefillForm {
  let fields: FormFields
  let record: PatientRecord

  func command(_ step: String) throws(WebError) -> TherapyCommand {
    switch step {
    case "begin": return .beginRefill(try begun())
    case "abandon":
      return .abandonRefill(
        RefillAbandoned(
          reason: try fields.needed("reason"),
          reservoir: try fields.optional("reservoir", unit: "mL")
        )
      )
    default: break
    }
    guard let stage = RefillStage(rawValue: step) else { throw .noSuch("step", given: step) }
    guard stage != .nextDate else { return .completeRefill(try completed()) }
    return .refill(try command(stage))
  }

  private func begun() throws(WebError) -> RefillBegun {
    let planned: Fluid
    if fields["mixture"] == "same", let present = record.reservoir?.fluid {
      planned = present
    } else {
      planned = try fluid("planned")
    }
    return RefillBegun(
      planned: planned,
      plannedVolume: try fields.needed("plannedVolume", unit: "mL"),
      hasSymptoms: fields.isYes("symptoms")
    )
  }

  private func fluid(_ prefix: String) throws(WebError) -> Fluid {
    guard let fluid = try FluidFields.fluid(prefix, fields) else {
      throw FormFields.fault("\(prefix).drug0", given: nil, expected: "the name of a drug")
    }
    return fluid
  }

  private func command(_ stage: RefillStage) throws(WebError) -> RefillCommand {
    switch stage {
    case .identity:
      return .identify(
        name: fields.text("name"),
        born: try fields.day("born"),
        recordNumber: fields.text("recordNumber"),
        pumpSerial: try fields.needed("pumpSerial")
      )
    case .expected: return .expect(try fields.optional("volume", unit: "mL"))
    case .aspirate, .aspirateAgain: return .aspirate(try fields.needed("volume", unit: "mL"))
    case .account: return .account(RefillAccounted(reason: try fields.needed("reason")))
    case .label: return .label(try label())
    case .labelAgain: return .repeatLabel(try label())
    case .bridge:
      return fields["way"] == "omit"
        ? .omitBridge(try program(), reason: try fields.needed("reason")) : .bridge(try program())
    case .checks:
      return .check(
        RefillCheck.allCases.map { item in
          CheckAnswer(item: item, isGood: fields.isYes("check.\(item.rawValue)"))
        }
      )
    case .secondPerson: return fields["way"] == "waive" ? .waive : .second
    case .order, .receipt:
      guard let order = fields.text("order").flatMap(OrderID.init) else {
        throw FormFields.fault("order", given: nil, expected: "the order of the fill")
      }
      return .order(order)
    case .program:
      return .program(
        RefillProgrammed(program: try program(), programmedAt: try fields.instant("programmedAt"))
      )
    case .readBack, .nextDate:
      return .readBack(
        RefillReadBack(
          volume: try fields.needed("volume", unit: "mL"),
          fluid: try fluid("fluid")
        )
      )
    }
  }

  private func program() throws(WebError) -> ProgramJSON {
    let drugs = (record.refill?.begun.planned ?? record.reservoir?.fluid)?.drugs.map(\.name) ?? []
    return try ProgramEntry.program(fields, drugs: drugs, shown: fields["shown"])
  }

  private func label() throws(WebError) -> DrugLabel {
    DrugLabel(
      fluid: try fluid("label"),
      volume: try fields.needed("volume", unit: "mL"),
      lot: try fields.needed("lot"),
      expiresOn: try fields.neededDay("expiresOn"),
      entry: try fields.word("entry")
    )
  }

  /// Eight in the morning: a clinic's day begins then.
  private static let dayBegins = 8 * TimeSpan.hour

  /// The last day on which a refill is not later than an instant.
  static func day(by due: Instant) -> Day {
    (due + TimeSpan(milliseconds: -dayBegins.milliseconds)).day
  }

  private func completed() throws(WebError) -> RefillCompleted {
    let day = try fields.neededDay("nextOn")
    return RefillCompleted(nextAt: day.start + Self.dayBegins, reason: fields.text("reason"))
  }
}
