import JSONText
import PumpCore
import PumpLink
import PumpScenario
import Quantities

/// Reads what an order orders.
struct DraftContent {
  let object: ScenarioObject
  /// In the reservoir.
  let drugs: DraftDrugs
  let known: DraftKnown
  private(set) var roundings: [RateRounding] = []

  init(object: ScenarioObject, drugs: DraftDrugs, known: DraftKnown) {
    self.object = object
    self.drugs = drugs
    self.known = known
  }

  mutating func content(_ kind: DraftKind) throws(ScenarioError) -> OrderContent {
    switch kind {
    case .program:
      return .program(try program(try object.required("program", "a program"), drugs))
    case .refill: return try refill()
    case .catheter: return try catheter()
    case .commissioning: return try commissioning()
    case .envelope:
      return .envelope(try envelope(try object.required("envelope", "an envelope")))
    case .limits: return try limits()
    case .keys: return .keys(try keys(try object.required("keys", "keys")))
    case .clinicianBolus:
      try needMixture()
      let field = try object.required("volume", ProgramReader.bolusExpectation)
      return .clinicianBolus(
        try ProgramReader.bolus(field).resolve(mixture: drugs.mixture, drugs: drugs.list),
        over: try object.quantity("over", in: ScenarioRange.someBolusTime)
      )
    case .safeRate: return .safeRate
    case .suspend: return .suspend(try object.quantity("for", in: ScenarioRange.suspension))
    case .mri: return .mri(try object.quantity("for", in: ScenarioRange.mri))
    case .resume: return .resume
    case .clearOverDelivery: return .clearOverDelivery
    case .setClock: return .setClock(try local())
    }
  }

  private func needMixture() throws(ScenarioError) {
    guard drugs.isKnown else {
      _ = try object.required(
        "mixture",
        "what is in the reservoir, as in [{\"drug\": \"baclofen\", \"concentration\": \"2 mg/mL\"}], "
          + "or the pump's receipt"
      )
      return
    }
  }

  private mutating func program(
    _ field: ScenarioField,
    _ drugs: DraftDrugs
  ) throws(ScenarioError) -> ProgramContent {
    if object.optional("fill") == nil { try needMixture() }
    let text = try ProgramReader.program(field)
    if let dose = text.patientDose, !(1...Capacity.bolusesOfDay).contains(dose.maxPer24h) {
      throw ScenarioError(
        path: "\(text.path).patientDose.maxPer24h",
        given: "\(dose.maxPer24h)",
        expected: "1 to \(Capacity.bolusesOfDay), or no patientDose"
      )
    }
    let resolved = try text.resolve(mixture: drugs.mixture, drugs: drugs.list)
    roundings += resolved.roundings
    var program = resolved.program
    let limits = drugs.doseLimits(of: &program.limits)
    return ProgramContent(program, doseLimits: limits)
  }

  private mutating func refill() throws(ScenarioError) -> OrderContent {
    let fill = try FillReader.fill(
      try object.required("fill", "a fill"),
      capacity: Volume(nanolitres: Bounds.volumeMax)
    )
    let new = try DraftDrugs(fill)
    return .refill(
      RefillContent(
        aspirated: try object.quantity("aspirated", in: ScenarioRange.volume),
        fill: fill.volume,
        mixture: new.amounts,
        program: try object.optional("program").map { field throws(ScenarioError) in
          try program(field, new)
        }
      )
    )
  }

  private func catheter() throws(ScenarioError) -> OrderContent {
    let path = try object.required("path", "\"empty\" or \"full\"")
    return .catheter(
      CatheterContent(
        pathVolume: try object.quantity("pathVolume", in: ScenarioRange.volume),
        isFull: try path.word([("empty", false), ("full", true)])
      )
    )
  }

  /// The limits of a program whose other fields are of no interest.
  private mutating func limits() throws(ScenarioError) -> OrderContent {
    try needMixture()
    let field = try object.required("limits", "limits")
    let text = try ProgramReader.standing(field)
    let resolved = try text.resolve(mixture: drugs.mixture, drugs: drugs.list)
    roundings += resolved.roundings
    var standing = resolved.program.standing
    let limits = drugs.doseLimits(of: &standing.limits)
    return .limits(LimitsContent(standing, doseLimits: limits))
  }

  private func commissioning() throws(ScenarioError) -> OrderContent {
    var content = CommissioningContent()
    if object.optional("keys") == nil, let root = known.root {
      content.keys.root = root
    } else {
      content.keys = try keys(try object.required("keys", "keys, or --root with the clinic's file"))
    }
    if let field = object.optional("envelope") { content.envelope = try envelope(field) }
    content.local = try local()
    return .commissioning(content)
  }

  private func local() throws(ScenarioError) -> LocalTime {
    let expected = "a local time such as \"2026-01-05T08:00:00\""
    if object.optional("local") == nil, let local = known.local { return local }
    let field = try object.required("local", expected)
    guard let local = LocalTime(text: try field.string(expected)) else {
      throw field.fault(given: field.cursor.value.kindName, expected: expected)
    }
    return local
  }

  /// What is left out stands at the default.
  private func envelope(_ field: ScenarioField) throws(ScenarioError) -> Envelope {
    let object = try field.object([
      "stepPercent", "weekPercent", "betweenIncreases", "delay", "bedsideAge",
    ])
    var envelope = Envelope.standard
    if let field = object.optional("stepPercent") {
      envelope.step = UInt16(10 * (try field.integer(in: 0...100)))
    }
    if let field = object.optional("weekPercent") {
      envelope.week = UInt16(10 * (try field.integer(in: 0...100)))
    }
    if let field = object.optional("betweenIncreases") {
      envelope.betweenIncreases = try field.quantity(in: ScenarioRange.time)
    }
    if let field = object.optional("delay") {
      envelope.delay = try field.quantity(in: ScenarioRange.time)
    }
    if let field = object.optional("bedsideAge") {
      envelope.bedsideAge = try field.quantity(in: ScenarioRange.time)
    }
    return envelope
  }

  private func keys(_ field: ScenarioField) throws(ScenarioError) -> KeyContent {
    let object = try field.object([
      "root", "secondRoot", "patient", "patientSession", "emergencyCard",
    ])
    var keys = KeyContent()
    if object.optional("root") == nil, let root = known.root {
      keys.root = root
    } else {
      keys.root = try signingKey(try object.required("root", "the root's signing key, 64 digits"))
    }
    if let field = object.optional("secondRoot") { keys.secondRoot = try signingKey(field) }
    if let field = object.optional("patient") { keys.patient = try signingKey(field) }
    if let field = object.optional("patientSession") { keys.patientSession = try key(field) }
    if let field = object.optional("emergencyCard") { keys.emergencyCard = try key(field) }
    return keys
  }

  /// An Ed25519 key, which no pump takes if it is of small order: anyone could sign under it.
  private func signingKey(_ field: ScenarioField) throws(ScenarioError) -> Bytes32 {
    let key = try key(field)
    guard !Ed25519Encoding.isRefused(key) else {
      throw field.fault(
        given: "\(Hex.text(key)), which is of small order or no encoding of a point",
        expected: "an Ed25519 public key, as `cisterna key new` makes it: copy it from there again"
      )
    }
    return key
  }

  private func key(_ field: ScenarioField) throws(ScenarioError) -> Bytes32 {
    let expected = "a key of 64 digits from 0 to f"
    guard let key = Hex.bytes32(try field.string(expected)), key != Bytes32() else {
      throw field.fault(given: field.cursor.value.kindName, expected: expected)
    }
    return key
  }
}
