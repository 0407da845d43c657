import PumpCore
import Quantities
import Therapy

/// The guided refill, as routes; which step is next the record says, and refuses any other.
struct RefillCommands: Sendable {
  let make: CommandRoute

  /// A step as it comes: its name, and the fields that it has.
  struct Step: Decodable, Sendable {
    let step: String
    let name: String?
    let born: Day?
    let recordNumber: String?
    let pumpSerial: String?
    let volume: Volume?
    let reason: String?
    let label: DrugLabel?
    let program: ProgramJSON?
    let programmedAt: Instant?
    let answers: [CheckAnswer]?
    let order: OrderID?
    let fluid: Fluid?
  }

  static let steps = [
    "identify", "expect", "aspirate", "account", "label", "repeatLabel", "bridge", "omitBridge",
    "check", "second", "waive", "order", "program", "readBack",
  ]

  var routes: [Route] {
    [
      make.route(
        "/refill",
        "Begins a guided refill.",
        "began a refill",
        [
          SchemaField("planned", TherapySchemas.fluid),
          SchemaField("plannedVolume", TherapySchemas.quantity("18 mL")),
          SchemaField("hasSymptoms", .flag),
        ],
        needsVersion: true
      ) { (body: RefillBegun, _) in .beginRefill(body) },
      make.route(
        "/refill/steps",
        "Takes the next step of a refill.",
        "took a step of a refill",
        by: AccountRole.clinical,
        Self.fields,
        needsVersion: true
      ) { (body: Step, _) throws(WebError) in .refill(try Self.command(body)) },
      make.route(
        "/refill/complete",
        "Ends a refill with the date of the next one.",
        "completed a refill",
        [
          SchemaField("nextAt", TherapySchemas.instant),
          SchemaField("reason", TherapySchemas.words, isRequired: false),
        ],
        needsVersion: true
      ) { (body: RefillCompleted, _) in .completeRefill(body) },
      make.route(
        "/refill/abandon",
        "Breaks a refill off, with the reason and what is in the reservoir, if anyone knows.",
        "abandoned a refill",
        [
          SchemaField("reason", TherapySchemas.words),
          SchemaField("reservoir", TherapySchemas.quantity("3 mL"), isRequired: false),
        ],
        needsVersion: true
      ) { (body: RefillAbandoned, _) in .abandonRefill(body) },
    ]
  }

  private static let fields: [SchemaField] = [
    SchemaField("step", .choice(steps)),
    SchemaField("name", TherapySchemas.name, isRequired: false),
    SchemaField("born", TherapySchemas.day, isRequired: false),
    SchemaField("recordNumber", TherapySchemas.name, isRequired: false),
    SchemaField("pumpSerial", TherapySchemas.name, isRequired: false),
    SchemaField("volume", TherapySchemas.quantity("4.2 mL"), isRequired: false),
    SchemaField("reason", TherapySchemas.words, isRequired: false),
    SchemaField("label", .object(TherapySchemas.label), isRequired: false),
    SchemaField("program", TherapySchemas.program, isRequired: false),
    SchemaField("programmedAt", TherapySchemas.instant, isRequired: false),
    SchemaField(
      "answers",
      .list(
        of: .object([
          SchemaField("item", TherapySchemas.words(RefillCheck.self)), SchemaField("isGood", .flag),
        ]),
        most: 20
      ),
      isRequired: false
    ),
    SchemaField("order", .text(most: 64, "its hash"), isRequired: false),
    SchemaField("fluid", TherapySchemas.fluid, isRequired: false),
  ]

  /// The command of a step; a field that it needs and that is missing is named.
  static func command(_ body: Step) throws(WebError) -> RefillCommand {
    func need<Value>(_ value: Value?, _ name: String) throws(WebError) -> Value {
      guard let value else {
        throw WebError(
          422,
          "badField",
          "The step \(body.step) needs a field that is missing.",
          field: "$.\(name)",
          given: "nothing",
          expected: "what the step needs",
          todo: "Fill it in and send it again."
        )
      }
      return value
    }
    switch body.step {
    case "identify":
      return .identify(
        name: body.name,
        born: body.born,
        recordNumber: body.recordNumber,
        pumpSerial: try need(body.pumpSerial, "pumpSerial")
      )
    case "expect": return .expect(body.volume)
    case "aspirate": return .aspirate(try need(body.volume, "volume"))
    case "account": return .account(RefillAccounted(reason: try need(body.reason, "reason")))
    case "label": return .label(try need(body.label, "label"))
    case "repeatLabel": return .repeatLabel(try need(body.label, "label"))
    case "bridge": return .bridge(try need(body.program, "program"))
    case "omitBridge":
      return .omitBridge(
        try need(body.program, "program"),
        reason: try need(body.reason, "reason")
      )
    case "check": return .check(try need(body.answers, "answers"))
    case "second": return .second
    case "waive": return .waive
    case "order": return .order(try need(body.order, "order"))
    case "program":
      return .program(
        RefillProgrammed(
          program: try need(body.program, "program"),
          programmedAt: try need(body.programmedAt, "programmedAt")
        )
      )
    default:
      return .readBack(
        RefillReadBack(
          volume: try need(body.volume, "volume"),
          fluid: try need(body.fluid, "fluid")
        )
      )
    }
  }
}
