import JSONText

/// A patient of the demonstration, as `Examples/clinic/patients.json` tells it.
struct DemoPatient {
  struct Score {
    let scale: String
    let daysAgo: Int
    /// As it is written: `2.5`.
    let value: String
    let site: String?
  }

  struct Oral {
    let drug: String
    let dose: String
    let daysAgo: Int
  }

  struct Drug {
    let name: String
    let concentration: String
  }

  let id: String
  let given: String
  let family: String
  let born: String
  let sex: String
  let recordNumber: String
  let language: String
  let diagnosis: String
  let indication: String
  let origin: String?
  /// What is published of such a regimen, and where.
  let caseText: String
  let source: String
  let isLinked: Bool
  let model: String?
  let capacity: String?
  let serial: String
  let implanted: String
  let pathVolume: String?
  let catheterLength: String?
  let tip: String?
  /// What is in a linked pump when the demonstration begins.
  let reservoir: String?
  let fillVolume: String
  let fillDaysAgo: Int
  let drugs: [Drug]
  let lot: String
  let expiry: String
  /// As in a scenario.
  let program: String
  let scores: [Score]
  let oral: [Oral]

  /// The drugs as a scenario's fill has them.
  var drugsJSON: String {
    let items = drugs.map {
      "{\"drug\": \"\($0.name)\", \"concentration\": \"\($0.concentration)\"}"
    }
    return "[\(items.joined(separator: ", "))]"
  }

  /// All patients of the file.
  ///
  /// - Throws: where the file does not have the form, with the path.
  static func all(_ bytes: [UInt8]) throws -> (start: String, patients: [DemoPatient]) {
    let root = try JSONCursor(root: try JSONValue(parsing: bytes)).object([
      "note", "startAt", "patients",
    ])
    return (
      try root.required("startAt").string(),
      try root.required("patients").array().map(Self.init(reading:))
    )
  }
}

extension DemoPatient {
  private static let fields = [
    "id", "given", "family", "born", "sex", "recordNumber", "language", "indication", "case",
    "source", "pump", "catheter", "reservoir", "fill", "program", "scores", "oral", "diagnosis",
    "origin",
  ]

  private init(reading cursor: JSONCursor) throws {
    let object = try cursor.object(Self.fields)
    func text(_ name: String) throws -> String { try object.required(name).string() }
    id = try text("id")
    given = try text("given")
    family = try text("family")
    born = try text("born")
    sex = try text("sex")
    recordNumber = try text("recordNumber")
    language = try text("language")
    diagnosis = try text("diagnosis")
    indication = try text("indication")
    origin = try Self.maybe(object, "origin")
    caseText = try text("case")
    source = try text("source")
    let pump = try object.required("pump").object([
      "linked", "model", "capacity", "serial", "implanted",
    ])
    isLinked = try pump.required("linked").bool()
    model = try Self.maybe(pump, "model")
    capacity = try Self.maybe(pump, "capacity")
    serial = try pump.required("serial").string()
    implanted = try pump.required("implanted").string()
    let catheter = try object.required("catheter").object(["pathVolume", "length", "tip"])
    pathVolume = try Self.maybe(catheter, "pathVolume")
    catheterLength = try Self.maybe(catheter, "length")
    tip = try Self.maybe(catheter, "tip")
    reservoir = try Self.maybe(object, "reservoir")
    let fill = try object.required("fill").object(["volume", "daysAgo", "drugs", "lot", "expiry"])
    fillVolume = try fill.required("volume").string()
    fillDaysAgo = try fill.required("daysAgo").integer(in: 0...4_000)
    drugs = try fill.required("drugs").array().map { cursor in
      let drug = try cursor.object(["drug", "concentration"])
      return Drug(
        name: try drug.required("drug").string(),
        concentration: try drug.required("concentration").string()
      )
    }
    lot = try fill.required("lot").string()
    expiry = try fill.required("expiry").string()
    var writer = JSONWriter()
    writer.value(try object.required("program").value)
    program = String(decoding: writer.bytes, as: UTF8.self)
    scores = try object.required("scores").array().map { cursor in
      let score = try cursor.object(["scale", "daysAgo", "value", "site"])
      return Score(
        scale: try score.required("scale").string(),
        daysAgo: try score.required("daysAgo").integer(in: 0...4_000),
        value: try score.required("value").string(),
        site: try Self.maybe(score, "site")
      )
    }
    oral = try object.required("oral").array().map { cursor in
      let oral = try cursor.object(["drug", "dose", "daysAgo"])
      return Oral(
        drug: try oral.required("drug").string(),
        dose: try oral.required("dose").string(),
        daysAgo: try oral.required("daysAgo").integer(in: 0...4_000)
      )
    }
  }

  /// A text that may be missing or null: what is not known.
  private static func maybe(_ object: JSONObject, _ name: String) throws -> String? {
    guard let field = object.optional(name), field.value != .null else { return nil }
    return try field.string()
  }
}
