import JSONText
import PumpScenario
import Quantities

/// What `titrate` is asked (contract: plan.md).
struct TitrateRequest {
  let drug: Drug
  let indication: DrugIndication
  /// Given for spasticity.
  let origin: SpasticityOrigin?
  /// Years.
  let age: Rational
  /// Greater than nothing.
  let current: DailyDose
  let proposed: DailyDose
  /// Since the last change, ms.
  let elapsed: Int64
  let setting: TitrationSetting

  init(_ request: PlanRequest) throws(PlanError) {
    let object = try request.object([
      "drug", "indication", "origin", "age", "current", "proposed", "lastChange", "now",
      "setting",
    ])
    drug = try object.required("drug", "the name of a drug").drug(in: .standard)
    let indicationField = try object.required("indication", "an indication")
    indication = try indicationField.word(drug.indications.map { ($0.rawValue, $0) })
    if indication == .spasticity {
      origin = try DrugFactReader.word(try object.required("origin", "\"spinal\" or \"cerebral\""))
    } else {
      origin = try object.optional("origin").map(DrugFactReader.word)
    }
    age = try Self.age(try object.required("age", Self.ageExpectation))
    current = try object.quantity("current", in: ScenarioRange.someMass)
    proposed = try object.quantity("proposed", in: ScenarioRange.mass)
    elapsed = try Self.elapsed(object)
    setting = try DrugFactReader.word(
      try object.required("setting", "\"clinic\", \"refill\" or \"remote\"")
    )
  }

  private static let ageExpectation = "an age in years such as 40, or \"40 a\""

  /// A whole number of years; as a text also with its unit, and months for a child.
  private static func age(_ field: ScenarioField) throws(PlanError) -> Rational {
    let fault = field.fault(given: field.cursor.value.kindName, expected: ageExpectation)
    switch field.cursor.value {
    case .number(let digits):
      guard let years = Int(digits), (0...120).contains(years) else { throw fault }
      return Rational(years)
    case .string(let text):
      let parts = text.split(separator: " ")
      let isPlain = parts.first?.utf8.allSatisfy { (0x30...0x39).contains($0) } ?? false
      guard parts.count == 2, isPlain, let count = Int(parts[0]), count <= 1_440 else {
        throw fault
      }
      switch parts[1] {
      case "a" where count <= 120: return Rational(count)
      case "mo": return Rational(Int64(count), over: 12)
      default: throw fault
      }
    case .null, .bool, .array, .object: throw fault
    }
  }

  /// The proposed dose; none in the unit of the drug, as in `0 ug/d`.
  var proposedText: String {
    proposed.mass == .zero ? "0 \(drug.unit.perDay.rawValue)" : proposed.text
  }

  private static func elapsed(_ object: ScenarioObject) throws(PlanError) -> Int64 {
    let last = try object.required("lastChange", PlanDate.expectation).date()
    let nowField = try object.required("now", PlanDate.expectation)
    let now = try nowField.date()
    guard hasZone(last) == hasZone(now) else {
      throw nowField.fault(
        given: now.text,
        expected: "a time zone in both of \"lastChange\" and \"now\", or in none"
      )
    }
    guard now.instant >= last.instant else {
      throw nowField.fault(
        given: now.text,
        expected: "no earlier than \"lastChange\", \(last.text)"
      )
    }
    return now.instant - last.instant
  }

  /// Whether a time was given with its zone; a day by itself has none.
  private static func hasZone(_ date: PlanDate) -> Bool {
    date.text.utf8.dropFirst(16).contains { byte in
      byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }
  }
}
